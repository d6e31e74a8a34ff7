import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct FundBalanceTests {
    /// Domain facts c3: earned 20,000.00; A paid, B approved, C under review, D rejected.
    static func life() throws -> TestLedger {
        var ledger = try TestLedger()
        try ledger.bring(ClaimID("A"), to: PaymentState.paid, Samples.draft(usd(600_000)))
        try ledger.bring(ClaimID("B"), to: .approved, Samples.draft(usd(550_000)))
        try ledger.bring(ClaimID("C"), to: .underReview, Samples.draft(usd(400_000)))
        try ledger.bring(ClaimID("D"), to: .rejected, Samples.draft(usd(300_000)))
        return ledger
    }

    @Test("a fund's life adds up as worked out by hand")
    func fundLife() throws {
        let balance = try Self.life().balance()
        #expect(balance.earned == 2_000_000)
        #expect(balance.approved == 1_150_000)
        #expect(balance.paid == 600_000)
        #expect(balance.due == 550_000)
        #expect(balance.reserved == 400_000)
        #expect(balance.claimed == 1_550_000)
        #expect(balance.available(afterDeadline: false) == 450_000)
        #expect(balance.isBalanced)
    }

    @Test("what is left after the deadline is expired, also what is released only then")
    func expiry() throws {
        var approved = try Self.life()
        try approved.perform(.approve(amount: nil, reason: nil), on: ClaimID("C"))
        #expect(approved.balance().approved == 1_550_000)
        #expect(approved.balance().expired(afterDeadline: true) == 450_000)
        #expect(approved.balance().available(afterDeadline: true) == 0)
        #expect(approved.balance().expired(afterDeadline: false) == 0)
        var rejected = try Self.life()
        try rejected.perform(
            .reject(reasons: ["late"]), on: ClaimID("C"), at: Samples.firstDeadline)
        #expect(rejected.balance().expired(afterDeadline: true) == 850_000)
        #expect(rejected.findings == [])
    }

    @Test("an overdrawn fund has nothing to expire and stays overdrawn")
    func overdrawn() {
        var balance = FundBalance()
        balance.move(5, from: .available, to: .approved)
        for isLate in [false, true] {
            #expect(balance.expired(afterDeadline: isLate) == 0)
            #expect(balance.available(afterDeadline: isLate) == -5)
        }
        #expect(balance.isBalanced)
    }

    static let moves: [(from: Bucket, to: Bucket, change: [Bucket: Int64])] = [
        (.earned, .available, [.earned: 9, .available: 9]),
        (.adjusted, .available, [.adjusted: 9, .available: 9]),
        (.rolledIn, .available, [.rolledIn: 9, .available: 9]),
        (.available, .rolledOut, [.available: -9, .rolledOut: 9]),
        (.available, .converted, [.available: -9, .converted: 9]),
        (.available, .reserved, [.available: -9, .reserved: 9, .claimed: 9]),
        (.reserved, .available, [.available: 9, .reserved: -9, .claimed: -9]),
        (.reserved, .approved, [.reserved: -9, .approved: 9, .due: 9]),
        (.approved, .reserved, [.reserved: 9, .approved: -9, .due: -9]),
        (.available, .approved, [.available: -9, .approved: 9, .due: 9, .claimed: 9]),
        (.approved, .available, [.available: 9, .approved: -9, .due: -9, .claimed: -9]),
        (.due, .paid, [.due: -9, .paid: 9]), (.paid, .due, [.due: 9, .paid: -9]),
    ]

    @Test(
        "a posting changes exactly the buckets it names and what is derived from them",
        arguments: moves)
    func move(from: Bucket, to: Bucket, change: [Bucket: Int64]) {
        var balance = FundBalance()
        balance.move(9, from: from, to: to)
        let found: [Bucket: Int64] = [
            .earned: balance.earned, .adjusted: balance.adjusted, .rolledIn: balance.rolledIn,
            .rolledOut: balance.rolledOut, .converted: balance.converted,
            .available: balance.available(afterDeadline: false), .reserved: balance.reserved,
            .approved: balance.approved, .due: balance.due, .paid: balance.paid,
            .claimed: balance.claimed,
        ]
        #expect(found.filter { $0.value != 0 } == change)
        #expect(balance.isBalanced)
        balance.move(-9, from: from, to: to)
        #expect(balance == FundBalance())
    }

    @Test("the sum of accounts is the sum of each bucket")
    func sum() throws {
        var ledger = try Self.life()
        try ledger.record(
            .fundsAdjusted(FundsAdjusted(amount: usd(-7), reasonCode: "ops", reason: "why")))
        try ledger.record(.fundsConverted(FundsConverted(amount: usd(11), reason: "below")))
        try ledger.record(
            .fundsRolledOver(
                FundsRolledOver(amount: usd(13), toPeriod: Samples.secondPeriod, reason: "unused")))
        let first = ledger.balance()
        let second = try #require(ledger.state.accounts.last?.balance)
        var sum = first
        sum.add(second)
        #expect(sum.earned == 2_000_000)
        #expect(sum.adjusted == -7)
        #expect(sum.converted == 11)
        #expect(sum.rolledOut == 13)
        #expect(sum.rolledIn == 13)
        #expect(sum.reserved == 400_000)
        #expect(sum.approved == 1_150_000)
        #expect(sum.paid == 600_000)
        #expect(sum.unclaimed == 450_000 - 7 - 11)
        #expect(sum.isBalanced)
    }

    @Test("a bucket beyond 64 bits is told, and nothing traps")
    func overflow() {
        var balance = FundBalance()
        balance.move(.max, from: .earned, to: .available)
        #expect(!balance.overflowed)
        balance.move(1, from: .earned, to: .available)
        #expect(balance.overflowed)
        #expect(balance.isBalanced)
        var sum = FundBalance()
        sum.add(balance)
        #expect(sum.overflowed)
        var large = FundBalance()
        large.move(.max, from: .available, to: .reserved)
        large.move(1, from: .available, to: .approved)
        #expect(!large.overflowed)
        #expect(large.claimed == .max)
        large.move(.max, from: .paid, to: .due)
        #expect(large.due == .max)
        #expect(large.isBalanced)
        sum.add(large)
        #expect(sum.overflowed)
    }
}
