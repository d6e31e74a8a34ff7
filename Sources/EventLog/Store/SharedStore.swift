/// A log on a server that many machines append to at once, with what belongs to it.
///
/// Nobody holds it for longer than one append: who is late is told `headMoved` and decides anew.
package protocol SharedStore: EventStore {
    /// How the log is called in messages; without passwords.
    var name: String { get }

    /// The text that says which ledger this is; nil when the server has none of that name.
    ///
    /// Throws when the server keeps ledgers in another form than this program's.
    func settings() throws(LogFault) -> [UInt8]?

    /// Makes what the server needs, and the ledger; `logExists` when there is one of that name.
    ///
    /// Returns what the server's administrator still has to do, in words.
    func create(settings: [UInt8]) throws(LogFault) -> [String]

    /// The signed tree heads that are kept with it, by size; of each size the latest version.
    func checkpoints() throws(LogFault) -> [StoredCheckpoint]

    /// Keeps a signed tree head beside all that are there.
    ///
    /// Returns false, and keeps nothing, where there is one of that size and version.
    func keep(_ checkpoint: StoredCheckpoint) throws(LogFault) -> Bool

    /// The SHA-256 of each document that is kept with it, in order.
    func documents() throws(LogFault) -> [String]

    /// Delivers the bytes of a document piece by piece; no piece of one that is not kept.
    ///
    /// Throws `LogFault`, and whatever `body` throws.
    func readDocument(_ sha256: String, body: ([UInt8]) throws -> Void) throws

    /// Keeps a document, all pieces that `pieces` hands to its receiver or none; whether it was
    /// added: one of that SHA-256 that is there already stays as it is.
    ///
    /// Throws `LogFault`, and whatever `pieces` throws, which may be asked for them again.
    func keepDocument(
        _ sha256: String, pieces: (_ receive: ([UInt8]) throws -> Void) throws -> Void
    ) throws -> Bool

    /// What the server and the session with it are like, for people to look at; `now` is this
    /// machine's clock.
    ///
    /// A few short questions; throws when the server cannot be reached.
    func examine(nowMilliseconds: Int64) throws(LogFault) -> [StoreCheck]

    /// Begins to append; `remark` hears of a server that is away for a while.
    func openSharedWriter(
        waitMilliseconds: Int, remark: @escaping @Sendable (String) -> Void
    ) throws(LogFault) -> any SharedWriter
}

/// One thing that was looked at on a server.
package struct StoreCheck: Equatable, Sendable {
    /// Its name.
    package let name: String
    /// Whether it needs no attention.
    package let isWell: Bool
    /// What was seen.
    package let detail: String

    /// Makes a check.
    package init(_ name: String, _ isWell: Bool, _ detail: String) {
        self.name = name
        self.isWell = isWell
        self.detail = detail
    }
}

/// A signed tree head as bytes, whatever they say.
package struct StoredCheckpoint: Equatable, Sendable {
    /// How many lines it covers.
    package let size: Int64
    /// From 1: each is a note of that size with more signatures than the one before it.
    package let version: Int64
    /// The signed note.
    package let note: [UInt8]

    /// Makes a stored checkpoint.
    package init(size: Int64, version: Int64 = 1, note: [UInt8]) {
        self.size = size
        self.version = version
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
