import ClaimsDomain
import ClaimsTestSupport
import Testing

/// The posting table of the design, section 6.
@Suite struct PostingTests {
    /// The postings of an entry as `from → to amount`, with the account where it is not the usual.
    static func texts(_ entry: TestLedger.Entry?, in ledger: TestLedger) -> [String] {
        (entry?.postings ?? []).map { posting in
            let account = ledger.state.account(posting.account)
            let move = "\(posting.from.rawValue) → \(posting.to.rawValue) \(posting.amount)"
            if account == Samples.account { return move }
            return "\(move) \(account.period) \(account.currency)"
        }
    }

    static let funds: [(payload: EventPayload, postings: [String])] = [
        (
            .fundsEarned(FundsEarned(amount: usd(7), earnedOn: Samples.day("2019-12-31"))),
            ["earned → available 7"]
        ),
        (adjusted(5), ["adjusted → available 5"]), (adjusted(-5), ["adjusted → available -5"]),
        (adjusted(0), []),
        (
            .fundsConverted(FundsConverted(amount: usd(3), reason: "below")),
            ["available → converted 3"]
        ),
        (
            .fundsRolledOver(
                FundsRolledOver(amount: usd(4), toPeriod: Samples.secondPeriod, reason: "unused")),
            ["available → rolledOut 4", "rolledIn → available 4 FY20-H2 USD"]
        ),
    ]

    private static func adjusted(_ cents: Int64) -> EventPayload {
        .fundsAdjusted(FundsAdjusted(amount: usd(cents), reasonCode: "ops", reason: "why"))
    }

    @Test("a fund event moves its amount", arguments: funds)
    func fund(payload: EventPayload, postings: [String]) throws {
        var ledger = try TestLedger()
        let made = try ledger.record(payload)
        #expect(Self.texts(made, in: ledger) == postings)
    }

