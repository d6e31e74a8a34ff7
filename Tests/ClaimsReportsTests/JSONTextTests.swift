import ClaimsDomain
import ClaimsReports
import Foundation
import Testing

@Suite struct JSONTextTests {
    @Test("a table is an array of objects with the keys in column order")
    func layout() {
        let table = Table(
            columns: ["z", "a"].map { .init(key: $0, title: $0) },
            rows: [
                [.text("x"), .money(minorUnits: 125_000, fractionDigits: 2)],
                [
                    .list([.integer(1), .flag(true)]),
                    .object([("k", .missing), ("e", .list([]))]),
                ],
            ], title: "left out", notes: ["left out"])
        let expected = """
            [
              {
                "z": "x",
                "a": "1250.00"
              },
              {
                "z": [
                  1,
                  true
                ],
                "a": {
                  "k": null,
                  "e": []
                }
              }
            ]

            """
        #expect(render(table, as: .json) == expected)
        #expect(render(table, as: .json, width: 10) == expected)
    }

    @Test("no rows are an empty array")
    func empty() {
        #expect(render(emptyClaimsTable(), as: .json) == "[]\n")
    }

    @Test("a record is one object")
    func details() {
        let details = Details(fields: [.init(key: "a", title: "A", value: .object([]))])
        #expect(renderObject(details, as: .json) == "{\n  \"a\": {}\n}\n")
    }

    static let escapes: [(raw: String, written: String)] = [
        ("\"\\/", #"\"\\/"#), ("\u{8}\u{C}\n\r\t", #"\b\f\n\r\t"#),
        ("\u{0}\u{1B}\u{1F}\u{7F}\u{9B}", #"\u0000\u001b\u001f\u007f\u009b"#),
        ("\u{2028}\u{202E}\u{FEFF}", #"\u2028\u202e\ufeff"#), ("\u{E0041}", #"\udb40\udc41"#),
        ("\u{E9}\u{4E2D}\u{1F600}", "\u{E9}\u{4E2D}\u{1F600}"), ("e\u{301}", "e\u{301}"),
    ]

    @Test(
        "texts are escaped as RFC 8259 says, and nothing hidden is written raw", arguments: escapes)
    func escaping(raw: String, written: String) {
        let text = render(column(.text(raw)), as: .json)
        #expect(text == "[\n  {\n    \"a\": \"\(written)\"\n  }\n]\n")
    }

    @Test("any table parses back to the same data", arguments: UInt64(0)..<200)
    func parsesBack(seed: UInt64) throws {
        var generator = ReportGenerator(seed: seed)
        let table = generator.table()
        let text = render(table, as: .json)
        let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let rows = try #require(parsed as? [[String: Any]])
        let keys = table.columns.map(\.key)
        #expect(rows.count == table.rows.count)
        for (row, cells) in zip(rows, table.rows) {
            #expect(Set(row.keys) == Set(keys))
            for (key, cell) in zip(keys, cells) {
                #expect(isReading(row[key], of: cell), "\(key): \(cell)")
            }
        }
        #expect(text == render(table, as: .json))
        #expect(text.hasSuffix("]\n"))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !isControl($0) })
    }

    private func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    /// Whether a value that Foundation read is what the cell holds.
    private func isReading(_ value: Any?, of cell: Cell) -> Bool {
        switch cell {
        case .text(let text):
            let scalars = (value as? String)?.unicodeScalars
            return scalars?.elementsEqual(text.unicodeScalars) ?? false
        case .phrase(let phrase): return value as? String == phrase.description
        case .integer(let integer): return (value as? NSNumber)?.int64Value == integer
        case .money(let minorUnits, let fractionDigits):
            let text = decimalText(minorUnits: minorUnits, fractionDigits: fractionDigits)
            return value as? String == text
        case .flag(let flag): return value as? Bool == flag
        case .missing: return value is NSNull
        case .list(let cells):
            guard let values = value as? [Any], values.count == cells.count else { return false }
            return zip(values, cells).allSatisfy { isReading($0, of: $1) }
        case .object(let members):
            guard let object = value as? [String: Any], object.count == members.count else {
                return false
            }
            return members.allSatisfy { isReading(object[$0.key], of: $0.value) }
        }
    }
}
