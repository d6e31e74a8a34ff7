package import ClaimsDomain
package import EventLog

/// The lines of one chunk as facts, with names of its own: what a thread makes of a chunk without
/// knowing any other.
package struct ScannedChunk: Sendable {
    package internal(set) var chunk = LogChunk(
        bytes: [], firstSequence: 1, lineCount: 0, file: "", firstLineInFile: 1,
        byteOffsetInFile: 0)
    /// One for each line up to the first faulty one; of a line of unknown type only the place.
    package internal(set) var events: [ScannedEvent] = []
    /// What does not fit into facts, by line, in order.
    package internal(set) var oddities: [Oddity] = []
    package internal(set) var tables = LineTables()
    /// The numbers that its sources' texts have in the log, by their keys in `tables`; set once
    /// the chunk was held against the order of the log.
    var sourceNumbers: [NameKey] = []
    /// Where the chunk ends before its last line; set once it was merged into a log.
    package internal(set) var ending: Ending?

    /// Why the lines from one on are not part of the log asked about.
    package enum Ending: Sendable {
        /// They were not known then.
        case unknown(line: Int)
        /// The line is no event of the log, or none that may follow those before it.
        case problem(LineProblem, line: Int)

        /// The first line that does not count, from 0.
        package var line: Int {
            switch self {
            case .unknown(let line), .problem(_, let line): line
            }
        }
    }

    /// A line that is more than a fact, or none.
    package enum Oddity: Sendable {
        /// The rules that a `program.published` carries.
        case rules(Program, line: Int)
        /// An event of a type this version does not know.
        case unknown(type: String, line: Int)
        /// What keeps the line behind the last event from being one.
        case problem(LineProblem, line: Int)

        /// The line in its chunk, from 0.
        package var line: Int {
            switch self {
            case .rules(_, let line), .unknown(_, let line), .problem(_, let line): line
            }
        }
    }

    /// An empty one, to be filled by a `ChunkReader`.
    package init() {}

    /// The bytes of a line without its line feed.
    package func withBytes<Result, Failure: Error>(
        of event: ScannedEvent, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(chunk.bytes.span.extracting(Int(event.start)..<Int(event.end)))
    }

    /// Where a line of the chunk is, from 0.
    ///
    /// O(bytes before it).
    package func location(ofLine line: Int) -> LineLocation {
        var start = 0
        for _ in 0..<line {
            start = (LineFeeds.first(in: chunk.bytes.span, from: start) ?? start) + 1
        }
        return LineLocation(
            sequence: chunk.firstSequence + Int64(line), file: chunk.file,
            line: chunk.firstLineInFile + line, byteOffset: chunk.byteOffsetInFile + start)
    }

    /// A problem of a line at its place in the log.
    ///
    /// `isPart`: lines are left out, so that the place does not tell the sequence.
    package func fault(_ problem: LineProblem, line: Int, isPart: Bool = false) -> LineFault {
        let location = location(ofLine: line)
        let start = location.byteOffset - chunk.byteOffsetInFile
        let end = LineFeeds.first(in: chunk.bytes.span, from: start) ?? chunk.bytes.count
        let bytes = chunk.bytes.span.extracting(start..<end)
        return LineFault(
            file: location.file, line: Int64(location.line),
            lineOffset: Int64(location.byteOffset),
            sequence: isPart ? Self.sequence(saidBy: bytes) : location.sequence,
            problem: problem, bytes: bytes)
    }

    /// The sequence that a line gives itself; nil where it cannot be read.
    private static func sequence(saidBy bytes: Span<UInt8>) -> Int64? {
        var line = ScannedLine()
        do throws(LineProblem) { try line.scan(bytes) } catch { return nil }
        return line[.sequence].flatMap { Int64($0.string(in: bytes)) }
    }
}

/// Reads chunks of a log into facts; one for each thread.
package struct ChunkReader: Sendable {
    private var reading: LineReading

    /// `toleratesUnknown`: an unknown type is told, not a fault.
    package init(toleratesUnknown: Bool = false) {
        reading = LineReading(toleratesUnknown: toleratesUnknown)
    }

    /// Reads the lines of a chunk, the first faulty one at most.
    ///
    /// The memory of `scanned` is reused. O(bytes).
    package mutating func read(_ chunk: LogChunk, into scanned: inout ScannedChunk) {
        scanned.chunk = chunk
        scanned.events.removeAll(keepingCapacity: true)
        scanned.events.reserveCapacity(chunk.lineCount)
        scanned.oddities.removeAll()
        scanned.tables.removeAll()
        scanned.ending = nil
        let all = chunk.bytes.span
        // A line that ends here or before has the padding behind it that a scan needs.
        let end = max(0, all.count - ScanBytes.padding)
        let paddedEnd = LineFeeds.last(in: all, 0..<end) ?? -1
        var start = 0
        while start < all.count {
            if start <= paddedEnd {
                // Read in its place: a fact is copied to no other.
                let place = scanned.events.count
                scanned.events.append(ScannedEvent(start: start))
                let end = unsafe all.withUnsafeBytes { buffer in
                    unsafe reading.readCanonical(
                        ScanBytes(buffer), from: start, into: &scanned.events[place],
                        &scanned.tables)
                }
                if end >= 0 {
                    scanned.events[place].end = Int32(end)
                    start = end &+ 1
                    continue
                }
                scanned.events.removeLast()
            }
            guard readOne(all, &start, into: &scanned) else { return }
        }
    }

    /// Reads one line that stands alone or is laid out otherwise; false when it is faulty.
    private mutating func readOne(
        _ all: Span<UInt8>, _ start: inout Int, into scanned: inout ScannedChunk
    ) -> Bool {
        let line = scanned.events.count
        let end = LineFeeds.first(in: all, from: start) ?? all.count
        var event = ScannedEvent(start: start)
        do throws(LineProblem) {
            switch try reading.read(
                all.extracting(start..<end), into: &event, &scanned.tables)
            {
            case .event: break
            case .rules(let program): scanned.oddities.append(.rules(program, line: line))
            case .unknown(let type): scanned.oddities.append(.unknown(type: type, line: line))
            }
        } catch {
            scanned.oddities.append(.problem(error, line: line))
            return false
        }
        event.start = Int32(start)
        event.end = Int32(end)
        scanned.events.append(event)
        start = end + 1
        return true
    }
}
