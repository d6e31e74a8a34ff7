import ClaimsDomain

/// The journal of hledger.
///
/// An account is `assets:PROGRAM:PARTNER:PERIOD:available`; a byte of an id other than a letter, a
/// digit, `.`, `_` or `-` is written `%HH`. Source: hledger's manual, "Journal".
struct HledgerFormat: JournalFormat {
    /// With the decimal mark: three decimals would be taken for a group of digits.
    func header(_ notes: [String]) -> String {
        notes.map { "; \($0)\n" }.joined() + "\ndecimal-mark .\n"
    }

    func name(_ account: FundAccount, _ leaf: JournalLeaf) -> String {
        let parts = [account.program.text, account.partner.text, account.period.text]
            .map(Self.component)
        return ([Self.root(leaf.root)] + parts + [leaf.bucket.rawValue]).joined(separator: ":")
    }

    /// A part of an account name: never empty, no colon in it.
    static func component(_ id: String) -> String {
        if id.isEmpty { return "%" }
        return percentEncoded(id) { byte in isLetterOrDigit(byte) || "._-".utf8.contains(byte) }
    }

    private static func root(_ root: JournalLeaf.Root) -> String {
        switch root {
        case .income: "income"
        case .equity: "equity"
        case .assets: "assets"
        case .expenses: "expenses"
        }
    }

    func declaration(_ account: FundAccount, _ leaf: JournalLeaf, from day: Day) -> String {
        "account \(name(account, leaf))\n"
    }

    func declaration(_ currency: Currency, from day: Day) -> String {
        let zeros = String(repeating: "0", count: currency.fractionDigits)
        return "commodity 1000.\(zeros) \(currency.code)\n"
    }

    func transaction(_ entry: JournalEntry) -> String {
        let code = entry.sequence.map { "(\($0)) " } ?? ""
        return "\n\(entry.day) * \(code)\(Self.words(entry.what))\n\(Self.lines(entry.tags))"
            + entry.legs.map { leg in
                "    \(name(leg.account, leg.leaf))  \(leg.amount)\n"
            }.joined()
    }

    /// A transaction without postings: hledger finds it by its tags.
    func document(_ document: JournalDocument) -> String {
        let path = document.path.map { [("document", $0)] } ?? []
        return "\n\(document.day) * (\(document.sequence)) \(Self.words(document.what))\n"
            + "    ; account: \(name(document.account, document.leaf))\n"
            + Self.lines(document.tags + path)
    }

    func assertion(_ assertion: JournalAssertion) -> String {
        let zero = Money(minorUnits: 0, currency: assertion.account.currency)
        return "\n\(assertion.day) * \(Self.words(assertion.what))\n"
            + assertion.balances.map { leaf, amount in
                "    \(name(assertion.account, leaf))  \(zero) = \(amount)\n"
            }.joined()
    }

    /// A description: a semicolon would begin a comment, a bar split it.
    private static func words(_ text: String) -> String {
        percentEncoded(text) { byte in
            byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: ";") && byte != UInt8(ascii: "|")
        }
    }

    /// Tags, one a line: a value ends at a comma or the end of the line.
    private static func lines(_ tags: [(name: String, text: String)]) -> String {
        tags.map { name, text in
            let value = percentEncoded(text) { byte in
                byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: ",")
            }
            return "    ; \(name): \(value)\n"
        }.joined()
    }
}
