public import ClaimsDomain

/// One association as it stood at a viewpoint.
public struct AssociationRow: Equatable, Sendable {
    /// The association.
    public let association: AssociationID
    /// The programme.
    public let program: ProgramID
    /// The partner.
    public let partner: PartnerID
    /// The activity of the programme's catalogue.
    public let activity: ActivityID
    /// Where it stands.
    public let status: AssociationStatus
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
    /// The associations of other partners that claim or hold the same, by id.
    public let competing: [AssociationID]
    /// What runs while it stands where it stands.
    public let clock: AssociationRowClock?
    /// Whether it brings no payment; nil where the programme has no rules for associations.
    public let isWithoutPayment: Bool?
}

/// A clock and how it reads at the moment asked about.
public struct AssociationRowClock: Equatable, Sendable {
    /// The clock.
    public let clock: AssociationClock
    /// How it reads; a window that has closed reads as expired.
    public let state: DeadlineState
    /// Days until it is due: 0 on the day itself, -1 on the day after.
    public let daysLeft: Int64

    init(_ clock: AssociationClock, at moment: Instant) {
        self.clock = clock
        daysLeft = DueDate(endOf: clock.due, rule: clock.rule).daysLeft(at: moment)
        state = daysLeft < 0 ? (clock.kind.isWindow ? .expired : .overdue) : .due
    }
}

/// All associations of a ledger at a viewpoint, by id.
public struct AssociationRegister: Sendable {
    /// By association id.
    public let rows: [AssociationRow]

    /// The associations of a replay that a selection admits.
    ///
    /// O(n log n).
    package init(_ replay: Replay, selection: Selection = Selection()) {
        rows = replay.state.associations
            .map { Self.row($0, in: replay) }
            .filter { row in
                if let program = selection.program, program != row.program { return false }
                if let partner = selection.partner, partner != row.partner { return false }
                if let status = selection.status, status != row.status.rawValue { return false }
                return true
            }
            .sorted { $0.association < $1.association }
    }

    /// One association; nil when nothing of it had happened.
    package static func row(of id: AssociationID, in replay: Replay) -> AssociationRow? {
        replay.state.association(id).map { row($0, in: replay) }
    }

    private static func row(_ record: AssociationRecord, in replay: Replay) -> AssociationRow {
        let state = replay.state
        let names = state.names
        let program = ProgramID(names.text(record.program))
        let activity = ActivityID(names.text(record.activity))
        let rules = state.rules(of: program, at: replay.moment)?.associations
        return AssociationRow(
            association: AssociationID(names.text(record.association)), program: program,
            partner: PartnerID(names.text(record.partner)), activity: activity,
            status: record.status, createdAt: record.createdAt, submittedAt: record.submittedAt,
            decidedAt: record.decidedAt, updatedAt: record.updatedAt, events: record.events,
            competing: state.rivals(of: record, at: replay.moment),
            clock: state.clock(of: record).map { AssociationRowClock($0, at: replay.moment) },
            isWithoutPayment: rules.map { $0.withoutPayment.contains(activity) })
    }
}
