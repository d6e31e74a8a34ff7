/// Keeps a spreadsheet from running a cell as a formula, in a way that can be undone.
///
/// The rule of all CSV that this program writes: a text that begins with `= + - @`, a tab or a line
/// break, also behind apostrophes, gets one apostrophe more. Plain numbers stay numbers.
enum FormulaGuard {
    /// The field with an apostrophe before it if a spreadsheet would run it.
    static func guarded(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard startsFormula(field), !isNumber(field) else { return field }
        return [apostrophe] + field
    }

    /// Whether the field is one that `guarded` put an apostrophe before.
    static func isGuarded(_ field: ArraySlice<UInt8>) -> Bool {
        field.first == apostrophe && startsFormula(field)
    }

    private static let apostrophe = UInt8(ascii: "'")

    private static func startsFormula(_ field: ArraySlice<UInt8>) -> Bool {
        let rest = field.drop { $0 == apostrophe }
        switch rest.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09,
            0x0A, 0x0D:
            return true
        // The full-width signs that East Asian spreadsheets treat alike.
        case 0xEF:
            return fullWidth.contains { rest.starts(with: $0) }
        default: return false
        }
    }

    private static let fullWidth = ["\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].map(\.utf8)

    /// A negative amount, which no spreadsheet takes for more than that.
    private static func isNumber(_ field: ArraySlice<UInt8>) -> Bool {
        let digits = field.first == UInt8(ascii: "-") ? field.dropFirst() : field
        return digits.first.map { (48...57).contains($0) } == true
            && digits.allSatisfy { (48...57).contains($0) || $0 == 0x2C || $0 == 0x2E }
    }
}
