package import ClaimsDomain

/// One association of the reference ledger: where it stands and when.
///
/// Its clocks and its rules about one partner have tests of their own.
package struct ReferenceAssociation {
    package let program: String
    package let partner: String
    package let createdAt: Instant
    package private(set) var status = "absent"
    package private(set) var submittedAt: Instant?
    package private(set) var decidedAt: Instant?
    package private(set) var updatedAt: Instant
    package private(set) var events: Int64 = 0
    private var submittedBy: String?

    init(firstEvent event: Event) {
        program = event.content.source.program.text
        partner = event.content.source.partner?.text ?? ""
        createdAt = event.content.occurredAt
        updatedAt = event.content.occurredAt
    }

    /// From where each type of event is allowed, and where it leads; nil: nowhere new.
    ///
    /// Source: domain facts, section h.
    private static let moves: [EventKind: (from: [String], to: String?)] = [
        .associationCreated: (["absent"], nil),
        .associationEvidenceAttached:
            (["editing", "submitted", "action_required", "disputed"], nil),
        .associationSubmitted: (["editing", "action_required"], "submitted"),
        .associationReviewStarted: (["submitted"], "under_review"),
        .associationInformationRequested: (["under_review", "disputed"], "action_required"),
        .associationApproved: (["under_review", "disputed"], "approved"),
        .associationConsentDeclined:
            (["submitted", "under_review", "action_required", "approved"], "rejected"),
        .associationRejected: (["under_review", "action_required", "disputed"], "rejected"),
        .associationDisputed: (["rejected"], "disputed"),
        .associationEnded: (["approved"], "ended"),
    ]

    /// Takes one of its events; what it broke.
    mutating func take(_ event: Event, rules: Program?) -> [FindingCode] {
        let content = event.content
        guard let move = Self.moves[event.kind] else {
            preconditionFailure("\(event.kind) is of no association")
        }
        var broken: [FindingCode] = []
        if !move.from.contains(status) { broken.append(.outOfOrder) }
        status = move.to ?? (status == "absent" ? "editing" : status)
        if content.occurredAt < updatedAt { broken.append(.timeWentBack) }
        if content.source.program.text != program || (content.source.partner?.text ?? "") != partner
        {
            broken.append(.otherAccount)
        }
        switch content.payload {
        case .associationSubmitted:
            submittedAt = content.occurredAt
            submittedBy = content.actor.id
            decidedAt = nil
        case .associationApproved, .associationRejected:
            let areSeparate = rules?.associations != nil && rules?.separationOfDuties == true
            if areSeparate, submittedBy == content.actor.id { broken.append(.submitterDecided) }
            decidedAt = content.occurredAt
        case .associationConsentDeclined: decidedAt = content.occurredAt
        case .associationDisputed: decidedAt = nil
        default: break
        }
        updatedAt = max(updatedAt, content.occurredAt)
        events += 1
        return broken
    }
}
