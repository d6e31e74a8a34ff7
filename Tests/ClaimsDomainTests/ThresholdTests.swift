import ClaimsDomain
import ClaimsTestSupport
import Testing

/// Co-op shares of earnings, and the threshold at the end of the earning period.
@Suite struct ThresholdTests {
    static func program(
        _ threshold: Int64?, _ rounding: Rounding = .halfUp, _ basis: ThresholdBasis = .rounded
    ) -> Program {
        var program = Samples.program("csp-threshold")
        program.threshold = threshold.map { usd($0) }
        program.rounding = rounding
        program.thresholdBasis = basis
        return program
    }

    private static func fund(_ command: FundCommand) -> Command {
        .fund(
            command, program: ProgramID("csp-threshold"), partner: Samples.partner,
            period: Samples.firstPeriod)
    }

    private static func earn(_ eligible: Money) -> Command {
        fund(.earnShare(of: eligible, earnedOn: Samples.day("2019-12-31")))
    }

    private static let convert = fund(.convertBelowThreshold())

    private static let account = FundAccount(
        program: ProgramID("csp-threshold"), partner: Samples.partner,
        period: Samples.firstPeriod, currency: usd(0).currency)

    /// The worked numbers of domain facts c3: eligible earnings by line, and what becomes of them.
    struct Row: Sendable {
        let lines: [Int64]
        let threshold: Int64
        var rounding = Rounding.halfUp
        var basis = ThresholdBasis.rounded
        let usable: Int64
        let rebate: Int64
    }

    static let rows: [Row] = [
        Row(lines: [2_500_000], threshold: 1_000_000, usable: 1_000_000, rebate: 1_500_000),
        Row(lines: [2_499_998], threshold: 1_000_000, usable: 0, rebate: 2_499_998),
        // The edge: 9,999.996 is 10,000.00 rounded first, and below when tested before.
        Row(lines: [2_499_999], threshold: 1_000_000, usable: 1_000_000, rebate: 1_499_999),
        Row(
            lines: [2_499_999], threshold: 1_000_000, basis: .unrounded, usable: 0,
            rebate: 2_499_999),
        Row(
            lines: [2_499_999], threshold: 1_000_000, rounding: .down, usable: 0,
            rebate: 2_499_999),
        Row(
            lines: [2_500_000], threshold: 1_000_000, basis: .unrounded, usable: 1_000_000,
            rebate: 1_500_000),
        // Six lines of 1,666.668: 10,000.02 by line, 10,000.008 in total.
        Row(
            lines: Array(repeating: 416_667, count: 6), threshold: 1_000_002, usable: 1_000_002,
            rebate: 1_500_000),
        Row(
            lines: Array(repeating: 416_667, count: 6), threshold: 1_000_001, basis: .unrounded,
            usable: 0, rebate: 2_500_002),
        Row(
            lines: Array(repeating: 416_667, count: 6), threshold: 1_000_000, basis: .unrounded,
            usable: 1_000_002, rebate: 1_500_000),
        Row(lines: [375_000], threshold: 150_000, usable: 150_000, rebate: 225_000),
        Row(lines: [374_998], threshold: 150_000, usable: 0, rebate: 374_998),
        Row(lines: [6_123_457], threshold: 1_000_000, usable: 2_449_383, rebate: 3_674_074),
        Row(lines: [5_000_000], threshold: 1_000_000, usable: 2_000_000, rebate: 3_000_000),
    ]

    @Test("of eligible earnings no cent is lost, and co-op below becomes rebate", arguments: rows)
    func worked(row: Row) throws {
        let program = Self.program(row.threshold, row.rounding, row.basis)
        var ledger = try TestLedger(publishing: [program], earned: nil)
        var rebate: Int64 = 0
        for line in row.lines {
            let made = try ledger.perform(Self.earn(usd(line)))
            guard case .fundsEarned(let earned)? = made.first?.event.content.payload else {
                Issue.record("nothing earned")
                return
            }
            rebate += try #require(earned.rebate).minorUnits
        }
        let isBelow = ledger.refusal(of: Self.convert) == nil
        #expect(isBelow == (row.usable == 0))
        if isBelow { try ledger.perform(Self.convert) }
        let balance = ledger.balance(Self.account)
        #expect(balance.available(afterDeadline: false) == row.usable)
        #expect(rebate + balance.converted == row.rebate)
        #expect(row.usable + row.rebate == row.lines.reduce(0, +))
        #expect(balance.isBalanced)
        #expect(ledger.findings == [])
    }

