package import ClaimsDomain
package import EventLog

/// Brings records of another producer into lines of this ledger; one for each thread.
///
/// A record that is laid out as this ledger writes is taken over as it stands, since writing it
/// anew would give the same bytes; any other is read into an event and written.
package struct ForeignChunkReader: Sendable {
    private let recordedAt: Instant
    /// What stands between the value of `recordedtime` and the rest of a line taken over.
    private let given: [UInt8]
    private var canonical = CanonicalReader()
    private var reading = LineReading(toleratesUnknown: false)
    private var foreign: ForeignEventReader
    /// The lines made so far.
    private var bytes: [UInt8] = []

    /// `recordedAt`: the time of recording of every line.
    ///
    /// `defaultActor`: who did it where an event does not say.
    package init(recordedAt: Instant, defaultActor: Actor?) {
        self.recordedAt = recordedAt
        var text = Array("\(recordedAt)".utf8)
        text += Array("\",\"\(Attribute.sequence.rawValue)\":\"".utf8)
        text += Array(EventWriter.sequenceText(Self.someSequence).utf8)
        given = text
        foreign = ForeignEventReader(defaultActor: defaultActor)
    }

    /// Stands in a line until it has its place.
    private static let someSequence: Int64 = 1

    /// Reads records that stand on a line each; empty lines are none.
    ///
    /// The memory of `lines` is reused. O(bytes).
    package mutating func read(_ chunk: LogChunk, into lines: inout ForeignLines) {
        begin(&lines)
        bytes.reserveCapacity(chunk.bytes.count + chunk.bytes.count / 8)
        let all = chunk.bytes.span
        // A line that ends here or before has the padding behind it that a scan needs.
        let paddedEnd = LineFeeds.last(in: all, 0..<max(0, all.count - ScanBytes.padding)) ?? -1
        var number = Int(chunk.firstSequence)
        var start = 0
        while let end = LineFeeds.first(in: all, from: start) {
            if end > start {
                lines.recordCount += 1
                let isTaken =
                    end <= paddedEnd
                    && takeOver(chunk.bytes, start..<end, number: number, into: &lines)
                if !isTaken { take(all.extracting(start..<end), number: number, into: &lines) }
            }
            number += 1
            start = end + 1
        }
        finish(&lines)
    }

    /// Reads records that stand at these ranges of a text, numbered from `first`.
    package mutating func read(
        _ text: [UInt8], at ranges: ArraySlice<Range<Int>>, first: Int,
        into lines: inout ForeignLines
    ) {
        begin(&lines)
        for (index, range) in ranges.enumerated() {
            lines.recordCount += 1
            take(text.span.extracting(range), number: first + index, into: &lines)
        }
        finish(&lines)
    }

    private mutating func begin(_ lines: inout ForeignLines) {
        bytes = []
        lines.recordCount = 0
        lines.places.removeAll(keepingCapacity: true)
        lines.problems.removeAll()
        lines.scanned.events.removeAll(keepingCapacity: true)
        lines.scanned.oddities.removeAll()
        lines.scanned.tables.removeAll()
    }

    private mutating func finish(_ lines: inout ForeignLines) {
        lines.scanned.chunk = LogChunk(
            bytes: bytes, firstSequence: 1, lineCount: lines.places.count, file: "",
            firstLineInFile: 1, byteOffsetInFile: 0)
        bytes = []
    }

    /// Takes a line over as it stands; false when it has to be written anew.
    private mutating func takeOver(
        _ all: [UInt8], _ line: Range<Int>, number: Int, into lines: inout ForeignLines
    ) -> Bool {
        let start = bytes.count
        var event = ScannedEvent(start: start)
        let found: Range<Int>? = unsafe all.withUnsafeBytes { buffer in
            let bytes = unsafe ScanBytes(buffer)
            let end = canonical.read(
                bytes, from: line.lowerBound, into: &event, &lines.scanned.tables)
            // What is said to happen later is no line with this time of recording.
            guard end == line.upperBound, event.fact.occurredAt <= recordedAt,
                let given = ForeignLines.given(
                    in: bytes, from: line.lowerBound, to: line.upperBound),
                Self.isOurs(bytes, line, given, event.fact)
            else { return nil }
            return given
        }
        guard let found else { return false }
        bytes.append(contentsOf: all[line.lowerBound..<(line.lowerBound + found.lowerBound)])
        bytes.append(contentsOf: given)
        bytes.append(contentsOf: all[(line.lowerBound + found.upperBound)..<line.upperBound])
        let place = found.lowerBound..<(found.lowerBound + given.count)
        lines.add(event, endingAt: bytes.count, .init(number: number, given: place))
        bytes.append(LineFeeds.byte)
        return true
    }

    /// Whether writing an event anew would give the same text, but for its place in the log.
    ///
    /// The canonical reader lets through four things that this ledger writes otherwise: an escaped
    /// slash, milliseconds that are zero, percent-encoded characters of a source, and minus zero.
    private static func isOurs(
        _ bytes: ScanBytes, _ line: Range<Int>, _ given: Range<Int>, _ fact: Fact
    ) -> Bool {
        switch fact.kind {
        case .periodClosed: return false
        case .fundsAdjusted where fact.amount == 0: return false
        default: break
        }
        let name = CanonicalReader.EnvelopeText.shared.recordedTime
        let quote = line.lowerBound + given.lowerBound - name.count
        if bytes.half(quote - 5) == zeroMilliseconds { return false }
        var at = line.lowerBound
        while at < line.upperBound {
            let word = bytes.word(at)
            if Words.zeros(word ^ Words.all(UInt8(ascii: "\\"))) != 0 { return false }
            if at < quote, Words.zeros(word ^ Words.all(UInt8(ascii: "%"))) != 0 { return false }
            at += 8
        }
        return true
    }

    /// The text `.000`, the first byte lowest.
    private static let zeroMilliseconds: UInt32 = 0x3030_302E

    /// Reads a record of any layout and writes it as a line.
    private mutating func take(
        _ record: Span<UInt8>, number: Int, into lines: inout ForeignLines
    ) {
        let content: ProposedEvent
        do throws(LineProblem) {
            content = try foreign.read(record)
        } catch {
            lines.problems.append(.init(number: number, what: "event", reason: error.what))
            return
        }
        // What is said to happen later is only compared with what is recorded.
        let event = Event(
            content: content, recordedAt: max(recordedAt, content.occurredAt),
            sequence: Self.someSequence)
        // Taken out for the while, so that a line is read where it was written.
        var bytes: [UInt8] = []
        swap(&bytes, &self.bytes)
        defer { swap(&bytes, &self.bytes) }
        let start = bytes.count
        EventWriter.append(event, to: &bytes)
        let reason = reread(
            bytes.span.extracting(start..<bytes.count), at: start, number: number, into: &lines)
        if let reason {
            bytes.removeSubrange(start...)
            lines.problems.append(
                .init(number: number, what: "event '\(content.id)'", reason: reason))
        } else {
            bytes.append(LineFeeds.byte)
        }
    }

    /// Reads a line just written; what is wrong with it.
    private mutating func reread(
        _ line: Span<UInt8>, at start: Int, number: Int, into lines: inout ForeignLines
    ) -> String? {
        guard line.count <= LogLimits.lineBytes else {
            let problem = LineProblem(
                .tooLong(bytes: line.count, limit: LogLimits.lineBytes), at: 0)
            return problem.what
        }
        guard let given = ForeignLines.given(in: line) else {
            preconditionFailure("a line just written has its place in it")
        }
        var event = ScannedEvent(start: start)
        do throws(LineProblem) {
            let kind = try reading.read(line, into: &event, &lines.scanned.tables)
            if case .rules(let program) = kind {
                lines.scanned.oddities.append(.rules(program, line: lines.places.count))
            }
        } catch {
            return error.what
        }
        lines.add(event, endingAt: start + line.count, .init(number: number, given: given))
        return nil
    }
}

extension ForeignLines {
    fileprivate mutating func add(_ event: ScannedEvent, endingAt end: Int, _ place: Place) {
        scanned.events.append(event)
        scanned.events[scanned.events.count - 1].end = Int32(end)
        places.append(place)
    }
}
