import ClaimsCodec
package import ClaimsDomain
package import ClaimsLedger
import EventLog

/// Imports CloudEvents of another producer: JSON lines, or one JSON array (a batch).
package struct EventsImport {
    private let path: String
    private let now: Instant
    private let defaultActor: Actor?
    private var summary = ImportSummary()

    /// `path`: a file, or `-` for lines on standard input.
    ///
    /// `defaultActor`: who did it where an event does not say.
    package init(path: String, now: Instant, defaultActor: Actor?) {
        self.path = path
        self.now = now
        self.defaultActor = defaultActor
    }

    /// Records every event that is one; lists the others.
    ///
    /// Durable when it returns.
    ///
    /// Records are read on all processors and taken in the order of the input. Asks `shouldStop`
    /// after each one, and tells `progress` how many were read now and then. Throws when the input
    /// cannot be read or the log not written. O(bytes).
    package mutating func run(
        into writer: inout LedgerWriter, progress: (Int) -> Void = { _ in },
        shouldStop: () -> Bool
    ) throws(LedgerError) -> ImportSummary {
        let recordedAt = writer.recordingTime(now)
        let pipeline = ForeignPipeline(
            recordedAt: recordedAt, defaultActor: defaultActor, threads: writer.scanThreads)
        defer { pipeline.end() }
        do {
            if try isBatch() {
                try takeBatch(pipeline, into: &writer, progress, shouldStop)
            } else {
                try takeLines(pipeline, into: &writer, progress, shouldStop)
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
        _ pipeline: ForeignPipeline, into writer: inout LedgerWriter,
        _ progress: (Int) -> Void, _ shouldStop: () -> Bool
    ) throws {
        var importer = self
        defer { self = importer }
        let source = StreamStore(path: path == "-" ? nil : path)
        try source.read(from: 1) { chunk in
            pipeline.submit(.lines(chunk))
            return try importer.collect(
                pipeline, untilLeft: pipeline.mostUnderWay, "line", into: &writer, progress,
                shouldStop)
        }
        try importer.collect(
            pipeline, untilLeft: 0, "line", into: &writer, progress, shouldStop)
    }

    private mutating func takeBatch(
        _ pipeline: ForeignPipeline, into writer: inout LedgerWriter,
        _ progress: (Int) -> Void, _ shouldStop: () -> Bool
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
        var first = 0
        while first < ranges.count, !summary.isInterrupted {
            let next = min(ranges.count, first + ForeignPipeline.elementsAtATime)
            pipeline.submit(.elements(bytes, ranges[first..<next], first: first + 1))
            first = next
            try collect(
                pipeline, untilLeft: first < ranges.count ? pipeline.mostUnderWay : 0, "element",
                into: &writer, progress, shouldStop)
        }
    }

    /// Takes what the pipeline has read, until so many stretches are left in it.
    @discardableResult
    private mutating func collect(
        _ pipeline: ForeignPipeline, untilLeft left: Int, _ place: String,
        into writer: inout LedgerWriter, _ progress: (Int) -> Void, _ shouldStop: () -> Bool
    ) throws(LedgerError) -> ReadStep {
        while !summary.isInterrupted, pipeline.count > left, let job = pipeline.next() {
            var importer = self
            defer { self = importer }
            _ = try writer.record(&job.lines, now: now) { outcome in
                importer.take(outcome, place)
                importer.summary.isInterrupted = shouldStop()
                return importer.summary.isInterrupted ? .stop : .next
            }
            pipeline.giveBack(job)
            progress(importer.summary.records)
        }
        return summary.isInterrupted ? .stop : .next
    }

    private mutating func take(_ outcome: LedgerWriter.RecordOutcome, _ place: String) {
        summary.records += 1
        switch outcome {
        case .appended(_, let kind):
            summary.taken += 1
            summary.appended[kind, default: 0] += 1
        case .repeated: summary.repeated += 1
        case .rejected(let number, let what, let reason):
            summary.listed.append(.init(place: "\(place) \(number)", what: what, reason: reason))
        }
    }
}
