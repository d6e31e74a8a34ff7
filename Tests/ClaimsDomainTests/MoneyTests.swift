import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct MoneyTests {
    static let texts: [(text: String, code: String, units: Int64, shown: String)] = [
        ("1250", "USD", 125_000, "1250.00 USD"), ("1250.5", "USD", 125_050, "1250.50 USD"),
        ("-1250.00", "USD", -125_000, "-1250.00 USD"), ("0", "EUR", 0, "0.00 EUR"),
        ("-0", "EUR", 0, "0.00 EUR"), ("0.05", "USD", 5, "0.05 USD"),
        ("-0.05", "USD", -5, "-0.05 USD"), ("007.10", "USD", 710, "7.10 USD"),
        ("1250", "JPY", 1250, "1250 JPY"), ("-1", "JPY", -1, "-1 JPY"),
        ("1.25", "KWD", 1250, "1.250 KWD"), ("0.0001", "CLF", 1, "0.0001 CLF"),
        ("90071992547409.91", "USD", 9_007_199_254_740_991, "90071992547409.91 USD"),
        ("-90071992547409.91", "USD", -9_007_199_254_740_991, "-90071992547409.91 USD"),
        ("9007199254740991", "JPY", 9_007_199_254_740_991, "9007199254740991 JPY"),
    ]

    @Test("an amount reads as minor units and prints all its digits", arguments: texts)
    func text(text: String, code: String, units: Int64, shown: String) throws {
        let money = try Money(decimal: text, currency: Samples.currency(code))
        #expect(money.minorUnits == units)
        #expect(money.description == shown)
        #expect(try Money(decimal: money.decimal, currency: money.currency) == money)
    }

    static let refused: [(text: String, code: String, message: String)] = [
        ("", "USD", "amount '' is not a decimal number such as '1250.00'"),
        ("1,000", "USD", "amount '1,000' is not a decimal number such as '1250.00'"),
        ("1e3", "USD", "amount '1e3' is not a decimal number such as '1250.00'"),
        ("1.005", "USD", "amount '1.005' has more decimals than USD has (2)"),
        ("1.000", "USD", "amount '1.000' has more decimals than USD has (2)"),
        ("1.0", "JPY", "amount '1.0' has more decimals than JPY has (0)"),
        ("1.0000", "KWD", "amount '1.0000' has more decimals than KWD has (3)"),
        (
            "0.0000000000000000001", "USD",
            "amount '0.0000000000000000001' has more decimals than USD has (2)"
        ),
        (
            "90071992547409.92", "USD",
            "amount '90071992547409.92' is beyond ±9007199254740991 minor units, "
                + "the largest this ledger keeps"
        ),
        (
            "-90071992547409.92", "USD",
            "amount '-90071992547409.92' is beyond ±9007199254740991 minor units, "
                + "the largest this ledger keeps"
        ),
        (
            "99999999999999999999", "USD",
            "amount '99999999999999999999' is beyond ±9007199254740991 minor units, "
                + "the largest this ledger keeps"
        ),
    ]

    @Test("a text that is no amount of the currency is refused with the reason", arguments: refused)
    func refusal(text: String, code: String, message: String) {
        let error = #expect(throws: AmountError.self) {
            try Money(decimal: text, currency: Samples.currency(code))
        }
        #expect(error?.description == message)
    }

    @Test(
        "only digits with at most one point and one minus are an amount",
        arguments: [
            "-", "+1", "1.", ".5", "-.5", "--1", "1-", "1.2.3", "1..2", " 1", "1 ", "0x1", "1_000",
            "\u{661}", "\u{2212}1", "NaN", "1\u{301}",
        ])
    func notDecimal(text: String) {
        #expect(throws: AmountError.notDecimal(text)) {
            try Money(decimal: text, currency: Samples.currency("USD"))
        }
    }

    static let sums: [(left: Int64, right: Int64, sum: Int64?)] = [
        (1, 2, 3), (-1, 1, 0), (9_007_199_254_740_990, 1, 9_007_199_254_740_991),
        (9_007_199_254_740_991, 1, nil), (-9_007_199_254_740_990, -1, -9_007_199_254_740_991),
        (-9_007_199_254_740_991, -1, nil), (.max, 1, nil), (.min, -1, nil), (.min, 0, nil),
    ]

    @Test("a sum stays within the range or is refused", arguments: sums)
    func adding(left: Int64, right: Int64, sum: Int64?) throws {
        if let sum {
            #expect(try usd(left).adding(usd(right)) == usd(sum))
        } else {
            #expect(throws: MoneyError.outOfRange) { try usd(left).adding(usd(right)) }
        }
    }

    @Test("amounts of two currencies are never added")
    func currencyMismatch() {
        #expect(throws: MoneyError.currencyMismatch(usd(0).currency, eur(0).currency)) {
            try usd(1).adding(eur(1))
        }
    }

    @Test("the negated amount adds up to nothing with it")
    func negated() throws {
        for units in [0, 1, -1, Money.largestMinorUnits, -Money.largestMinorUnits] {
            #expect(try usd(units).adding(usd(units).negated) == usd(0))
        }
    }
}

