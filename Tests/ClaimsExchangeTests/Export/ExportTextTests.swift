import ClaimsCodec
import ClaimsDomain
import Foundation
import Testing

@testable import ClaimsExchange

@Suite("Texts inside the forms of other tools")
struct ExportTextTests {
    static let visibles: [(text: String, seen: String)] = [
        ("plain, ünïcode 漢字 👩‍👩‍👧", "plain, ünïcode 漢字 👩‍👩‍👧"), ("a\u{1B}[2Jb", "a\\u{1B}[2Jb"),
        ("\u{0}", "\\u{0}"), ("\u{7F}\u{85}", "\\u{7F}\\u{85}"), ("\u{202E}x", "\\u{202E}x"),
        ("\u{FEFF}", "\\u{FEFF}"), ("a\nb", "a\\u{A}b"),
    ]

    @Test("what is not seen is told", arguments: visibles)
    func seen(_ texts: (text: String, seen: String)) {
        #expect(visible(texts.text) == texts.seen)
        #expect(visible(texts.text, except: Set(texts.text.unicodeScalars)) == texts.text)
    }

    static let literals: [(value: TableValue, type: LedgerTable.ColumnType, text: String)] = [
        (.text("it's"), .text, "'it''s'"), (.text("\\'; --"), .text, "'\\''; --'"),
        (.text("a\n\tb\u{0}\r"), .text, "'a\n\tb\\u{0}\\u{D}'"), (.text(""), .text, "''"),
        (.missing, .text, "NULL"), (.integer(-1), .integer, "-1"), (.flag(true), .flag, "TRUE"),
        (.amount(minorUnits: -1_250, fractionDigits: 2), .amount, "-1250"),
        (.text("2020-02-03T09:15:00.113Z"), .moment, "'2020-02-03 09:15:00.113'"),
        (.text("2020-02-03T09:15:00Z"), .moment, "'2020-02-03 09:15:00'"),
        (.json(Array("{\"a\":\"'\\u0000\"}".utf8)), .json, "'{\"a\":\"''\\u0000\"}'"),
    ]

    @Test("a value is a literal of SQL", arguments: literals)
    func literal(_ row: (value: TableValue, type: LedgerTable.ColumnType, text: String)) {
        var bytes: [UInt8] = []
        SQLText.append(row.value, as: row.type, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == row.text)
    }

    @Test("each table has a key of its columns, names that differ, and columns in lower case")
    func tables() {
        for table in LedgerTable.allCases {
            let names = table.columns.map(\.name)
            #expect(Set(names).count == names.count)
            #expect(Set(names).isSuperset(of: table.key))
            let columns = table.columns.map(SQLText.name)
            #expect(Set(columns).count == columns.count)
            #expect(columns.allSatisfy { $0.wholeMatch(of: /[a-z0-9_]+/) != nil })
        }
        #expect(SQLText.snakeCase("earnedOn") == "earned_on")
    }

    @Test("the views for DuckDB type each member once; only what differs between types is JSON")
    func views() {
        let fields = DuckDBViews.fields
        #expect(Set(fields.map(\.name)).count == fields.count)
        let all = Set(EventKind.allCases.flatMap { EventSchema.fields(of: $0).map(\.name) })
        #expect(Set(fields.map(\.name)) == all)
        #expect(fields.filter { $0.type == "JSON" }.map(\.name) == [])
        let types = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.type) })
        #expect(types["amountMinor"] == "BIGINT")
        #expect(types["paidOn"] == "DATE")
        #expect(types["reasons"] == "VARCHAR[]")
    }
}
