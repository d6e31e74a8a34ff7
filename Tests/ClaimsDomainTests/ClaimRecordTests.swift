import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct ClaimRecordTests {
    func record(_ ledger: TestLedger, _ id: ClaimID = Samples.claim) throws -> ClaimRecord {
        try #require(ledger.state.claim(id))
    }

    @Test("a draft keeps its fields, an amendment changes those it names")
    func fields() throws {
        var ledger = try TestLedger()
        var draft = Samples.draft()
        draft.thirdPartyVendor = true
        try ledger.bring(to: .editing, draft)
        let drafted = try record(ledger)
        #expect(ledger.state.names.text(drafted.claim) == "CLM-1")
        #expect(ledger.state.names.text(drafted.program) == Samples.program.id.text)
        #expect(ledger.state.names.text(drafted.partner) == Samples.partner.text)
        #expect(ledger.state.names.text(drafted.period) == "FY20-H1")
        #expect(ledger.state.names.text(drafted.activity) == Samples.activity.text)
        #expect(drafted.amount == 600_000)
        #expect(drafted.currency == usd(0).currency)
        #expect(drafted.activityDate == Samples.day("2020-02-29"))
        #expect(drafted.thirdPartyVendor)
        #expect(!drafted.inHouseWork)
        try ledger.perform(
            .amend(
                Samples.changes {
                    $0.period = Samples.secondPeriod
                    $0.amount = eur(5)
                    $0.inHouseWork = true
                }))
        let amended = try record(ledger)
        #expect(ledger.state.names.text(amended.period) == "FY20-H2")
        #expect(amended.activity == drafted.activity)
        #expect(amended.amount == 5)
        #expect(amended.currency == eur(0).currency)
        #expect(amended.activityDate == drafted.activityDate)
        #expect(amended.thirdPartyVendor)
        #expect(amended.inHouseWork)
        try ledger.perform(
            .amend(
                Samples.changes {
                    $0.activity = Samples.otherActivity
                    $0.activityDate = Samples.day("2020-03-01")
                    $0.thirdPartyVendor = false
                }))
        let last = try record(ledger)
        #expect(ledger.state.names.text(last.activity) == Samples.otherActivity.text)
        #expect(last.activityDate == Samples.day("2020-03-01"))
        #expect(!last.thirdPartyVendor)
        #expect(last.inHouseWork)
        #expect(last.amount == 5)
    }

    @Test("a claim keeps when it was created, submitted, decided and touched, and by whom")
    func times() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .editing)
        try ledger.perform(
            Samples.command(for: ClaimAction.submit), by: Actor(kind: .user, id: "u-99"))
        try ledger.perform(.startReview)
        try ledger.perform(.requestDocuments(Samples.request))
        try ledger.perform(.submit(amount: nil))
        try ledger.perform(.startReview)
        try ledger.perform(.reject(reasons: ["no"]))
        let facts = ledger.entries.suffix(7).map(\.fact)
        let rejected = try record(ledger)
        #expect(rejected.createdAt == facts[0].occurredAt)
        #expect(rejected.submittedAt == facts[4].occurredAt)
        #expect(rejected.submittedBy == facts[4].actor)
        #expect(facts[1].actor != facts[4].actor)
        #expect(rejected.decidedAt == facts[6].occurredAt)
        #expect(rejected.updatedAt == facts[6].occurredAt)
        #expect(rejected.firstSequence == facts[0].sequence)
        #expect(rejected.lastSequence == facts[6].sequence)
        #expect(rejected.events == 7)
        try ledger.perform(.dispute(reason: "why"))
        #expect(try record(ledger).decidedAt == nil)
        try ledger.perform(.approve(amount: nil, reason: nil))
        #expect(try record(ledger).decidedAt == ledger.entries.last?.fact.occurredAt)
    }

    @Test("a resubmission takes the claim back to undecided")
    func resubmissionIsUndecided() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .disputed)
        try ledger.perform(.requestDocuments(Samples.request))
        try ledger.record(.claimRejected(reasons: ["silence"]))
        #expect(try record(ledger).decidedAt != nil)
        try ledger.record(.claimSubmitted(amount: usd(600_000)))
        #expect(try record(ledger).decidedAt == nil)
    }

    @Test("a partial approval pays at most what was approved")
    func partialApproval() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .underReview)
        try ledger.perform(.approve(amount: usd(450_000), reason: "travel"))
        let approved = try record(ledger)
        #expect(approved.submitted == 600_000)
        #expect(approved.approved == 450_000)
        #expect(approved.reserved == 0)
        #expect(ledger.balance().unclaimed == 1_550_000)
        try ledger.perform(Samples.reimburse(nil))
        #expect(try record(ledger).paid == 450_000)
        #expect(try record(ledger).payment == .paid)
    }

    @Test("an event in another currency counts as nothing but for its finding")
    func currencyMismatch() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .editing)
        try ledger.record(.claimSubmitted(amount: eur(600_000)))
        #expect(try record(ledger).status == .submitted)
        #expect(try record(ledger).submitted == 0)
        #expect(ledger.entries.last?.postings == [])
        #expect(ledger.findings == ["currency_differs 5"])
        #expect(ledger.state.accounts.count == 1)
    }

    @Test("what was submitted in one currency is nothing in another")
    func currencyChange() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .actionRequired)
        try ledger.perform(.amend(Samples.changes { $0.amount = eur(1) }))
        #expect(try record(ledger).submitted == 0)
        #expect(try record(ledger).reserved == 600_000)
        try ledger.record(.claimRejected(reasons: ["silence"]))
        let disputed = try ledger.record(.claimDisputed(reason: "why"))
        #expect(disputed.postings == [])
        #expect(ledger.state.accounts.map(\.currency) == [usd(0).currency])
        #expect(ledger.balance().unclaimed == 2_000_000)
    }

    static let decided: [ClaimStatus] = [
        .submitted, .underReview, .approved, .rejected, .disputed, .withdrawn,
    ]

    @Test("the currency of a claim is settled once it is handed in", arguments: decided)
    func settledCurrency(status: ClaimStatus) throws {
        var ledger = try TestLedger()
        try ledger.bring(to: status)
        let made = try ledger.record(
            .claimAmended(Samples.changes { $0.amount = eur(1) }))
        let sequence = made.fact.sequence
        #expect(ledger.findings == ["out_of_order \(sequence)", "currency_differs \(sequence)"])
        #expect(try record(ledger).currency == usd(0).currency)
        #expect(try record(ledger).amount == 600_000)
    }

    @Test("payments in two currencies never meet in one account")
    func paymentElsewhere() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .actionRequired)
        try ledger.perform(.amend(Samples.changes { $0.amount = eur(600_000) }))
        for amount in [eur(9), usd(9)] {
            let payment = Reimbursed(
                amount: amount, paymentReference: "P", paidOn: Samples.day("2020-04-17"))
            #expect(try ledger.record(.claimReimbursed(payment)).postings == [])
        }
        #expect(ledger.balance().paid == 0)
        #expect(try record(ledger).paid == 0)
        #expect(
            ledger.findings == [
                "out_of_order 9", "currency_differs 9", "paid_without_approval 9",
                "out_of_order 10", "currency_differs 10", "paid_without_approval 10",
            ])
    }

    @Test("a payment goes to an account of its own currency, not to where the claim once stood")
    func paymentAfterChange() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .rejected)
        try ledger.record(.claimDocumentsRequested(Samples.request))
        try ledger.perform(.amend(Samples.changes { $0.amount = eur(600_000) }))
        try ledger.record(
            .claimReimbursed(
                Reimbursed(
                    amount: eur(9), paymentReference: "P", paidOn: Samples.day("2020-04-17"))))
        #expect(ledger.state.accounts.map(\.currency) == [usd(0).currency, eur(0).currency])
        #expect(ledger.state.accounts.map(\.balance.paid) == [0, 9])
        #expect(try record(ledger).paid == 9)
    }

    @Test("a claim that is paid keeps its currency, also when it may be edited again")
    func paidCurrency() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: PaymentState.paid)
        try ledger.record(.claimDocumentsRequested(Samples.request))
        try ledger.record(.claimAmended(Samples.changes { $0.amount = eur(1) }))
        #expect(try record(ledger).currency == usd(0).currency)
        #expect(ledger.findings == ["out_of_order 9", "currency_differs 10"])
    }

    @Test("a claim that history never created holds what its events say")
    func neverCreated() throws {
        var ledger = try TestLedger(earned: nil)
        try ledger.record(
            .claimReimbursed(
                Reimbursed(
                    amount: eur(9), paymentReference: "P", paidOn: Samples.day("2020-04-17"))))
        #expect(try record(ledger).status == .editing)
        #expect(try record(ledger).paid == 9)
        #expect(ledger.state.accounts.map(\.currency) == [eur(0).currency])
        #expect(ledger.state.accounts.map(\.balance.paid) == [9])
        #expect(ledger.findings == ["out_of_order 3", "paid_without_approval 3"])
    }
}
