import ClaimsDomain

/// Everything that is due or late in a ledger at a viewpoint.
///
/// Computed for the viewpoint's moment, never for the clock; it changes no state.
public struct DeadlineRegister: Sendable {
    /// By due date, then kind, then subject, programme, partner and currency.
    public let rows: [DeadlineRow]

    /// The deadlines of a replay that a selection and a scope admit.
    ///
    /// Of the selection, programme, partner, period and claim count. O(n log n) over claims,
    /// associations and accounts.
    package init(
        _ replay: Replay, _ notes: DeadlineNotes, selection: Selection = Selection(),
        scope: DeadlineScope = .open
    ) {
        var builder = DeadlineBuilder(replay, notes)
        for record in replay.state.claims { builder.take(record) }
        for record in replay.state.associations { builder.take(record) }
        for record in replay.state.accounts { builder.take(record) }
        rows = builder.rows.filter { Self.admits(selection, $0) && scope.admits($0) }
            .sorted(by: Self.isBefore)
    }

    private static func admits(_ selection: Selection, _ row: DeadlineRow) -> Bool {
        if let program = selection.program, program != row.program { return false }
        if let partner = selection.partner, partner != row.partner { return false }
        if let period = selection.period, period != row.period { return false }
        guard let claim = selection.claim else { return true }
        return row.kind.subjectKind == .claim && row.subject == claim.text
    }

    private static func isBefore(_ left: DeadlineRow, _ right: DeadlineRow) -> Bool {
        let currencies = [left, right].map { $0.amount?.currency.code ?? "" }
        return (
            left.due, left.kind.rawValue, left.subject, left.program, left.partner, currencies[0]
        )
            < (
                right.due, right.kind.rawValue, right.subject, right.program, right.partner,
                currencies[1]
            )
    }
}

/// Turns what the state holds into rows.
private struct DeadlineBuilder {
    private let state: LedgerState
    private let moment: Instant
    private let notes: DeadlineNotes
    private var calendar: PeriodCalendar
    private var targets: TargetCalendar
    private(set) var rows: [DeadlineRow] = []

    init(_ replay: Replay, _ notes: DeadlineNotes) {
        state = replay.state
        moment = replay.moment
        self.notes = notes
        calendar = PeriodCalendar(of: replay)
        targets = TargetCalendar(of: replay.state)
    }

    /// What a row is about, by its keys.
    private struct Subject {
        let name: NameKey
        let program: NameKey
        let partner: NameKey
        var period = NameKey.none
    }

    mutating func take(_ record: ClaimRecord) {
        let program = record.program
        let asked = record.submittedAt == nil ? record.amount : record.submitted
        let found: (kind: DeadlineKind, due: DueDate?, amount: Int64)?
        switch record.status {
        case .absent, .rejected, .withdrawn: found = nil
        case .editing:
            let period = calendar.period(record.period, of: program)
            found = (
                .claimDeadline,
                period.map { DueDate(claimDeadlineOf: $0, activityOn: record.activityDate) }, asked
            )
        case .submitted, .underReview:
            found = (.review, targets.due(.review, of: program, from: record.submittedAt), asked)
        case .actionRequired: found = (.answer, answer(record.claim), asked)
        case .disputed:
            let start = notes.disputedAt(record.claim)
            found = (.dispute, targets.due(.dispute, of: program, from: start), asked)
        case .approved:
            let unpaid =
                record.paid < record.approved ? record.approved - max(0, record.paid) : 0
            let due =
                unpaid > 0 ? targets.paymentDue(of: program, approvedAt: record.decidedAt) : nil
            found = (.payment, due, unpaid)
        }
        guard let found, let due = found.due else { return }
        let subject = Subject(
            name: record.claim, program: program, partner: record.partner, period: record.period)
        let amount = record.currency.map { Money(minorUnits: found.amount, currency: $0) }
        add(found.kind, subject, due, amount)
    }

    /// A window that has closed is no deadline any more: nobody can or must act on it.
    mutating func take(_ record: AssociationRecord) {
        guard let clock = state.clock(of: record),
            !clock.kind.isWindow || moment < clock.before
        else { return }
        let subject = Subject(
            name: record.association, program: record.program, partner: record.partner)
        let due = DueDate(endOf: clock.due, rule: clock.rule)
        add(DeadlineKind(clock.kind), subject, due, nil)
    }

    mutating func take(_ record: AccountRecord) {
        takeConversion(record)
        // What expires then, or did.
        let lost = record.balance.expired(afterDeadline: true)
        guard lost > 0, let period = calendar.period(record.period, of: record.program) else {
            return
        }
        let subject = Subject(
            name: record.period, program: record.program, partner: record.partner,
            period: record.period)
        add(
            .fundsExpiry, subject, DueDate(claimDeadlineOf: period),
            Money(minorUnits: lost, currency: record.currency))
    }

    /// What becomes rebate at the end of the earning period, or should have.
    private mutating func takeConversion(_ record: AccountRecord) {
        let program = ProgramID(state.names.text(record.program))
        guard let rules = state.rules(of: program, at: moment) ?? state.latestRules(of: program),
            let standing = rules.threshold(of: record), standing.isBelow,
            standing.convertible.minorUnits > 0,
            let period = calendar.period(record.period, of: record.program)
        else { return }
        let subject = Subject(
            name: record.period, program: record.program, partner: record.partner,
            period: record.period)
        let due = DueDate(
            earningEndOf: period, rule: "\(standing.words) (version \(rules.version))")
        add(.fundsConversion, subject, due, standing.convertible)
    }

    private func answer(_ claim: NameKey) -> DueDate? {
        guard let request = notes.lastRequest(claim), let dueOn = request.dueOn else {
            return nil
        }
        return DueDate(
            endOf: dueOn,
            rule: "due date of the request of \(request.askedAt.day)" + outstanding(claim))
    }

    /// How much of what a claim was asked for last is still to come.
    private func outstanding(_ claim: NameKey) -> String {
        guard let dossier = state.dossier(of: ClaimID(state.names.text(claim))) else { return "" }
        let answers = dossier.answers(in: dossier.requests.count)
        let open = answers.count { $0 == .none }
        return ", round \(dossier.requests.count): \(open) of \(answers.count) outstanding"
    }

    private mutating func add(
        _ kind: DeadlineKind, _ subject: Subject, _ due: DueDate, _ amount: Money?
    ) {
        let daysLeft = due.daysLeft(at: moment)
        rows.append(
            DeadlineRow(
                kind: kind, subject: state.names.text(subject.name),
                program: ProgramID(state.names.text(subject.program)),
                partner: PartnerID(state.names.text(subject.partner)),
                period: subject.period == .none
                    ? nil : PeriodLabel(state.names.text(subject.period)),
                due: due.day, state: daysLeft < 0 ? kind.stateAfterwards : .due,
                daysLeft: daysLeft, amount: amount, rule: due.rule))
    }
}
