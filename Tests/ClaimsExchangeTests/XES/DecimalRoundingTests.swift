import ClaimsDomain
import ClaimsExchange
import Testing

@Suite("Rounding of decimal texts")
struct DecimalRoundingTests {
    static let rounded: [(String, up: Int64, even: Int64, down: Int64)] = [
        ("0", 0, 0, 0), ("0.0", 0, 0, 0), ("26.85120450862128", 2685, 2685, 2685),
        ("26.855", 2686, 2686, 2685), ("26.845", 2685, 2684, 2684), ("0.005", 1, 0, 0),
        ("0.0050000000000000000000000000000000001", 1, 1, 0), ("0.0049999999999999999", 0, 0, 0),
        ("-0.005", -1, 0, 0), ("-26.855", -2686, -2686, -2685), ("+1.5", 150, 150, 150),
        ("0.995", 100, 100, 99), ("0.985", 99, 98, 98), ("0.0005", 0, 0, 0), ("007", 700, 700, 700),
        ("1e2", 10_000, 10_000, 10_000), ("1.5E-3", 0, 0, 0), ("5e-3", 1, 0, 0),
        ("6e-3", 1, 1, 0), ("5e-4", 0, 0, 0), ("123e-2", 123, 123, 123), ("0e999999", 0, 0, 0),
        ("1e-999999", 0, 0, 0),
        ("90071992547409.91", 9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_991),
    ]

    @Test("each rounding, to the digit", arguments: rounded)
    func rounding(text: String, up: Int64, even: Int64, down: Int64) throws {
        let eur = try #require(Currency(code: "EUR"))
        for (rounding, expected) in [(Rounding.halfUp, up), (.halfEven, even), (.down, down)] {
            let money = try DecimalRounding.money(text, currency: eur, rounding: rounding)
            #expect(money.minorUnits == expected, "\(rounding)")
        }
    }

    @Test("the currency says how many digits stay", arguments: [("JPY", 1235), ("KWD", 1_234_560)])
    func currencies(code: String, expected: Int64) throws {
        let currency = try #require(Currency(code: code))
        let money = try DecimalRounding.money("1234.56", currency: currency, rounding: .halfUp)
        #expect(money.minorUnits == expected)
    }

    @Test(
        "what is no decimal number is refused",
        arguments: [
            "", "-", ".5", "5.", "1,5", "1.2.3", "0x1", "NaN", "1e", "1e+", "1 ", "\u{661}",
        ])
    func notDecimal(text: String) throws {
        let eur = try #require(Currency(code: "EUR"))
        #expect(throws: DecimalRounding.Problem.notDecimal(text)) {
            try DecimalRounding.money(text, currency: eur, rounding: .halfUp)
        }
    }

    @Test(
        "what no ledger keeps is refused",
        arguments: ["90071992547409.92", "90071992547409.915", "99999999999999999999", "1e999"])
    func outOfRange(text: String) throws {
        let eur = try #require(Currency(code: "EUR"))
        #expect(throws: DecimalRounding.Problem.outOfRange(text)) {
            try DecimalRounding.money(text, currency: eur, rounding: .halfUp)
        }
    }
}
