import ClaimsDomain

/// How a plain-text accounting tool writes the books of the funds.
protocol JournalFormat {
    /// Comments and settings at the top; `notes` are lines.
    func header(_ notes: [String]) -> String
    /// The name of an account.
    func name(_ account: FundAccount, _ leaf: JournalLeaf) -> String
    /// Declares an account, with the names as they are in the ledger.
    func declaration(_ account: FundAccount, _ leaf: JournalLeaf, from day: Day) -> String
    /// Declares a currency.
    func declaration(_ currency: Currency, from day: Day) -> String
    /// What an event moved.
    func transaction(_ entry: JournalEntry) -> String
    /// A document attached to a claim, on one of its accounts.
    func document(_ document: JournalDocument) -> String
    /// What an account held at the end of a day.
    func assertion(_ assertion: JournalAssertion) -> String
}

/// One transaction: legs that sum to zero in each currency.
struct JournalEntry {
    struct Leg {
        let account: FundAccount
        let leaf: JournalLeaf
        let amount: Money
    }

    let day: Day
    /// The event's sequence; nil for what follows from the calendar, with no event.
    let sequence: Int64?
    let what: String
    /// Names with their texts, in order.
    let tags: [(name: String, text: String)]
    let legs: [Leg]
}

/// A document beside the books.
struct JournalDocument {
    let day: Day
    let sequence: Int64
    let account: FundAccount
    let leaf: JournalLeaf
    let what: String
    let tags: [(name: String, text: String)]
    /// Where the file is; nil where it is not at hand.
    let path: String?
}

/// What the leaves of an account held at the end of a day, in the account's currency.
struct JournalAssertion {
    let day: Day
    let account: FundAccount
    let what: String
    let balances: [(leaf: JournalLeaf, amount: Money)]
}
