import ClaimsCodec
package import ClaimsDomain
package import ClaimsLedger
import EventLog

/// Imports CloudEvents of another producer: JSON lines, or one JSON array (a batch).
package struct EventsImport {
    private let path: String
    private let terms: ImportTerms
    private let defaultActor: Actor?

    /// `path`: a file, or `-` for standard input; the first byte that is no white space says which
    /// of the two it is.
    ///
    /// `defaultActor`: who did it where an event does not say.
    package init(path: String, _ terms: ImportTerms, defaultActor: Actor?) {
        self.path = path
        self.terms = terms
        self.defaultActor = defaultActor
    }

    /// Records every event, or none where one cannot be; with `isPartial`, those that can be.
    ///
    /// Durable when it returns.
    ///
    /// The input is read once, a piece at a time. Records are read on all processors and taken in
    /// the order of the input. Asks `shouldStop` after each one, and tells `progress` how many were
    /// read now and then. Throws when the input cannot be read or the log not written. O(bytes).
    package func run(
        into writer: inout LedgerWriter, progress: (Int) -> Void = { _ in },
        shouldStop: () -> Bool
    ) throws(LedgerError) -> ImportSummary {
        let pipeline = ForeignPipeline(
            recordedAt: writer.recordingTime(terms.now), defaultActor: defaultActor,
            threads: writer.scanThreads)
        defer { pipeline.end() }
        do {
            let input = try EventsInput(path)
            return try writer.runImport(terms) { writer, run in
                try run.begin(place: input.isBatch ? "element" : "line")
                let look = { (run: borrowing ImportRun) in
                    progress(run.summary.records)
                }
                if input.isBatch {
                    try takeBatch(input, pipeline, into: &writer, &run, look, shouldStop)
                } else {
                    try takeLines(input, pipeline, into: &writer, &run, look, shouldStop)
                }
            }
        } catch {
            throw LedgerError(error)
        }
    }

    private typealias Look = (borrowing ImportRun) -> Void

    private func takeLines(
        _ input: borrowing EventsInput, _ pipeline: ForeignPipeline,
        into writer: inout LedgerWriter, _ run: inout ImportRun, _ look: Look,
        _ shouldStop: () -> Bool
    ) throws {
        try input.lines.read(from: 1) { chunk in
            pipeline.submit(.lines(chunk))
            return try collect(
                pipeline, untilLeft: pipeline.mostUnderWay, into: &writer, &run, look, shouldStop)
        }
        try collect(pipeline, untilLeft: 0, into: &writer, &run, look, shouldStop)
    }

    private func takeBatch(
        _ input: borrowing EventsInput, _ pipeline: ForeignPipeline,
        into writer: inout LedgerWriter, _ run: inout ImportRun, _ look: Look,
        _ shouldStop: () -> Bool
    ) throws {
        var elements = BatchElements()
        var first = 1
        var isAtEnd = false
        var block = input.ahead
        while !isAtEnd, !run.summary.isInterrupted {
            do throws(JSONProblem) {
                isAtEnd = block.isEmpty
                if isAtEnd { try elements.finish() } else { try elements.take(block) }
            } catch {
                throw LedgerError(.fault(input.fault(error, in: elements), .badData))
            }
            if isAtEnd { break }
            if !elements.found.isEmpty {
                pipeline.submit(.elements(elements.text, elements.found[...], first: first))
                first += elements.found.count
                try collect(
                    pipeline, untilLeft: pipeline.mostUnderWay, into: &writer, &run, look,
                    shouldStop)
            }
            block = try input.nextBlock()
        }
        try collect(pipeline, untilLeft: 0, into: &writer, &run, look, shouldStop)
    }

    /// Takes what the pipeline has read, until so many stretches are left in it.
    @discardableResult
    private func collect(
        _ pipeline: ForeignPipeline, untilLeft left: Int, into writer: inout LedgerWriter,
        _ run: inout ImportRun, _ look: Look, _ shouldStop: () -> Bool
    ) throws -> ReadStep {
        while !run.summary.isInterrupted, pipeline.count > left, let job = pipeline.next() {
            var failure: SystemError?
            _ = try writer.record(&job.lines, now: terms.now) { outcome in
                do throws(SystemError) {
                    try Self.take(outcome, &run)
                } catch {
                    failure = error
                    return .stop
                }
                run.summary.isInterrupted = shouldStop()
                return run.summary.isInterrupted ? .stop : .next
            }
            if let failure { throw failure }
            pipeline.giveBack(job)
            look(run)
        }
        return run.summary.isInterrupted ? .stop : .next
    }

    private static func take(
        _ outcome: LedgerWriter.RecordOutcome, _ run: inout ImportRun
    ) throws(SystemError) {
        run.summary.records += 1
        switch outcome {
        case .appended(_, let kind):
            run.summary.taken += 1
            run.summary.appended[kind, default: 0] += 1
        case .repeated: run.summary.repeated += 1
        case .rejected(let number, let what, let reason):
            try run.list(Int64(number), what: what, reason: reason)
        }
    }
}
