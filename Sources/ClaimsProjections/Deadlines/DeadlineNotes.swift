package import ClaimsDomain

/// What the clocks of claims need beside the state, gathered event by event in a replay.
package struct DeadlineNotes: Sendable {
    /// When documents were last asked for, and by when they are to come.
    struct Request: Equatable {
        let askedAt: Instant
        let dueOn: Day?
    }

    private var disputes: [NameKey: Instant] = [:]
    private var requests: [NameKey: Request] = [:]

    /// Nothing noted yet.
    package init() {}

    /// Takes note of an event.
    package mutating func note(_ fact: Fact) {
        if fact.kind == .claimDisputed { disputes[fact.subject] = fact.occurredAt }
        if fact.kind == .claimDocumentsRequested {
            requests[fact.subject] = Request(askedAt: fact.occurredAt, dueOn: fact.day)
        }
    }

    /// When a claim was last disputed.
    func disputedAt(_ claim: NameKey) -> Instant? { disputes[claim] }

    /// What a claim was last asked for.
    func lastRequest(_ claim: NameKey) -> Request? { requests[claim] }
}
