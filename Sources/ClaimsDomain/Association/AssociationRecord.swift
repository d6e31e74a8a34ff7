/// One association as the log tells it so far.
package struct AssociationRecord: Equatable, Sendable {
    /// What the rules ask of an attached document.
    package struct Document: Equatable, Sendable {
        package let kind: EvidenceKind
        package let datedOn: Day?
    }

    package let association: NameKey
    package var status = AssociationStatus.absent
    package var program = NameKey.none
    package var partner = NameKey.none
    package var activity = NameKey.none
    /// The customer and what of it is claimed, with what came with submissions.
    package var customer = AssociationFact()
    /// In the order attached.
    package var documents: [Document] = []
    package var submittedBy = NameKey.none
    package var createdAt: Instant?
    package var submittedAt: Instant?
    package var reviewStartedAt: Instant?
    /// When the partner was last asked for more, and by when the answer is wanted.
    package var askedAt: Instant?
    package var answerDueOn: Day?
    package var decidedAt: Instant?
    package var disputedAt: Instant?
    package var updatedAt: Instant?
    package var events: Int64 = 0

    package init(association: NameKey) { self.association = association }

    /// Whether it waits for a decision or is approved: it then competes with others.
    package var isLive: Bool {
        switch status {
        case .submitted, .underReview, .actionRequired, .disputed, .approved: true
        case .absent, .editing, .rejected, .ended: false
        }
    }

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
        if let given = fact.association { customer.take(given) }
        take(fact, action)
        updatedAt = max(updatedAt ?? fact.occurredAt, fact.occurredAt)
        events += 1
    }

    private mutating func take(_ fact: Fact, _ action: AssociationAction) {
        switch action {
        case .create: activity = fact.activity
        case .attach:
            guard let document = fact.document else { return }
            documents.append(Document(kind: document.kind, datedOn: fact.day))
        case .submit:
            submittedAt = fact.occurredAt
            submittedBy = fact.actor
            reviewStartedAt = nil
            decidedAt = nil
        case .startReview: reviewStartedAt = fact.occurredAt
        case .requestInformation:
            askedAt = fact.occurredAt
            answerDueOn = fact.day
        case .approve, .reject, .decline: decidedAt = fact.occurredAt
        case .dispute:
            disputedAt = fact.occurredAt
            decidedAt = nil
        case .end: break
        }
    }
}
