import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("FundBalances")
struct FundBalancesTests {
    /// The figures of a row in the order of the identity, then what follows from them.
    private static func figures(_ row: BalanceRow) -> [Int64] {
        let balance = row.balance
        return [
            balance.earned, balance.adjusted, balance.rolledIn, balance.rolledOut,
            balance.converted, row.available, balance.reserved, balance.approved, row.expired,
            balance.paid, balance.due, balance.claimed,
        ]
    }

    private static func isBalanced(_ row: BalanceRow) -> Bool {
        let balance = row.balance
        return balance.earned + balance.adjusted + balance.rolledIn - balance.rolledOut
            - balance.converted == row.available + balance.reserved + balance.approved + row.expired
    }

    private static func adjusted(_ amount: Money) -> EventPayload {
        .fundsAdjusted(FundsAdjusted(amount: amount, reasonCode: "ops", reason: "a correction"))
    }

    /// Every movement there is, in the account of the partner and the first period.
    private static func busyHistory() throws -> History {
        var history = try History()
        try history.earn(usd(1_000_00))
        try history.fund(adjusted(usd(-50_00)))
        try history.fund(adjusted(usd(20_00)))
        try history.fund(.fundsConverted(FundsConverted(amount: usd(30_00), reason: "threshold")))
        let rolled = FundsRolledOver(
            amount: usd(100_00), toPeriod: Samples.secondPeriod, reason: "unused")
        try history.fund(.fundsRolledOver(rolled))
        try history.claim("CLM-1", draft(usd(200_00)))
        try history.claim("CLM-1", .claimSubmitted(amount: usd(200_00)))
        try history.claim("CLM-2", draft(usd(300_00)))
        try history.claim("CLM-2", .claimSubmitted(amount: usd(300_00)))
        try history.claim(
            "CLM-2", .claimApproved(amount: usd(250_00), reason: nil), by: Samples.reviewer)
        let paid = Reimbursed(
            amount: usd(150_00), paymentReference: "PAY-1", paidOn: Samples.day("2020-04-17"))
        try history.claim("CLM-2", .claimReimbursed(paid), by: Samples.reviewer)
        return history
    }

