import ClaimsDomain
import ClaimsTestSupport
import Testing

/// What is found in history against the programme's rules, and by comparing documents.
@Suite struct RuleFindingTests {
    private static func submitted(
        _ name: String, _ codes: [FindingCode], at: String = "2020-03-02T12:00:00Z",
        on day: String = "2020-02-29"
    ) -> FindingCase {
        FindingCase(name, codes) { ledger in
            var draft = Samples.draft()
            draft.activityDate = Samples.day(day)
            try ledger.record(.claimCreated(draft), at: Samples.publishedAt)
            try ledger.record(.claimSubmitted(amount: draft.amount), at: Samples.instant(at))
        }
    }

    static let calendar: [FindingCase] = [
        submitted("submitted in time", []),
        submitted("used a day late", [.activityOutsidePeriod], on: "2020-07-01"),
        submitted("used on the last day", [], on: "2020-06-30"),
        submitted(
            "submitted a moment early", [.submittedEarly], at: "2020-02-15T23:59:59.999Z"),
        submitted("submitted at the opening", [], at: "2020-02-16T00:00:00Z"),
        submitted("submitted at the last moment", [], at: "2020-08-15T23:59:59.999Z"),
        submitted("submitted a moment late", [.submittedLate], at: "2020-08-16T00:00:00Z"),
        submitted(
            "used and submitted late", [.activityOutsidePeriod, .submittedLate],
            at: "2020-09-01T00:00:00Z", on: "2020-07-01"),
    ]

    /// An approval under the strict rules.
    private static func approved(
        _ name: String, _ codes: [FindingCode], _ cents: Int64 = 600_000,
        by actor: Actor = Samples.reviewer, documents: Bool = true
    ) -> FindingCase {
        FindingCase(name, codes) { ledger in
            let strict = Samples.strictProgram
            let source = Samples.source(in: strict)
            try ledger.perform(.publish(strict), at: Samples.publishedAt)
            try ledger.earn(usd(2_000_000), in: strict)
            let draft = Samples.draft(usd(cents))
            try ledger.record(.claimCreated(draft), source: source)
            for document in documents ? Samples.documents(draft, in: strict) : [] {
                try ledger.record(.claimEvidenceAttached(document), source: source)
            }
            try ledger.record(.claimSubmitted(amount: draft.amount), source: source)
            try ledger.record(.claimReviewStarted, source: source, by: Samples.reviewer)
            try ledger.record(
                .claimApproved(amount: draft.amount, reason: nil), source: source, by: actor)
        }
    }

    static let decisions: [FindingCase] = [
        approved("approved by the rules", []),
        approved("approved without documents", [.evidenceMissing], documents: false),
        approved("approved up to the cap", [], 1_000_000),
        approved("approved a cent over the cap", [.approvedOverCap], 1_000_001),
        approved("approved by who submitted it", [.submitterDecided], by: Samples.partnerUser),
        approved(
            "approved against all rules", [.submitterDecided, .evidenceMissing, .approvedOverCap],
            1_000_001, by: Samples.partnerUser, documents: false),
    ]

    /// What a program finds only where it asks for it.
    static let asked: [FindingCase] = [
        FindingCase("resubmitted without what was asked for", [.requestUnanswered]) { ledger in
            try resubmit(with: Samples.document(.metrics), in: &ledger)
        },
        FindingCase("resubmitted with what was asked for", []) { ledger in
            try resubmit(with: Samples.document(.proofOfExecution), in: &ledger)
        },
        FindingCase("submitted with a spa", [.ineligibleExpense]) { ledger in
            var rules = Samples.capped([])
            rules.activities[0].expenses = ["hotel"]
            try ledger.perform(.publish(rules), at: Samples.publishedAt)
            var draft = Samples.draft()
            draft.expenses = [ClaimExpense(type: "spa", amountMinorUnits: 600_000)]
            let source = Samples.source(in: rules)
            try ledger.record(.claimCreated(draft), source: source)
            try ledger.record(.claimSubmitted(amount: draft.amount), source: source)
        },
    ]

    private static func resubmit(
        with document: EvidenceAttached, in ledger: inout TestLedger
    ) throws {
        var rules = Samples.capped([])
        rules.documentsAnswered = true
        try ledger.perform(.publish(rules), at: Samples.publishedAt)
        try ledger.bring(to: .actionRequired, in: rules)
        let source = Samples.source(in: rules)
        try ledger.record(.claimEvidenceAttached(document), source: source)
        try ledger.record(.claimSubmitted(amount: Samples.draft().amount), source: source)
    }

    private static let second = ClaimID("CLM-2")

    /// Documents attached to claims or withdrawn from them (nil), in this order, after each claim
    /// was created.
    private static func attached(
        _ name: String, _ codes: [FindingCode],
        _ steps: [(claim: String, document: EvidenceAttached, isWithdrawn: Bool)]
    ) -> FindingCase {
        FindingCase(name, codes) { ledger in
            for claim in Set(steps.map(\.claim)).sorted() {
                try ledger.perform(Samples.create(ClaimID(claim)))
            }
            for (claim, document, isWithdrawn) in steps {
                let payload: EventPayload =
                    isWithdrawn
                    ? .claimEvidenceWithdrawn(evidence: document.evidence, reason: "wrong")
                    : .claimEvidenceAttached(document)
                try ledger.record(payload, subject: claim)
            }
        }
    }

