// CSV as we write it: RFC 4180, except that lines end in LF alone, as every other output of the
// program does and as `cut`, `sort` and `diff` expect; spreadsheets and CSV libraries read both.
// The first line holds the keys. A missing value is an empty field, an empty text is `""`.
//
// Spreadsheets run a text that begins with `= + - @`, a tab or a line break as a formula. Such a
// text gets a leading apostrophe. So that nothing is lost, a text that already has apostrophes
// before such a character gets one more: where `'` stands before such a character, or before more
// apostrophes that do, taking one off gives the data back. Numbers and amounts are never touched: a
// negative amount stays a number.

/// The table as CSV: a header row of keys, then the rows.
///
/// Title and notes are not data.
func csvText(_ table: Table) -> String {
    var text = csvLine(table.columns.map { .text($0.key) })
    for row in table.rows {
        text += csvLine(row)
    }
    return text
}

/// The record as a CSV of one row.
func csvText(_ details: Details) -> String {
    csvLine(details.fields.map { .text($0.key) }) + csvLine(details.fields.map(\.value))
}

/// One row with its line end: what a table that is written as it comes is made from.
package func csvLine(_ cells: [Cell]) -> String {
    // A line with nothing on it is skipped by many readers, so a lone missing value is quoted.
    cells == [.missing] ? "\"\"\n" : cells.map(csvField).joined(separator: ",") + "\n"
}

private func csvField(_ cell: Cell) -> String {
    switch cell {
    case .integer, .money, .flag, .missing: cell.flatText(for: .programs)
    case .text, .phrase, .list, .object: quoted(guarded(cell.flatText(for: .programs)))
    }
}

/// The text with an apostrophe before it if a spreadsheet would run it.
private func guarded(_ text: String) -> String {
    guard let first = text.unicodeScalars.first(where: { $0 != "'" }), startsFormula(first) else {
        return text
    }
    return "'" + text
}

/// ASCII signs, and the full-width ones that East Asian spreadsheets treat alike.
private func startsFormula(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n": true
    case "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
}

/// The text in quotes where the standard asks for it, and where a reader might trim or split it.
private func quoted(_ text: String) -> String {
    let isPlain =
        !text.isEmpty && text.utf8.first != 0x20 && text.utf8.last != 0x20
        && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ";"): false
            case 0..<0x20: false
            default: true
            }
        }
    guard !isPlain else { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
        if scalar == "\"" {
            result += "\"\""
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
