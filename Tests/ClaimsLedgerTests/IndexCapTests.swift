import ClaimsDomain
import ClaimsIndex
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing

/// A cap on expenses counts other claims of the partner, which a tail behind the index needs, too.
@Suite("Caps on expenses, behind the index")
struct IndexCapTests {
    /// Steps of two claims of 4,000.00 USD, the first for `type`, the second for hotels, of which a
    /// cap allows 5,000.00 USD a period.
    private static func history(_ type: String) throws -> TestLedger {
        let cap = Cap(limit: .fixedAmount(usd(500_000)), per: .usagePeriod, expenses: ["hotel"])
        let program = Samples.capped([cap])
        var ledger = try TestLedger(publishing: [program], earned: nil)
        for (claim, type) in [("CLM-2", type), (Samples.claim.text, "hotel")] {
            var draft = Samples.draft(usd(400_000))
            draft.expenses = [ClaimExpense(type: type, amountMinorUnits: 400_000)]
            let steps: [EventPayload] = [
                .claimCreated(draft), .claimSubmitted(amount: draft.amount), .claimReviewStarted,
                .claimApproved(amount: draft.amount, reason: nil),
            ]
            for step in steps {
                try ledger.record(step, subject: claim, source: Samples.source(in: program))
            }
        }
        return ledger
    }

    @Test(
        "what is approved behind it is held against what is in it", arguments: 2...8,
        ["hotel", "registration"])
    func approved(indexed count: Int, type: String) throws {
        let lines = try Self.history(type).entries.map(\.line)
        let desk = try IndexDesk(Array(lines.prefix(count)), leastTailBytes: 1 << 20)
        _ = try desk.indexed.balances()
        try desk.append(Array(lines.dropFirst(count)))
        for asked in [
            selection { $0.claim = Samples.claim }, selection { $0.partner = Samples.partner },
        ] {
            let found = try desk.indexed.findings(asked).value.rows
            let expected = try desk.replayed.findings(asked).value.rows
            #expect(found == expected)
            #expect(found.map(\.code).contains(.approvedOverCap) == (type == "hotel"))
        }
        #expect(try desk.open()?.last == Int64(count))
    }

    @Test(
        "a check of the claim says what a replay says", arguments: 2...7,
        ["hotel", "registration"])
    func checked(indexed count: Int, type: String) throws {
        let lines = try Self.history(type).entries.dropLast().map(\.line)
        let desk = try IndexDesk(Array(lines.prefix(count)), leastTailBytes: 1 << 20)
        _ = try desk.indexed.balances()
        try desk.append(Array(lines.dropFirst(count)))
        let rules = try desk.indexed.check(Samples.claim).value
        #expect("\(rules)" == "\(try desk.replayed.check(Samples.claim).value)")
        let breach = rules.first { $0.rule == .withinCap }?.breach
        #expect("\(breach, default: "none")".contains("leaves 1000.00 USD") == (type == "hotel"))
    }
}
