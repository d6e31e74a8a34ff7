/// A log on a server that many machines append to at once, with what belongs to it.
///
/// Nobody holds it for longer than one append: who is late is told `headMoved` and decides anew.
package protocol SharedStore: EventStore {
    /// How the log is called in messages; without passwords.
    var name: String { get }

    /// The text that says which ledger this is; nil when the server has none of that name.
    func settings() throws(LogFault) -> [UInt8]?

    /// Makes what the server needs, and the ledger; `logExists` when there is one of that name.
    ///
    /// Returns what the server's administrator still has to do, in words.
    func create(settings: [UInt8]) throws(LogFault) -> [String]

    /// The signed tree heads that are kept with it, by size.
    func checkpoints() throws(LogFault) -> [StoredCheckpoint]

    /// Keeps a signed tree head; one of that size that is there already stays as it is.
    func keep(_ checkpoint: StoredCheckpoint) throws(LogFault)

    /// Begins to append; `remark` hears of a server that is away for a while.
    func openSharedWriter(
        waitMilliseconds: Int, remark: @escaping @Sendable (String) -> Void
    ) throws(LogFault) -> any SharedWriter
}

/// A signed tree head as bytes, whatever they say.
package struct StoredCheckpoint: Equatable, Sendable {
    /// How many lines it covers.
    package let size: Int64
    /// The signed note.
    package let note: [UInt8]

    /// Makes a stored checkpoint.
    package init(size: Int64, note: [UInt8]) {
        self.size = size
        self.note = note
    }
}

/// Appends to a shared log; one thread at a time.
package protocol SharedWriter: AnyObject, Sendable {
    /// The sequence of the last record as this writer saw it last.
    var head: Int64 { get }

    /// Appends blocks of whole lines, all together or not at all, and returns the new head when
    /// they are durable.
    ///
    /// `blocks` hands one block after the other to its receiver, and does so again when the server
    /// or the way to it failed: what had arrived then is found and not appended twice. Throws
    /// `headMoved` unless the log ends at `expected`.
    func append(
        expecting expected: Int64,
        blocks: (_ receive: ([UInt8]) throws(LogFault) -> Void) throws(LogFault) -> Void
    ) throws(LogFault) -> Int64
}

/// The writer of a shared log as that of any store.
package struct SharedEventWriter: EventWriter, ~Copyable {
    private let writer: any SharedWriter

    /// Wraps a writer.
    package init(_ writer: any SharedWriter) { self.writer = writer }

    package var head: Int64 { writer.head }

    package mutating func append(
        _ lines: [UInt8], expecting expected: Int64
    ) throws(LogFault) -> Int64 {
        try writer.append(expecting: expected) { receive throws(LogFault) in try receive(lines) }
    }

    /// Nothing to do: a server answers when it has made its answer durable.
    package mutating func makeDurable() throws(LogFault) {}
}

extension SharedStore {
    package func openWriter(
        waitMilliseconds: Int
    ) throws(LogFault) -> any EventWriter & ~Copyable {
        SharedEventWriter(
            try openSharedWriter(waitMilliseconds: waitMilliseconds) { _ in })
    }
}
