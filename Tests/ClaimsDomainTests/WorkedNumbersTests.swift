import ClaimsDomain
import ClaimsTestSupport
import Testing

/// The worked numbers of domain facts c3; the splits stand in `SplitTests`,
/// thresholds in `ThresholdTests`.
@Suite struct WorkedNumbersTests {
    /// Claims C of the fund's life, what was done to it, and the buckets after the deadline.
    @Test("a fund's life ends with everything approved or expired")
    func fundLife() throws {
        var ledger = try FundBalanceTests.life()
        var balance = ledger.balance()
        #expect(balance.earned - balance.approved == 850_000)
        #expect(balance.available(afterDeadline: false) == 450_000)
        let claim = ClaimID("C")
        var approved = ledger
        try approved.perform(.approveAll, on: claim, at: Samples.firstDeadline)
        balance = approved.balance()
        #expect(balance.approved == 1_550_000)
        #expect(balance.expired(afterDeadline: true) == 450_000)
        #expect(balance.approved + balance.expired(afterDeadline: true) == 2_000_000)
        try ledger.perform(.reject(reasons: ["late"]), on: claim, at: Samples.firstDeadline)
        #expect(ledger.balance().expired(afterDeadline: true) == 850_000)
        try ledger.perform(.dispute(reason: "in time"), on: claim)
        #expect(ledger.balance().reserved == 400_000)
        #expect(ledger.balance().expired(afterDeadline: true) == 450_000)
        try ledger.perform(.approveAll, on: claim)
        #expect(ledger.balance() == balance)
        #expect(ledger.findings == [])
    }

    private static func limit(
        _ cap: Cap, earned: Int64, left: Int64, _ words: String
    ) -> CapRuleTests.Limit {
        CapRuleTests.Limit("\(words) with \(usd(earned)) earned", [cap], left: left) { limit in
            limit.earned = usd(earned)
            limit.words = "\(words) per usage_period"
        }
    }

    private static let greater = "10 % of earned or 3000.00 USD, the greater"

    static let caps: [CapRuleTests.Limit] = [
        limit(CapRuleTests.percent("25"), earned: 2_000_000, left: 500_000, "25 % of earned"),
        limit(CapRuleTests.percent("50"), earned: 2_000_000, left: 1_000_000, "50 % of earned"),
        limit(CapRuleTests.percent("100"), earned: 2_000_000, left: 2_000_000, "100 % of earned"),
        limit(CapRuleTests.percent("25"), earned: 7_500_000, left: 1_875_000, "25 % of earned"),
        // A third of a cent: rounded as the program says, half up.
        limit(CapRuleTests.percent("12.5"), earned: 4, left: 1, "12.5 % of earned"),
        limit(CapRuleTests.percent("12.5"), earned: 3, left: 0, "12.5 % of earned"),
        limit(CapRuleTests.seeding, earned: 2_000_000, left: 300_000, greater),
        limit(CapRuleTests.seeding, earned: 3_000_000, left: 300_000, greater),
        limit(CapRuleTests.seeding, earned: 3_000_004, left: 300_000, greater),
        limit(CapRuleTests.seeding, earned: 3_000_005, left: 300_001, greater),
        limit(CapRuleTests.seeding, earned: 7_500_000, left: 750_000, greater),
        limit(CapRuleTests.seeding, earned: 1, left: 300_000, greater),
        limit(
            CapRuleTests.fixed(1_875_000), earned: 7_500_000, left: 1_875_000, "18750.00 USD"),
    ]

    @Test("a cap leaves what was worked out by hand", arguments: caps.flatMap(\.trials))
    func cap(trial: RuleTrial) throws { try trial.check() }

    @Test("syndicated content is limited by its cap and by what the fund has left")
    func syndicated() throws {
        var program = Samples.capped([CapRuleTests.fixed(1_875_000)])
        program.fundControl = .reserve
        for (earned, rules) in [
            (2_000_000, [nil, "within_cap"]), (1_000_000, ["within_fund", "within_fund"]),
        ] as [(Int64, [String?])] {
            let found = try [Int64(1_875_000), 1_875_001].map { cents -> String? in
                var ledger = try TestLedger(publishing: [program], earned: nil)
                try ledger.earn(usd(earned), in: program)
                try ledger.bring(to: .editing, Samples.draft(usd(cents)), in: program)
                for step in [ClaimCommand.submit(amount: nil), .startReview, .approveAll] {
                    let command = Command.claim(Samples.claim, step)
                    if let refusal = ledger.refusal(of: command) { return refusal.rule }
                    try ledger.perform(command)
                }
                return nil
            }
            #expect(found == rules)
        }
    }

    @Test("a rate of 1.10 makes 2,750.00 of 2,500.00, and a payment keeps rate and date")
    func foreignCurrency() throws {
        let rate = Reimbursed.Rate(
            from: eur(0).currency, to: usd(0).currency,
            value: ExactDecimal(unscaled: 110, scale: 2), date: Samples.day("2020-03-02"))
        #expect(rate.value.multiplied(by: 250_000, rounding: .halfUp) == 275_000)
        var ledger = try TestLedger()
        try ledger.earn(eur(250_000))
        try ledger.bring(to: .approved, Samples.draft(eur(250_000)))
        let made = try ledger.perform(
            .reimburse(
                amount: nil, paymentReference: "P", paidOn: Samples.day("2020-03-09"), rate: rate))
        #expect(
            made.map(\.event.content.payload) == [
                .claimReimbursed(
                    Reimbursed(
                        amount: eur(250_000), paymentReference: "P",
                        paidOn: Samples.day("2020-03-09"), rate: rate, payout: usd(275_000)))
            ])
        #expect(ledger.balance().approved == 0)
    }
}
