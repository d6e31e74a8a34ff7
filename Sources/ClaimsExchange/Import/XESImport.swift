import ClaimsCodec
import ClaimsDomain
package import ClaimsLedger
import EventLog

/// Imports an XES log through a mapping: each trace a claim, each of its events recorded as ledger
/// events or listed with the reason.
package struct XESImport {
    private let file: String
    private let mapping: XESMapping
    private let terms: ImportTerms

    /// `file`: the XES log, or `-` for standard input; `mapping`: the mapping's file.
    package init(
        file: String, mapping path: String, _ terms: ImportTerms
    ) throws(LedgerError) {
        self.file = file
        self.terms = terms
        do {
            let bytes = try WholeFile.read(path)
            mapping = try XESMapping(bytes, file: path, zone: ProgramFile.resolve)
        } catch {
            throw Self.worded(error, path: path)
        }
    }

    /// Records every event the mapping gives, or none where one it names cannot be; with
    /// `isPartial`, those that can be.
    ///
    /// Durable when it returns. What the mapping leaves out on purpose is counted and left alone.
    ///
    /// Asks `shouldStop` after each trace, and tells `progress` how many records were read. Throws
    /// when the input is no XES or cannot be read, or the log not written. One trace in memory at a
    /// time.
    package func run(
        into writer: inout LedgerWriter, progress: (Int) -> Void = { _ in },
        shouldStop: () -> Bool
    ) throws(LedgerError) -> ImportSummary {
        do {
            return try writer.runImport(terms) { writer, run in
                try run.begin(place: "line")
                try publishPrograms(into: &writer)
                let planner = XESPlanner(
                    mapping: mapping, programs: writer.state.programs.map(\.rules),
                    zone: ProgramFile.resolve)
                let reader = XESReader(file: file, usesDefaults: mapping.usesGlobalDefaults)
                _ = try reader.read { trace in
                    if run.summary.isInterrupted { return }
                    try take(trace, planner, into: &writer, &run)
                    progress(run.summary.records)
                    run.summary.isInterrupted = shouldStop()
                }
            }
        } catch {
            throw Self.worded(error, path: file)
        }
    }

    /// Programmes of the mapping that the ledger does not have, as of the day they took effect.
    private func publishPrograms(into writer: inout LedgerWriter) throws(LedgerError) {
        for program in mapping.programs
        where writer.state.latestRules(of: program.id) == nil {
            let content = ProposedEvent(
                id: EventID("program-\(program.id)-\(program.version)"),
                source: Source(program: program.id), subject: program.id.text,
                occurredAt: min(program.effectiveAt, terms.now),
                actor: Actor(kind: .system, id: "import"),
                payload: .programPublished(program))
            if case .rejected(let reason) = try writer.record(content, now: terms.now) {
                throw LedgerError(
                    .fault(
                        "error: program '\(program.id)' of the mapping: \(reason)", .badData))
            }
        }
    }

    private func take(
        _ trace: XESTrace, _ planner: XESPlanner, into writer: inout LedgerWriter,
        _ run: inout ImportRun
    ) throws {
        var outcomes: [Int: Outcome] = [:]
        for step in plan(trace, planner, writer).steps {
            switch step {
            case .listed(let rejection):
                outcomes[rejection.ordinal, default: .init()].isIgnored =
                    rejection.cause == .ignored
                outcomes[rejection.ordinal, default: .init()].listed = .init(
                    line: rejection.line, what: rejection.activity, reason: rejection.reason)
            case .event(let content, let ordinal, let line):
                try record(
                    content, line: line, in: &outcomes[ordinal, default: .init()], into: &writer,
                    &run)
            }
        }
        for (_, outcome) in outcomes.sorted(by: { $0.key < $1.key }) { try count(outcome, &run) }
    }

    /// What became of one XES event.
    private struct Outcome {
        var appended = 0
        var repeated = 0
        var listed: Listed?
        var isIgnored = false
    }

    /// Why it is not taken.
    private struct Listed {
        let line: Int64
        let what: String
        let reason: String
    }

    private func count(_ outcome: Outcome, _ run: inout ImportRun) throws(SystemError) {
        run.summary.records += 1
        if let listed = outcome.listed {
            if outcome.isIgnored {
                run.summary.skip("\(listed.what): \(listed.reason)")
            } else {
                try run.list(listed.line, what: listed.what, reason: listed.reason)
            }
        }
        if outcome.appended > 0 {
            run.summary.taken += 1
        } else if outcome.repeated > 0 {
            run.summary.repeated += 1
        }
    }

    private func record(
        _ content: ProposedEvent, line: Int64, in outcome: inout Outcome,
        into writer: inout LedgerWriter, _ run: inout ImportRun
    ) throws {
        switch try writer.record(content, now: terms.now) {
        case .appended:
            outcome.appended += 1
            run.summary.appended[content.payload.kind, default: 0] += 1
        case .repeated: outcome.repeated += 1
        case .rejected(let reason):
            outcome.isIgnored = false
            outcome.listed = .init(
                line: line, what: content.payload.kind.rawValue, reason: reason)
        }
    }

    /// A claim the ledger has from elsewhere is not created again; one it has from this very trace
    /// is planned as before, so that importing again finds every event recorded.
    private func plan(
        _ trace: XESTrace, _ planner: XESPlanner, _ writer: borrowing LedgerWriter
    ) -> XESPlan {
        let plan = planner.plan(trace)
        guard let claim = plan.claim, writer.state.claim(claim) != nil else { return plan }
        let isOurs = plan.steps.contains { step in
            guard case .event(let content, _, _) = step else { return false }
            return writer.isRecorded(content)
        }
        return isOurs ? plan : planner.plan(trace, claimExists: true)
    }

    private static func worded(_ error: any Error, path: String) -> LedgerError {
        if let fault = error as? XESFault {
            if case .unreadable = fault.problem {
                return LedgerError(.fault("\(fault)", .notFound))
            }
            return LedgerError(.fault("\(fault)", .badData))
        }
        return LedgerError(error)
    }
}
