import ClaimsDomain
import ClaimsTestSupport
import Testing

@testable import ClaimsExchange

@Suite("Values in the cells of a report")
struct CellValuesTests {
    static let amounts: [(text: String, currency: String, minorUnits: Int64?)] = [
        ("1250", "USD", 125_000), ("1250.5", "USD", 125_050), ("-0.05", "USD", -5),
        ("1,250.50", "USD", 125_050), ("-1,234,567.89", "USD", -123_456_789),
        ("100.0000", "USD", 10_000), ("100.00", "JPY", 100), ("1.234", "KWD", 1234),
        ("90071992547409.91", "USD", Money.largestMinorUnits),
        ("90071992547409.92", "USD", nil), ("99999999999999999999999", "USD", nil),
        ("", "USD", nil), ("-", "USD", nil), ("1.", "USD", nil), (".5", "USD", nil),
        ("1e3", "USD", nil), ("12,50", "USD", nil), ("1,2345.00", "USD", nil),
        (",123", "USD", nil), ("1.234,56", "USD", nil), ("1.005", "USD", nil),
        ("$5", "USD", nil), ("(5.00)", "USD", nil), ("+5", "USD", nil), ("NaN", "USD", nil),
        ("\u{661}", "USD", nil), ("0x10", "USD", nil), ("5 000.00", "USD", nil),
    ]

    @Test("amounts are read exactly, or not at all", arguments: amounts)
    func amount(text: String, currency: String, minorUnits: Int64?) {
        let found = try? ReportAmount.money(
            text, Samples.currency(currency), column: "earned", rounding: nil)
        #expect(found?.minorUnits == minorUnits, "\(text)")
    }

    static let amountTexts: [(text: String, problem: String)] = [
        ("5 EUR", "earned is '5 EUR', expected a decimal such as '1250.00'"),
        ("12,50", "earned is '12,50', expected a decimal such as '1250.00'"),
        (
            "1.005",
            "earned is '1.005', more decimals than USD has (2); --round rounds as the program does"
        ),
        (
            "90071992547409.92",
            "earned: amount '90071992547409.92' is beyond ±9007199254740991 minor units, the "
                + "largest this ledger keeps"
        ),
    ]

    @Test("what is wrong with an amount is said word for word", arguments: amountTexts)
    func amountText(text: String, problem: String) {
        let error = #expect(throws: CellProblem.self) {
            try ReportAmount.money(
                text, Samples.currency("USD"), column: "earned", rounding: nil)
        }
        #expect(error?.text == problem)
    }

    static let rounded: [(text: String, rounding: Rounding, minorUnits: Int64)] = [
        ("1.005", .halfUp, 101), ("1.005", .halfEven, 100), ("1.009", .down, 100),
        ("-1.005", .halfUp, -101), ("1,000.999", .halfUp, 100_100),
    ]

    @Test("digits beyond the currency's are rounded as the program does", arguments: rounded)
    func rounds(text: String, rounding: Rounding, minorUnits: Int64) throws {
        let found = try ReportAmount.money(
            text, Samples.currency("USD"), column: "earned", rounding: rounding)
        #expect(found.minorUnits == minorUnits)
    }

    static let dates: [(text: String, order: DateOrder, found: String?)] = [
        ("2020-02-29", .iso, "2020-02-29 0"), ("2020-02-29T00:00:00", .iso, "2020-02-29 0"),
        ("2020-02-29 10:15:30.250", .iso, "2020-02-29 36930250"),
        ("2020-02-29T10:15", .iso, "2020-02-29 36900000"),
        ("2020-02-29T10:15:00Z", .iso, "2020-02-29 36900000 2020-02-29T10:15:00Z"),
        ("2020-02-29T10:15:00+02:00", .iso, "2020-02-29 29700000 2020-02-29T08:15:00Z"),
        ("2/3/2020", .mdy, "2020-02-03 0"), ("2/3/2020", .dmy, "2020-03-02 0"),
        ("12/31/2019 11:59:59 PM", .mdy, "2019-12-31 86399000"),
        ("1/2/2020 12:00:00 AM", .mdy, "2020-01-02 0"),
        ("1/2/2020 12:30 PM", .dmy, "2020-02-01 45000000"),
        ("2/3/2020", .iso, nil), ("2019-02-29", .iso, nil), ("13/1/2020", .mdy, nil),
        ("2020-02-29x", .iso, nil), ("2020-02-29T25:00:00", .iso, nil), ("20200229", .iso, nil),
        ("1/2/20", .mdy, nil), ("1/2/2020 13:00 PM", .mdy, nil), ("", .iso, nil),
        ("44197", .iso, nil), ("2020-02-29T10", .iso, nil), ("2020-02-29T10:60", .iso, nil),
    ]

    @Test("dates are read in the order that is said, or not at all", arguments: dates)
    func date(text: String, order: DateOrder, found: String?) {
        let time = try? ReportTime(text, column: "paymentDate", order: order)
        let shown = time.map { time in
            "\(time.day) \(time.milliseconds)" + (time.instant.map { " \($0)" } ?? "")
        }
        #expect(shown == found, "\(text)")
    }

    @Test("a date that can mean two days is not guessed")
    func ambiguous() {
        let error = #expect(throws: CellProblem.self) {
            try ReportTime("2/3/2020", column: "paymentDate", order: .iso)
        }
        #expect(
            error?.text
                == "date '2/3/2020' can mean two days; --dates mdy or --dates dmy says which")
    }

    static let cells: [(cell: String, guarded: String)] = [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-cmd", "'-cmd"), ("@x", "'@x"), ("\tx", "'\tx"),
        ("\u{FF1D}1", "'\u{FF1D}1"), ("'=1", "''=1"), ("-12.50", "-12.50"),
        ("-1,250.00", "-1,250.00"), ("plain", "plain"), ("'s", "'s"), ("", ""), ("-", "'-"),
        ("--1", "'--1"),
    ]

    @Test("a cell that a spreadsheet would run is guarded, and comes back whole", arguments: cells)
    func guards(cell: String, guarded: String) {
        let bytes = Array(cell.utf8)
        let found = Array(FormulaGuard.guarded(bytes[...]))
        #expect(String(decoding: found, as: UTF8.self) == guarded)
        let back = FormulaGuard.isGuarded(found[...]) ? Array(found.dropFirst()) : found
        #expect(back == bytes)
    }
}
