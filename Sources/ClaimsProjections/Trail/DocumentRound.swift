public import ClaimsDomain

/// One request for documents: what was asked for, and what came until the next one.
public struct DocumentRound: Equatable, Sendable {
    /// One thing asked for.
    public struct Item: Equatable, Sendable {
        /// The kind of document.
        public let kind: EvidenceKind
        /// The document that falls short.
        public let evidence: EvidenceID?
        /// What is wanted.
        public let reason: String
        /// The document that answers it; nil while it is outstanding.
        public let answeredBy: EvidenceID?
    }

    /// From 1, in the order asked.
    public let round: Int
    /// When it was asked.
    public let askedAt: Instant
    /// The day to answer by.
    public let dueOn: Day?
    /// Whether the originals on paper are wanted.
    public let originals: Bool
    /// What was asked for.
    public let items: [Item]
    /// The documents that came, whatever they answer, in the order attached.
    public let arrived: [EvidenceID]

    /// How many items nothing answers.
    public var outstanding: Int { items.count { $0.answeredBy == nil } }

    /// The rounds of a claim, from its events and the state they led to.
    package static func rounds(
        of claim: ClaimID, _ events: [Event], in state: LedgerState
    ) -> [DocumentRound] {
        guard let dossier = state.dossier(of: claim) else { return [] }
        func id(_ key: DocumentKey) -> EvidenceID {
            EvidenceID(state.documentNames.text(key))
        }
        var rounds: [DocumentRound] = []
        for event in events {
            guard case .claimDocumentsRequested(let request) = event.content.payload else {
                continue
            }
            let round = rounds.count + 1
            let answers = dossier.answers(in: round)
            rounds.append(
                DocumentRound(
                    round: round, askedAt: event.content.occurredAt, dueOn: request.dueOn,
                    originals: request.originals ?? false,
                    items: zip(request.items, answers).map { item, answer in
                        Item(
                            kind: item.kind, evidence: item.evidence, reason: item.reason,
                            answeredBy: answer == .none ? nil : id(answer))
                    }, arrived: dossier.arrivals(in: round).map { id($0.evidence) }))
        }
        return rounds
    }
}
