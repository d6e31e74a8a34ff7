import ClaimsDomain
import ClaimsTestSupport
import Testing

/// What each rule of the programme says when it refuses, word for word.
@Suite struct RuleTextTests {
    private static let strict = "of program 'csp-strict', version '1')"
    private static let capped = "'activities.caps' of program 'csp-capped', version '1')"

    /// A command on the sample claim of a program of its own.
    private static func program(
        _ rule: ClaimRule, _ text: String, _ program: Program, in status: ClaimStatus = .editing,
        _ draft: ClaimCreated = Samples.draft(), at instant: Instant? = nil,
        attached: [EvidenceAttached] = [], command: ClaimCommand = .submit(amount: nil)
    ) -> RefusalCase {
        RefusalCase(rule.rawValue, text: text, at: instant) { ledger in
            try ledger.perform(.publish(program), at: Samples.publishedAt)
            try ledger.earn(usd(2_000_000), in: program, at: Samples.publishedAt)
            try ledger.bring(to: status, draft, in: program)
            for document in attached { try ledger.perform(.attach(document)) }
            return .claim(Samples.claim, command)
        }
    }

    private static func draft(_ set: (inout ClaimCreated) -> Void) -> ClaimCreated {
        var draft = Samples.draft()
        set(&draft)
        return draft
    }

    static let calendar: [RefusalCase] = [
        program(
            .activityInUsagePeriod,
            "the activity took place on 2020-07-01, usage period 'FY20-H1' runs from 2020-01-01 "
                + "to 2020-06-30 (rule activity_in_usage_period: 'usagePeriods' \(strict)",
            Samples.strictProgram, draft { $0.activityDate = Samples.day("2020-07-01") }),
        RefusalCase(
            "claim_window",
            text: "it is 2020-02-15T23:59:59.999Z, the claim window opens on 2020-02-16 "
                + "(rule claim_window: 'usagePeriods' of program 'csp-indirect', version '1')",
            at: Samples.instant("2020-02-15T23:59:59.999Z")
        ) { ledger in
            try ledger.perform(Samples.create(), at: Samples.publishedAt)
            return .claim(Samples.claim, .submit(amount: nil))
        },
        program(
            .claimDeadline,
            "it is 2020-08-16T00:00:00Z, the claim deadline was the end of 2020-08-15 "
                + "(rule claim_deadline: 'usagePeriods' \(strict)",
            Samples.strictProgram, at: Samples.firstDeadline),
    ]

    private static let core = Samples.document(.coreRequirement, "EV-1")
    private static let proof = Samples.document(.proofOfExecution, "EV-2")

    private static let papers = DocumentsRequested(
        items: [
            .init(kind: .proofOfExecution, evidence: EvidenceID("EV-1"), reason: "cut off"),
            .init(kind: .metrics, reason: "the reach"),
        ], originals: true)

    /// A draft of the sample claim beside another one that has a document, where one proves one.
    private static func once(
        _ document: EvidenceAttached, in ledger: inout TestLedger
    ) throws {
        var rules = Samples.capped([])
        rules.evidenceOnce = true
        try ledger.perform(.publish(rules), at: Samples.publishedAt)
        try ledger.bring(to: .editing, in: rules)
        let other = ClaimID("CLM-2")
        try ledger.bring(other, to: .editing, in: rules)
        try ledger.perform(.claim(other, .attach(document)))
    }