    @Test("a back-dated fund event is posted as any other")
    func backDated() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .submitted)
        try ledger.earn(usd(9), at: Samples.publishedAt)
        #expect(Self.texts(ledger.entries.last, in: ledger) == ["earned → available 9"])
        #expect(ledger.findings == [])
    }

    /// A claim of 6,000.00 USD in a status, an action, and what it moves.
    static let claims: [(status: ClaimStatus, command: ClaimCommand, postings: [String])] = [
        (.editing, .submit(amount: nil), ["available → reserved 600000"]),
        (.editing, .withdraw(reason: nil), []), (.submitted, .startReview, []),
        (.submitted, .endorse(step: "lead"), []),
        (.submitted, .withdraw(reason: nil), ["reserved → available 600000"]),
        (.underReview, .requestDocuments(Samples.request), []),
        (.underReview, .approve(amount: nil, reason: nil), ["reserved → approved 600000"]),
        (
            .underReview, .approve(amount: usd(450_000), reason: "travel"),
            ["reserved → approved 450000", "reserved → available 150000"]
        ),
        (.underReview, .reject(reasons: ["no invoice"]), ["reserved → available 600000"]),
        (.underReview, .withdraw(reason: nil), ["reserved → available 600000"]),
        (.actionRequired, .submit(amount: nil), []),
        (.actionRequired, .attach(Samples.evidence), []),
        (.actionRequired, .withdraw(reason: nil), ["reserved → available 600000"]),
        (.rejected, .dispute(reason: "why"), ["available → reserved 600000"]),
        (.disputed, .reject(reasons: ["still"]), ["reserved → available 600000"]),
        (.disputed, .approve(amount: nil, reason: nil), ["reserved → approved 600000"]),
        (.disputed, .requestDocuments(Samples.request), []),
        (.approved, .requestPayment(amount: nil), []),
        (.approved, Samples.reimburse(nil), ["due → paid 600000"]),
        (.approved, Samples.reimburse(usd(1)), ["due → paid 1"]),
        (.approved, .comment(text: "thanks"), []),
        (.approved, .grantException(rule: "claim_deadline", reason: "portal down"), []),
    ]

    @Test("a claim's event moves what the posting table says", arguments: claims)
    func claim(status: ClaimStatus, command: ClaimCommand, postings: [String]) throws {
        var ledger = try TestLedger()
        try ledger.bring(to: status)
        let made = try ledger.perform(command)
        #expect(Self.texts(made.first, in: ledger) == postings)
    }

    @Test("a reversal moves back inside approved")
    func reversal() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: PaymentState.paid)
        let before = ledger.balance()
        let made = try ledger.perform(Samples.reverse(usd(250_000)))
        #expect(Self.texts(made.first, in: ledger) == ["paid → due 250000"])
        #expect(ledger.balance().approved == before.approved)
        #expect(ledger.balance().due == 250_000)
        try ledger.perform(Samples.reverse(nil))
        try ledger.perform(Samples.reimburse(nil))
        #expect(ledger.balance() == before)
    }

    static let resubmissions: [(changes: ClaimAmended, postings: [String])] = [
        (
            Samples.changes { $0.amount = usd(400_000) },
            ["reserved → available 200000"]
        ),
        (
            Samples.changes { $0.amount = usd(700_000) },
            ["available → reserved 100000"]
        ),
        (
            Samples.changes { $0.period = Samples.secondPeriod },
            ["reserved → available 600000", "available → reserved 600000 FY20-H2 USD"]
        ),
        (
            Samples.changes { $0.amount = eur(500_000) },
            ["reserved → available 600000", "available → reserved 500000 FY20-H1 EUR"]
        ),
    ]

    @Test(
        "a resubmission replaces what the claim had reserved, wherever that was",
        arguments: resubmissions)
    func resubmission(changes: ClaimAmended, postings: [String]) throws {
        var ledger = try TestLedger()
        try ledger.earn(usd(600_000), period: Samples.secondPeriod)
        try ledger.earn(eur(600_000))
        try ledger.bring(to: .actionRequired)
        let amended = try ledger.perform(.amend(changes))
        #expect(Self.texts(amended.first, in: ledger) == [])
        let made = try ledger.perform(.submit(amount: nil))
        #expect(Self.texts(made.first, in: ledger) == postings)
        #expect(ledger.findings == [])
    }

    @Test("what history undoes goes back the way it came")
    func undone() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .approved)
        let review = try ledger.record(.claimReviewStarted)
        #expect(Self.texts(review, in: ledger) == ["approved → reserved 600000"])
        let again = try ledger.record(.claimApproved(amount: usd(700_000), reason: nil))
        #expect(
            Self.texts(again, in: ledger)
                == ["reserved → approved 600000", "available → approved 100000"])
        let less = try ledger.record(.claimApproved(amount: usd(100_000), reason: nil))
        #expect(Self.texts(less, in: ledger) == ["approved → available 600000"])
        let withdrawn = try ledger.record(.claimWithdrawn(reason: nil))
        #expect(Self.texts(withdrawn, in: ledger) == ["approved → available 100000"])
    }

    @Test("an approval of what was never submitted comes from what is available")
    func approvedWithoutSubmission() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .editing)
        let made = try ledger.record(.claimApproved(amount: usd(600_000), reason: nil))
        #expect(Self.texts(made, in: ledger) == ["available → approved 600000"])
    }

    @Test("money paid on a claim moves with it to another period")
    func paidMovesAlong() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: PaymentState.paid)
        try ledger.record(
            .claimAmended(Samples.changes { $0.period = Samples.secondPeriod }))
        let made = try ledger.record(.claimSubmitted(amount: usd(600_000)))
        #expect(
            Self.texts(made, in: ledger) == [
                "approved → available 600000", "available → reserved 600000 FY20-H2 USD",
                "paid → due 600000", "due → paid 600000 FY20-H2 USD",
            ])
    }
}
