import ClaimsCodec
public import ClaimsDomain
import ClaimsIndex
public import ClaimsProjections
import EventLog

/// An answer with what it was computed from, for the header of a report.
public struct Answer<Value: Sendable>: Sendable {
    /// Its value.
    public let value: Value
    /// From where it was asked.
    public let viewpoint: Viewpoint
    /// The moment that derived facts (expired, overdue) are computed for.
    public let moment: Instant
    /// The sequence of the last event known.
    public let lastSequence: Int64
    /// What follows the last whole line of the log, in words; nil when it ends cleanly.
    public let warning: String?

    package init(_ value: Value, of log: ReplayedLog) {
        self.value = value
        viewpoint = log.replay.viewpoint
        moment = log.replay.moment
        lastSequence = log.replay.lastSequence
        warning = log.tornTail.map { "\($0.fault)" }
    }

    /// The same answer put differently.
    package func map<Other>(_ transform: (Value) -> Other) -> Answer<Other> {
        Answer<Other>(transform(value), viewpoint, moment, lastSequence, warning)
    }

    private init(
        _ value: Value, _ viewpoint: Viewpoint, _ moment: Instant, _ lastSequence: Int64,
        _ warning: String?
    ) {
        self.value = value
        self.viewpoint = viewpoint
        self.moment = moment
        self.lastSequence = lastSequence
        self.warning = warning
    }
}

