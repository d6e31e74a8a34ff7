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
}

/// All associations of a ledger at a viewpoint, by id.
public struct AssociationRegister: Sendable {
    /// By association id.
    public let rows: [AssociationRow]

    /// The associations of a replay that a selection admits.
    ///
    /// O(n log n).
    package init(_ replay: Replay, selection: Selection = Selection()) {
        let names = replay.state.names
        rows = replay.state.associations
            .map { record in
                AssociationRow(
                    association: AssociationID(names.text(record.association)),
                    program: ProgramID(names.text(record.program)),
                    partner: PartnerID(names.text(record.partner)),
                    activity: ActivityID(names.text(record.activity)), status: record.status,
                    createdAt: record.createdAt, submittedAt: record.submittedAt,
                    decidedAt: record.decidedAt, updatedAt: record.updatedAt,
                    events: record.events)
            }
            .filter { row in
                if let program = selection.program, program != row.program { return false }
                if let partner = selection.partner, partner != row.partner { return false }
                if let status = selection.status, status != row.status.rawValue { return false }
                return true
            }
            .sorted { $0.association < $1.association }
    }
}
