import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

/// The worked example "Fund life": 20,000.00 earned; claim A 6,000.00 paid, B 5,500.00 approved,
/// C 4,000.00 under review, D 3,000.00 rejected.
///
/// Source: domain facts c3.
@Suite("explanations of the worked example of a fund's life")
struct ExplanationFundLifeTests {
    private static func fundLife() throws -> History {
        var history = try History()
        try history.earn(usd(20_000_00))
        for (id, units) in [("A", 6_000_00), ("B", 5_500_00), ("C", 4_000_00), ("D", 3_000_00)] {
            let amount = usd(Int64(units))
            try history.claim(id, draft(amount))
            try history.claim(id, .claimSubmitted(amount: amount))
            try history.claim(id, .claimReviewStarted, by: Samples.reviewer)
        }
        for (id, units) in [("A", 6_000_00), ("B", 5_500_00)] {
            try history.claim(
                id, .claimApproved(amount: usd(Int64(units)), reason: nil), by: Samples.reviewer)
        }
        try history.claim("D", .claimRejected(reasons: ["no invoice"]), by: Samples.reviewer)
        let paid = Reimbursed(
            amount: usd(6_000_00), paymentReference: "PAY-1", paidOn: Samples.day("2020-04-17"))
        try history.claim("A", .claimReimbursed(paid), by: Samples.reviewer)
        return history
    }

    private static func explanation(
        _ history: History, _ bucket: Bucket? = nil, asOf: Instant? = nil
    ) throws -> AccountExplanation {
        var explainer = AccountExplainer(
            of: FundQuestion(
                partner: Samples.partner, period: Samples.firstPeriod, bucket: bucket))
        var state = history.ledger.emptyState
        for entry in history.ledger.entries {
            state.apply(entry.fact, rules: entry.rules)
            explainer.note(entry.fact, in: state)
        }
        let explanations = explainer.explanations(in: history.replay(Viewpoint(asOf: asOf)))
        try #require(explanations.count == 1)
        return explanations[0]
    }

    private static func figures(_ explanation: AccountExplanation) -> [Int64] {
        [.approved, .paid, .due, .available, .reserved, .expired, .claimed]
            .map { explanation.sum(of: $0) }
    }