@Suite struct SplitTests {
    /// Domain facts c3.
    static let worked: [(earnings: Int64, rounding: Rounding, coop: Int64, rebate: Int64)] = [
        (5_000_000, .halfUp, 2_000_000, 3_000_000), (6_123_457, .halfUp, 2_449_383, 3_674_074),
        (2_500_000, .halfUp, 1_000_000, 1_500_000), (2_499_998, .halfUp, 999_999, 1_499_999),
        (2_499_999, .halfUp, 1_000_000, 1_499_999), (2_499_999, .down, 999_999, 1_500_000),
        (416_667, .halfUp, 166_667, 250_000), (2_500_002, .halfUp, 1_000_001, 1_500_001),
        (375_000, .halfUp, 150_000, 225_000), (374_998, .halfUp, 149_999, 224_999),
        (0, .halfUp, 0, 0), (1, .halfUp, 0, 1), (-6_123_457, .halfUp, -2_449_383, -3_674_074),
    ]

    @Test("earnings split into co-op funds and rebate as worked out by hand", arguments: worked)
    func split(earnings: Int64, rounding: Rounding, coop: Int64, rebate: Int64) throws {
        let share = try #require(ExactDecimal("0.40"))
        let parts = try usd(earnings).split(coopShare: share, rounding: rounding)
        #expect(parts.coop == usd(coop))
        #expect(parts.rebate == usd(rebate))
    }

    @Test("six lines rounded one by one are a cent more than their sum rounded once")
    func roundingPerLine() throws {
        let share = try #require(ExactDecimal("0.4"))
        let line = try usd(416_667).split(coopShare: share, rounding: .halfUp).coop
        let whole = try usd(6 * 416_667).split(coopShare: share, rounding: .halfUp).coop
        #expect(6 * line.minorUnits == 1_000_002)
        #expect(whole.minorUnits == 1_000_001)
    }

    @Test("a split loses no cent, whatever the share and the rounding", arguments: UInt64(0)..<500)
    func remainder(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let whole = usd(
            generator.number(-Money.largestMinorUnits / 2...Money.largestMinorUnits / 2))
        let share = ExactDecimal(unscaled: generator.number(0...10_000), scale: 4)
        for rounding in Rounding.allCases {
            let (coop, rebate) = try whole.split(coopShare: share, rounding: rounding)
            #expect(try coop.adding(rebate) == whole)
        }
    }

    @Test("a share so large that the part does not fit is refused")
    func outOfRange() {
        #expect(throws: MoneyError.outOfRange) {
            try usd(Money.largestMinorUnits)
                .split(coopShare: ExactDecimal(unscaled: .max, scale: 0), rounding: .halfUp)
        }
    }
}
