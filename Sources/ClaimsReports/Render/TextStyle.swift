/// What a table for people may use beside words.
///
/// A terminal that can show them gets marks beside a status, colours and bars; a pipe, a file and a
/// terminal that says it can do nothing get words alone, the same everywhere.
package struct TextStyle: Equatable, Sendable {
    /// Whether there are marks and bars at all.
    package let isDecorated: Bool
    /// Whether they have colours.
    package let isColoured: Bool
    /// Whether marks and bars may be other than ASCII.
    package let isUnicode: Bool

    /// Words alone.
    package static let plain = TextStyle(isDecorated: false, isColoured: false, isUnicode: true)

    /// A terminal, with colours and more than ASCII where it can.
    package static func terminal(isColoured: Bool, isUnicode: Bool) -> TextStyle {
        TextStyle(isDecorated: true, isColoured: isColoured, isUnicode: isUnicode)
    }

    /// Marks that a text was cut; one column wide.
    var ellipsis: String { isUnicode ? "\u{2026}" : "~" }

    /// A text in a colour, or bare where there are none.
    func coloured(_ text: String, _ colour: TextColour?) -> String {
        guard isColoured, let colour, !text.isEmpty else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }
}

/// The colours of a terminal, by their ANSI codes; each is what its user made of it.
enum TextColour: String {
    case good = "32"
    case waiting = "33"
    case bad = "31"
    case other = "34"
    case faint = "2"
}

/// How a status looks at a glance: never by its colour alone.
struct StatusMark {
    let colour: TextColour
    private let symbol: String
    private let ascii: String

    /// The mark of a status, a payment or a deadline's state; nil for what needs none.
    init?(_ status: String) {
        switch status {
        case "approved", "paid", "met":
            (colour, symbol, ascii) = (.good, "\u{2713}", "+")
        case "submitted", "due", "open":
            (colour, symbol, ascii) = (.waiting, "\u{25CF}", "*")
        case "under_review", "partly_paid":
            (colour, symbol, ascii) = (.waiting, "\u{25D0}", "o")
        case "action_required", "overdue":
            (colour, symbol, ascii) = (.waiting, "!", "!")
        case "rejected", "broken", "reversed":
            (colour, symbol, ascii) = (.bad, "\u{2717}", "x")
        case "disputed": (colour, symbol, ascii) = (.bad, "\u{21BA}", "?")
        case "expired", "withdrawn", "ended", "consent_declined":
            (colour, symbol, ascii) = (.faint, "\u{00D7}", "-")
        case "editing", "unpaid": (colour, symbol, ascii) = (.faint, "\u{25CB}", ".")
        default: return nil
        }
    }

    /// The mark alone.
    private func text(_ style: TextStyle) -> String { style.isUnicode ? symbol : ascii }

    /// A text about a status with its mark in it, and its colour; as it is where there is none.
    ///
    /// The status is the first word, or the first after ` > ` in what tells a change; more words
    /// may follow it.
    static func marked(_ text: String, _ style: TextStyle) -> (text: String, colour: TextColour?) {
        let start = text.ranges(of: changeSign).last?.upperBound ?? text.startIndex
        let status = text[start...].prefix { $0.isLowercase || $0 == "_" }
        guard style.isDecorated, let mark = StatusMark(String(status)) else { return (text, nil) }
        return (text[..<start] + mark.text(style) + " " + text[start...], mark.colour)
    }

    /// A status and what it became; the status alone where it stayed.
    static func change(from before: String, to after: String) -> String {
        before == after ? after : before + changeSign + after
    }

    /// What stands between a status and what it became.
    private static let changeSign = " > "
}