    static let documents: [RefusalCase] = [
        program(
            .preapproval,
            "activity 'print-advertising' has to be approved beforehand; attach the approval with "
                + "the metric 'preapproval' (rule preapproval: 'activities.preapproval' \(strict)",
            Samples.strict { $0.preapproval = true }),
        program(
            .coreRequirements,
            "no document of kind 'core_requirement' is attached; it has to show the brand "
                + "(rule core_requirements: 'activities.evidence' \(strict)",
            Samples.strictProgram),
        program(
            .thirdPartyInvoice,
            "no document of kind 'third_party_invoice' is attached; it has to show the invoice "
                + "(rule third_party_invoice: 'activities.evidence' \(strict)",
            Samples.strictProgram, draft { $0.thirdPartyVendor = true }, attached: [core]),
        program(
            .certificationStatement,
            "no document of kind 'certification_statement' is attached; it has to show the hours "
                + "(rule certification_statement: 'activities.evidence' \(strict)",
            Samples.strictProgram, draft { $0.inHouseWork = true }, attached: [core]),
        program(
            .proofOfExecution,
            "no document of kind 'proof_of_execution' is attached; it has to show a sample; "
                + "a photo (rule proof_of_execution: 'activities.evidence' \(strict)",
            Samples.strict {
                $0.evidence.append(
                    EvidenceRequirement(kind: .proofOfExecution, item: "a photo", when: .always))
            }, attached: [core]),
        program(
            .proofNote,
            "proof document 'EV-2' has no note (rule proof_note: 'activities.evidence' \(strict)",
            Samples.strictProgram,
            attached: [core, Samples.document(.proofOfExecution, "EV-2", note: nil)]),
        program(
            .metrics,
            "no metric is reported; wanted is number of leads; reach "
                + "(rule metrics: 'activities.metrics' \(strict)",
            Samples.strict { $0.metrics.append("reach") }, attached: [core, proof]),
        program(
            .eligibleExpenses,
            "activity 'print-advertising' does not cover 'spa', 'bar' "
                + "(rule eligible_expenses: 'activities.expenses' of program 'csp-capped', "
                + "version '1')",
            {
                var rules = Samples.capped([])
                rules.activities[0].expenses = ["hotel"]
                return rules
            }(),
            draft {
                $0.expenses = ["spa", "hotel", "bar", "spa"].map {
                    ClaimExpense(type: $0, amountMinorUnits: 150_000)
                }
            }),
        RefusalCase(
            "documents_answered",
            text: "request 2 for documents is not answered; still wanted is "
                + "the original of proof_of_execution/EV-1; the original of metrics "
                + "(rule documents_answered: 'documentsAnswered' of program 'csp-capped', "
                + "version '1')"
        ) { ledger in
            var rules = Samples.capped([])
            rules.documentsAnswered = true
            try ledger.perform(.publish(rules), at: Samples.publishedAt)
            try ledger.bring(to: .actionRequired, in: rules)
            try ledger.perform(.attach(Samples.document(.proofOfExecution)))
            for step in [ClaimCommand.submit(amount: nil), .startReview] {
                try ledger.perform(step)
            }
            try ledger.perform(.requestDocuments(papers))
            return .claim(Samples.claim, .submit(amount: nil))
        },
        RefusalCase(
            "document_once",
            text: "the file of document 'EV-1' is attached to claim 'CLM-2' too "
                + "(rule document_once: 'evidenceOnce' of program 'csp-capped', version '1')"
        ) { ledger in
            try once(Samples.document(.other, "EV-1"), in: &ledger)
            return .claim(Samples.claim, .attach(Samples.document(.other, "EV-1")))
        },
        RefusalCase(
            "invoice_once",
            text: "invoice 'INV-1' of 'Northwind' is attached to claim 'CLM-2' too "
                + "(rule invoice_once: 'evidenceOnce' of program 'csp-capped', version '1')"
        ) { ledger in
            let invoice = Samples.invoice(usd(1))
            try once(Samples.document(.other, "EV-7", invoice: invoice), in: &ledger)
            let same = Samples.document(.other, "EV-1", invoice: invoice)
            return .claim(Samples.claim, .attach(same))
        },
    ]

    private static let limited: Program = {
        var rules = Samples.program("csp-strict")
        rules.roles = [.startReview: ["reviewer", "validation"]]
        return rules
    }()

