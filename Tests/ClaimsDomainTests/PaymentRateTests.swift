import ClaimsDomain
import ClaimsTestSupport
import Testing

/// Payments in another currency than the claim's: the rate is a fact, the fund stays exact.
@Suite struct PaymentRateTests {
    private static func money(_ units: Int64, _ code: String) -> Money {
        Money(minorUnits: units, currency: Samples.currency(code))
    }

    static func rate(_ value: String, _ from: String, _ to: String) -> Reimbursed.Rate {
        Reimbursed.Rate(
            from: Samples.currency(from), to: Samples.currency(to),
            value: ExactDecimal(value) ?? ExactDecimal(unscaled: 0, scale: 0),
            date: Samples.day("2020-03-06"))
    }

    private static func pay(
        _ amount: Money?, _ rate: Reimbursed.Rate?, _ payer: String? = nil
    ) -> ClaimCommand {
        .reimburse(
            amount: amount, paymentReference: "P", paidOn: Samples.day("2020-03-09"), rate: rate,
            payer: payer)
    }

    /// An amount, a rate, and what it is at the other end by each rounding.
    static let conversions: [(amount: Money, rate: Reimbursed.Rate, results: [Int64?])] = [
        (eur(250_000), rate("1.10", "EUR", "USD"), [275_000, 275_000, 275_000]),
        (usd(275_000), rate("1.10", "EUR", "USD"), [250_000, 250_000, 250_000]),
        (usd(580_000), rate("0.9023", "USD", "EUR"), [523_334, 523_334, 523_334]),
        (usd(1), rate("0.5", "USD", "EUR"), [1, 0, 0]),
        (usd(3), rate("0.5", "USD", "EUR"), [2, 2, 1]),
        // Cents to whole yen and back, dinars have thousandths.
        (usd(3_333), rate("108.3", "USD", "JPY"), [3_610, 3_610, 3_609]),
        (money(3_610, "JPY"), rate("108.3", "USD", "JPY"), [3_333, 3_333, 3_333]),
        (money(1_235, "KWD"), rate("2.65", "KWD", "USD"), [327, 327, 327]),
        (usd(1), rate("0", "USD", "EUR"), [nil, nil, nil]),
        (usd(1), rate("1", "EUR", "JPY"), [nil, nil, nil]),
        (usd(1), rate("1", "USD", "USD"), [nil, nil, nil]),
        (usd(Money.largestMinorUnits), rate("2", "USD", "EUR"), [nil, nil, nil]),
        (
            usd(Money.largestMinorUnits), rate("9000000000000000000", "USD", "EUR"),
            [nil, nil, nil]
        ),
    ]

    @Test("an amount is converted exactly and then rounded once", arguments: conversions)
    func convert(amount: Money, rate: Reimbursed.Rate, results: [Int64?]) {
        for (rounding, result) in zip([Rounding.halfUp, .halfEven, .down], results) {
            #expect(rate.converted(amount, rounding: rounding)?.minorUnits == result)
        }
    }