    private static let file = Samples.document(.other, "EV-1")
    private static let sameFile: EvidenceAttached = {
        var same = file
        same.evidence = EvidenceID("EV-2")
        same.filename = "copy.pdf"
        return same
    }()

    static let files: [FindingCase] = [
        attached(
            "one file on two claims", [.evidenceReused], [("A", file, false), ("B", file, false)]),
        attached("one file twice on one claim", [], [("A", file, false), ("A", sameFile, false)]),
        attached(
            "two files", [],
            [("A", file, false), ("B", Samples.document(.other, "EV-3"), false)]),
        attached(
            "one file on two claims, withdrawn from the first before", [],
            [("A", file, false), ("A", file, true), ("B", file, false)]),
        attached(
            "one file on two claims, withdrawn from the first after", [.evidenceReused],
            [("A", file, false), ("B", file, false), ("A", file, true)]),
        attached(
            "one file on three claims, withdrawn from the first",
            [.evidenceReused, .evidenceReused],
            [("A", file, false), ("B", file, false), ("A", file, true), ("C", file, false)]),
        attached(
            "one file on three claims, withdrawn from the second",
            [.evidenceReused, .evidenceReused],
            [("A", file, false), ("B", file, false), ("B", file, true), ("C", file, false)]),
        attached(
            "one file withdrawn from the first two claims", [.evidenceReused],
            [
                ("A", file, false), ("B", file, false), ("A", file, true), ("B", file, true),
                ("C", file, false),
            ]),
        attached(
            "one file twice on a claim, one of the two withdrawn", [.evidenceReused],
            [
                ("A", file, false), ("A", sameFile, false), ("A", file, true), ("B", file, false),
            ]),
    ]

    /// An invoice on a file of its own.
    private static func invoice(
        _ evidence: String, _ number: String = "INV-1", _ vendor: String = "Northwind",
        _ amount: Money = usd(1)
    ) -> EvidenceAttached {
        Samples.document(
            .thirdPartyInvoice, evidence,
            invoice: Samples.invoice(amount, number: number, vendor: vendor))
    }

    static let invoices: [FindingCase] = [
        attached(
            "one invoice on two claims", [.invoiceReused],
            [("A", invoice("EV-1"), false), ("B", invoice("EV-2"), false)]),
        attached(
            "one invoice twice on one claim", [],
            [("A", invoice("EV-1"), false), ("A", invoice("EV-2"), false)]),
        attached(
            "two invoices of one vendor", [],
            [("A", invoice("EV-1"), false), ("B", invoice("EV-2", "INV-2"), false)]),
        attached(
            "one number of two vendors", [],
            [("A", invoice("EV-1"), false), ("B", invoice("EV-2", "INV-1", "Contoso"), false)]),
        attached(
            "one invoice and its file on two claims", [.evidenceReused, .invoiceReused],
            [("A", invoice("EV-1"), false), ("B", invoice("EV-1"), false)]),
        attached(
            "one invoice on two claims, withdrawn from the first before", [],
            [
                ("A", invoice("EV-1"), false), ("A", invoice("EV-1"), true),
                ("B", invoice("EV-2"), false),
            ]),
        attached(
            "one invoice on three claims, withdrawn from the first",
            [.invoiceReused, .invoiceReused],
            [
                ("A", invoice("EV-1"), false), ("B", invoice("EV-2"), false),
                ("A", invoice("EV-1"), true), ("C", invoice("EV-3"), false),
            ]),
    ]

    /// A claim of 6,000.00 USD submitted with invoices of these amounts.
    private static func invoiced(
        _ name: String, _ codes: [FindingCode], _ amounts: [Money], withdrawn: Int = 0
    ) -> FindingCase {
        FindingCase(name, codes) { ledger in
            try ledger.bring(to: .editing)
            for (place, amount) in amounts.enumerated() {
                try ledger.perform(
                    .attach(invoice("EV-\(place)", "INV-\(place)", "Northwind", amount)))
            }
            for place in 0..<withdrawn {
                try ledger.perform(.detach(evidence: EvidenceID("EV-\(place)"), reason: "wrong"))
            }
            try ledger.record(.claimSubmitted(amount: usd(600_000)))
        }
    }

    static let sums: [FindingCase] = [
        invoiced("submitted without invoices", [], []),
        invoiced("submitted as invoiced", [], [usd(600_000)]),
        invoiced("submitted for less than invoiced", [], [usd(600_001)]),
        invoiced("submitted for a cent more than invoiced", [.overInvoices], [usd(599_999)]),
        invoiced("submitted as several invoices add up", [], [usd(599_999), usd(1)]),
        invoiced("submitted with an invoice in euros", [], [eur(1)]),
        invoiced(
            "submitted with invoices in two currencies", [.overInvoices],
            [usd(599_999), eur(600_000)]),
        invoiced(
            "submitted with an invoice withdrawn", [.overInvoices], [usd(1), usd(599_999)],
            withdrawn: 1),
    ]

    static let cases = calendar + decisions + asked + files + invoices + sums

    @Test("history against the program's rules is found, and nothing else is", arguments: cases)
    func found(finding: FindingCase) throws {
        var ledger = try TestLedger()
        try finding.record(&ledger)
        #expect(ledger.state.findings.map(\.code) == finding.codes)
    }
}
