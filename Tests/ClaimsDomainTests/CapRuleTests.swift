import ClaimsDomain
import ClaimsTestSupport
import Testing

/// What an activity is paid at most.
@Suite struct CapRuleTests {
    /// Caps, what was earned and approved before, and up to how much an approval then passes.
    struct Limit: Sendable {
        let name: String
        let caps: [Cap]
        var earned: Money? = usd(2_000_000)
        var others: [RuleTrial.Other] = []
        var attendees: String?
        var currency = usd(0).currency
        /// What is left, in minor units; nil where no cap says anything.
        let left: Int64?
        /// The cap that refuses, in words.
        var words = ""

        init(_ name: String, _ caps: [Cap], left: Int64?, _ set: (inout Limit) -> Void = { _ in }) {
            self.name = name
            self.caps = caps
            self.left = left
            set(&self)
        }

        /// The approval of an amount, on one side of what is left.
        func trial(_ units: Int64) -> RuleTrial {
            let amount = Money(minorUnits: units, currency: currency)
            return RuleTrial("\(amount) of \(name)") { trial in
                trial.program = Samples.capped(caps)
                trial.draft.amount = amount
                trial.earned = earned
                trial.others = others
                trial.documents = attendees.map { [Samples.metric("attendees", $0)] } ?? []
                trial.command = .approveAll
                guard let left, units > left else { return }
                trial.breach = .overCap(
                    amount: amount, left: Money(minorUnits: max(0, left), currency: currency),
                    cap: Phrase(words))
                trial.finding = .approvedOverCap
            }
        }

        /// The last amount that passes and the first that does not.
        var trials: [RuleTrial] {
            guard let left else { return [trial(1), trial(Money.largestMinorUnits)] }
            return (left > 0 ? [trial(left)] : []) + [trial(max(0, left) + 1)]
        }
    }

    static func fixed(
        _ cents: Int64, per scope: Cap.Scope = .usagePeriod, with others: [ActivityID] = []
    ) -> Cap {
        Cap(limit: .fixedAmount(usd(cents)), per: scope, sharedWith: others)
    }

    static func percent(_ percent: String) -> Cap {
        let decimal = ExactDecimal(percent) ?? ExactDecimal(unscaled: 0, scale: 0)
        return Cap(limit: .percentOfEarned(decimal), per: .usagePeriod)
    }

    static let seeding = Cap(
        limit: .greaterOf(percent: ExactDecimal(unscaled: 10, scale: 0), amount: usd(300_000)),
        per: .usagePeriod)

    /// Another claim with all of an amount approved.
    static func other(
        _ amount: Money, _ set: (inout RuleTrial.Other) -> Void = { _ in }
    ) -> RuleTrial.Other {
        var other = RuleTrial.Other()
        other.draft.amount = amount
        set(&other)
        return other
    }

    private static func syndicated(
        _ name: String, left: Int64, _ others: [RuleTrial.Other]
    ) -> Limit {
        Limit(name, [fixed(1_875_000)], left: left) { limit in
            limit.others = others
            limit.words = "18750.00 USD per usage_period"
        }
    }

    /// 18,750.00 USD a usage period: what others have approved in the same account counts.
    static let periods: [Limit] = [
        syndicated("the first claim", left: 1_875_000, []),
        syndicated("a second claim", left: 875_000, [other(usd(1_000_000))]),
        syndicated("a third claim", left: 374_999, [other(usd(1_000_000)), other(usd(500_001))]),
        syndicated("a cap used up", left: 0, [other(usd(1_875_000))]),
        syndicated("a cap exceeded before", left: -1, [other(usd(1_875_001))]),
        syndicated(
            "a claim beside one that waits", left: 1_875_000,
            [other(usd(1_000_000)) { $0.isApproved = false }]),
        syndicated(
            "a claim beside one of another activity", left: 1_875_000,
            [other(usd(1_000_000)) { $0.draft.activity = Samples.otherActivity }]),
        syndicated(
            "a claim beside one of another period", left: 1_875_000,
            [other(usd(1_000_000)) { $0.draft.period = Samples.secondPeriod }]),
        syndicated(
            "a claim beside one of another partner", left: 1_875_000,
            [other(usd(1_000_000)) { $0.partner = Samples.otherPartner }]),
        syndicated("a claim beside one in euros", left: 1_875_000, [other(eur(1_000_000))]),
    ]

    private static let elsewhere = other(usd(200_000)) {
        $0.draft.activity = Samples.otherActivity
    }

    static let scopes: [Limit] = [
        Limit(
            "a cap shared by two activities", [fixed(500_000, with: [Samples.otherActivity])],
            left: 200_000
        ) { limit in
            limit.others = [other(usd(100_000)), elsewhere]
            limit.words = "5000.00 USD per usage_period shared with seminars"
        },
        Limit("a cap of each claim", [fixed(500_000, per: .claim)], left: 500_000) { limit in
            limit.others = [other(usd(500_000))]
            limit.words = "5000.00 USD per claim"
        },
        Limit("the first of two caps", [fixed(500), fixed(900, per: .claim)], left: 500) {
            $0.words = "5.00 USD per usage_period"
        },
        Limit("the second of two caps", [fixed(900), fixed(500, per: .claim)], left: 500) {
            $0.words = "5.00 USD per claim"
        },
        Limit("no cap", [], left: nil),
        Limit("a cap in another currency", [fixed(1)], left: nil) { $0.currency = eur(0).currency },
        Limit("a greater-of cap in another currency", [seeding], left: nil) {
            $0.currency = eur(0).currency
        },
        Limit("a percentage of what was earned in euros", [percent("25")], left: 2_500) { limit in
            limit.currency = eur(0).currency
            limit.earned = eur(10_000)
            limit.words = "25 % of earned per usage_period"
        },
    ]

