public import ClaimsDomain

/// One claim as it stood at a viewpoint.
public struct ClaimRow: Equatable, Sendable {
    /// The claim.
    public let claim: ClaimID
    /// The programme.
    public let program: ProgramID
    /// The partner.
    public let partner: PartnerID
    /// The usage period, by its label.
    public let period: PeriodLabel
    /// The activity of the programme's catalogue.
    public let activity: ActivityID
    /// A status of the log, or `expired` for a draft past its deadline.
    public let status: String
    /// How far it is paid.
    public let payment: PaymentState
    /// nil for a claim that is only mentioned, never created.
    public let currency: Currency?
    /// Minor units: the submitted amount, or the draft's while nothing was submitted.
    public let amount: Int64
    /// Minor units approved.
    public let approved: Int64
    /// Minor units paid.
    public let paid: Int64
    /// When the activity took place.
    public let activityDate: Day?
    /// When its first event happened.
    public let createdAt: Instant?
    /// When it was last handed in.
    public let submittedAt: Instant?
    /// When it was last decided.
    public let decidedAt: Instant?
    /// When its last event happened.
    public let updatedAt: Instant?
    /// How many events.
    public let events: Int64
}

/// All claims of a ledger at a viewpoint, by id.
public struct ClaimRegister: Sendable {
    /// By claim id.
    public let rows: [ClaimRow]

    /// How a draft whose deadline has passed is shown.
    ///
    /// Source: design, section 6.
    public static let expired = "expired"

    /// The claims of a replay that a selection admits.
    ///
    /// `touched`: the claims with an event that the selection's event-level part admits; nil when
    /// it has none. O(claims log claims).
    package init(
        _ replay: Replay, selection: Selection = Selection(), touched: Set<NameKey>? = nil
    ) {
        var calendar = PeriodCalendar(of: replay)
        rows = replay.state.claims
            .filter { touched?.contains($0.claim) ?? true }
            .map { Self.row($0, replay, &calendar) }
            .filter { Self.admits(selection, $0) }
            .sorted { $0.claim < $1.claim }
    }

    /// Hands over the same rows one after the other, so that only their order is held.
    package static func forEachRow(
        _ replay: Replay, selection: Selection = Selection(), touched: Set<NameKey>? = nil,
        body: (ClaimRow) throws -> Void
    ) rethrows {
        var calendar = PeriodCalendar(of: replay)
        let names = replay.state.names
        let order = replay.state.claims.indices
            .filter { touched?.contains(replay.state.claims[$0].claim) ?? true }
            .map { (claim: ClaimID(names.text(replay.state.claims[$0].claim)), index: $0) }
            .sorted { $0.claim < $1.claim }
        for (_, index) in order {
            let row = row(replay.state.claims[index], replay, &calendar)
            if admits(selection, row) { try body(row) }
        }
    }

    /// The row of one claim; nil when nothing of it had happened.
    package static func row(of claim: ClaimID, in replay: Replay) -> ClaimRow? {
        var calendar = PeriodCalendar(of: replay)
        return replay.state.claim(claim).map { row($0, replay, &calendar) }
    }

    private static func row(
        _ record: ClaimRecord, _ replay: Replay, _ calendar: inout PeriodCalendar
    ) -> ClaimRow {
        let names = replay.state.names
        let isExpired =
            record.status == .editing
            && calendar.isPastDeadline(
                record.period, of: record.program, activityOn: record.activityDate)
        return ClaimRow(
            claim: ClaimID(names.text(record.claim)),
            program: ProgramID(names.text(record.program)),
            partner: PartnerID(names.text(record.partner)),
            period: PeriodLabel(names.text(record.period)),
            activity: ActivityID(names.text(record.activity)),
            status: isExpired ? expired : record.status.rawValue, payment: record.payment,
            currency: record.currency,
            amount: record.submittedAt == nil ? record.amount : record.submitted,
            approved: record.approved, paid: record.paid, activityDate: record.activityDate,
            createdAt: record.createdAt, submittedAt: record.submittedAt,
            decidedAt: record.decidedAt, updatedAt: record.updatedAt, events: record.events)
    }

    private static func admits(_ selection: Selection, _ row: ClaimRow) -> Bool {
        if let program = selection.program, program != row.program { return false }
        if let partner = selection.partner, partner != row.partner { return false }
        if let period = selection.period, period != row.period { return false }
        if let claim = selection.claim, claim != row.claim { return false }
        if let activity = selection.activity, activity != row.activity { return false }
        if let status = selection.status, status != row.status { return false }
        guard selection.minAmount != nil || selection.maxAmount != nil else { return true }
        guard let currency = row.currency else { return false }
        return selection.admits(Money(minorUnits: row.amount, currency: currency))
    }
}
