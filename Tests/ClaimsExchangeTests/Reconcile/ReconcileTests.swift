import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("Holding a payments report against the ledger")
struct ReconcileTests {
    private typealias Rows = PaymentsImportTests

    /// A payment of the ledger, with what came back of it.
    struct Paid {
        var reference: String
        var claim = "A"
        var cents: Int64
        var day = "2020-03-10"
        var payout: Money?
        var reversed: Int64 = 0
    }

    private static func reconcile(
        _ rows: [String], _ payments: [Paid], _ scope: ReconciliationScope = .init(),
        at viewpoint: Viewpoint = Viewpoint()
    ) throws -> Reconciliation {
        let desk = try ReportDesk()
        for claim in Set(payments.map(\.claim)).sorted() { try desk.approve(claim, usd(100_000)) }
        for paid in payments {
            try desk.pay(
                paid.claim, usd(paid.cents), paid.reference, on: paid.day, payout: paid.payout)
            guard paid.reversed > 0 else { continue }
            let back = ReimbursementReversed(
                amount: usd(paid.reversed), paymentReference: paid.reference, reason: "back")
            try desk.record([
                (.claimReimbursementReversed(back), paid.claim, ReportDesk.source)
            ])
        }
        try desk.desk.write(Rows.header + rows.joined(), to: "p.csv")
        return try PaymentsReport.reconcile(
            desk.desk.path("p.csv"), with: desk.desk.ledger, ReportMapping(), scope,
            at: viewpoint
        ).value
    }

    /// What a comparison says, on a line.
    private static func told(_ found: Reconciliation) -> [String] {
        found.rows.map { row in
            [
                row.kind.rawValue, row.payments.joined(separator: "+"),
                row.claims.map(\.text).joined(separator: "+"),
                row.reportAmount?.decimal ?? "-", row.ledgerAmount?.decimal ?? "-",
                row.difference?.decimal ?? "-", row.detail,
            ].joined(separator: " | ")
        }
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let rows: [String]
        let payments: [Paid]
        let told: [String]
        var agrees = true
    }

    private static let adds = "under different ids; the amounts add up in this way only"

