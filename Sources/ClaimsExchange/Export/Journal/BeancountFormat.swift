import ClaimsDomain

/// The input of Beancount.
///
/// An account is `Assets:PROGRAM:PARTNER:PERIOD:Available`. Its parts may have letters, digits and
/// dashes only and begin with a capital or a digit, so ids are encoded, see `component`; the exact
/// ids stand as metadata on each `open`. Source: "Beancount Language Syntax".
struct BeancountFormat: JournalFormat {
    func header(_ notes: [String]) -> String {
        notes.map { "; \($0)\n" }.joined() + "\noption \"title\" \"Incentive funds\"\n\n"
    }

    func name(_ account: FundAccount, _ leaf: JournalLeaf) -> String {
        let parts = [account.program.text, account.partner.text, account.period.text]
            .map(Self.component)
        let bucket = leaf.bucket.rawValue
        let last = bucket.prefix(1).uppercased() + bucket.dropFirst()
        return ([Self.root(leaf.root)] + parts + [last]).joined(separator: ":")
    }

    /// A part of an account name, from which the id can be told again.
    ///
    /// `-xHH` stands for a byte that is no letter, digit or dash, and for a dash before an `x`. A
    /// lower-case letter at the beginning becomes a capital where a lower-case letter follows it
    /// (`csp` is `Csp`); any other beginning that Beancount does not take, or that would be read as
    /// such, is `X` with the byte as `-xHH` behind it. So no two ids have the same name.
    static func component(_ id: String) -> String {
        var rest = Array(id.utf8)[...]
        guard let first = rest.popFirst() else { return "X" }
        let isLowerNext = rest.first.map { isLower($0) } ?? false
        var bytes: [UInt8] = []
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(first)
        case UInt8(ascii: "A")...UInt8(ascii: "W"), UInt8(ascii: "Y"), UInt8(ascii: "Z"):
            bytes += isLowerNext ? [UInt8(ascii: "X")] + escape(first) : [first]
        case UInt8(ascii: "a")...UInt8(ascii: "w"), UInt8(ascii: "y"), UInt8(ascii: "z"):
            bytes += isLowerNext ? [first - 0x20] : [UInt8(ascii: "X")] + escape(first)
        default: bytes += [UInt8(ascii: "X")] + escape(first)
        }
        while let byte = rest.popFirst() {
            let isMarked = byte == UInt8(ascii: "-") && rest.first == UInt8(ascii: "x")
            if isLetterOrDigit(byte) || (byte == UInt8(ascii: "-") && !isMarked) {
                bytes.append(byte)
            } else {
                bytes += escape(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "-"), UInt8(ascii: "x")] + hexadecimal(byte)
    }

    private static func root(_ root: JournalLeaf.Root) -> String {
        switch root {
        case .income: "Income"
        case .equity: "Equity"
        case .assets: "Assets"
        case .expenses: "Expenses"
        }
    }

    func declaration(_ account: FundAccount, _ leaf: JournalLeaf, from day: Day) -> String {
        "\(day) open \(name(account, leaf))\n"
            + Self.lines([
                ("program", account.program.text), ("partner", account.partner.text),
                ("period", account.period.text), ("bucket", leaf.bucket.rawValue),
            ])
    }

    func declaration(_ currency: Currency, from day: Day) -> String {
        "\(day) commodity \(currency.code)\n"
    }

    func transaction(_ entry: JournalEntry) -> String {
        let sequence = entry.sequence.map { "  sequence: \($0)\n" } ?? ""
        return "\n\(entry.day) * \(Self.quoted(entry.what))\n\(sequence)\(Self.lines(entry.tags))"
            + entry.legs.map { leg in
                "  \(name(leg.account, leg.leaf))  \(leg.amount)\n"
            }.joined()
    }

    /// A `document` where the file is at hand, for Beancount wants it to be there; else a `note`.
    func document(_ document: JournalDocument) -> String {
        let account = name(document.account, document.leaf)
        let directive =
            document.path.map { "document \(account) \(Self.quoted($0))" }
            ?? "note \(account) \(Self.quoted(document.what))"
        return "\n\(document.day) \(directive)\n  sequence: \(document.sequence)\n"
            + Self.lines(document.tags)
    }

    /// Beancount asserts at the beginning of a day.
    func assertion(_ assertion: JournalAssertion) -> String {
        let lines = assertion.balances.map { leaf, amount in
            "\(assertion.day.adding(days: 1)) balance \(name(assertion.account, leaf))"
                + "  \(amount.decimal) ~ 0 \(amount.currency.code)\n"
        }
        return "\n; \(visible(assertion.what))\n" + lines.joined()
    }

    private static func lines(_ tags: [(name: String, text: String)]) -> String {
        tags.map { "  \($0.name): \(quoted($0.text))\n" }.joined()
    }

    /// A string: its own two special characters escaped, everything unseen visible.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in visible(text).unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
