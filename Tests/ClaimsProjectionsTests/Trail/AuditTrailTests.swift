import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("AuditTrail")
struct AuditTrailTests {
    private static func trail(_ trail: AuditTrail, over history: History) -> [TrailStep] {
        var trail = trail
        var state = history.ledger.emptyState
        for entry in history.ledger.entries {
            state.apply(entry.fact, rules: entry.rules)
            trail.note(entry.fact, in: state)
        }
        return trail.steps
    }

    private static func reimbursed(_ cents: Int64) -> EventPayload {
        .claimReimbursed(
            Reimbursed(
                amount: usd(cents), paymentReference: "PAY-1", paidOn: Samples.day("2020-04-17")))
    }

    /// A claim returned once, approved in part, paid too much; another one in between.
    private static func history() throws -> History {
        var history = try History()
        let reviewer = Samples.reviewer
        try history.earn(usd(1_000))
        try history.claim("CLM-1", draft(usd(600)))
        try history.claim("CLM-2", .claimApproved(amount: usd(9), reason: nil), by: reviewer)
        try history.claim("CLM-1", .claimSubmitted(amount: usd(600)))
        try history.claim("CLM-1", .claimReviewStarted, by: reviewer)
        try history.claim("CLM-1", .claimDocumentsRequested(Samples.request), by: reviewer)
        try history.claim("CLM-1", .claimSubmitted(amount: usd(500)))
        try history.claim("CLM-1", .claimReviewStarted, by: reviewer)
        try history.claim("CLM-1", .claimApproved(amount: usd(400), reason: nil), by: reviewer)
        try history.claim("CLM-1", reimbursed(450), by: reviewer)
        try history.association(
            "CLM-1", .associationSubmitted(AssociationSubmitted()), by: Samples.partnerUser)
        return history
    }

    @Test("each event of the claim is a step with what it changed")
    func steps() throws {
        let steps = Self.trail(AuditTrail(of: ClaimID("CLM-1")), over: try Self.history())
        let changes = steps.map { "\($0.sequence) \($0.statusBefore) \($0.statusAfter)" }
        #expect(
            changes == [
                "4 absent editing", "6 editing submitted", "7 submitted under_review",
                "8 under_review action_required", "9 action_required submitted",
                "10 submitted under_review", "11 under_review approved", "12 approved approved",
            ])
        #expect(steps.map(\.actor) == ["u-17", "u-17", "r-4", "r-4", "u-17", "r-4", "r-4", "r-4"])
        #expect(steps.map(\.payment) == Array(repeating: .unpaid, count: 7) + [.paid])
        #expect(steps.map(\.kind.rawValue).first == "claim.created")
        #expect(steps[0].occurredAt < steps[1].occurredAt)
        #expect(steps[0].recordedAt == steps[0].occurredAt)
    }

    @Test("each step carries its own postings, in the account's currency")
    func postings() throws {
        let steps = Self.trail(AuditTrail(of: ClaimID("CLM-1")), over: try Self.history())
        let postings = steps.map { step in
            step.postings.map { "\($0.from.rawValue) \($0.to.rawValue) \($0.amount)" }
        }
        #expect(
            postings == [
                [], ["available reserved 6.00 USD"], [], [], ["reserved available 1.00 USD"], [],
                ["reserved approved 4.00 USD", "reserved available 1.00 USD"],
                ["due paid 4.50 USD"],
            ])
        #expect(steps[1].postings.map(\.account) == [Samples.account])
    }

    @Test("a step has the findings of its own event and of no other claim's")
    func findings() throws {
        let history = try Self.history()
        let steps = Self.trail(AuditTrail(of: ClaimID("CLM-1")), over: history)
        #expect(steps.map(\.findings) == Array(repeating: [], count: 7) + [[.paidOverApproved]])
        let others = Self.trail(AuditTrail(of: ClaimID("CLM-2")), over: history)
        #expect(
            others.map(\.findings) == [
                [.outOfOrder, .approvedOverSubmitted, .claimedOverAvailable]
            ])
        #expect(others.map(\.statusBefore) == ["absent"])
    }

    @Test("a claim nobody mentioned has no step")
    func unknown() throws {
        #expect(Self.trail(AuditTrail(of: ClaimID("CLM-3")), over: try Self.history()).isEmpty)
    }

    @Test("an association of a claim's name has a trail of its own")
    func association() throws {
        let steps = Self.trail(AuditTrail(of: AssociationID("CLM-1")), over: try Self.history())
        #expect(steps.map { "\($0.statusBefore) \($0.statusAfter)" } == ["absent submitted"])
        #expect(steps.map(\.payment) == [nil])
        #expect(steps.map(\.findings) == [[.outOfOrder]])
        #expect(steps.map(\.postings.count) == [0])
    }
}