    static let cases: [Case] = [
        Case(
            testDescription: "one to one", rows: [Rows.row("P", "5")],
            payments: [Paid(reference: "P", cents: 500)],
            told: ["matched | P | A | 5.00 | 5.00 | 0.00 | "]),
        Case(
            testDescription: "one payment for several", rows: [Rows.row("P", "5")],
            payments: [
                Paid(reference: "P", cents: 200), Paid(reference: "P", claim: "B", cents: 300),
            ], told: ["one_payment_for_several | P | A+B | 5.00 | 5.00 | 0.00 | "]),
        Case(
            testDescription: "one payment on two rows",
            rows: [Rows.row("P", "2", claim: "A"), Rows.row("P", "3", claim: "A")],
            payments: [Paid(reference: "P", cents: 500)],
            told: ["matched | P | A | 5.00 | 5.00 | 0.00 | "]),
        Case(
            testDescription: "several payments for one",
            rows: [Rows.row("P", "2"), Rows.row("Q", "3"), Rows.row("R", "9")],
            payments: [Paid(reference: "X", cents: 500)],
            told: [
                "several_payments_for_one | P+Q+X | A | 5.00 | 5.00 | 0.00 | \(adds)",
                "report_only | R |  | 9.00 | - | 9.00 | ",
            ], agrees: false),
        Case(
            testDescription: "several payments for one of which one has the same id",
            rows: [Rows.row("P", "2"), Rows.row("Q", "3")],
            payments: [Paid(reference: "P", cents: 500)],
            told: ["several_payments_for_one | P+Q | A | 5.00 | 5.00 | 0.00 | \(adds)"]),
        Case(
            testDescription: "one payment for several under other references",
            rows: [Rows.row("P", "5")],
            payments: [
                Paid(reference: "P", cents: 200), Paid(reference: "Q", claim: "B", cents: 300),
            ], told: ["one_payment_for_several | P+Q | A+B | 5.00 | 5.00 | 0.00 | \(adds)"]),
        Case(
            testDescription: "sums that fit in two ways are not taken",
            rows: [Rows.row("P", "2"), Rows.row("Q", "3"), Rows.row("R", "3")],
            payments: [Paid(reference: "X", cents: 500)],
            told: [
                "ledger_only | X | A | - | 5.00 | -5.00 | ",
                "report_only | P |  | 2.00 | - | 2.00 | ",
                "report_only | Q |  | 3.00 | - | 3.00 | ",
                "report_only | R |  | 3.00 | - | 3.00 | ",
            ], agrees: false),
        Case(
            testDescription: "by the claim the report names",
            rows: [Rows.row("P", "5", claim: "A")],
            payments: [Paid(reference: "X", cents: 500)],
            told: ["matched | P+X | A | 5.00 | 5.00 | 0.00 | by claim; the ids differ"]),
        Case(
            testDescription: "a difference that is the withheld tax",
            rows: [Rows.row("P", "5", tax: "0.50")],
            payments: [Paid(reference: "P", cents: 450)],
            told: [
                "amount_differs_by_tax | P | A | 5.00 | 4.50 | 0.50 | less withheld tax 0.50 USD"
            ]),
        Case(
            testDescription: "a difference that is none",
            rows: [Rows.row("P", "5", tax: "0.50")],
            payments: [Paid(reference: "P", cents: 460)],
            told: ["amount_differs | P | A | 5.00 | 4.60 | 0.40 | "], agrees: false),
        Case(
            testDescription: "another currency", rows: [Rows.row("P", "5", currency: "EUR")],
            payments: [Paid(reference: "P", cents: 500)],
            told: ["currency_differs | P | A | 5.00 | 5.00 | - | "], agrees: false),
        Case(
            testDescription: "another currency, the same paid out",
            rows: [Rows.row("P", "4", currency: "EUR", total: "4", paid: "EUR")],
            payments: [Paid(reference: "P", cents: 500, payout: eur(400))],
            told: ["matched | P | A | 4.00 | 5.00 | - | 4.00 EUR paid out on both sides"]),
        Case(
            testDescription: "in the ledger only", rows: [],
            payments: [Paid(reference: "P", cents: 500)],
            told: ["ledger_only | P | A | - | 5.00 | -5.00 | "], agrees: false),
        Case(
            testDescription: "in the report only", rows: [Rows.row("P", "5")], payments: [],
            told: ["report_only | P |  | 5.00 | - | 5.00 | "], agrees: false),
        Case(
            testDescription: "not sent, and not in the ledger",
            rows: [Rows.row("P", "5", status: "In progress")], payments: [], told: []),
        Case(
            testDescription: "not sent, and paid in the ledger",
            rows: [Rows.row("P", "5", status: "In progress")],
            payments: [Paid(reference: "P", cents: 500)],
            told: ["status_disagrees | P | A | 0.00 | 5.00 | -5.00 | not sent by the report"],
            agrees: false),
        Case(
            testDescription: "came back, and paid in the ledger",
            rows: [Rows.row("P", "5", status: "Rejected")],
            payments: [Paid(reference: "P", cents: 500)],
            told: ["status_disagrees | P | A | 0.00 | 5.00 | -5.00 | came back by the report"],
            agrees: false),
        Case(
            testDescription: "sent, and reversed in the ledger", rows: [Rows.row("P", "5")],
            payments: [Paid(reference: "P", cents: 500, reversed: 500)],
            told: [
                "status_disagrees | P | A | 5.00 | 0.00 | 5.00 | "
                    + "reversed in the ledger, sent by the report"
            ], agrees: false),
        Case(
            testDescription: "came back on both sides",
            rows: [Rows.row("P", "5", status: "Incorrect payment")],
            payments: [Paid(reference: "P", cents: 500, reversed: 500)],
            told: ["matched | P | A | 0.00 | 0.00 | 0.00 | undone on both sides"]),
        Case(
            testDescription: "sent, back and sent again",
            rows: [
                Rows.row("P", "5"), Rows.row("P", "5", status: "Reversed", on: "2020-03-12"),
                Rows.row("P", "5", on: "2020-04-10"),
            ],
            payments: [
                Paid(reference: "P", cents: 500, reversed: 500),
                Paid(reference: "P", cents: 500, day: "2020-04-10"),
            ], told: ["matched | P | A | 5.00 | 5.00 | 0.00 | "]),
        Case(
            testDescription: "seen twice in the report",
            rows: [Rows.row("P", "5"), Rows.row("P", "5")],
            payments: [Paid(reference: "P", cents: 500)],
            told: [
                "matched | P | A | 5.00 | 5.00 | 0.00 | ",
                "seen_twice | P |  | 5.00 | - | 5.00 | the report says so on line 2 already",
            ], agrees: false),
        Case(
            testDescription: "seen twice in the ledger", rows: [Rows.row("P", "5")],
            payments: [Paid(reference: "P", cents: 500), Paid(reference: "P", cents: 500)],
            told: [
                "matched | P | A | 5.00 | 5.00 | 0.00 | ",
                "seen_twice | P | A | - | 5.00 | -5.00 | "
                    + "the ledger has this payment of the claim already",
            ], agrees: false),
        Case(
            testDescription: "of another partner",
            rows: [Rows.row("P", "5", partner: "200")],
            payments: [Paid(reference: "P", cents: 500)],
            told: [
                "ledger_only | P | A | - | 5.00 | -5.00 | ",
                "report_only | P |  | 5.00 | - | 5.00 | ",
            ], agrees: false),
        Case(
            testDescription: "a program nobody knows",
            rows: [Rows.row("P", "5", program: "elsewhere")], payments: [],
            told: ["report_only | P |  | 5.00 | - | 5.00 | "], agrees: false),
        Case(testDescription: "nothing on both sides", rows: [], payments: [], told: []),
    ]

