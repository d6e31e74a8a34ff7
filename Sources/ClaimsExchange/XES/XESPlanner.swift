import ClaimsCodec
package import ClaimsDomain

/// Turns traces into ledger events by a mapping: the same trace and mapping give the same plan.
package struct XESPlanner {
    private let mapping: XESMapping
    private let programs: [Program]
    private let days: ZoneDays

    /// A planner; `programs` are those the ledger has already, beside those of the mapping, and
    /// `zone` gives the start of a day in a named zone.
    package init(
        mapping: XESMapping, programs: [Program] = [], zone: @escaping (Day, String) -> Instant?
    ) {
        self.mapping = mapping
        self.programs = programs + mapping.programs
        days = ZoneDays(zone: zone)
    }

    /// The plan of a trace: each of its events is in it, as ledger events or listed.
    ///
    /// `claimExists` says whether the ledger has the claim from elsewhere, not from this trace.
    package func plan(_ trace: XESTrace, claimExists: Bool = false) -> XESPlan {
        let timed = timed(trace)
        guard let first = timed.first else {
            return XESPlan(claim: nil, steps: listed(trace, besides: []))
        }
        let context: ClaimContext
        do throws(StepProblem) {
            context = try self.context(first.event, at: first.time, of: trace)
        } catch {
            let reason = "the claim is not known: \(error)"
            let steps = timed.map {
                PlannedStep.listed(rejection($0.event, of: trace, .unusable, reason))
            }
            return XESPlan(claim: nil, steps: steps + listed(trace, besides: timed.map(\.event)))
        }
        var exists = claimExists
        var reader = EventReader()
        var steps: [PlannedStep] = []
        for (event, time) in timed {
            steps += self.steps(event, at: time, of: trace, in: context, exists: &exists, &reader)
        }
        return XESPlan(
            claim: context.id, steps: steps + listed(trace, besides: timed.map(\.event)))
    }

    /// The events that have a time, by it; those of equal time in the order of the file.
    private func timed(_ trace: XESTrace) -> [(event: XESEvent, time: Instant)] {
        var timed: [(event: XESEvent, time: Instant)] = []
        for event in trace.events {
            guard let text = try? mapping.event.time.text(event, of: trace),
                let time = Instant(text)
            else { continue }
            timed.append((event, time))
        }
        return timed.sorted { ($0.time, $0.event.ordinal) < ($1.time, $1.event.ordinal) }
    }

    /// The events without a time.
    private func listed(_ trace: XESTrace, besides timed: [XESEvent]) -> [PlannedStep] {
        let known = Set(timed.map(\.ordinal))
        return trace.events.filter { !known.contains($0.ordinal) }.map { event in
            let reason: String
            do throws(XESTemplate.Problem) {
                let text = try mapping.event.time.text(event, of: trace)
                reason = "time '\(text)' is no RFC 3339 time with a zone"
            } catch {
                reason = "it has no time: \(error)"
            }
            return .listed(rejection(event, of: trace, .unusable, reason))
        }
    }

    private func rejection(
        _ event: XESEvent, of trace: XESTrace, _ cause: XESRejection.Cause, _ reason: String
    ) -> XESRejection {
        XESRejection(
            ordinal: event.ordinal, line: event.line,
            activity: (try? mapping.event.activity.text(event, of: trace)) ?? "", cause: cause,
            reason: reason)
    }

    /// An event's steps, planned together or not at all; conditions ask what was before the event.
    private func steps(
        _ event: XESEvent, at time: Instant, of trace: XESTrace, in context: ClaimContext,
        exists: inout Bool, _ reader: inout EventReader
    ) -> [PlannedStep] {
        func listed(_ cause: XESRejection.Cause, _ reason: String) -> [PlannedStep] {
            [.listed(rejection(event, of: trace, cause, reason))]
        }
        let activity: String
        do throws(XESTemplate.Problem) {
            activity = try mapping.event.activity.text(event, of: trace)
        } catch {
            return listed(.unusable, "it has no activity: \(error)")
        }
        switch mapping.activities[activity] {
        case nil:
            if let reason = mapping.otherwise { return listed(.ignored, reason) }
            return listed(.unmapped, "the mapping does not name this activity")
        case .ignored(let reason): return listed(.ignored, reason)
        case .steps(let rules):
            let writer = StepWriter(
                context: context, event: event, trace: trace, time: time, mapping: mapping,
                days: days)
            var drafts: [ProposedEvent] = []
            for (index, rule) in rules.enumerated()
            where rule.condition.holds(claimExists: exists) {
                do throws(StepProblem) {
                    drafts.append(
                        try writer.draft(
                            rule, number: index + 1, isFirst: drafts.isEmpty, reader: &reader))
                } catch {
                    return listed(.unusable, "\(rule.kind.rawValue): \(error)")
                }
            }
            guard !drafts.isEmpty else {
                return listed(
                    .ignored,
                    "the mapping has no event for it when there is "
                        + (exists ? "a claim already" : "no claim yet"))
            }
            exists = exists || drafts.contains { $0.payload.kind == .claimCreated }
            return drafts.map { .event($0, ordinal: event.ordinal, line: event.line) }
        }
    }
}

