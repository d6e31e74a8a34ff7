public import ClaimsDomain
public import ClaimsProjections

extension Ledger {
    /// The rules before a claim's next steps, met or broken.
    ///
    /// One pass over the log.
    public func check(
        _ claim: ClaimID, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<[CheckedRule]> {
        let log = try replay(viewpoint)
        guard let checked = log.replay.state.check(claim, at: log.replay.moment) else {
            throw KnownNames(log.replay.state).unknown("claim", claim.text)
        }
        return Answer(checked, of: log)
    }

    /// The rules before an association's next steps, met or broken.
    ///
    /// One pass over the log.
    public func check(
        _ association: AssociationID, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<[CheckedAssociationRule]> {
        let log = try replay(viewpoint)
        guard let checked = log.replay.state.check(association, at: log.replay.moment) else {
            throw KnownNames(log.replay.state).unknown("association", association.text)
        }
        return Answer(checked, of: log)
    }

    /// What history did against the rules.
    ///
    /// One pass over the log.
    public func findings(
        _ selection: Selection = Selection(), at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<FindingRegister> {
        var facts: [Int64: Fact] = [:]
        var seen = 0
        let log = try replay(viewpoint) { state, fact, _ in
            guard state.findings.count > seen else { return }
            seen = state.findings.count
            facts[fact.sequence] = fact
        }
        try KnownNames(log.replay.state).check(selection)
        return Answer(FindingRegister(log.replay, facts: facts, selection: selection), of: log)
    }
}