    @Test("each bucket holds what was posted to it, and the deadline is the period's")
    func buckets() throws {
        let rows = FundBalances(try Self.busyHistory().replay()).rows
        try #require(rows.count == 2)
        #expect(
            Self.figures(rows[0]) == [
                1_000_00, -30_00, 0, 100_00, 30_00, 390_00, 200_00, 250_00, 0, 150_00, 100_00,
                450_00,
            ])
        #expect(Self.figures(rows[1]) == [0, 0, 100_00, 0, 0, 100_00, 0, 0, 0, 0, 0, 0])
        #expect(rows.map(\.period) == [Samples.firstPeriod, Samples.secondPeriod])
        #expect(rows.map(\.deadline) == [Samples.day("2020-08-15"), Samples.day("2021-02-15")])
        #expect(rows.map(\.program) == [History.program.id, History.program.id])
        #expect(rows.map(\.partner) == [Samples.partner, Samples.partner])
        #expect(rows.allSatisfy(Self.isBalanced))
    }

    static let expiries: [(asOf: Instant, available: Int64, expired: Int64)] = [
        (Samples.firstDeadline.adding(milliseconds: -1), 390_00, 0),
        (Samples.firstDeadline, 0, 390_00),
        (Instant(startOf: Samples.day("2021-03-01")), 0, 390_00),
    ]

    @Test("what is left expires at the first moment after the deadline", arguments: expiries)
    func expiry(asOf: Instant, available: Int64, expired: Int64) throws {
        let rows = FundBalances(try Self.busyHistory().replay(asOf: asOf)).rows
        #expect((rows[0].available, rows[0].expired) == (available, expired))
        // What is claimed does not expire.
        #expect(rows[0].balance.claimed == 450_00)
        #expect(rows.allSatisfy(Self.isBalanced))
    }

    @Test("what is released only after the deadline reads as expired")
    func releasedLate() throws {
        var history = try Self.busyHistory()
        let late = Samples.firstDeadline.adding(milliseconds: 1)
        try history.claim(
            "CLM-1", .claimRejected(reasons: ["no invoice"]), at: late, by: Samples.reviewer)
        let row = FundBalances(history.replay()).rows[0]
        #expect((row.available, row.expired, row.balance.reserved) == (0, 590_00, 0))
    }

    @Test("an overdrawn account stays negative, before and after its deadline")
    func negative() throws {
        var history = try History()
        try history.earn(usd(100))
        try history.fund(Self.adjusted(usd(-250)))
        for instant in [Samples.firstDeadline.adding(milliseconds: -1), Samples.firstDeadline] {
            let row = FundBalances(history.replay(asOf: instant)).rows[0]
            #expect((row.available, row.expired) == (-150, 0))
            #expect(Self.isBalanced(row))
        }
    }

    @Test("an account of a period that no rules know has no deadline and never expires")
    func unknownPeriod() throws {
        var history = try History()
        try history.earn(usd(100), period: PeriodLabel("FY99-H9"))
        let far = Instant(startOf: Samples.day("2099-01-01"))
        let row = FundBalances(history.replay(asOf: far)).rows[0]
        #expect((row.deadline, row.available, row.expired) == (nil, 100, 0))
    }

    /// Two programs, two partners, two periods and three currencies, each account with its own sum.
    private static func wideHistory() throws -> History {
        var history = try History()
        var units: Int64 = 1
        for code in ["USD", "JPY", "EUR"] {
            for period in [Samples.secondPeriod, Samples.firstPeriod] {
                for partner in [Samples.otherPartner, Samples.partner] {
                    for program in [History.programWithoutFund, History.program] {
                        try history.earn(
                            money(units, code), program: program, partner: partner, period: period)
                        units *= 2
                    }
                }
            }
        }
        return history
    }

    @Test("accounts stand by program, partner, period and currency")
    func order() throws {
        let rows = FundBalances(try Self.wideHistory().replay()).rows
        let names = rows.map {
            [$0.program?.text, $0.partner?.text, $0.period?.text, $0.currency.code]
                .compactMap { $0 }.joined(separator: "/")
        }
        #expect(names.count == 24)
        #expect(names.first == "csp-indirect/4567890/FY20-H1/EUR")
        #expect(names.last == "osa-sell/7654321/FY20-H2/USD")
        #expect(names == names.sorted())
    }

    @Test(
        "a grouping sums each account once, within its currency",
        arguments: BalanceGrouping.allCases)
    func grouping(_ grouping: BalanceGrouping) throws {
        let replay = try Self.wideHistory().replay()
        let accounts = FundBalances(replay).rows
        let groups = FundBalances(replay, grouping: grouping).rows
        func name(_ row: BalanceRow) -> String? {
            switch grouping {
            case .program: row.program?.text
            case .partner: row.partner?.text
            case .period: row.period?.text
            }
        }
        #expect(groups.count == 6)
        for group in groups {
            let own = accounts.filter { name($0) == name(group) && $0.currency == group.currency }
            #expect(own.count == 4)
            #expect(group.balance.earned == own.reduce(0) { $0 + $1.balance.earned })
            #expect(group.deadline == nil)
            #expect(Self.isBalanced(group))
            let named = [group.program?.text, group.partner?.text, group.period?.text]
            #expect(named.compactMap { $0 } == [name(group)])
        }
        let order = groups.map { "\(name($0) ?? "")/\($0.currency)" }
        #expect(order == order.sorted())
        #expect(Set(order).count == 6)
    }

    @Test("in a group only what each account has left expires")
    func groupedExpiry() throws {
        var history = try History()
        try history.earn(usd(100))
        try history.fund(Self.adjusted(usd(-30)), partner: Samples.otherPartner)
        try history.earn(usd(5), period: Samples.secondPeriod)
        let replay = history.replay(asOf: Samples.firstDeadline)
        let row = try #require(FundBalances(replay, grouping: .program).rows.first)
        // 100 are lost, 5 can still be claimed, 30 are missing.
        #expect((row.expired, row.available) == (100, -25))
        #expect(Self.isBalanced(row))
    }

    static let filters: [(name: String, selection: Selection, accounts: Int)] = [
        ("nothing", Selection(), 24),
        ("program", selection { $0.program = History.program.id }, 12),
        ("partner", selection { $0.partner = Samples.otherPartner }, 12),
        ("period", selection { $0.period = Samples.firstPeriod }, 12),
        (
            "all three",
            selection {
                $0.program = History.program.id
                $0.partner = Samples.partner
                $0.period = Samples.firstPeriod
            }, 3
        ),
        ("nobody", selection { $0.partner = PartnerID("nobody") }, 0),
    ]

    @Test("a selection picks its accounts, alone and before they are summed", arguments: filters)
    func filter(name: String, selection: Selection, accounts: Int) throws {
        let replay = try Self.wideHistory().replay()
        let rows = FundBalances(replay, selection: selection).rows
        #expect(rows.count == accounts)
        for row in rows {
            if let program = selection.program { #expect(row.program == program) }
            if let partner = selection.partner { #expect(row.partner == partner) }
            if let period = selection.period { #expect(row.period == period) }
        }
        let sums = FundBalances(replay, selection: selection, grouping: .period).rows
        #expect(
            sums.reduce(0) { $0 + $1.balance.earned } == rows.reduce(0) { $0 + $1.balance.earned })
    }
}