    @Test("every class, with both sides and the difference", arguments: cases)
    func kinds(example: Case) throws {
        let found = try Self.reconcile(example.rows, example.payments)
        #expect(Self.told(found) == example.told)
        #expect(found.agrees == example.agrees)
    }

    @Test("every class is in the cases")
    func covered() {
        let told = Self.cases.flatMap(\.told).joined(separator: "\n")
        for kind in ReconciliationClass.allCases {
            #expect(told.contains("\(kind.rawValue) | "), "\(kind.rawValue)")
        }
    }

    @Test("program, partner and days limit both sides")
    func scope() throws {
        let rows = [Rows.row("P", "5"), Rows.row("Q", "6", on: "2020-04-10")]
        let payments = [
            Paid(reference: "P", cents: 500),
            Paid(reference: "R", claim: "B", cents: 700, day: "2020-04-11"),
        ]
        var scope = ReconciliationScope()
        scope.to = Samples.day("2020-03-31")
        #expect(
            Self.told(try Self.reconcile(rows, payments, scope)) == [
                "matched | P | A | 5.00 | 5.00 | 0.00 | "
            ])
        scope = ReconciliationScope()
        scope.from = Samples.day("2020-04-11")
        #expect(
            Self.told(try Self.reconcile(rows, payments, scope)) == [
                "ledger_only | R | B | - | 7.00 | -7.00 | "
            ])
        scope = ReconciliationScope()
        scope.partner = PartnerID("200")
        let none = try Self.reconcile(rows, payments, scope)
        #expect((none.rows.count, none.reportRows, none.ledgerPayments) == (0, 0, 0))
        scope = ReconciliationScope()
        scope.program = ProgramID("other")
        #expect(try Self.reconcile(rows, payments, scope).rows.isEmpty)
    }

    @Test("a row that cannot be read ends the comparison, with its line")
    func badRow() throws {
        let error = #expect(throws: LedgerError.self) {
            try Self.reconcile([Rows.row("P", "5"), Rows.row("Q", "five")], [])
        }
        #expect(
            error?.description.hasSuffix(
                """
                p.csv:3: error: earned is 'five', expected a decimal such as '1250.00'
                  at byte 212
                  fix: correct the row; a comparison that leaves rows out says nothing
                """) == true, "\(error?.description ?? "")")
        #expect(error?.category == .badData)
    }

    @Test("what was imported matches; what was known before it, does not")
    func imported() throws {
        let desk = try ReportDesk()
        try desk.approve("A", usd(500))
        let report = Rows.header + Rows.row("P", "5", claim: "A")
        let before = try desk.desk.ledger.head()
        #expect(try desk.importPayments(report).taken == 1)
        func reconcile(_ viewpoint: Viewpoint) throws -> [String] {
            Self.told(
                try PaymentsReport.reconcile(
                    desk.desk.path("payments.csv"), with: desk.desk.ledger, ReportMapping(),
                    ReconciliationScope(), at: viewpoint
                ).value)
        }
        #expect(try reconcile(Viewpoint()) == ["matched | P | A | 5.00 | 5.00 | 0.00 | "])
        let only = ["report_only | P | A | 5.00 | - | 5.00 | "]
        #expect(try reconcile(Viewpoint(knownAt: .sequence(before))) == only)
        let then = Samples.instant("2020-03-09T00:00:00Z")
        #expect(try reconcile(Viewpoint(asOf: then)) == only)
    }
}
