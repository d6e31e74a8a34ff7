/// One association as the log tells it so far.
package struct AssociationRecord: Equatable, Sendable {
    package let association: NameKey
    package var status = AssociationStatus.absent
    package var program = NameKey.none
    package var partner = NameKey.none
    package var activity = NameKey.none
    package var createdAt: Instant?
    package var submittedAt: Instant?
    package var decidedAt: Instant?
    package var updatedAt: Instant?
    package var events: Int64 = 0

    package init(association: NameKey) { self.association = association }

    /// Applies one event: total, refuses nothing.
    ///
    /// Rules it broke are handed to `note`.
    mutating func evolve(
        by fact: Fact, action: AssociationAction, note: (FindingCode) -> Void
    ) {
        if let next = AssociationTransition.next(action, from: status) {
            status = next
        } else {
            note(.outOfOrder)
            status = AssociationTransition.asHistorySays(action, from: status)
        }
        if let updatedAt, fact.occurredAt < updatedAt { note(.timeWentBack) }
        if events > 0, fact.program != program || fact.partner != partner { note(.otherAccount) }
        if events == 0 {
            program = fact.program
            partner = fact.partner
            createdAt = fact.occurredAt
        }
        switch action {
        case .create: activity = fact.activity
        case .submit:
            submittedAt = fact.occurredAt
            decidedAt = nil
        case .approve, .reject, .decline: decidedAt = fact.occurredAt
        case .dispute: decidedAt = nil
        case .attach, .startReview, .requestInformation, .end: break
        }
        updatedAt = max(updatedAt ?? fact.occurredAt, fact.occurredAt)
        events += 1
    }
}