extension Ledger {
    /// The claims a selection admits, by id.
    ///
    /// Of one partner or claim from the index where there is one, else one pass over the log.
    public func claims(
        _ selection: Selection = Selection(), at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<ClaimRegister> {
        let (touched, log) = try replay(noting: selection, viewpoint)
        return Answer(
            ClaimRegister(log.replay, selection: selection, touched: touched), of: log)
    }

    /// What a replay says of what a selection admits, and the claims with an event that it admits;
    /// nil where it admits all events.
    func replay(
        noting selection: Selection, _ viewpoint: Viewpoint
    ) throws(LedgerError) -> (touched: Set<NameKey>?, log: ReplayedLog) {
        let empty: Set<NameKey>? = selection.limitsEvents ? [] : nil
        let (touched, log) = try replay(of: selection, viewpoint, noting: empty) {
            touched, state, fact, _ in
            guard touched != nil, fact.kind.subjectKind == .claim,
                FactFilter(selection, names: state.names).admitsEvent(fact)
            else { return }
            touched?.insert(fact.subject)
        }
        return (touched, log)
    }

    /// Earned versus claimed funds, by account or summed.
    ///
    /// From the index where there is one, else one pass over the log.
    public func balances(
        _ selection: Selection = Selection(), grouping: BalanceGrouping? = nil,
        at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<FundBalances> {
        try balances(selection, grouping, viewpoint, checksNames: true)
    }

    /// The same, or with names that may not have been known then.
    private func balances(
        _ selection: Selection, _ grouping: BalanceGrouping?, _ viewpoint: Viewpoint,
        checksNames: Bool
    ) throws(LedgerError) -> Answer<FundBalances> {
        if let sums = try indexedSums(selection, grouping, viewpoint) { return sums }
        let log = try replay(ofFunds: selection, viewpoint)
        if checksNames { try KnownNames(log.replay.state).check(selection) }
        return Answer(
            FundBalances(log.replay, selection: selection, grouping: grouping), of: log)
    }

    /// The balances at the end of each step from the first event to the viewpoint's moment.
    ///
    /// From the index where there is one, else one pass over the log for each.
    package func balanceSeries(
        _ selection: Selection, grouping: BalanceGrouping?, step: SeriesStep,
        at viewpoint: Viewpoint
    ) throws(LedgerError) -> Answer<[(day: Day, balances: FundBalances)]> {
        let (log, earliest) = try replayWithEarliest(ofFunds: selection, viewpoint)
        try KnownNames(log.replay.state).check(selection)
        guard let first = earliest else { return Answer([], of: log) }
        var series: [(day: Day, balances: FundBalances)] = []
        for (day, moment) in seriesMoments(from: first, to: log.replay.moment, step: step) {
            let point = Viewpoint(asOf: moment, knownAt: viewpoint.knownAt)
            let answer = try balances(selection, grouping, point, checksNames: false)
            series.append((day, answer.value))
        }
        return Answer(series, of: log)
    }

    /// One claim with its trail and its events, in the order recorded.
    ///
    /// Throws when nothing of such a claim had happened.
    ///
    /// From the index where there is one, else one pass over the log.
    public func history(
        of claim: ClaimID, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<ClaimHistory> {
        let (trail, events, log) = try trail(
            AuditTrail(of: claim), of: .claim, claim.text, at: viewpoint)
        guard let row = ClaimRegister.row(of: claim, in: log.replay) else {
            throw KnownNames(log.replay.state).unknown("claim", claim.text)
        }
        let rounds = DocumentRound.rounds(of: claim, events, in: log.replay.state)
        return Answer(
            ClaimHistory(row: row, steps: trail.steps, events: events, rounds: rounds), of: log)
    }

    /// One association with its trail and its events, in the order recorded.
    ///
    /// Throws when nothing of such an association had happened.
    ///
    /// From the index where there is one, else one pass over the log.
    public func history(
        of association: AssociationID, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<AssociationHistory> {
        let (trail, events, log) = try trail(
            AuditTrail(of: association), of: .association, association.text, at: viewpoint)
        guard let row = AssociationRegister.row(of: association, in: log.replay) else {
            throw KnownNames(log.replay.state).unknown("association", association.text)
        }
        return Answer(AssociationHistory(row: row, steps: trail.steps, events: events), of: log)
    }

    /// Fills a trail, with the same events typed.
    private func trail(
        _ trail: AuditTrail, of kind: SubjectKind, _ name: String, at viewpoint: Viewpoint
    ) throws(LedgerError) -> (trail: AuditTrail, events: [Event], log: ReplayedLog) {
        let empty = (trail: trail, events: [Event](), reader: EventReader())
        let (notes, log) = try replay(of: kind, name, viewpoint, noting: empty) {
            notes, state, fact, bytes in
            let before = notes.trail.steps.count
            notes.trail.note(fact, in: state)
            if notes.trail.steps.count > before {
                notes.events.append(try notes.reader.read(bytes))
            }
        }
        return (notes.trail, notes.events, log)
    }

    /// The stored lines that a selection admits, handed over one by one.
    ///
    /// Of one partner or claim from the index where there is one, else one pass over the log.
    package func lines(
        _ selection: Selection, at viewpoint: Viewpoint,
        body: (Span<UInt8>) throws -> Void
    ) throws(LedgerError) -> Answer<Int> {
        if let answer = try indexedLines(selection, at: viewpoint, body: body) { return answer }
        var count = 0
        let answer = try events(selection, at: viewpoint) { _, _, bytes in
            count += 1
            try body(bytes)
        }
        return answer.map { _ in count }
    }
}

extension Ledger {
    /// The same from the index, which holds only so many lines of a partner that they can all be
    /// there before the first is handed over: it may turn out to be of no use on the way.
    private func indexedLines(
        _ selection: Selection, at viewpoint: Viewpoint,
        body: (Span<UInt8>) throws -> Void
    ) throws(LedgerError) -> Answer<Int>? {
        let answer = try indexed(selection, viewpoint, noting: [[UInt8]]()) {
            lines, state, fact, bytes in
            let filter = FactFilter(selection, names: state.names)
            guard filter.admits(fact, claimRecord: state.claim(of: fact)) else { return }
            var line: [UInt8] = []
            line.reserveCapacity(bytes.count)
            for index in bytes.indices { line.append(bytes[index]) }
            lines.append(line)
        }
        guard let answer else { return nil }
        do {
            for line in answer.notes { try body(line.span) }
        } catch {
            throw LedgerError(error)
        }
        return Answer(answer.notes.count, of: answer.log)
    }
}

/// A claim with everything recorded about it up to a viewpoint.
public struct ClaimHistory: Sendable {
    /// The claim as it stands there.
    public let row: ClaimRow
    /// One step an event.
    public let steps: [TrailStep]
    /// The same events, typed.
    public let events: [Event]
    /// What was asked for and what came, by round.
    public let rounds: [DocumentRound]
}

/// An association with everything recorded about it up to a viewpoint.
public struct AssociationHistory: Sendable {
    /// The association as it stands there.
    public let row: AssociationRow
    /// One step an event.
    public let steps: [TrailStep]
    /// The same events, typed.
    public let events: [Event]
}

extension Ledger {
    /// What the log holds, with the time it took left to the caller.
    ///
    /// `isPart`: as for `replay`. One pass over the log.
    package func summary(
        at viewpoint: Viewpoint = Viewpoint(), toleratingUnknown: Bool = false,
        isPart: Bool = false
    ) throws(LedgerError) -> (answer: Answer<LedgerSummary>, replay: Replay) {
        let log = try replay(viewpoint, toleratingUnknown: toleratingUnknown, isPart: isPart)
        return (Answer(LedgerSummary(log.replay), of: log), log.replay)
    }

    /// The associations a selection admits, by id.
    ///
    /// One pass over the log.
    public func associations(
        _ selection: Selection = Selection(), at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<AssociationRegister> {
        let log = try replay(viewpoint)
        try KnownNames(log.replay.state).check(selection)
        return Answer(AssociationRegister(log.replay, selection: selection), of: log)
    }

    /// Every published version of every programme, in the order published.
    ///
    /// One pass over the log.
    package func programs(
        at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<[PublishedProgram]> {
        let log = try replay(viewpoint)
        return Answer(log.replay.state.programs, of: log)
    }

    /// The enrolled partners with their names, by programme and partner.
    ///
    /// One pass over the log.
    package func partners(
        at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<[PartnerRow]> {
        let log = try replay(viewpoint)
        return Answer(PartnerRow.rows(log.replay), of: log)
    }
}

extension Ledger {
    /// The currency of a claim; nil when there is no such claim.
    ///
    /// One pass over the log.
    package func currency(of claim: ClaimID) throws(LedgerError) -> Currency? {
        try replay().replay.state.claim(claim)?.currency
    }

    /// The rules of a programme in force at a moment, else its latest; nil when there are none.
    ///
    /// One pass over the log.
    package func rules(of program: ProgramID, at moment: Instant) throws(LedgerError) -> Program? {
        let state = try replay().replay.state
        return state.rules(of: program, at: moment) ?? state.latestRules(of: program)
    }
}