    @Test("while C is under review, 4,500.00 can still be claimed")
    func underReview() throws {
        let explanation = try Self.explanation(try Self.fundLife())
        #expect(
            Self.figures(explanation) == [
                11_500_00, 6_000_00, 5_500_00, 4_500_00, 4_000_00, 0, 15_500_00,
            ])
        #expect(explanation.addsUp)
        #expect(explanation.deadline?.deadline == Samples.day("2020-08-15"))
    }

    @Test("the lines of one bucket are the events that touch it, with the total after each")
    func lines() throws {
        let explanation = try Self.explanation(try Self.fundLife(), .available)
        let lines = explanation.lines.map { line in
            [line.cause?.sequence ?? 0, line.change(of: .available), line.total(of: .available)]
        }
        #expect(
            lines == [
                [3, 20_000_00, 20_000_00], [5, -6_000_00, 14_000_00], [8, -5_500_00, 8_500_00],
                [11, -4_000_00, 4_500_00], [14, -3_000_00, 1_500_00], [18, 3_000_00, 4_500_00],
            ])
        #expect(
            explanation.lines.map { $0.cause?.subject } == ["FY20-H1", "A", "B", "C", "D", "D"])
        #expect(
            explanation.lines.map { $0.rule } == [
                .fundsEarned, .claimReserved, .claimReserved, .claimReserved, .claimReserved,
                .claimReleased,
            ])
    }

    @Test("when C is approved and the deadline passes, 4,500.00 expire by a line without event")
    func deadlinePasses() throws {
        var history = try Self.fundLife()
        try history.claim(
            "C", .claimApproved(amount: usd(4_000_00), reason: nil), by: Samples.reviewer)
        let deadline = Samples.firstDeadline
        let before = try Self.explanation(history, asOf: deadline.adding(milliseconds: -1))
        #expect(
            Self.figures(before) == [
                15_500_00, 6_000_00, 9_500_00, 4_500_00, 0, 0, 15_500_00,
            ])
        let after = try Self.explanation(history, asOf: deadline)
        #expect(
            Self.figures(after) == [
                15_500_00, 6_000_00, 9_500_00, 0, 0, 4_500_00, 15_500_00,
            ])
        let last = try #require(after.lines.last)
        #expect(last.cause == nil)
        #expect((last.from, last.to, last.amount) == (.available, .expired, 4_500_00))
        #expect(last.occurredAt == deadline)
        #expect(last.rule == .deadlinePassed)
        #expect((after.deadline?.version, after.deadline?.sequence) == ("1", 1))
        #expect(try Self.explanation(history, .expired, asOf: deadline).lines == [last])
        #expect(try Self.explanation(history, .paid, asOf: deadline).lines.count == 1)
    }

    @Test("when C is rejected after the deadline instead, 8,500.00 are expired")
    func rejectedLate() throws {
        var history = try Self.fundLife()
        try history.claim(
            "C", .claimRejected(reasons: ["no proof"]), at: Samples.firstDeadline,
            by: Samples.reviewer)
        let explanation = try Self.explanation(history)
        #expect(
            Self.figures(explanation) == [
                11_500_00, 6_000_00, 5_500_00, 0, 0, 8_500_00, 11_500_00,
            ])
        #expect(explanation.addsUp)
    }

    @Test("a claim's figures are explained by its own events")
    func claim() throws {
        let history = try Self.fundLife()
        var explainer = ClaimExplainer(of: ClaimID("A"))
        var state = history.ledger.emptyState
        for entry in history.ledger.entries {
            state.apply(entry.fact, rules: entry.rules)
            explainer.note(entry.fact, in: state)
        }
        let explanation = try #require(explainer.explanation(in: history.replay()))
        #expect(explanation.addsUp)
        #expect(explanation.row.status == "approved")
        #expect(explanation.statusSince == 16)
        let lines = explanation.figures.map { figure in
            figure.name + figure.lines.map { " \($0.sequence):\($0.change)" }.joined()
        }
        #expect(
            lines == [
                "amount 4:600000", "reserved 5:600000 16:-600000", "approved 16:600000",
                "paid 19:600000", "due 16:600000 19:-600000",
            ])
        #expect(explanation.figures.map(\.value) == [6_000_00, 0, 6_000_00, 6_000_00, 0])
        #expect(explanation.steps.allSatisfy { $0.transition != nil })
        #expect(explainer.explanation(in: try History().replay()) == nil)
    }

    @Test("a draft reads as expired by its deadline and the rules that set it")
    func expiredDraft() throws {
        var history = try History()
        try history.claim("A", draft(usd(5_00)))
        var explainer = ClaimExplainer(of: ClaimID("A"))
        var state = history.ledger.emptyState
        for entry in history.ledger.entries {
            state.apply(entry.fact, rules: entry.rules)
            explainer.note(entry.fact, in: state)
        }
        let replay = history.replay(asOf: Samples.firstDeadline)
        let explanation = try #require(explainer.explanation(in: replay))
        #expect(explanation.row.status == ClaimRegister.expired)
        #expect(explanation.expiredBy?.deadline == Samples.day("2020-08-15"))
        #expect(explanation.expiredBy?.sequence == 1)
        #expect(explanation.addsUp)
    }

    @Test("an event outside the transition table has no row of it, and its finding")
    func outsideTheTable() throws {
        var history = try History()
        try history.claim("A", draft(usd(5_00)))
        try history.claim("A", .claimApproved(amount: usd(5_00), reason: nil))
        var explainer = ClaimExplainer(of: ClaimID("A"))
        var state = history.ledger.emptyState
        for entry in history.ledger.entries {
            state.apply(entry.fact, rules: entry.rules)
            explainer.note(entry.fact, in: state)
        }
        let explanation = try #require(explainer.explanation(in: history.replay()))
        #expect(explanation.steps.map { $0.transition?.to } == [.editing, nil])
        #expect(explanation.steps[1].findings.contains(.outOfOrder))
        #expect(explanation.addsUp)
    }
}
