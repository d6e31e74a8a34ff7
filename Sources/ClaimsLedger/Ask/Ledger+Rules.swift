public import ClaimsDomain
import ClaimsIndex
public import ClaimsProjections

extension Ledger {
    /// The rules before a claim's next steps, met or broken.
    ///
    /// From the index where there is one, else one pass over the log.
    public func check(
        _ claim: ClaimID, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<[CheckedRule]> {
        let (_, log) = try replay(of: .claim, claim.text, viewpoint, noting: (), forNext: true) {
            _, _, _, _ in
        }
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
    /// Of one partner or claim from the index where there is one, else one pass over the log.
    public func findings(
        _ selection: Selection = Selection(), at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<FindingRegister> {
        let empty: (facts: [Int64: Fact], seen: Int) = ([:], 0)
        let (noted, log) = try replay(of: selection, viewpoint, noting: empty) {
            noted, state, fact, _ in
            guard state.findings.count > noted.seen else { return }
            noted.seen = state.findings.count
            noted.facts[fact.sequence] = fact
        }
        return Answer(
            FindingRegister(log.replay, facts: noted.facts, selection: selection), of: log)
    }
}
