import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("PostingRule, DeadlineRule and the changes of buckets")
struct ExplanationTests {
    @Test("a posting changes each bucket by what it does to an account")
    func changes() {
        // From, to, and what 5 more does to the buckets that change.
        let cases: [(Bucket, Bucket, [Bucket: Int64])] = [
            (.earned, .available, [.earned: 5, .available: 5]),
            (.adjusted, .available, [.adjusted: 5, .available: 5]),
            (.available, .converted, [.converted: 5, .available: -5]),
            (.available, .rolledOut, [.rolledOut: 5, .available: -5]),
            (.rolledIn, .available, [.rolledIn: 5, .available: 5]),
            (.available, .reserved, [.reserved: 5, .claimed: 5, .available: -5]),
            (.reserved, .approved, [.reserved: -5, .approved: 5, .due: 5]),
            (.reserved, .available, [.reserved: -5, .claimed: -5, .available: 5]),
            (.approved, .reserved, [.reserved: 5, .approved: -5, .due: -5]),
            (.approved, .available, [.approved: -5, .due: -5, .claimed: -5, .available: 5]),
            (.available, .approved, [.approved: 5, .due: 5, .claimed: 5, .available: -5]),
            (.due, .paid, [.paid: 5, .due: -5]),
            (.paid, .due, [.paid: -5, .due: 5]),
            (.available, .expired, [.available: -5, .expired: 5]),
        ]
        for (from, to, expected) in cases {
            for bucket in Bucket.allCases {
                #expect(
                    bucket.change(by: 5, from: from, to: to) == expected[bucket] ?? 0,
                    "\(bucket) of \(from) > \(to)")
            }
            #expect(PostingRule(from: from, to: to) != nil)
        }
        let rules = cases.compactMap { PostingRule(from: $0.0, to: $0.1) }
        #expect(Set(rules) == Set(PostingRule.allCases))
        #expect(PostingRule(from: .paid, to: .earned) == nil)
    }

    @Test("rules have one sentence each, and balances list every bucket once")
    func tables() {
        #expect(Set(PostingRule.allCases.map(\.sentence)).count == PostingRule.allCases.count)
        #expect(Set(Bucket.inReportOrder) == Set(Bucket.allCases))
        #expect(Bucket.inReportOrder.count == Bucket.allCases.count)
    }

    @Test("every posting of any history has a rule", arguments: UInt64(0)..<100)
    func everyPosting(seed: UInt64) throws {
        for ledger in [try randomHistory(seed: seed), try randomBrokenHistory(seed: seed)] {
            let postings = ledger.entries.flatMap(\.postings)
            #expect(postings.allSatisfy { PostingRule(from: $0.from, to: $0.to) != nil })
        }
    }

    @Test("a deadline is that of the latest rules, named by version and sequence")
    func deadline() throws {
        var history = try History()
        let replay = history.replay()
        let rule = try #require(replay.deadlineRule(Samples.firstPeriod, of: History.program.id))
        #expect((rule.version, rule.sequence) == ("1", 1))
        #expect((rule.deadline, rule.endsAt) == (Samples.day("2020-08-15"), Samples.firstDeadline))
        #expect(replay.deadlineRule(PeriodLabel("FY99-H9"), of: History.program.id) == nil)
        #expect(replay.deadlineRule(Samples.firstPeriod, of: ProgramID("none")) == nil)
        var later = History.program
        later.version = "2"
        try history.publish(later, at: Samples.start)
        let second = history.replay().deadlineRule(Samples.firstPeriod, of: later.id)
        #expect((second?.version, second?.sequence) == ("2", 3))
    }

    /// The explanations of `question` in a history, from the end of its log.
    private static func explanations(
        of question: FundQuestion, in history: History
    ) -> [AccountExplanation] {
        var explainer = AccountExplainer(of: question)
        var state = history.ledger.emptyState
        for entry in history.ledger.entries {
            state.apply(entry.fact, rules: entry.rules)
            explainer.note(entry.fact, in: state)
        }
        return explainer.explanations(in: history.replay())
    }

    @Test("a question is about each of a partner's accounts, unless it names program or currency")
    func accounts() throws {
        var history = try History()
        for program in [History.programWithoutFund, History.program] {
            try history.earn(usd(1), program: program)
            try history.earn(eur(2), program: program)
            try history.earn(usd(4), program: program, period: Samples.secondPeriod)
            try history.earn(usd(8), program: program, partner: Samples.otherPartner)
        }
        var question = FundQuestion(partner: Samples.partner, period: Samples.firstPeriod)
        func accounts() -> [String] {
            Self.explanations(of: question, in: history).map { "\($0.account)" }
        }
        let all = [
            "csp-indirect/4567890/FY20-H1/EUR", "csp-indirect/4567890/FY20-H1/USD",
            "osa-sell/4567890/FY20-H1/EUR", "osa-sell/4567890/FY20-H1/USD",
        ]
        #expect(accounts() == all)
        question.program = History.program.id
        #expect(accounts() == Array(all[..<2]))
        question.currency = Samples.currency("EUR")
        #expect(accounts() == [all[0]])
        question.period = PeriodLabel("FY99-H9")
        #expect(accounts() == [])
    }

    @Test("a line names the findings of its event, and of no other")
    func findings() throws {
        var history = try History()
        let down = FundsAdjusted(amount: usd(-250), reasonCode: "ops", reason: "a correction")
        try history.fund(.fundsAdjusted(down))
        try history.earn(usd(300))
        let question = FundQuestion(partner: Samples.partner, period: Samples.firstPeriod)
        let lines = Self.explanations(of: question, in: history).flatMap(\.lines)
        #expect(lines.map { $0.cause?.findings } == [[.fundOverdrawn], []])
        #expect(lines.map { $0.change(of: .adjusted) } == [-250, 0])
        #expect(lines.map { $0.total(of: .available) } == [-250, 50])
    }
}
