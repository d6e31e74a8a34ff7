import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct RefusalTests {
    static let known: [RefusalCase] = [
        RefusalCase(
            "claim_known",
            text: "there is no claim 'CLM-2'; did you mean 'CLM-1'? (rule claim_known)"
        ) { ledger in
            try ledger.bring(to: .editing)
            return .claim(ClaimID("CLM-2"), .startReview)
        },
        RefusalCase("claim_known", text: "there is no claim 'other' (rule claim_known)") { ledger in
            try ledger.bring(to: .editing)
            return .claim(ClaimID("other"), .startReview)
        },
        RefusalCase("claim_new", text: "claim 'CLM-1' exists already (rule claim_new)") { ledger in
            try ledger.bring(to: .withdrawn)
            return Samples.create()
        },
        RefusalCase(
            "association_known",
            text: "there is no association 'ASC-2'; did you mean 'ASC-1'? (rule association_known)"
        ) { ledger in
            try ledger.bring(Samples.association, to: .editing)
            return .association(AssociationID("ASC-2"), .submit())
        },
        RefusalCase(
            "association_new", text: "association 'ASC-1' exists already (rule association_new)"
        ) { ledger in
            try ledger.bring(Samples.association, to: .editing)
            return Samples.command(for: AssociationAction.create)
        },
        .create(
            "program_known",
            text: "there is no program 'csp-indirekt'; did you mean 'csp-indirect'? "
                + "(rule program_known)", program: "csp-indirekt"),
        .create(
            "rules_in_force",
            text: "program 'csp-indirect' has no rules in force at 2019-06-30T23:59:59.999Z; "
                + "its first are in force from 2019-07-01T00:00:00Z (rule rules_in_force)",
            at: Samples.publishedAt.adding(milliseconds: -1)),
        .create(
            "period_known",
            text: "program 'csp-indirect' has no usage period 'FY21-H1'; "
                + "it has 'FY20-H1', 'FY20-H2' (rule period_known)"
        ) { $0.period = PeriodLabel("FY21-H1") },
        .create(
            "activity_known",
            text: "program 'csp-indirect' has no activity 'seminar'; did you mean 'seminars'? "
                + "(rule activity_known)"
        ) { $0.activity = ActivityID("seminar") },
        RefusalCase(
            "version_new",
            text: "program 'csp-indirect' has a version '1' already; "
                + "give the changed rules a new one (rule version_new)"
        ) { _ in .publish(Samples.program) },
    ]

    static let status: [RefusalCase] = [
        .claim(
            "claim_status",
            text: "claim 'CLM-1' is submitted; 'submit' needs editing or action_required "
                + "(rule claim_status)", in: .submitted, .submit(amount: nil)),
        .claim(
            "claim_status",
            text: "claim 'CLM-1' is editing; 'endorse' needs submitted, under_review or disputed "
                + "(rule claim_status)", in: .editing, .endorse(step: "first")),
        .claim(
            "claim_status",
            text: "claim 'CLM-1' is approved; 'dispute' needs rejected (rule claim_status)",
            in: .approved, .dispute(reason: "why")),
        RefusalCase(
            "association_status",
            text: "association 'ASC-1' is editing; 'approve' needs under_review or disputed "
                + "(rule association_status)"
        ) { ledger in
            try ledger.bring(Samples.association, to: .editing)
            return Samples.command(for: AssociationAction.approve)
        },
        .claim(
            "time_order",
            text: "2020-03-02T08:59:59.999Z is before the claim's previous event "
                + "at 2020-03-02T09:00:00Z (rule time_order)",
            at: Samples.start.adding(milliseconds: -1), in: .editing, .submit(amount: nil)),
        .claim(
            "amendment_not_empty",
            text: "the amendment of claim 'CLM-1' changes nothing (rule amendment_not_empty)",
            in: .editing, .amend(ClaimAmended())),
    ]

    static let amounts: [RefusalCase] = [
        .fund(
            "rollover_to_other_period",
            text: "usage period 'FY20-H1' cannot roll over into itself "
                + "(rule rollover_to_other_period)",
            .rollover(
                FundsRolledOver(amount: usd(1), toPeriod: Samples.firstPeriod, reason: "unused"))),
        .claim(
            "one_currency",
            text: "the currency is EUR; it has to be USD (rule one_currency)", in: .editing,
            .submit(amount: eur(600_000))),
        .create(
            "amount_positive",
            text: "the amount is 0.00 USD; it has to be more than zero (rule amount_positive)"
        ) { $0.amount = usd(0) },
        .claim(
            "submitted_as_drafted",
            text: "the amount is 6000.01 USD, the draft asks for 6000.00 USD; "
                + "amend the claim first (rule submitted_as_drafted)", in: .editing,
            .submit(amount: usd(600_001))),
        RefusalCase(
            "expenses_add_up",
            text: "the expenses add up to 5999.99 USD, the claim asks for 6000.00 USD; "
                + "amend the claim first (rule expenses_add_up)"
        ) { ledger in
            var draft = Samples.draft()
            draft.expenses = [ClaimExpense(type: "hotel", amountMinorUnits: 599_999)]
            try ledger.bring(to: .editing, draft)
            return .claim(Samples.claim, .submit(amount: nil))
        },
        .claim(
            "approved_within_submitted",
            text: "the amount is 6000.01 USD; it can be at most the 6000.00 USD submitted "
                + "(rule approved_within_submitted)", in: .underReview,
            .approve(amount: usd(600_001), reason: nil)),
        RefusalCase(
            "within_fund",
            text: "the amount is 20000.01 USD; fund csp-indirect/4567890/FY20-H1/USD "
                + "has 20000.00 USD available (rule within_fund)"
        ) { ledger in
            try ledger.bring(to: .editing, Samples.draft(usd(2_000_001)))
            return Samples.command(for: ClaimAction.submit)
        },
        .claim(
            "paid_within_due",
            text: "the amount is 6000.01 USD; it can be at most the 6000.00 USD due "
                + "(rule paid_within_due)", in: .approved, Samples.reimburse(usd(600_001))),
        RefusalCase(
            "reversed_within_paid",
            text: "the amount is 2000.01 USD; it can be at most the 2000.00 USD paid "
                + "(rule reversed_within_paid)"
        ) { ledger in
            try ledger.bring(to: PaymentState.partlyPaid)
            return .claim(Samples.claim, Samples.reverse(usd(200_001)))
        },
    ]

    @Test(
        "a refusal says what was found and what the rule expects",
        arguments: known + status + amounts + ThresholdTests.refusals + PaymentRateTests.refusals)
    func text(refused: RefusalCase) throws {
        var ledger = try TestLedger()
        let command = try refused.prepare(&ledger)
        let before = ledger
        let refusal = #expect(throws: Refusal.self) { try ledger.perform(command, at: refused.at) }
        #expect(refusal?.description == refused.text)
        #expect(refusal?.rule == refused.rule)
        #expect(ledger.entries.count == before.entries.count)
        #expect(ledger.state.claims == before.state.claims)
        #expect(ledger.state.accounts == before.state.accounts)
        #expect(ledger.state.associations == before.state.associations)
        #expect(ledger.findings == [])
    }

    @Test("each rule that can refuse is provoked above")
    func complete() {
        let cases =
            Self.known + Self.status + Self.amounts + ThresholdTests.refusals
            + PaymentRateTests.refusals + RuleTextTests.cases
        // The rules that can refuse without being one of the programme's; `within_fund` is both.
        let structural = Set(cases.map(\.rule)).subtracting(ClaimRule.allCases.map(\.rawValue))
        #expect(structural.count == 28)
        #expect(Set(cases.map(\.rule)).count == 28 + ClaimRule.allCases.count)
    }
}
