import ClaimsCodec
package import ClaimsDomain
package import ClaimsLedger

/// Imports an XES log through a mapping: each trace a claim, each of its events recorded as ledger
/// events or listed with the reason.
package struct XESImport {
    private let file: String
    private let mapping: XESMapping
    private let now: Instant
    private var summary = ImportSummary()

    /// `file`: the XES log, or `-` for standard input; `mapping`: the mapping's file.
    package init(file: String, mapping path: String, now: Instant) throws(LedgerError) {
        self.file = file
        self.now = now
        do {
            let bytes = try WholeFile.read(path)
            mapping = try XESMapping(bytes, file: path, zone: ProgramFile.resolve)
        } catch {
            throw Self.worded(error, path: path)
        }
    }

    /// Records every event the mapping gives; lists the others.
    ///
    /// Durable when it returns.
    ///
    /// Asks `shouldStop` after each trace. Throws when the input is no XES or cannot be read, or
    /// the log not written; what was taken before is recorded. One trace in memory at a time.
    package mutating func run(
        into writer: inout LedgerWriter, shouldStop: () -> Bool
    ) throws(LedgerError) -> ImportSummary {
        try publishPrograms(into: &writer)
        let planner = XESPlanner(
            mapping: mapping, programs: writer.state.programs.map(\.rules),
            zone: ProgramFile.resolve)
        let reader = XESReader(file: file, usesDefaults: mapping.usesGlobalDefaults)
        var importer = self
        do {
            _ = try reader.read { trace in
                if importer.summary.isInterrupted { return }
                try importer.take(trace, planner, into: &writer)
                importer.summary.isInterrupted = shouldStop()
            }
            try writer.flush()
        } catch {
            try writer.flush()
            throw Self.worded(error, path: file)
        }
        self = importer
        return summary
    }

    /// Programmes of the mapping that the ledger does not have, as of the day they took effect.
    private func publishPrograms(into writer: inout LedgerWriter) throws(LedgerError) {
        for program in mapping.programs
        where writer.state.latestRules(of: program.id) == nil {
            let content = ProposedEvent(
                id: EventID("program-\(program.id)-\(program.version)"),
                source: Source(program: program.id), subject: program.id.text,
                occurredAt: min(program.effectiveAt, now),
                actor: Actor(kind: .system, id: "import"),
                payload: .programPublished(program))
            if case .rejected(let reason) = try writer.record(content, now: now) {
                throw LedgerError(
                    .fault(
                        "error: program '\(program.id)' of the mapping: \(reason)", .badData))
            }
        }
    }

    private mutating func take(
        _ trace: XESTrace, _ planner: XESPlanner, into writer: inout LedgerWriter
    ) throws {
        var outcomes: [Int: Outcome] = [:]
        for step in plan(trace, planner, writer).steps {
            switch step {
            case .listed(let rejection):
                outcomes[rejection.ordinal, default: .init()].listed = .init(
                    place: "line \(rejection.line)", what: rejection.activity,
                    reason: rejection.reason)
            case .event(let content, let ordinal, let line):
                try record(
                    content, place: "line \(line)", in: &outcomes[ordinal, default: .init()],
                    into: &writer)
            }
        }
        for (_, outcome) in outcomes.sorted(by: { $0.key < $1.key }) { count(outcome) }
    }

    /// What became of one XES event.
    private struct Outcome {
        var appended = 0
        var repeated = 0
        var listed: ImportSummary.Listed?
    }

    private mutating func count(_ outcome: Outcome) {
        summary.records += 1
        if let listed = outcome.listed { summary.listed.append(listed) }
        if outcome.appended > 0 {
            summary.taken += 1
        } else if outcome.repeated > 0 {
            summary.repeated += 1
        }
    }

    private mutating func record(
        _ content: ProposedEvent, place: String, in outcome: inout Outcome,
        into writer: inout LedgerWriter
    ) throws {
        switch try writer.record(content, now: now) {
        case .appended:
            outcome.appended += 1
            summary.appended[content.payload.kind, default: 0] += 1
        case .repeated: outcome.repeated += 1
        case .rejected(let reason):
            outcome.listed = .init(
                place: place, what: content.payload.kind.rawValue, reason: reason)
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