    @Test("a conversion that computes its amount says why, word for word")
    func reason() throws {
        var ledger = try TestLedger(
            publishing: [Self.program(1_000_000, .halfUp, .unrounded)], earned: nil)
        try ledger.perform(Self.earn(usd(2_499_999)))
        let made = try ledger.perform(Self.convert)
        #expect(
            made.map(\.event.content.payload) == [
                .fundsConverted(
                    FundsConverted(
                        amount: usd(1_000_000),
                        reason: "co-op earned is 10000.00 USD (9999.996 before rounding), "
                            + "the threshold is 10000.00 USD (program csp-threshold, version 1)"))
            ])
    }

    @Test("restated earnings count, what was converted before is not converted again")
    func restated() throws {
        var ledger = try TestLedger(publishing: [Self.program(1_000_000)], earned: nil)
        try ledger.perform(Self.earn(usd(2_500_000)))
        #expect(ledger.refusal(of: Self.convert)?.rule == "below_threshold")
        func adjust(_ cents: Int64) throws {
            let restated = FundsAdjusted(
                amount: usd(cents), reasonCode: "previous_period", reason: "restated")
            try ledger.perform(Self.fund(.adjust(restated)))
        }
        try adjust(-1)
        try ledger.perform(Self.convert)
        #expect(ledger.balance(Self.account).converted == 999_999)
        #expect(ledger.refusal(of: Self.convert)?.rule == "left_to_convert")
        try adjust(-500)
        try adjust(500)
        #expect(ledger.refusal(of: Self.convert)?.rule == "left_to_convert")
    }

    @Test("what a claim has reserved cannot be converted: the figures are told")
    func reserved() throws {
        let program = Self.program(1_000_000)
        var ledger = try TestLedger(publishing: [program], earned: nil)
        try ledger.perform(Self.earn(usd(1_000_000)))
        try ledger.bring(to: .submitted, Samples.draft(usd(100_000)), in: program)
        #expect(
            ledger.refusal(of: Self.convert)
                == .exceedsFund(
                    amount: usd(400_000), available: usd(300_000), account: Self.account))
    }

    /// A command on a fund with 25,000.00 USD of earnings.
    private static func refusal(
        _ rule: String, _ text: String, _ program: Program, at: String? = nil, earned: Int64,
        converted: Bool = false, _ command: Command = convert
    ) -> RefusalCase {
        RefusalCase(rule, text: text, at: at.map(Samples.instant)) { ledger in
            try ledger.perform(.publish(program), at: Samples.publishedAt)
            if earned > 0 { try ledger.perform(earn(usd(earned)), at: Samples.publishedAt) }
            if converted { try ledger.perform(convert) }
            return command
        }
    }

    static let refusals: [RefusalCase] = [
        refusal(
            "threshold_set",
            "program 'csp-threshold', version '1', has no threshold in USD; give the amount to "
                + "convert and the reason (rule threshold_set)", program(nil), earned: 1_000),
        refusal(
            "earning_period_over",
            "it is 2019-12-31T23:59:59.999Z; funds of usage period 'FY20-H1' are earned until the "
                + "end of 2019-12-31, the threshold counts after that (rule earning_period_over)",
            program(1_000_000), at: "2019-12-31T23:59:59.999Z", earned: 1_000),
        refusal(
            "below_threshold",
            "fund csp-threshold/4567890/FY20-H1/USD is not below the threshold: co-op earned is "
                + "10000.00 USD, the threshold is 10000.00 USD; to convert it all the same, give "
                + "the amount and the reason (rule below_threshold)",
            program(1_000_000), at: "2020-01-01T00:00:00Z", earned: 2_500_000),
        refusal(
            "left_to_convert",
            "fund csp-threshold/4567890/FY20-H1/USD has nothing left to convert: co-op earned is "
                + "4.00 USD, the threshold is 10000.00 USD, 4.00 USD converted before "
                + "(rule left_to_convert)", program(1_000_000), earned: 1_000, converted: true),
        refusal(
            "amount_positive",
            "the amount is 0.00 USD; it has to be more than zero (rule amount_positive)",
            program(nil), earned: 0, earn(usd(1))),
    ]
}
