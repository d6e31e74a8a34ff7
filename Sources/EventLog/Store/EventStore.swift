/// Anything that records can be read from in their order: a ledger folder, a file, a stream.
package protocol EventSource: Sendable {
    /// Delivers the whole lines from a sequence (at least 1) on, in order, until the end or until
    /// `body` says stop.
    ///
    /// Throws `LogFault`, and whatever `body` throws. O(bytes from there on).
    @discardableResult
    func read(from sequence: Int64, body: (LogChunk) throws -> ReadStep) throws -> ReadEnd
}

/// One total order of records with one writer at a time.
///
/// Nothing here says that it is files.
package protocol EventStore: EventSource {
    /// The sequence of the last whole record; 0 when there is none.
    func head() throws(LogFault) -> Int64

    /// Becomes the one writer, or waits so long for it and then throws `locked`.
    func openWriter(
        waitMilliseconds: Int
    ) throws(LogFault) -> any EventWriter & ~Copyable

    /// Delivers whole lines from a sequence on, and those appended later as they come, until
    /// `body` or `shouldStop` says so; asks `shouldStop` before each chunk and each look for more.
    func follow(
        from sequence: Int64, pollMilliseconds: Int, shouldStop: () -> Bool,
        body: (LogChunk) throws -> ReadStep
    ) throws
}

/// The one writer of a store, until the value goes away.
package protocol EventWriter: ~Copyable {
    /// The sequence of the last record; 0 when there is none.
    var head: Int64 { get }

    /// Appends lines, each ended by a line feed, in one buffer, and returns the new head when they
    /// are durable.
    ///
    /// Throws `headMoved` unless the log ends at `expected`, and appends nothing then or when a
    /// line is empty, too long or not ended. After any other fault the writer has stopped, and a
    /// first part of the lines may be found in the log. No lines: no change.
    mutating func append(
        _ lines: [UInt8], expecting expected: Int64
    ) throws(LogFault) -> Int64

    /// Makes durable what `head` covers.
    ///
    /// For answers that rely on a record which another writer may have left without waiting for the
    /// disk, such as a command sent twice.
    mutating func makeDurable() throws(LogFault)
}

extension EventWriter where Self: ~Copyable {
    /// The same for lines without their line feeds; a line feed inside one is a fault.
    package mutating func append(
        lines: [[UInt8]], expecting expected: Int64
    ) throws(LogFault) -> Int64 {
        try append(joinedLines(lines), expecting: expected)
    }
}

/// How a read ended.
package struct ReadEnd: Equatable, Sendable {
    /// The sequence of the last line delivered or passed over: the head, unless stopped early.
    package let lastSequence: Int64
    /// Whether `body` ended it.
    package let isStopped: Bool
    /// What follows the last whole line, if anything does; nil when stopped early.
    package let tornTail: TornTail?

    /// Makes the end of a read.
    package init(lastSequence: Int64, isStopped: Bool = false, tornTail: TornTail? = nil) {
        self.lastSequence = lastSequence
        self.isStopped = isStopped
        self.tornTail = tornTail
    }
}

/// What an append that ended half-way left at the end of a log; never acknowledged to anyone.
package struct TornTail: Equatable, Sendable {
    /// Where it begins, and the sequence it would have had.
    package let location: LineLocation
    /// How many bytes there are.
    package let byteCount: Int
    /// Whether a writer held the lock when it was seen: then it is an append in progress.
    package let isAppendInProgress: Bool
    /// Whether sectors in it were never written; else it is all there up to where it ends.
    package let isUnwritten: Bool

    /// Makes a torn tail.
    package init(
        location: LineLocation, byteCount: Int, isAppendInProgress: Bool,
        isUnwritten: Bool = false
    ) {
        self.location = location
        self.byteCount = byteCount
        self.isAppendInProgress = isAppendInProgress
        self.isUnwritten = isUnwritten
    }

    /// The fault of a log that ends like this, for those who cannot go on.
    package var fault: LogFault {
        LogFault(
            isUnwritten ? .unwritten(bytes: byteCount) : .torn(bytes: byteCount), in: location.file,
            line: location.line,
            byteOffset: location.byteOffset)
    }
}
