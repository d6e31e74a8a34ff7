package import ClaimsDomain

/// What the clocks of deadlines need beside the state, gathered event by event in a replay.
package struct DeadlineNotes: Sendable {
    /// A claim or an association: their ids may be the same text.
    private struct Subject: Hashable {
        let kind: EventKind.SubjectKind
        let name: NameKey
    }

    /// When documents were last asked for, and by when they are to come.
    struct Request: Equatable {
        let askedAt: Instant
        let dueOn: Day?
    }

    private var disputes: [Subject: Instant] = [:]
    private var requests: [Subject: Request] = [:]

    /// Nothing noted yet.
    package init() {}

    /// Whether events of a kind say what no fact does, so that `note` needs their payload.
    package static func readsPayload(of kind: EventKind) -> Bool {
        kind == .claimDocumentsRequested || kind == .associationInformationRequested
    }

    /// Takes note of an event; `payload` is what it says, where `readsPayload` asks for it.
    package mutating func note(_ fact: Fact, _ payload: EventPayload?) {
        let subject = Subject(kind: fact.kind.subjectKind, name: fact.subject)
        if fact.kind == .claimDisputed || fact.kind == .associationDisputed {
            disputes[subject] = fact.occurredAt
        }
        if let request = Self.request(of: payload) {
            requests[subject] = Request(askedAt: fact.occurredAt, dueOn: request.dueOn)
        }
    }

    private static func request(of payload: EventPayload?) -> DocumentsRequested? {
        if case .claimDocumentsRequested(let request) = payload { return request }
        if case .associationInformationRequested(let request) = payload { return request }
        return nil
    }

    /// When a claim or an association was last disputed.
    func disputedAt(_ kind: EventKind.SubjectKind, _ name: NameKey) -> Instant? {
        disputes[Subject(kind: kind, name: name)]
    }

    /// What a claim or an association was last asked for.
    func lastRequest(_ kind: EventKind.SubjectKind, _ name: NameKey) -> Request? {
        requests[Subject(kind: kind, name: name)]
    }
}