    @Test("two entities pay one claim in two currencies and settle it to the cent")
    func twoEntities() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .approved, Samples.draft(usd(1_000_000)))
        try ledger.perform(Self.pay(usd(600_000), nil, "MSFT-US"))
        let made = try ledger.perform(
            Self.pay(eur(360_920), Self.rate("0.9023", "USD", "EUR"), "MSFT-IE"))
        #expect(
            made.map(\.event.content.payload) == [
                .claimReimbursed(
                    Reimbursed(
                        amount: usd(400_000), paymentReference: "P",
                        paidOn: Samples.day("2020-03-09"),
                        rate: Self.rate("0.9023", "USD", "EUR"), payout: eur(360_920),
                        payer: "MSFT-IE"))
            ])
        #expect(ledger.state.claim(Samples.claim)?.payment == .paid)
        #expect(ledger.balance().paid == 1_000_000)
        #expect(ledger.balance().due == 0)
        #expect(ledger.balance().isBalanced)
        // No account of the other currency: what was paid out never touches a fund.
        #expect(ledger.state.accounts.count == 1)
        #expect(ledger.findings == [])
    }

    /// A payment on 10,000.00 USD approved, what it settles and what is paid out.
    static let payments: [(amount: Money?, rate: Reimbursed.Rate, settled: Int64, payout: Money)] =
        [
            (nil, rate("0.9023", "USD", "EUR"), 1_000_000, eur(902_300)),
            (usd(400_000), rate("0.9023", "USD", "EUR"), 400_000, eur(360_920)),
            (eur(360_920), rate("0.9023", "USD", "EUR"), 400_000, eur(360_920)),
            (eur(360_920), rate("1.1083", "EUR", "USD"), 400_008, eur(360_920)),
            (eur(1), rate("0.9023", "USD", "EUR"), 1, eur(1)),
            // All of it by the rate settles it, though back again it would be 9,999.99.
            (eur(333_333), rate("3", "EUR", "USD"), 1_000_000, eur(333_333)),
            (
                money(1_083_000, "JPY"), rate("108.3", "USD", "JPY"), 1_000_000,
                money(1_083_000, "JPY")
            ),
        ]

    @Test("a payment settles what its rate says, all of it by default", arguments: payments)
    func settled(amount: Money?, rate: Reimbursed.Rate, settled: Int64, payout: Money) throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .approved, Samples.draft(usd(1_000_000)))
        let made = try ledger.perform(Self.pay(amount, rate))
        guard case .claimReimbursed(let payment)? = made.first?.event.content.payload else {
            Issue.record("nothing paid")
            return
        }
        #expect(payment.amount == usd(settled))
        #expect(payment.payout == payout)
        #expect(ledger.balance().paid == settled)
    }

    private static func refused(
        _ rule: String, _ text: String, _ amount: Money?, _ rate: Reimbursed.Rate?
    ) -> RefusalCase {
        .claim(rule, text: "\(text) (rule \(rule))", in: .approved, pay(amount, rate))
    }

    static let refusals: [RefusalCase] = [
        refused(
            "rate_given",
            "the payment is 10.00 EUR, the claim is in USD; give the rate it was paid at",
            eur(1_000), nil),
        refused(
            "rate_fits",
            "the rate is 0.9 EUR for 1 GBP of 2020-03-06; it has to be above zero, between USD of "
                + "the claim and EUR of the payment", eur(1_000), rate("0.9", "GBP", "EUR")),
        refused(
            "rate_fits",
            "the rate is 0.9 EUR for 1 USD of 2020-03-06; it has to be above zero, between USD of "
                + "the claim and GBP of the payment", money(1_000, "GBP"),
            rate("0.9", "USD", "EUR")),
        refused(
            "rate_fits",
            "the rate is 0.9 EUR for 1 GBP of 2020-03-06; it has to be above zero, between USD of "
                + "the claim and another currency", nil, rate("0.9", "GBP", "EUR")),
        refused(
            "rate_fits",
            "6000.00 USD at 99999999999999 EUR for 1 USD of 2020-03-06 is beyond the largest "
                + "amount this ledger keeps", nil, rate("99999999999999", "USD", "EUR")),
        refused(
            "paid_within_due",
            "the payment of 5413.81 EUR is 6000.01 USD at 0.9023 EUR for 1 USD of 2020-03-06; "
                + "it can be at most the 6000.00 USD due", eur(541_381),
            rate("0.9023", "USD", "EUR")),
        refused(
            "amount_positive", "the amount is 0.00 EUR; it has to be more than zero", eur(0),
            rate("0.9023", "USD", "EUR")),
        RefusalCase(
            "paid_within_due",
            text: "nothing is due on claim 'CLM-1': 6000.00 USD approved, 6000.00 USD paid "
                + "(rule paid_within_due)"
        ) { ledger in
            try ledger.bring(to: PaymentState.paid)
            return .claim(Samples.claim, .requestPayment(amount: nil))
        },
        RefusalCase(
            "paid_within_due",
            text: "nothing is due on claim 'CLM-1': 6000.00 USD approved, 6000.00 USD paid "
                + "(rule paid_within_due)"
        ) { ledger in
            try ledger.bring(to: PaymentState.paid)
            return .claim(Samples.claim, pay(eur(1), rate("0.9023", "USD", "EUR")))
        },
        RefusalCase(
            "reversed_within_paid",
            text: "nothing is paid on claim 'CLM-1' that could come back "
                + "(rule reversed_within_paid)"
        ) { ledger in
            try ledger.bring(to: .approved)
            return .claim(Samples.claim, Samples.reverse(nil))
        },
    ]
}
