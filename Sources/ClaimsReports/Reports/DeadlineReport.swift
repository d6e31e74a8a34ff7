import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// What is due or late, a row each.
package func deadlineTable(_ answer: Answer<DeadlineRegister>) -> Table {
    typealias Column = Table.Column
    return Table(
        columns: [
            Column(key: "kind", title: "What"),
            Column(key: "subject", title: "Subject", narrowing: .keep),
            Column(key: "program", title: "Program", narrowing: .omit),
            Column(key: "partner", title: "Partner"),
            Column(key: "period", title: "Period", narrowing: .omit),
            Column(key: "due", title: "Due", narrowing: .keep),
            Column(key: "state", title: "State", narrowing: .keep, isStatus: true),
            Column(key: "daysLeft", title: "Days", alignment: .trailing, narrowing: .keep),
            Column(key: "amount", title: "Amount", alignment: .trailing, narrowing: .keep),
            Column(key: "currency", title: "Cur", narrowing: .keep),
            Column(key: "rule", title: "Rule", narrowing: .omit),
        ], rows: answer.value.rows.map(deadlineCells), title: "Deadlines",
        notes: headerNotes(answer), emptyText: "nothing is due")
}

private func deadlineCells(_ row: DeadlineRow) -> [Cell] {
    let amount = row.amount
    return [
        .text(row.kind.rawValue), .text(row.subject), .text(row.program.text),
        .text(row.partner.text), .text(row.period?.text), .day(row.due), .text(row.state.rawValue),
        .integer(row.daysLeft), .money(amount?.minorUnits ?? 0, amount?.currency),
        .text(amount?.currency.code), .text(row.rule),
    ]
}
