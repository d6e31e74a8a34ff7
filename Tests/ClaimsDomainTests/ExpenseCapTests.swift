import ClaimsDomain
import ClaimsTestSupport
import Testing

/// Caps by type of expense and by traveller; the conference of domain facts c3.
@Suite struct ExpenseCapTests {
    private static let travel = ["hotel", "air"]

    /// 5,000 USD a person, three attendees, 45,000 USD a period, as the catalogue has them.
    static let conference: [Cap] = [
        Cap(limit: .attendees(3), per: .claim, expenses: travel + ["registration"]),
        Cap(limit: .fixedAmount(usd(500_000)), per: .person, expenses: travel),
        Cap(limit: .fixedAmount(usd(4_500_000)), per: .usagePeriod, expenses: travel),
    ]

    private static func trip(_ traveller: String?, _ cents: Int64, _ type: String = "hotel")
        -> ClaimExpense
    {
        ClaimExpense(type: type, amountMinorUnits: cents, traveller: traveller)
    }

    private static func draft(_ expenses: [ClaimExpense]) -> ClaimCreated {
        var draft = Samples.draft(usd(expenses.reduce(0) { $0 + $1.amountMinorUnits }))
        draft.expenses = expenses
        return draft
    }

    private static let four = [
        trip("t-1", 620_000), trip("t-2", 410_000), trip("t-3", 500_000), trip("t-4", 390_000),
    ]

    /// Expenses, what the account has approved before, and up to how much an approval passes.
    struct Row: Sendable {
        let expenses: [ClaimExpense]
        var before: [[ClaimExpense]] = []
        var caps = conference
        let left: Int64
    }

    static let rows: [Row] = [
        // 6,200 / 4,100 / 5,000 / 3,900: the first three, 5,000 each at most: 14,100 of 19,200.
        Row(expenses: four, left: 1_410_000),
        Row(expenses: Array(four.prefix(1)), left: 500_000),
        Row(expenses: Array(four.suffix(3)), left: 1_300_000),
        // A registration is no travel: it counts beside the 5,000, but for three people only.
        Row(expenses: four + [trip("t-1", 80_000, "registration")], left: 1_490_000),
        Row(expenses: four + [trip("t-4", 80_000, "registration")], left: 1_410_000),
        Row(expenses: four + [trip(nil, 80_000, "registration")], left: 1_490_000),
        // Two expenses of one traveller share the 5,000.
        Row(expenses: [trip("t-1", 300_000), trip("t-1", 300_000, "air")], left: 500_000),
        // 36,000.00 used leaves 9,000.00 of the period.
        Row(
            expenses: [trip("t-1", 500_000), trip("t-2", 500_000)],
            before: [
                [trip(nil, 1_500_000)], [trip(nil, 1_500_000)], [trip(nil, 600_000)],
            ], left: 900_000),
        // Of claims before, only what the cap counts uses it.
        Row(
            expenses: [trip("t-1", 500_000), trip("t-2", 500_000)],
            before: [[trip(nil, 4_000_000), trip(nil, 500_000, "registration")]], left: 500_000),
        Row(
            expenses: [trip(nil, 500_000), trip(nil, 70_000, "registration")],
            caps: [Cap(limit: .fixedAmount(usd(100_000)), per: .claim, expenses: travel)],
            left: 170_000),
    ]

    @Test("an approval stays within what its expenses leave", arguments: rows)
    func cap(row: Row) throws {
        let program = Samples.capped(row.caps)
        var ledger = try TestLedger(publishing: [program], earned: nil)
        let source = Samples.source(in: program)
        for (place, expenses) in row.before.enumerated() {
            let draft = Self.draft(expenses)
            let steps: [EventPayload] = [
                .claimCreated(draft), .claimSubmitted(amount: draft.amount), .claimReviewStarted,
                .claimApproved(amount: draft.amount, reason: nil),
            ]
            for step in steps {
                try ledger.record(step, subject: "CLM-\(place + 2)", source: source)
            }
        }
        try ledger.bring(to: .underReview, Self.draft(row.expenses), in: program)
        func rule(_ cents: Int64) -> String? {
            ledger.refusal(
                of: .claim(Samples.claim, .approve(amount: usd(cents), reason: nil)))?.rule
        }
        #expect(rule(row.left) == nil)
        #expect(rule(row.left + 1) == "within_cap")
    }

    @Test("the refusal names the cap with its types and what it leaves")
    func words() throws {
        let program = Samples.capped(Self.conference)
        var ledger = try TestLedger(publishing: [program], earned: nil)
        try ledger.bring(to: .underReview, Self.draft(Self.four), in: program)
        #expect(
            ledger.refusal(
                of: .claim(Samples.claim, .approve(amount: usd(1_500_000), reason: nil)))?
                .description == """
                    the amount is 15000.00 USD; the cap of 5000.00 USD per person for 'hotel', \
                    'air' leaves 14100.00 USD (rule within_cap: 'activities.caps' of program \
                    'csp-capped', version '1')
                    """)
    }
}
