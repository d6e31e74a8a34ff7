import ClaimsCodec
package import ClaimsDomain
package import ClaimsLedger
import EventLog

/// Imports CloudEvents of another producer: JSON lines, or one JSON array (a batch).
package struct EventsImport {
    private let path: String
    private let now: Instant
    private var reader: ForeignEventReader
    private var summary = ImportSummary()

    /// `path`: a file, or `-` for lines on standard input.
    ///
    /// `defaultActor`: who did it where an event does not say.
    package init(path: String, now: Instant, defaultActor: Actor?) {
        self.path = path
        self.now = now
        reader = ForeignEventReader(defaultActor: defaultActor)
    }

    /// Records every event that is one; lists the others.
    ///
    /// Durable when it returns.
    ///
    /// Asks `shouldStop` after each record. Throws when the input cannot be read or the log not
    /// written. O(bytes).
    package mutating func run(
        into writer: inout LedgerWriter, shouldStop: () -> Bool
    ) throws(LedgerError) -> ImportSummary {
        do {
            if try isBatch() {
                try takeBatch(into: &writer, shouldStop: shouldStop)
            } else {
                try takeLines(into: &writer, shouldStop: shouldStop)
            }
            try writer.flush()
        } catch {
            throw LedgerError(error)
        }
        return summary
    }

    /// Whether the file's first byte that is no white space opens an array.
    private func isBatch() throws -> Bool {
        guard path != "-" else { return false }
        let fileSystem = PosixFileSystem()
        let file = try fileSystem.open(path, for: .reading)
        defer { fileSystem.close(file) }
        let start = try fileSystem.read(file, at: 0, count: 4096, after: [])
        return start.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "[")
    }

    private mutating func takeLines(
        into writer: inout LedgerWriter, shouldStop: () -> Bool
    ) throws {
        var importer = self
        let source = StreamStore(path: path == "-" ? nil : path)
        try source.read(from: 1) { chunk in
            try chunk.forEachLine { (bytes, location) throws(any Error) in
                guard !bytes.isEmpty else { return .next }
                try importer.take(bytes, place: "line \(location.sequence)", into: &writer)
                importer.summary.isInterrupted = shouldStop()
                return importer.summary.isInterrupted ? .stop : .next
            }
        }
        self = importer
    }

    private mutating func takeBatch(
        into writer: inout LedgerWriter, shouldStop: () -> Bool
    ) throws {
        let bytes = try WholeFile.read(path)
        let ranges: [Range<Int>]
        do throws(JSONProblem) {
            ranges = try ForeignEventReader.elements(ofBatch: bytes.span)
        } catch {
            throw LedgerError(
                .fault(
                    LocatedText.fault(
                        file: path, bytes: bytes, offset: error.offset, what: "\(error)",
                        fix: "a batch is one JSON array of events"), .badData))
        }
        for (index, range) in ranges.enumerated() where !summary.isInterrupted {
            try take(
                bytes.span.extracting(range), place: "element \(index + 1)", into: &writer)
            summary.isInterrupted = shouldStop()
        }
    }

    private mutating func take(
        _ bytes: Span<UInt8>, place: String, into writer: inout LedgerWriter
    ) throws {
        summary.records += 1
        let content: ProposedEvent
        do throws(LineProblem) {
            content = try reader.read(bytes)
        } catch {
            summary.listed.append(.init(place: place, what: "event", reason: error.what))
            return
        }
        switch try writer.record(content, now: now) {
        case .appended:
            summary.taken += 1
            summary.appended[content.payload.kind, default: 0] += 1
        case .repeated: summary.repeated += 1
        case .rejected(let reason):
            summary.listed.append(
                .init(place: place, what: "event '\(content.id)'", reason: reason))
        }
    }
}
