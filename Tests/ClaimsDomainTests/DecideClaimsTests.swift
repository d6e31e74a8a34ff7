import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct DecideClaimsTests {
    static let submit = Samples.command(for: ClaimAction.submit)

    private func amend(
        _ ledger: inout TestLedger, at instant: Instant? = nil,
        _ set: (inout ClaimAmended) -> Void
    ) throws {
        try ledger.perform(.amend(Samples.changes(set)), at: instant)
    }

    /// The fund has 20,000.00 USD, of which another claim holds 6,000.00.
    static let submissions: [(amount: Money, available: Int64?)] = [
        (usd(1), nil), (usd(1_400_000), nil), (usd(1_400_001), 1_400_000), (eur(1), 0),
    ]

    @Test("a claim is submitted up to what its fund has left", arguments: submissions)
    func submission(amount: Money, available: Int64?) throws {
        var ledger = try TestLedger()
        try ledger.bring(ClaimID("CLM-2"), to: .submitted)
        try ledger.bring(to: .editing, Samples.draft(amount))
        let account = FundAccount(
            program: Samples.program.id, partner: Samples.partner, period: Samples.firstPeriod,
            currency: amount.currency)
        let refusal = available.map { units in
            Refusal.exceedsFund(
                amount: amount, available: Money(minorUnits: units, currency: amount.currency),
                account: account)
        }
        #expect(ledger.refusal(of: Self.submit) == refusal)
    }

    @Test("a claim is submitted until the last moment of the deadline, and not after")
    func deadline() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .editing)
        let deadline = Samples.firstDeadline
        #expect(ledger.refusal(of: Self.submit, at: deadline.adding(milliseconds: -1)) == nil)
        let late = RuleBreach.deadlinePassed(at: deadline, deadline: Samples.day("2020-08-15"))
        #expect(
            ledger.refusal(of: Self.submit, at: deadline)
                == .breaksRule(late, program: Samples.program.id, version: "1"))
        // What is left is expired by then: an exception from the deadline alone brings no funds.
        try ledger.grantException(from: .claimDeadline)
        #expect(
            ledger.refusal(of: Self.submit, at: deadline)
                == .exceedsFund(
                    amount: usd(600_000), available: usd(0), account: Samples.account))
        try ledger.grantException(from: .withinFund)
        #expect(ledger.refusal(of: Self.submit, at: deadline) == nil)
    }

    /// What a claim holds it may keep, also late; only more needs funds.
    static let resubmissions: [(amount: Int64, isLate: Bool, available: Int64?)] = [
        (600_000, false, nil), (2_000_000, false, nil), (2_000_001, false, 2_000_000),
        (600_000, true, nil), (1, true, nil), (600_001, true, 600_000),
    ]

    @Test("a resubmission may take what the claim holds already", arguments: resubmissions)
    func resubmission(amount: Int64, isLate: Bool, available: Int64?) throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .actionRequired)
        try amend(&ledger) { $0.amount = usd(amount) }
        let refusal = available.map {
            Refusal.exceedsFund(amount: usd(amount), available: usd($0), account: Samples.account)
        }
        let instant = isLate ? Samples.firstDeadline : ledger.now
        #expect(ledger.refusal(of: Self.submit, at: instant) == refusal)
    }

    @Test("what a claim holds in one period or currency buys nothing in another")
    func resubmissionElsewhere() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .actionRequired)
        var elsewhere = ledger
        try amend(&elsewhere) { $0.period = Samples.secondPeriod }
        #expect(elsewhere.refusal(of: Self.submit)?.rule == "within_fund")
        try elsewhere.earn(usd(600_000), period: Samples.secondPeriod)
        #expect(elsewhere.refusal(of: Self.submit) == nil)
        try amend(&ledger) { $0.amount = eur(600_000) }
        #expect(ledger.refusal(of: Self.submit)?.rule == "within_fund")
        try ledger.earn(eur(600_000))
        #expect(ledger.refusal(of: Self.submit) == nil)
    }

    @Test("a dispute reserves again what was submitted, also after the deadline")
    func dispute() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .rejected)
        let command = Samples.command(for: ClaimAction.dispute)
        #expect(ledger.refusal(of: command, at: Samples.firstDeadline) == nil)
        try ledger.bring(ClaimID("CLM-2"), to: .submitted, Samples.draft(usd(1_400_000)))
        #expect(ledger.refusal(of: command) == nil)
        try ledger.bring(ClaimID("CLM-3"), to: .submitted, Samples.draft(usd(1)))
        #expect(
            ledger.refusal(of: command)
                == .exceedsFund(
                    amount: usd(600_000), available: usd(599_999), account: Samples.account))
    }

    @Test("without a fund there is none to exceed, but the deadline counts")
    func programWithoutFund() throws {
        var ledger = try TestLedger(earned: nil)
        let draft = Samples.draft(usd(Money.largestMinorUnits))
        try ledger.bring(to: .editing, draft, in: Samples.programWithoutFund)
        #expect(ledger.refusal(of: Self.submit) == nil)
        #expect(
            ledger.refusal(of: Self.submit, at: Samples.firstDeadline)
                == .breaksRule(
                    .deadlinePassed(at: Samples.firstDeadline, deadline: Samples.day("2020-08-15")),
                    program: Samples.programWithoutFund.id, version: "1"))
        try ledger.grantException(from: .claimDeadline)
        #expect(ledger.refusal(of: Self.submit, at: Samples.firstDeadline) == nil)
        try ledger.perform(Self.submit)
        #expect(ledger.findings == [])
    }

    static let approvals: [(amount: Money?, rule: String?)] = [
        (nil, nil), (usd(1), nil), (usd(600_000), nil),
        (usd(600_001), "approved_within_submitted"), (usd(0), "amount_positive"),
        (usd(-1), "amount_positive"), (eur(600_000), "one_currency"),
    ]

    @Test("an approval is more than nothing and at most what was submitted", arguments: approvals)
    func approval(amount: Money?, rule: String?) throws {
        for status in [ClaimStatus.underReview, .disputed] {
            var ledger = try TestLedger()
            try ledger.bring(to: status)
            let command = Command.claim(Samples.claim, .approve(amount: amount, reason: nil))
            #expect(ledger.refusal(of: command)?.rule == rule)
        }
    }

    @Test("an amount that is not given is all there is")
    func defaults() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .underReview)
        try ledger.perform(.approve(amount: usd(500_000), reason: "travel is not eligible"))
        try ledger.perform(.requestPayment(amount: nil))
        try ledger.perform(Samples.reimburse(usd(100_000)))
        try ledger.perform(Samples.reimburse(nil))
        try ledger.perform(Samples.reverse(nil))
        let payloads = ledger.entries.suffix(7).map(\.event.content.payload)
        #expect(payloads[0] == .claimSubmitted(amount: usd(600_000)))
        #expect(
            payloads[2] == .claimApproved(amount: usd(500_000), reason: "travel is not eligible"))
        #expect(payloads[3] == .claimPaymentRequested(amount: usd(500_000)))
        #expect(
            payloads[5]
                == .claimReimbursed(
                    Reimbursed(
                        amount: usd(400_000), paymentReference: "PAY-1",
                        paidOn: Samples.day("2020-04-17"))))
        #expect(
            payloads[6]
                == .claimReimbursementReversed(
                    ReimbursementReversed(
                        amount: usd(500_000), paymentReference: "PAY-1",
                        reason: "returned by the bank")))
    }

    static let amendments: [(changes: ClaimAmended, rule: String?)] = [
        (Samples.changes { $0.title = "" }, nil),
        (Samples.changes { $0.period = Samples.secondPeriod }, nil),
        (Samples.changes { $0.period = PeriodLabel("FY21-H1") }, "period_known"),
        (Samples.changes { $0.activity = Samples.otherActivity }, nil),
        (Samples.changes { $0.activity = ActivityID("none") }, "activity_known"),
        (Samples.changes { $0.amount = eur(1) }, nil),
        (Samples.changes { $0.amount = usd(0) }, "amount_positive"),
        (ClaimAmended(), "amendment_not_empty"),
    ]

    @Test("an amendment names what the program knows", arguments: amendments)
    func amendment(changes: ClaimAmended, rule: String?) throws {
        for status in [ClaimStatus.editing, .actionRequired] {
            var ledger = try TestLedger()
            try ledger.bring(to: status)
            #expect(ledger.refusal(of: .claim(Samples.claim, .amend(changes)))?.rule == rule)
        }
    }

    @Test("a claim's event may happen at the moment of the one before, not earlier")
    func time() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .editing)
        #expect(ledger.refusal(of: Self.submit, at: Samples.start) == nil)
        let earlier = Samples.start.adding(milliseconds: -1)
        #expect(
            ledger.refusal(of: Self.submit, at: earlier)
                == .goesBackInTime(at: earlier, previous: Samples.start))
        try ledger.bring(Samples.association, to: .editing)
        let command = Samples.command(for: AssociationAction.submit)
        #expect(ledger.refusal(of: command, at: Samples.start)?.rule == "time_order")
    }

    @Test("nothing of a hostile history makes a decision trap")
    func hostileFigures() throws {
        var ledger = try TestLedger(earned: nil)
        let most = usd(Money.largestMinorUnits)
        try ledger.record(.claimCreated(Samples.draft(most)))
        try ledger.record(.claimApproved(amount: most, reason: nil))
        let reversal = ReimbursementReversed(amount: most, paymentReference: "P", reason: "r")
        for _ in 0..<1_100 { try ledger.record(.claimReimbursementReversed(reversal)) }
        #expect(ledger.state.claim(Samples.claim)?.paid == .min)
        #expect(ledger.balance().overflowed)
        #expect(ledger.balance().isBalanced)
        #expect(ledger.refusal(of: Samples.command(for: ClaimAction.reimburse)) == nil)
    }
}
