import ClaimsDomain
import ClaimsTestSupport
import Testing

/// If several rules refuse, the first in the order of `Refusal` is named.
@Suite struct RefusalOrderTests {
    static let earlier = Samples.start.adding(milliseconds: -1)
    static let beforeRules = Samples.publishedAt.adding(milliseconds: -1)
    static let unknown = PeriodLabel("FY99-H9")
    static let nowhere = Samples.changes { $0.period = unknown }

    static let claims: [RefusalCase] = [
        .claim(
            "claim_status", before: "time_order", at: earlier, in: .submitted,
            .submit(amount: nil)),
        .claim(
            "claim_status", before: "amendment_not_empty", in: .submitted, .amend(ClaimAmended())),
        .claim("claim_status", before: "period_known", in: .submitted, .amend(nowhere)),
        .claim(
            "time_order", before: "amendment_not_empty", at: earlier, in: .editing,
            .amend(ClaimAmended())),
        .claim("time_order", before: "period_known", at: earlier, in: .editing, .amend(nowhere)),
        .claim(
            "period_known", before: "activity_known", in: .editing,
            .amend(
                Samples.changes {
                    $0.period = unknown
                    $0.activity = ActivityID("none")
                })),
        .claim(
            "activity_known", before: "amount_positive", in: .editing,
            .amend(
                Samples.changes {
                    $0.activity = ActivityID("none")
                    $0.amount = usd(0)
                })),
        .claim(
            "one_currency", before: "amount_positive", in: .editing, .submit(amount: eur(0))),
        .claim(
            "amount_positive", before: "submitted_as_drafted", in: .editing,
            .submit(amount: usd(0))),
        .claim(
            "submitted_as_drafted", before: "within_fund", in: .editing,
            .submit(amount: usd(9_000_000))),
        .claim(
            "one_currency", before: "approved_within_submitted", in: .underReview,
            .approve(amount: eur(9_000_000), reason: nil)),
        .claim(
            "rate_given", before: "paid_within_due", in: .approved,
            Samples.reimburse(eur(9_000_000))),
        .claim(
            "one_currency", before: "reversed_within_paid", in: .approved,
            Samples.reverse(eur(9_000_000))),
        RefusalCase("amendment_not_empty", before: "program_known") { ledger in
            try orphan(in: &ledger)
            return .claim(Samples.claim, .amend(ClaimAmended()))
        },
        RefusalCase("program_known", before: "one_currency") { ledger in
            try orphan(in: &ledger)
            return .claim(Samples.claim, .submit(amount: eur(1)))
        },
    ]

    /// A claim of a program that was never published: history can have one.
    private static func orphan(in ledger: inout TestLedger) throws {
        let source = Source(program: ProgramID("unheard-of"), partner: Samples.partner)
        try ledger.record(.claimCreated(Samples.draft()), source: source)
    }

    static let others: [RefusalCase] = [
        RefusalCase("claim_new", before: "program_known") { ledger in
            try ledger.bring(to: .editing)
            return .create(
                Samples.claim, program: ProgramID("none"), partner: Samples.partner, Samples.draft()
            )
        },
        RefusalCase("association_new", before: "program_known") { ledger in
            try ledger.bring(Samples.association, to: .editing)
            return .createAssociation(
                Samples.association, program: ProgramID("none"), partner: Samples.partner,
                Samples.associationCreated)
        },
        RefusalCase("association_status", before: "time_order", at: earlier) { ledger in
            try ledger.bring(Samples.association, to: .editing)
            return Samples.command(for: AssociationAction.approve)
        },
        .create("program_known", before: "period_known", program: "none") { $0.period = unknown },
        .create("rules_in_force", before: "period_known", at: beforeRules) {
            $0.period = unknown
        },
        .create("period_known", before: "activity_known") {
            $0.period = unknown
            $0.activity = ActivityID("none")
        },
        .create("activity_known", before: "amount_positive") {
            $0.activity = ActivityID("none")
            $0.amount = usd(0)
        },
        .fund(
            "period_known", before: "rollover_to_other_period", period: unknown, rollover(unknown)),
        .fund("period_known", before: "amount_positive", rollover(unknown, usd(0))),
        .fund(
            "rollover_to_other_period", before: "amount_positive",
            rollover(Samples.firstPeriod, usd(0))),
        .fund(
            "rollover_to_other_period", before: "within_fund",
            rollover(Samples.firstPeriod, usd(9_000_000))),
        RefusalCase("amount_positive", before: "within_fund") { ledger in
            let cut = FundsAdjusted(amount: usd(-2_000_001), reasonCode: "ops", reason: "unpaid")
            try ledger.record(.fundsAdjusted(cut))
            return .fund(
                .convert(FundsConverted(amount: usd(0), reason: "none")),
                program: Samples.program.id, partner: Samples.partner, period: Samples.firstPeriod)
        },
    ]

