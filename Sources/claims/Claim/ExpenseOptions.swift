import ArgumentParser
import ClaimsDomain

/// What a claim's amount is made up of.
struct ExpenseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            TYPE=AMOUNT, or TYPE=AMOUNT@TRAVELLER for travel (an opaque id), for caps by type or \
            person; may be given several times, and then adds up to the claim's amount.
            """,
            valueName: "expense"))
    var expense: [String] = []

    /// The expenses in a currency; nil when none is given.
    func expenses(in currency: () throws -> Currency?) throws -> [ClaimExpense]? {
        guard !expense.isEmpty else { return nil }
        guard let currency = try currency() else {
            throw ValidationError(
                "the currency is not known from the ledger; give it with --currency")
        }
        return try expense.map { try Self.expense($0, currency) }
    }

    private static func expense(_ text: String, _ currency: Currency) throws -> ClaimExpense {
        // A type may hold any sign: the amount stands after the last '='.
        guard let place = text.lastIndex(of: "="), place != text.startIndex else {
            throw ValidationError(
                "--expense is '\(text)', expected 'TYPE=AMOUNT' or 'TYPE=AMOUNT@TRAVELLER'")
        }
        let parts = text[text.index(after: place)...]
            .split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let amount = try AmountOptions.money(String(parts[0]), currency, option: "--expense")
        return ClaimExpense(
            type: String(text[..<place]), amountMinorUnits: amount.minorUnits,
            traveller: parts.count == 2 ? String(parts[1]) : nil)
    }
}
