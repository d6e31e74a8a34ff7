/// What a fold keeps of a request for documents.
package struct RequestFact: Equatable, Hashable, Sendable {
    /// One thing asked for.
    package struct Item: Equatable, Hashable, Sendable {
        package var kind: EvidenceKind
        /// The attached document that falls short; `.none` where none was named.
        package var evidence = DocumentKey.none

        package init(kind: EvidenceKind, evidence: DocumentKey = .none) {
            self.kind = kind
            self.evidence = evidence
        }
    }

    package var items: [Item] = []
    /// Whether the originals on paper are wanted.
    package var originals = false

    package init() {}
}

extension ClaimDossier {
    /// The documents that came in answer to a round of requests, in the order attached.
    ///
    /// Rounds count from 1; a round ends with the next request. Withdrawn ones do not count.
    package func arrivals(in round: Int) -> [Document] {
        documents.filter { $0.round == round }
    }

    /// Which document answers each item of a round; `.none` where it is outstanding.
    ///
    /// A document answers one item: first the one that names it, then the first of its kind that
    /// is open. Where originals are wanted only a document handed in on paper counts.
    package func answers(in round: Int) -> [DocumentKey] {
        guard requests.indices.contains(round - 1) else { return [] }
        let request = requests[round - 1]
        var waiting = arrivals(in: round).filter { !request.originals || $0.fact.isOriginal }
        var answers = [DocumentKey](repeating: .none, count: request.items.count)
        func answer(_ place: Int, where fits: (Document) -> Bool) {
            guard answers[place] == .none, let found = waiting.firstIndex(where: fits) else {
                return
            }
            answers[place] = waiting.remove(at: found).evidence
        }
        for (place, item) in request.items.enumerated() where item.evidence != .none {
            answer(place) { $0.evidence == item.evidence }
        }
        for (place, item) in request.items.enumerated() {
            answer(place) { $0.fact.shows(item.kind) }
        }
        return answers
    }

    /// The items of the last round that nothing answers.
    var outstanding: [RequestFact.Item] {
        guard let last = requests.last else { return [] }
        return zip(last.items, answers(in: requests.count)).filter { $1 == .none }.map(\.0)
    }
}

extension DocumentFact {
    /// Whether it is of a kind; any document may report a metric.
    fileprivate func shows(_ kind: EvidenceKind) -> Bool {
        self.kind == kind || kind == .metrics && metricName != .none
    }
}