extension XESMapping.Condition {
    /// Whether a step under this condition is taken.
    func holds(claimExists: Bool) -> Bool {
        switch self {
        case .always: true
        case .ifClaim: claimExists
        case .ifNoClaim: !claimExists
        }
    }
}

// MARK: - What a claim's first event says of it

extension XESPlanner {
    private func context(
        _ first: XESEvent, at time: Instant, of trace: XESTrace
    ) throws(StepProblem) -> ClaimContext {
        func text(_ template: XESTemplate, _ name: String) throws(StepProblem) -> String {
            do throws(XESTemplate.Problem) {
                return try template.text(first, of: trace)
            } catch {
                throw .missing("no \(name), \(error)")
            }
        }
        let fields = mapping.claim
        let program = ProgramID(try text(fields.program, "program"))
        let rules = rules(of: program, at: time)
        let timeZone = rules?.timeZone ?? "UTC"
        var context = ClaimContext(
            id: ClaimID(try text(fields.id, "id")), program: program,
            partner: PartnerID(try text(fields.partner, "partner")), timeZone: timeZone)
        context.activity = capture { () throws(StepProblem) in
            try text(fields.activity, "activity")
        }
        context.amount = capture { () throws(StepProblem) in
            let code = try text(fields.currency, "currency")
            guard let currency = Currency(code: code) else {
                throw .bad("currency '\(code)' is not one of ISO 4217")
            }
            let amount = try text(fields.amount, "amount")
            do throws(DecimalRounding.Problem) {
                return try DecimalRounding.money(
                    amount, currency: currency, rounding: fields.rounding)
            } catch {
                throw .bad("amount \(error)")
            }
        }
        context.period = capture { () throws(StepProblem) in
            if let period = fields.period { return try text(period, "period") }
            return try Self.period(of: program, rules, at: time)
        }
        let firstDay = days.day(of: time, in: timeZone)
        context.activityDate = .success(firstDay)
        if let template = fields.activityDate {
            context.activityDate = capture { () throws(StepProblem) in
                let written = try text(template, "activity date")
                guard
                    let day = Day(written)
                        ?? Instant(written).map({ days.day(of: $0, in: timeZone) })
                else { throw .bad("activity date '\(written)' is neither a date nor a time") }
                return day
            }
        }
        context.title = fields.title.flatMap { try? $0.text(first, of: trace) }
        context.location = fields.location.flatMap { try? $0.text(first, of: trace) }
        return context
    }

    /// The program's rules in force at a moment, or its first ones before them.
    private func rules(of program: ProgramID, at time: Instant) -> Program? {
        let versions = programs.filter { $0.id == program }
        return versions.filter { $0.effectiveAt <= time }.max { $0.effectiveAt < $1.effectiveAt }
            ?? versions.min { $0.effectiveAt < $1.effectiveAt }
    }

    private static func period(
        of program: ProgramID, _ rules: Program?, at time: Instant
    ) throws(StepProblem) -> String {
        guard let rules else {
            throw .bad(
                "program '\(program)' is neither in the ledger nor in the mapping, and the mapping "
                    + "gives no 'period'")
        }
        let period = rules.usagePeriods.first {
            $0.instants.usageFrom <= time && time < $0.instants.usageBefore
        }
        guard let period else {
            throw .bad("program '\(program)' has no usage period with \(time) in it")
        }
        return period.label.text
    }
}

/// The outcome of a piece of work, kept for later.
private func capture<Value>(
    _ work: () throws(StepProblem) -> Value
) -> Result<Value, StepProblem> {
    Result { () throws(StepProblem) in try work() }
}