    static let decisions: [RefusalCase] = [
        program(
            .separationOfDuties,
            "'u-17' submitted the claim and cannot decide it "
                + "(rule separation_of_duties: 'separationOfDuties' \(strict)",
            Samples.strictProgram, in: .underReview, command: .approveAll),
        program(
            .roleAllowed,
            "role 'none' may not start-review; this is for 'reviewer', 'validation' "
                + "(rule role_allowed: 'roles' \(strict)",
            limited, in: .submitted, command: .startReview),
        program(
            .attendeesReported,
            "the cap of 'print-advertising' counts attendees; report them with the metric "
                + "'attendees' (rule attendees_reported: \(capped)",
            Samples.capped([Cap(limit: .fixedAmount(usd(1)), per: .person)]), in: .underReview,
            command: .approveAll),
        program(
            .withinCap,
            "the amount is 6000.00 USD; the cap of 25 % of earned per usage_period leaves "
                + "5000.00 USD (rule within_cap: \(capped)",
            Samples.capped([CapRuleTests.percent("25")]), in: .underReview, command: .approveAll),
        RefusalCase(
            "within_fund",
            text: "the amount is 20000.01 USD; fund csp-indirect/4567890/FY20-H1/USD "
                + "has 20000.00 USD available (rule within_fund)"
        ) { ledger in
            try ledger.bring(to: .editing, Samples.draft(usd(2_000_001)))
            return .claim(Samples.claim, .submit(amount: nil))
        },
    ]

    static let exceptions: [RefusalCase] = [
        .claim(
            "exception_rule_known",
            text: "there is no rule 'claim_dead_line' to grant an exception from; "
                + "did you mean 'claim_deadline'? (rule exception_rule_known)", in: .editing,
            .grantException(rule: "claim_dead_line", reason: "r")),
        .claim(
            "exception_rule_known",
            text: "there is no rule 'late' to grant an exception from (rule exception_rule_known)",
            in: .editing, .grantException(rule: "late", reason: "r")),
        .claim(
            "exception_rule_known",
            text: "there is no rule 'one_currency' to grant an exception from "
                + "(rule exception_rule_known)",
            in: .editing, .grantException(rule: "one_currency", reason: "r")),
    ]

    static let cases = calendar + documents + decisions + exceptions

    @Test("a rule says what was found, what it expects and where it stands", arguments: cases)
    func text(refused: RefusalCase) throws {
        var ledger = try TestLedger()
        let command = try refused.prepare(&ledger)
        let before = ledger.entries.count
        let refusal = #expect(throws: Refusal.self) { try ledger.perform(command, at: refused.at) }
        #expect(refusal?.description == refused.text)
        #expect(refusal?.rule == refused.rule)
        #expect(ledger.entries.count == before)
    }

    @Test("a cap reads as its limit, its scope and who shares it")
    func caps() {
        let ten = ExactDecimal(unscaled: 10, scale: 0)
        let caps: [Cap] = [
            Cap(limit: .fixedAmount(usd(1_875_000)), per: .claim),
            Cap(limit: .greaterOf(percent: ten, amount: usd(300_000)), per: .usagePeriod),
            Cap(limit: .attendees(3), per: .person),
            Cap(
                limit: .percentOfEarned(ten), per: .usagePeriod,
                sharedWith: [ActivityID("a"), ActivityID("b")]),
        ]
        #expect(
            caps.map(\.words) == [
                "18750.00 USD per claim",
                "10 % of earned or 3000.00 USD, the greater per usage_period",
                "3 attendees per person", "10 % of earned per usage_period shared with a, b",
            ])
    }

    @Test("each rule can be excepted in each status but that of a withdrawn claim")
    func exceptable() throws {
        for status in ClaimStatus.allCases where status != .absent {
            var ledger = try TestLedger()
            try ledger.bring(to: status)
            for rule in ClaimRule.allCases {
                let command = ClaimCommand.grantException(rule: rule.rawValue, reason: "agreed")
                let refusal = ledger.refusal(of: .claim(Samples.claim, command))
                #expect(refusal?.rule == (status == .withdrawn ? "claim_status" : nil))
            }
        }
    }

    @Test("an exception is for its claim alone")
    func oneClaim() throws {
        let late = Samples.firstDeadline
        var ledger = try TestLedger(publishing: [Samples.programWithoutFund], earned: nil)
        let other = ClaimID("CLM-2")
        for id in [Samples.claim, other] {
            try ledger.bring(id, to: .editing, in: Samples.programWithoutFund)
        }
        try ledger.grantException(from: .claimDeadline)
        #expect(ledger.refusal(of: .claim(Samples.claim, .submit(amount: nil)), at: late) == nil)
        #expect(
            ledger.refusal(of: .claim(other, .submit(amount: nil)), at: late)?.rule
                == "claim_deadline")
    }
}
