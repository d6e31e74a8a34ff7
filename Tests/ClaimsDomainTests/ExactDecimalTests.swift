import ClaimsTestSupport
import Testing

@testable import ClaimsDomain

@Suite struct ExactDecimalTests {
    static let texts: [(text: String, unscaled: Int64, scale: Int)] = [
        ("0", 0, 0), ("0.40", 40, 2), ("-0.40", -40, 2), ("00.5", 5, 1), ("12", 12, 0),
        ("9223372036854775807", .max, 0), ("-9223372036854775807", -.max, 0),
        ("0.000000000000000001", 1, 18), ("9.223372036854775807", .max, 18),
    ]

    @Test("a decimal text reads as its digits and their scale", arguments: texts)
    func reading(text: String, unscaled: Int64, scale: Int) throws {
        let decimal = try #require(ExactDecimal(text))
        #expect(decimal == ExactDecimal(unscaled: unscaled, scale: scale))
        #expect(ExactDecimal(decimal.description) == decimal)
    }

    @Test(
        "what is no decimal or does not fit 64 bits is none",
        arguments: [
            "", "-", ".", "1.", ".1", "-.1", "1.2.3", "+1", "1e2", " 1", "\u{661}", "1,5",
            "9223372036854775808", "9223372036854775.8080", "0.0000000000000000001",
        ])
    func notDecimal(text: String) { #expect(ExactDecimal(text) == nil) }

    static let printed: [(unscaled: Int64, scale: Int, text: String)] = [
        (0, 0, "0"), (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (125_000, 2, "1250.00"),
        (-125_000, 0, "-125000"), (1, 4, "0.0001"), (.min, 2, "-92233720368547758.08"),
        (.max, 18, "9.223372036854775807"),
    ]

    @Test("a decimal prints exactly its scale in digits", arguments: printed)
    func printing(unscaled: Int64, scale: Int, text: String) {
        #expect(ExactDecimal.text(unscaled: unscaled, scale: scale) == text)
    }

    /// Tenths, brought to whole units.
    static let roundings: [(tenths: Int64, halfUp: Int64, halfEven: Int64, down: Int64)] = [
        (0, 0, 0, 0), (4, 0, 0, 0), (5, 1, 0, 0), (6, 1, 1, 0), (14, 1, 1, 1), (15, 2, 2, 1),
        (25, 3, 2, 2), (26, 3, 3, 2), (35, 4, 4, 3), (-4, 0, 0, 0), (-5, -1, 0, 0),
        (-6, -1, -1, 0), (-15, -2, -2, -1), (-25, -3, -2, -2), (-26, -3, -3, -2),
    ]

    @Test("a half goes away from zero, to the even unit, or off", arguments: roundings)
    func rounding(tenths: Int64, halfUp: Int64, halfEven: Int64, down: Int64) {
        let decimal = ExactDecimal(unscaled: tenths, scale: 1)
        #expect(decimal.rounded(toScale: 0, .halfUp) == halfUp)
        #expect(decimal.rounded(toScale: 0, .halfEven) == halfEven)
        #expect(decimal.rounded(toScale: 0, .down) == down)
        #expect(decimal.multiplied(by: 1, rounding: .halfUp) == halfUp)
        #expect(decimal.multiplied(by: 1, rounding: .halfEven) == halfEven)
        #expect(decimal.multiplied(by: 1, rounding: .down) == down)
        #expect(decimal.multiplied(by: -1, rounding: .halfUp) == -halfUp)
    }

    @Test("more digits are exact, or nothing when they do not fit")
    func unscaledAtScale() {
        #expect(ExactDecimal(unscaled: 5, scale: 1).unscaled(atScale: 1) == 5)
        #expect(ExactDecimal(unscaled: 5, scale: 1).unscaled(atScale: 3) == 500)
        #expect(ExactDecimal(unscaled: 5, scale: 1).unscaled(atScale: 0) == nil)
        #expect(
            ExactDecimal(unscaled: .max / 10, scale: 0).unscaled(atScale: 1) == Int64.max / 10 * 10)
        #expect(ExactDecimal(unscaled: .max / 10 + 1, scale: 0).unscaled(atScale: 1) == nil)
        #expect(ExactDecimal(unscaled: 25, scale: 2).rounded(toScale: 3, .down) == 250)
    }

    @Test("a product that does not fit 64 bits is nothing")
    func product() {
        let largest = ExactDecimal(unscaled: .max, scale: 0)
        #expect(largest.multiplied(by: 1, rounding: .down) == .max)
        #expect(largest.multiplied(by: -1, rounding: .down) == -.max)
        #expect(largest.multiplied(by: 2, rounding: .down) == nil)
        #expect(ExactDecimal(unscaled: 1, scale: 18).multiplied(by: .max, rounding: .down) == 9)
        #expect(
            ExactDecimal(unscaled: .max, scale: 18).multiplied(by: .max, rounding: .down) == nil)
    }

    static let decimals: [(text: String, count: Int?)] = [
        ("1", 0), ("-1.0", 1), ("99999999999999999999.123", 3), ("1.", nil), ("", nil),
        ("-", nil), ("1.2.3", nil),
    ]

    @Test(
        "the digits after the point are counted also when the number is too large",
        arguments: decimals)
    func countDecimals(text: String, count: Int?) {
        #expect(ExactDecimal.decimals(of: text) == count)
    }
}