    private static func travel(_ attendees: String, _ left: Int64, used: Int64 = 0) -> Limit {
        let caps = [
            fixed(500_000, per: .person), Cap(limit: .attendees(3), per: .claim), fixed(4_500_000),
        ]
        let name = "a conference of \(attendees) with \(usd(used)) used"
        return Limit(name, caps, left: left) { limit in
            limit.attendees = attendees
            if used > 0 { limit.others = [other(usd(used))] }
            limit.words =
                used > 3_000_000 ? "45000.00 USD per usage_period" : "5000.00 USD per person"
        }
    }

    /// Domain facts c3: 5,000 USD each, three attendees, 45,000 USD a period.
    static let conferences: [Limit] = [
        travel("0", 0), travel("1", 500_000), travel("2", 1_000_000), travel("3", 1_500_000),
        travel("4", 1_500_000), travel("3", 1_500_000, used: 3_000_000),
        travel("3", 900_000, used: 3_600_000), travel("3", 0, used: 4_500_000),
    ]

    @Test(
        "an approval stays within each cap of the activity",
        arguments: (periods + scopes + conferences).flatMap(\.trials))
    func cap(trial: RuleTrial) throws { try trial.check() }

    static let unknownAttendees: [String?] = [nil, "", "three", "-1", "2.5"]

    @Test("a cap by person needs the number of attendees", arguments: unknownAttendees)
    func attendees(reported: String?) throws {
        let trial = RuleTrial("attendees \(reported ?? "unreported")") { trial in
            trial.program = Samples.capped([Self.fixed(500_000, per: .person)])
            trial.draft.amount = usd(1)
            trial.documents = reported.map { [Samples.metric("attendees", $0)] } ?? []
            trial.command = .approveAll
            trial.breach = .attendeesUnknown(Samples.activity)
        }
        try trial.check()
    }

    @Test("of several reports of attendees the last one counts")
    func lastReport() throws {
        var trial = Self.travel("1", 0).trial(1_000_000)
        trial.documents = [
            Samples.metric("attendees", "1", "EV-1"), Samples.metric("attendees", "2", "EV-2"),
        ]
        #expect(trial.refusal(in: try trial.prepared()) == nil)
        trial.documents.reverse()
        #expect(trial.refusal(in: try trial.prepared())?.rule == "within_cap")
    }

    @Test("an approval is limited by the cap, then by what was submitted")
    func order() throws {
        var trial = RuleTrial("order") { trial in
            trial.program = Samples.capped([Self.fixed(500_000)])
            trial.draft.amount = usd(400_000)
        }
        func rule(_ cents: Int64, exceptedFrom rule: ClaimRule? = nil) throws -> String? {
            trial.command = .approve(amount: usd(cents), reason: nil)
            return trial.refusal(in: try trial.prepared(exceptedFrom: rule))?.rule
        }
        #expect(try rule(400_000) == nil)
        #expect(try rule(400_001) == "approved_within_submitted")
        #expect(try rule(500_000) == "approved_within_submitted")
        #expect(try rule(500_001) == "within_cap")
        #expect(try rule(500_001, exceptedFrom: .withinCap) == "approved_within_submitted")
    }

    @Test("a percentage is of what was earned, not of what was adjusted or rolled in or out")
    func earnedOnly() throws {
        var ledger = try TestLedger(publishing: [Samples.capped([Self.percent("50")])], earned: nil)
        let program = Samples.capped([])
        let source = Samples.source(in: program)
        try ledger.earn(usd(100_000), in: program)
        try ledger.record(
            .fundsAdjusted(FundsAdjusted(amount: usd(50_000), reasonCode: "ops", reason: "why")),
            source: source)
        try ledger.record(
            .fundsRolledOver(
                FundsRolledOver(amount: usd(9), toPeriod: Samples.secondPeriod, reason: "unused")),
            source: source)
        try ledger.bring(to: .underReview, Samples.draft(usd(90_000)), in: program)
        #expect(ledger.refusal(of: .claim(Samples.claim, approve(50_000))) == nil)
        #expect(ledger.refusal(of: .claim(Samples.claim, approve(50_001)))?.rule == "within_cap")
    }

    private func approve(_ cents: Int64) -> ClaimCommand {
        .approve(amount: usd(cents), reason: nil)
    }

    @Test("a cap gets back what a later decision takes away")
    func released() throws {
        let program = Samples.capped([Self.fixed(500_000)])
        var ledger = try TestLedger(publishing: [program], earned: nil)
        try ledger.bring(ClaimID("CLM-2"), to: .approved, Samples.draft(usd(500_000)), in: program)
        try ledger.bring(to: .underReview, Samples.draft(usd(1)), in: program)
        let command = Command.claim(Samples.claim, .approveAll)
        #expect(ledger.refusal(of: command)?.rule == "within_cap")
        try ledger.record(
            .claimApproved(amount: usd(499_999), reason: "travel"), subject: "CLM-2",
            source: Samples.source(in: program))
        #expect(ledger.refusal(of: command) == nil)
    }
}