    private static let late = Samples.firstDeadline

    /// Strict rules that also limit who may submit and approve.
    private static let strict: Program = {
        var rules = Samples.strictProgram
        rules.roles = [.submit: ["partner"]]
        return rules
    }()

    /// A command on the sample claim of a program of its own.
    private static func program(
        _ rule: ClaimRule, before: String, _ program: Program, at instant: Instant? = nil,
        in status: ClaimStatus = .editing, on day: String = "2020-02-29", _ command: ClaimCommand
    ) -> RefusalCase {
        RefusalCase(rule.rawValue, before: before, at: instant) { ledger in
            try ledger.perform(.publish(program), at: Samples.publishedAt)
            try ledger.earn(usd(1_000), in: program, at: Samples.publishedAt)
            var draft = Samples.draft()
            draft.activityDate = Samples.day(day)
            let source = Samples.source(in: program)
            try ledger.record(.claimCreated(draft), source: source)
            if status == .editing { return .claim(Samples.claim, command) }
            try ledger.record(.claimSubmitted(amount: draft.amount), source: source)
            try ledger.record(.claimReviewStarted, source: source)
            return .claim(Samples.claim, command)
        }
    }

    static let rules: [RefusalCase] = [
        program(.roleAllowed, before: "claim_deadline", strict, at: late, .submit(amount: nil)),
        program(
            .activityInUsagePeriod, before: "claim_deadline", Samples.strictProgram, at: late,
            on: "2020-07-01", .submit(amount: nil)),
        program(
            .claimDeadline, before: "core_requirements", Samples.strictProgram, at: late,
            .submit(amount: nil)),
        program(
            .coreRequirements, before: "one_currency", Samples.strictProgram,
            .submit(amount: eur(1))),
        program(
            .coreRequirements, before: "within_fund", Samples.strictProgram, .submit(amount: nil)),
        program(
            .coreRequirements, before: "within_cap", Samples.strictProgram, in: .underReview,
            .approveAll),
        .claim(
            "time_order", before: "claim_window", at: earlier, in: .editing, .submit(amount: nil)),
        RefusalCase("claim_status", before: "role_allowed") { ledger in
            try ledger.perform(.publish(strict), at: Samples.publishedAt)
            try ledger.record(.claimCreated(Samples.draft()), source: Samples.source(in: strict))
            return .claim(Samples.claim, .approveAll)
        },
        program(
            .withinCap, before: "approved_within_submitted",
            Samples.capped([CapRuleTests.fixed(1)]), in: .underReview,
            .approve(amount: usd(600_001), reason: nil)),
        RefusalCase("one_currency", before: "within_cap") { ledger in
            let capped = Samples.capped([CapRuleTests.fixed(1)])
            try ledger.perform(.publish(capped), at: Samples.publishedAt)
            try ledger.bring(to: .underReview, in: capped)
            return .claim(Samples.claim, .approve(amount: eur(600_001), reason: nil))
        },
    ]

    private static func rollover(_ to: PeriodLabel, _ amount: Money = usd(1)) -> FundCommand {
        .rollover(FundsRolledOver(amount: amount, toPeriod: to, reason: "unused"))
    }

    @Test(
        "of several rules that refuse, the first in the documented order is named",
        arguments: claims + others + rules)
    func order(refused: RefusalCase) throws {
        var ledger = try TestLedger()
        let command = try refused.prepare(&ledger)
        #expect(ledger.refusal(of: command, at: refused.at)?.rule == refused.rule)
    }
}
