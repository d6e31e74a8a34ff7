import ClaimsReports
import Testing

@Suite struct DecimalTextTests {
    static let cases: [(minorUnits: Int64, fractionDigits: Int, plain: String, grouped: String)] = [
        (0, 0, "0", "0"), (0, 2, "0.00", "0.00"), (5, 2, "0.05", "0.05"),
        (-5, 2, "-0.05", "-0.05"), (99, 2, "0.99", "0.99"), (100, 2, "1.00", "1.00"),
        (99_999, 2, "999.99", "999.99"), (100_000, 2, "1000.00", "1,000.00"),
        (-100_000, 2, "-1000.00", "-1,000.00"), (999, 0, "999", "999"),
        (1_000, 0, "1000", "1,000"), (-999_999, 0, "-999999", "-999,999"),
        (1_234_567, 3, "1234.567", "1,234.567"), (12_345, 4, "1.2345", "1.2345"),
        (1, 18, "0.000000000000000001", "0.000000000000000001"),
        (9_007_199_254_740_991, 2, "90071992547409.91", "90,071,992,547,409.91"),
        (.max, 2, "92233720368547758.07", "92,233,720,368,547,758.07"),
        (.min, 2, "-92233720368547758.08", "-92,233,720,368,547,758.08"),
        (.min, 18, "-9.223372036854775808", "-9.223372036854775808"),
    ]

    @Test("an amount is its exact decimal, with and without separators", arguments: cases)
    func decimal(minorUnits: Int64, fractionDigits: Int, plain: String, grouped: String) {
        #expect(decimalText(minorUnits: minorUnits, fractionDigits: fractionDigits) == plain)
        #expect(groupedText(minorUnits: minorUnits, fractionDigits: fractionDigits) == grouped)
    }

    @Test("without its point a decimal is the minor units again", arguments: UInt64(0)..<200)
    func exact(seed: UInt64) {
        var generator = ReportGenerator(seed: seed)
        let amount = Int64.random(in: .min ... .max, using: &generator)
        let digits = Int.random(in: 0...18, using: &generator)
        let text = groupedText(minorUnits: amount, fractionDigits: digits)
        #expect(Int64(text.filter { $0 != "." && $0 != "," }) == amount)
    }
}
