import ClaimsDomain
import ClaimsProjections

/// A round of requests: what was asked for, what came, what is outstanding.
func requestCell(_ round: DocumentRound) -> Cell {
    let items = round.items.map { item in
        Cell.object([
            ("kind", .text(item.kind.rawValue)), ("evidence", .text(item.evidence?.text)),
            ("reason", .text(item.reason)), ("answeredBy", .text(item.answeredBy?.text)),
        ])
    }
    return .object([
        ("round", .integer(Int64(round.round))), ("at", .moment(round.askedAt)),
        ("dueOn", .day(round.dueOn)), ("originals", .flag(round.originals)),
        ("asked", .integer(Int64(round.items.count))),
        ("answered", .integer(Int64(round.items.count - round.outstanding))),
        ("outstanding", .integer(Int64(round.outstanding))), ("items", .list(items)),
        ("arrived", .list(round.arrived.map { .text($0.text) })),
    ])
}

/// A payment: what it settled of the claim, and what was paid out where that was another currency.
func paymentCell(_ payment: Reimbursed) -> Cell {
    .object([
        ("paymentReference", .text(payment.paymentReference)), ("paidOn", .day(payment.paidOn)),
        ("amount", .money(payment.amount.minorUnits, payment.amount.currency)),
        ("currency", .text(payment.amount.currency.code)),
        ("payout", .money(payment.payout?.minorUnits ?? 0, payment.payout?.currency)),
        ("payoutCurrency", .text(payment.payout?.currency.code)),
        ("rate", .text(payment.rate?.words)), ("payer", .text(payment.payer)),
        ("reason", .missing),
    ])
}

/// A payment that came back: its amount is negative.
func reversalCell(_ reversal: ReimbursementReversed, on day: Day) -> Cell {
    .object([
        ("paymentReference", .text(reversal.paymentReference)), ("paidOn", .day(day)),
        ("amount", .money(-reversal.amount.minorUnits, reversal.amount.currency)),
        ("currency", .text(reversal.amount.currency.code)), ("payout", .missing),
        ("payoutCurrency", .missing), ("rate", .missing), ("payer", .missing),
        ("reason", .text(reversal.reason)),
    ])
}

/// One part of what a claim asks for.
func expenseCell(_ expense: ClaimExpense, _ currency: Currency?) -> Cell {
    .object([
        ("type", .text(expense.type)), ("amount", .money(expense.amountMinorUnits, currency)),
        ("traveller", .text(expense.traveller)),
    ])
}
