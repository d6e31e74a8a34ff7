package import ClaimsDomain
package import ClaimsProjections

extension IndexedFold {
    /// Folds what a selection's claim or partner is about, and hands over each of its events with
    /// the state it led to; other events behind the index may be handed over, too.
    ///
    /// False where nothing of it had happened. Throws `needsReplay` for a selection that names
    /// neither.
    package mutating func fold(
        _ selection: Selection, visit: (LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws -> Bool {
        if let claim = selection.claim {
            // Findings name their subject by its text alone: an association may share it.
            guard try !isNamed(claim.text, .association) else { throw IndexProblem.needsReplay }
            return try fold(.claim, claim.text, visit: visit)
        }
        guard let partner = selection.partner else { throw IndexProblem.needsReplay }
        return try fold(partner: partner, visit: visit)
    }

    private func isNamed(_ name: String, _ kind: SubjectKind) throws(IndexProblem) -> Bool {
        if try !index.sequences(of: kind, name, upTo: cut).isEmpty { return true }
        return tail.contains {
            $0.fact.kind.subjectKind == .association
                && state.names.text($0.fact.subject) == name
        }
    }

    /// Folds all events of a partner, in all programmes, and hands over each that had happened.
    ///
    /// What the events broke is what the whole log's fold had found, where that had the same events
    /// before it; else this throws. Nothing is handed over before all is read.
    mutating func fold(
        partner: PartnerID, visit: (LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws -> Bool {
        let key = state.names.intern(partner.text)
        try applyRules()
        let lines = try read(partner: key)
        try checkFindings(of: lines)
        for line in lines { note(subjectOf: line.fact) }
        let ownTail = tail.contains { viewpoint.includes($0.fact) && $0.fact.partner == key }
        guard !lines.isEmpty || ownTail else { return false }
        var held: [(account: StoredAccount, balance: FundBalance)] = []
        // Only its own later events need the documents and accounts of others.
        if ownTail {
            var others = try hydrate()
            others.remove(key)
            held = try accounts(of: others)
        }
        try handOver(lines, then: held, withTail: ownTail, visit: visit)
        return true
    }

    /// Reads the events of a partner that had happened; throws unless they are the first so many
    /// of it, so that each found what it finds in this fold, and no claim has events of others.
    private mutating func read(partner: NameKey) throws(IndexProblem) -> [IndexedLine] {
        let all = try index.sequences(ofPartner: state.names.text(partner), upTo: .max)
        let own = Set(all)
        return try read(all.prefix { $0 <= cut }) { fold, fact throws(IndexProblem) in
            guard fact.partner == partner else { return false }
            return try fold.isAlone(fact, among: own)
        }
    }

    /// Whether the other events of an event's claim or association are the same partner's, too:
    /// history may be anything.
    private func isAlone(_ fact: Fact, among own: Set<Int64>) throws(IndexProblem) -> Bool {
        let kind: SubjectKind
        switch fact.kind.subjectKind {
        case .claim: kind = .claim
        case .association: kind = .association
        case .program, .partner, .period: return true
        }
        let previous = try index.run(of: fact.sequence).previous(of: fact.sequence)
        let last = try index.lastSequence(
            ofHash: kind.hash(of: state.names.text(fact.subject)))
        guard let last, own.contains(last) else { return false }
        return previous == 0 || own.contains(previous)
    }

    /// What all events of are folded needs no second fold.
    private mutating func note(subjectOf fact: Fact) {
        switch fact.kind.subjectKind {
        case .claim: _ = note(hydrated: Subject(kind: .claim, key: fact.subject))
        case .association: _ = note(hydrated: Subject(kind: .association, key: fact.subject))
        case .program, .partner, .period: break
        }
    }
}
