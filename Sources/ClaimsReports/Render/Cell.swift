package import ClaimsDomain

/// One value of a report.
///
/// Renderers decide how it looks; a cell only says what it is.
package enum Cell: Sendable {
    /// Any text, also hostile text: each format makes it harmless in its own way.
    case text(String)
    /// A sentence with amounts in it.
    case phrase(Phrase)
    /// A count or a sequence. Never grouped, never cut.
    case integer(Int64)
    /// An exact amount: `minorUnits` over ten to the power of `fractionDigits` (0...18).
    case money(minorUnits: Int64, fractionDigits: Int)
    /// Yes or no; `true` or `false` in JSON and CSV.
    case flag(Bool)
    /// No value: `null` in JSON, an empty field in CSV, `-` for people.
    case missing
    /// Values in order. JSON nests them; elsewhere they read `a; b`.
    case list([Cell])
    /// Members in order, each key once. JSON nests them; elsewhere they read `key: value; ...`.
    case object([(key: String, value: Cell)])
}

extension Cell: Equatable {
    /// Same case, same content, members in the same order.
    package static func == (left: Cell, right: Cell) -> Bool {
        switch (left, right) {
        case (.text(let a), .text(let b)):
            // Swift compares text by canonical equivalence; a report compares what is written.
            a.unicodeScalars.elementsEqual(b.unicodeScalars)
        case (.phrase(let a), .phrase(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.money(let a, let aDigits), .money(let b, let bDigits)):
            a == b && aDigits == bDigits
        case (.flag(let a), .flag(let b)): a == b
        case (.missing, .missing): true
        case (.list(let a), .list(let b)): a == b
        case (.object(let a), .object(let b)):
            a.elementsEqual(b) { $0.key == $1.key && $0.value == $1.value }
        case (.text, _), (.phrase, _), (.integer, _), (.money, _), (.flag, _), (.missing, _),
            (.list, _), (.object, _):
            false
        }
    }
}

extension Cell {
    /// For whom a flat text is written.
    enum Reader {
        /// The people's table and Markdown: grouped amounts, yes and no, `-` for no value.
        case people
        /// CSV: plain decimals, true and false, nothing for no value.
        case programs
    }

    /// The cell on one line, before any escaping of the format it goes to.
    func flatText(for reader: Reader) -> String {
        switch self {
        case .text(let text): return text
        case .phrase(let phrase): return phrase.text(for: reader)
        case .integer(let value): return String(value)
        case .money(let minorUnits, let fractionDigits):
            return reader == .people
                ? groupedText(minorUnits: minorUnits, fractionDigits: fractionDigits)
                : decimalText(minorUnits: minorUnits, fractionDigits: fractionDigits)
        case .flag(let value):
            switch reader {
            case .people: return value ? "yes" : "no"
            case .programs: return value ? "true" : "false"
            }
        case .missing: return reader == .people ? "-" : ""
        case .list(let cells):
            return cells.map { $0.flatText(for: reader) }.joined(separator: "; ")
        case .object(var members):
            if reader == .people {
                // People are told what there is.
                members.removeAll { $0.value == .missing || $0.value == .list([]) }
                if members.isEmpty { return "-" }
            }
            return members.map { "\($0.key): \($0.value.flatText(for: reader))" }
                .joined(separator: "; ")
        }
    }

    /// Whether a narrow table may cut this cell; a cut number would be a wrong number.
    var isCuttable: Bool {
        switch self {
        case .text, .phrase, .list, .object: true
        case .integer, .money, .flag, .missing: false
        }
    }
}

extension Phrase {
    /// The sentence as a reader wants its amounts.
    func text(for reader: Cell.Reader) -> String {
        switch reader {
        case .people: text(writing: groupedText)
        case .programs: description
        }
    }
}
