import Testing

@testable import ClaimsReports

@Suite struct CSVTextTests {
    static let fields: [(cell: Cell, written: String)] = [
        (.text("plain"), "plain"), (.text(""), "\"\""), (.missing, "\"\""),
        (.text("a,b"), "\"a,b\""), (.text("say \"hi\""), "\"say \"\"hi\"\"\""),
        (.text("a\nb"), "\"a\nb\""), (.text("a\r\nb"), "\"a\r\nb\""), (.text("a;b"), "\"a;b\""),
        (.text(" a"), "\" a\""), (.text("a "), "\"a \""), (.text("a b"), "a b"),
        (.text("\u{4E2D}"), "\u{4E2D}"), (.integer(-5), "-5"), (.flag(true), "true"),
        (.money(minorUnits: 125_000, fractionDigits: 2), "1250.00"),
        (.money(minorUnits: -5, fractionDigits: 2), "-0.05"),
        (.list([.integer(1), .missing]), "\"1; \""),
        (.object([("k", .flag(false))]), "k: false"),
    ]

    @Test("a field is quoted where a reader would need it, and numbers are bare", arguments: fields)
    func field(cell: Cell, written: String) {
        #expect(render(column(cell), as: .csv) == "a\n\(written)\n")
    }

    static let formulas: [(raw: String, guarded: String)] = [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), ("\nx", "'\nx"), ("\u{FF1D}1", "'\u{FF1D}1"),
        ("'=1", "''=1"), ("''@", "'''@"), ("'a", "'a"), ("'", "'"), ("a=1", "a=1"),
        ("=\u{301}1", "'=\u{301}1"),
        ("=HYPERLINK(\"http://x\",\"y\")", "'=HYPERLINK(\"http://x\",\"y\")"),
    ]

    @Test("a text that a spreadsheet would run gets an apostrophe", arguments: formulas)
    func formula(raw: String, guarded: String) {
        let rows = parseCSV(render(column(.text(raw)), as: .csv))
        #expect(rows == [["a"], [guarded]])
        #expect(unguarded(guarded) == raw)
        let list = parseCSV(render(column(.list([.text(raw)])), as: .csv))
        #expect(list == [["a"], [guarded]])
    }

    @Test("the header holds the keys, also without rows; title and notes are left out")
    func header() {
        #expect(render(emptyClaimsTable(), as: .csv) == "claim,title,amount,updatedAt\n")
        let expected = """
            claim,title,amount,updatedAt
            CLM-1,"Spring fair, stand and printing of the catalogue",1250.00,2020-02-03
            CLM-22,,-0.05,2020-02-29

            """
        #expect(render(claimsTable(), as: .csv, width: 20) == expected)
    }

    @Test("a record is a header and one row")
    func details() {
        let expected = """
            claim,amount,inHouseWork,paidOn,evidence,comment
            CLM-1,12500.00,false,,"kind: metrics; size: 12; kind: other; size: ","first line
            second line"

            """
        #expect(renderObject(claimDetails(), as: .csv) == expected)
    }

    @Test("any table parses back to the same data", arguments: UInt64(0)..<200)
    func parsesBack(seed: UInt64) {
        var generator = ReportGenerator(seed: seed)
        let table = generator.table()
        let parsed = parseCSV(render(table, as: .csv))
        let rows = table.rows.map { row in row.map { $0.flatText(for: .programs) } }
        let readBack = parsed.dropFirst().enumerated().map { row, fields in
            fields.enumerated().map { index, field in
                table.rows[row][index].isCuttable ? unguarded(field) : field
            }
        }
        #expect(parsed.first == table.columns.map(\.key))
        #expect(scalars(readBack) == scalars(rows))
        for field in parsed.joined() where Int64(field) == nil {
            let isAmount = field.allSatisfy { "-.0123456789".contains($0) }
            #expect(
                isAmount
                    || field.unicodeScalars.first.map { !"=+-@\t\r\n".unicodeScalars.contains($0) }
                        ?? true
            )
        }
    }
}

/// The texts as scalars, so that canonically equal texts are not taken for the same.
private func scalars(_ rows: [[String]]) -> [[[Unicode.Scalar]]] {
    rows.map { row in row.map { Array($0.unicodeScalars) } }
}

/// Takes the guarding apostrophe off, as the format documents.
private func unguarded(_ field: String) -> String {
    let start = field.unicodeScalars.first { $0 != "'" }
    let guards: [Unicode.Scalar] = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]
    guard let start, guards.contains(start), field.unicodeScalars.first == "'" else { return field }
    return String(String.UnicodeScalarView(field.unicodeScalars.dropFirst()))
}

/// A small RFC 4180 reader for lines that end in LF.
private func parseCSV(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
        switch scalar {
        case "\"" where isQuoted && scalars.first == "\"":
            field.append("\"")
            scalars.removeFirst()
        case "\"": isQuoted.toggle()
        case "," where !isQuoted, "\n" where !isQuoted:
            row.append(String(field))
            field = String.UnicodeScalarView()
            if scalar == "\n" {
                rows.append(row)
                row = []
            }
        default: field.append(scalar)
        }
    }
    return rows
}
