import ClaimsDomain
import ClaimsTestSupport
import Testing

/// What `check` lists is what `decide` refuses.
@Suite struct RuleCheckTests {
    @Test(
        "the first broken rule of a step is the one that refuses it, and without one it passes",
        arguments: UInt64(0)..<200)
    func agreement(seed: UInt64) throws {
        let ledger = try randomStrictHistory(seed: seed)
        let late = Samples.firstDeadline
        for record in ledger.state.claims {
            let id = ClaimID(ledger.state.names.text(record.claim))
            let steps: [(ClaimAction, ClaimCommand)] =
                switch record.status {
                case .editing, .actionRequired: [(.submit, .submit(amount: nil))]
                case .underReview, .disputed: [(.approve, .approveAll)]
                default: []
                }
            for (step, command) in steps {
                for instant in [ledger.now, max(ledger.now, late)] {
                    let checked = try #require(ledger.state.check(id, at: instant))
                    let broken = checked.first { $0.step == step && $0.state == .broken }
                    let refusal = ledger.refusal(of: .claim(id, command), at: instant)
                    #expect(broken?.rule.rawValue == refusal?.rule)
                }
            }
        }
    }

    @Test("a complete claim meets each rule, and an excepted breach is shown as such")
    func states() throws {
        var ledger = try TestLedger(publishing: [Samples.strictProgram], earned: nil)
        try ledger.earn(usd(1_000_000), in: Samples.strictProgram)
        try ledger.bring(to: .editing, in: Samples.strictProgram)
        func rows(_ step: ClaimAction) throws -> [String] {
            try #require(ledger.state.check(Samples.claim, at: ledger.now))
                .filter { $0.step == step }
                .map { "\($0.rule.rawValue) \($0.state.rawValue)" }
        }
        #expect(
            try rows(.submit) == [
                "activity_in_usage_period met", "claim_window met", "claim_deadline met",
                "core_requirements broken", "proof_of_execution broken", "metrics broken",
                "within_fund met",
            ])
        #expect(
            try rows(.approve) == [
                "core_requirements broken", "proof_of_execution broken", "metrics broken",
                "within_cap broken", "separation_of_duties applies",
            ])
        for document in Samples.documents(in: Samples.strictProgram) {
            try ledger.perform(.attach(document))
        }
        try ledger.grantException(from: .withinCap)
        #expect(try rows(.submit).allSatisfy { $0.hasSuffix(" met") })
        #expect(
            try rows(.approve) == [
                "core_requirements met", "proof_of_execution met", "proof_note met",
                "metrics met", "within_cap excepted", "separation_of_duties applies",
            ])
        try ledger.perform(.submit(amount: nil))
        #expect(try rows(.submit) == [])
        try ledger.perform(.withdraw(reason: nil))
        #expect(ledger.state.check(Samples.claim, at: ledger.now) == [])
        #expect(ledger.state.check(ClaimID("none"), at: ledger.now) == nil)
    }

    @Test("who may take a step is told with it, by name once the claim was handed in")
    func people() throws {
        var rules = Samples.program
        rules.separationOfDuties = true
        rules.roles = [.submit: ["partner"], .approve: ["reviewer", "lead"]]
        var ledger = try TestLedger(publishing: [rules])
        try ledger.perform(Samples.create())
        func remarks() throws -> [String] {
            try #require(ledger.state.check(Samples.claim, at: ledger.now))
                .filter { $0.state == .applies }
                .map { "\($0.step.rawValue) \($0.rule.rawValue): \($0.remark ?? "")" }
        }
        #expect(
            try remarks() == [
                "submit role_allowed: only in the role 'partner'",
                "approve separation_of_duties: anybody but who submits it may decide",
                "approve role_allowed: only in the role 'reviewer', 'lead'",
            ])
        try ledger.perform(.claim(Samples.claim, .submit(amount: nil)), role: "partner")
        #expect(
            try remarks() == [
                "approve separation_of_duties: anybody but 'u-17' may decide",
                "approve role_allowed: only in the role 'reviewer', 'lead'",
            ])
    }

    @Test("attendees and a metrics document are listed when they are met too")
    func reported() throws {
        var rules = Samples.capped([Cap(limit: .fixedAmount(usd(600_000)), per: .person)])
        rules.activities[0].evidence = [
            EvidenceRequirement(kind: .metrics, item: "the list of guests", when: .always)
        ]
        var ledger = try TestLedger(publishing: [rules], earned: nil)
        try ledger.perform(Samples.create(in: rules))
        func approve() throws -> [String] {
            try #require(ledger.state.check(Samples.claim, at: ledger.now))
                .filter { $0.step == .approve }.map { "\($0.rule.rawValue) \($0.state.rawValue)" }
        }
        #expect(
            try approve() == ["metrics broken", "attendees_reported broken", "within_cap met"])
        try ledger.perform(.attach(Samples.metric("attendees", "1")))
        #expect(try approve() == ["metrics met", "attendees_reported met", "within_cap met"])
    }

    @Test("a claim over its fund is told so in the words of the refusal")
    func overFund() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .editing, Samples.draft(usd(2_000_001)))
        let checked = try #require(ledger.state.check(Samples.claim, at: ledger.now))
        let broken = checked.filter { $0.state == .broken }
        let breach = RuleBreach.overFund(
            amount: usd(2_000_001), available: usd(2_000_000), account: Samples.account)
        #expect(broken.map(\.breach) == [breach])
        #expect(broken.map(\.publishedAt) == [1])
        #expect(breach.rule == .withinFund)
        let refusal = ledger.refusal(of: .claim(Samples.claim, .submit(amount: nil)))
        #expect(refusal?.description == "\(breach) (rule within_fund)")
        try ledger.grantException(from: .withinFund)
        let excepted = try #require(ledger.state.check(Samples.claim, at: ledger.now))
        #expect(excepted.filter { $0.state == .excepted }.map(\.breach) == [breach])
    }
}
