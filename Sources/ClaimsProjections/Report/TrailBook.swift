package import ClaimsDomain

/// The audit trails of several claims, gathered in one replay.
package struct TrailBook: Sendable {
    /// By claim, in the order recorded.
    package private(set) var steps: [ClaimID: [TrailStep]] = [:]

    private let claims: Set<ClaimID>
    private var findingsSeen = 0

    /// The trails of these claims, to be fed with every fact of a replay.
    package init(of claims: Set<ClaimID>) { self.claims = claims }

    /// Takes note of a fact that `state` has just applied; the claim if it is one of these.
    package mutating func note(_ fact: Fact, in state: LedgerState) -> ClaimID? {
        let firstFinding = findingsSeen
        findingsSeen = state.findings.count
        guard fact.kind.subjectKind == .claim, let record = state.claim(fact.subject) else {
            return nil
        }
        let claim = ClaimID(state.names.text(fact.subject))
        guard claims.contains(claim) else { return nil }
        let before = steps[claim]?.last?.statusAfter ?? ClaimStatus.absent.rawValue
        steps[claim, default: []].append(
            TrailStep(
                fact, in: state, status: (before: before, after: record.status.rawValue),
                payment: record.payment, findings: state.findings[firstFinding...]))
        return claim
    }
}
