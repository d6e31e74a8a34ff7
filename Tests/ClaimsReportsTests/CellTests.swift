import ClaimsDomain
import Testing

@testable import ClaimsReports

@Suite struct CellTests {
    static let flat: [(cell: Cell, people: String, programs: String)] = [
        (.text("a"), "a", "a"), (.integer(-1_000), "-1000", "-1000"),
        (.money(minorUnits: 125_000, fractionDigits: 2), "1,250.00", "1250.00"),
        (.flag(true), "yes", "true"), (.flag(false), "no", "false"), (.missing, "-", ""),
        (.list([]), "", ""), (.list([.text("a"), .missing]), "a; -", "a; "),
        (
            .object([
                ("kind", .text("metrics")), ("cap", .money(minorUnits: 100_000, fractionDigits: 0)),
            ]),
            "kind: metrics; cap: 100,000", "kind: metrics; cap: 100000"
        ),
    ]

    @Test("a cell reads as one text for people and one for programs", arguments: flat)
    func flatText(cell: Cell, people: String, programs: String) {
        #expect(cell.flatText(for: .people) == people)
        #expect(cell.flatText(for: .programs) == programs)
    }

    @Test("a phrase has its amounts grouped for people, in every format that is for them")
    func phrase() throws {
        let currency = try #require(Currency(code: "JPY"))
        let cell = Cell.phrase("\(Money(minorUnits: -1_250, currency: currency)) of 1000 left")
        #expect(cell.flatText(for: .people) == "-1,250 JPY of 1000 left")
        #expect(cell.flatText(for: .programs) == "-1250 JPY of 1000 left")
        #expect(cell.isCuttable)
        let table = Table(columns: [.init(key: "a", title: "A")], rows: [[cell]])
        for (format, isGrouped) in [
            (OutputFormat.table, true), (.markdown, true), (.json, false), (.csv, false),
        ] {
            #expect(render(table, as: format).contains("-1,250 JPY") == isGrouped)
            #expect(render(table, as: format).contains("-1250 JPY") != isGrouped)
        }
    }

    @Test("cells are equal only with the same case and content")
    func equality() {
        let cells =
            Self.flat.map(\.cell) + [
                .text("e\u{301}"), .text("\u{E9}"), .integer(1),
                .money(minorUnits: 1, fractionDigits: 0),
                .money(minorUnits: 1, fractionDigits: 2),
                .object([("a", .integer(1)), ("b", .missing)]),
                .object([("b", .missing), ("a", .integer(1))]),
            ]
        for (i, left) in cells.enumerated() {
            for (j, right) in cells.enumerated() {
                #expect((left == right) == (i == j))
            }
        }
    }

    @Test("a narrow table cuts texts, never numbers")
    func cuttable() {
        let cuttable = Self.flat.map(\.cell).filter(\.isCuttable)
        #expect(cuttable == [.text("a")] + Self.flat.suffix(3).map(\.cell))
    }
}
