package import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Earned versus claimed funds, a row an account or a group.
package func balanceTable(
    _ answer: Answer<FundBalances>, grouping: BalanceGrouping? = nil
) -> Table {
    Table(
        columns: balanceColumns(grouping),
        rows: answer.value.rows.map { balanceCells($0, grouping) },
        title: "Funds", notes: headerNotes(answer), emptyText: "no fund matches")
}

/// The same at the end of each step of time.
package func balanceSeriesTable(
    _ answer: Answer<[(day: Day, balances: FundBalances)]>, grouping: BalanceGrouping?
) -> Table {
    let columns = [Table.Column(key: "date", title: "Date", narrowing: .keep)]
    var table = Table(
        columns: columns + balanceColumns(grouping), title: "Funds over time",
        notes: headerNotes(answer), emptyText: "no fund matches")
    for point in answer.value {
        for row in point.balances.rows {
            table.append([.day(point.day)] + balanceCells(row, grouping))
        }
    }
    return table
}

private func balanceColumns(_ grouping: BalanceGrouping?) -> [Table.Column] {
    typealias Column = Table.Column
    let names: [BalanceGrouping] = grouping.map { [$0] } ?? [.program, .partner, .period]
    let amounts: [(String, String, Column.Narrowing)] = [
        ("earned", "Earned", .keep), ("adjusted", "Adjusted", .omit),
        ("rolledIn", "Rolled in", .omit), ("rolledOut", "Rolled out", .omit),
        ("converted", "Converted", .omit), ("reserved", "Reserved", .omit),
        ("approved", "Approved", .omit), ("paid", "Paid", .omit), ("due", "Due", .omit),
        ("expired", "Expired", .keep), ("available", "Available", .keep),
        ("claimed", "Claimed", .keep),
    ]
    return names.map { Column(key: $0.rawValue, title: $0.rawValue.capitalizedWord) }
        + [Column(key: "currency", title: "Cur", narrowing: .keep)]
        + amounts.map { Column(key: $0, title: $1, alignment: .trailing, narrowing: $2) }
        + (grouping == nil
            ? [Column(key: "deadline", title: "Deadline", narrowing: .omit)] : [])
}

private func balanceCells(_ row: BalanceRow, _ grouping: BalanceGrouping?) -> [Cell] {
    let names: [Cell] =
        switch grouping {
        case .program: [.text(row.program?.text)]
        case .partner: [.text(row.partner?.text)]
        case .period: [.text(row.period?.text)]
        case nil: [.text(row.program?.text), .text(row.partner?.text), .text(row.period?.text)]
        }
    let balance = row.balance
    let amounts = [
        balance.earned, balance.adjusted, balance.rolledIn, balance.rolledOut, balance.converted,
        balance.reserved, balance.approved, balance.paid, balance.due, row.expired, row.available,
        balance.claimed,
    ]
    return names + [.text(row.currency.code)] + amounts.map { .money($0, row.currency) }
        + (grouping == nil ? [.day(row.deadline)] : [])
}
