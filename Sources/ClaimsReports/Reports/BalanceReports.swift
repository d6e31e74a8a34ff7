package import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Earned versus claimed funds, a row an account or a group.
package func balanceTable(
    _ answer: Answer<FundBalances>, grouping: BalanceGrouping? = nil
) -> Table {
    var table = Table(
        columns: balanceColumns(grouping),
        rows: answer.value.rows.map { balanceCells($0, grouping) },
        title: "Funds", notes: headerNotes(answer), emptyText: "no fund matches")
    table.chart = TextChart(
        title: "Of earned", names: BarPart.allCases.map(\.title),
        drawings: answer.value.rows.map { row in
            .bar(BarPart.sizes(Bucket.inReportOrder.map { row.figure(of: $0) }))
        })
    return table
}

/// How each account or group came to where it stands, a line of heights each; for terminals.
package func balanceLinesTable(
    _ answer: Answer<[(day: Day, balances: FundBalances)]>, grouping: BalanceGrouping?
) -> Table {
    let names: [BalanceGrouping] = grouping.map { [$0] } ?? [.program, .partner, .period]
    let last = answer.value.last?.balances.rows ?? []
    func name(_ row: BalanceRow) -> [String?] {
        [row.program?.text, row.partner?.text, row.period?.text, row.currency.code]
    }
    var known: [[String?]: [[Int64]]] = [:]
    for point in answer.value {
        for row in point.balances.rows {
            known[name(row), default: []].append(
                [.earned, .claimed, .paid, .expired].map { row.figure(of: $0) })
        }
    }
    let count = answer.value.count
    var table = Table(
        columns: names.map { Table.Column(key: $0.rawValue, title: $0.rawValue.capitalizedWord) }
            + [
                Table.Column(key: "currency", title: "Cur", narrowing: .keep),
                Table.Column(key: "bucket", title: "What", narrowing: .keep),
                Table.Column(key: "amount", title: "Now", alignment: .trailing, narrowing: .keep),
            ], title: "From \(answer.value.first?.day.description ?? "-") on")
    var drawings: [TextChart.Drawing] = []
    for row in last {
        let series = known[name(row)] ?? []
        let most = series.flatMap(\.self).max() ?? 0
        for (place, bucket) in [Bucket.earned, .claimed, .paid, .expired].enumerated() {
            let values = series.map { $0[place] }
            // An account that came later begins with nothing.
            let line = [Int64](repeating: 0, count: count - values.count) + values
            table.append(
                nameCells(row, grouping) + [.text(row.currency.code), .text(bucket.rawValue)]
                    + [.money(row.figure(of: bucket), row.currency)])
            drawings.append(.line(line, most: most))
        }
    }
    table.chart = TextChart(title: "Over time", drawings: drawings)
    return table
}

/// The same at the end of each step of time.
package func balanceSeriesTable(
    _ answer: Answer<[(day: Day, balances: FundBalances)]>, grouping: BalanceGrouping?
) -> Table {
    let columns = [Table.Column(key: "date", title: "Date", narrowing: .keep)]
    var table = Table(
        columns: columns + balanceColumns(grouping, isSeries: true), title: "Funds over time",
        notes: headerNotes(answer), emptyText: "no fund matches")
    for point in answer.value {
        for row in point.balances.rows {
            table.append([.day(point.day)] + balanceCells(row, grouping))
        }
    }
    return table
}

/// The columns of balances; beside the dates of a series not all fit into 80 columns.
private func balanceColumns(
    _ grouping: BalanceGrouping?, isSeries: Bool = false
) -> [Table.Column] {
    typealias Column = Table.Column
    let names: [BalanceGrouping] = grouping.map { [$0] } ?? [.program, .partner, .period]
    let amounts: [(String, String, Column.Narrowing)] = [
        ("earned", "Earned", .keep), ("adjusted", "Adjusted", .omit),
        ("rolledIn", "Rolled in", .omit), ("rolledOut", "Rolled out", .omit),
        ("converted", "Converted", .omit), ("reserved", "Reserved", .omit),
        ("approved", "Approved", .omit), ("paid", "Paid", .omit), ("due", "Due", .omit),
        ("expired", "Expired", isSeries ? .below : .keep), ("available", "Available", .keep),
        ("claimed", "Claimed", .keep),
    ]
    return names.map { Column(key: $0.rawValue, title: $0.rawValue.capitalizedWord) }
        + [Column(key: "currency", title: "Cur", narrowing: .keep)]
        + amounts.map { Column(key: $0, title: $1, alignment: .trailing, narrowing: $2) }
        + (grouping == nil
            ? [Column(key: "deadline", title: "Deadline", narrowing: .omit)] : [])
}

private func balanceCells(_ row: BalanceRow, _ grouping: BalanceGrouping?) -> [Cell] {
    let balance = row.balance
    let amounts = [
        balance.earned, balance.adjusted, balance.rolledIn, balance.rolledOut, balance.converted,
        balance.reserved, balance.approved, balance.paid, balance.due, row.expired, row.available,
        balance.claimed,
    ]
    return nameCells(row, grouping) + [.text(row.currency.code)]
        + amounts.map { .money($0, row.currency) }
        + (grouping == nil ? [.day(row.deadline)] : [])
}

private func nameCells(_ row: BalanceRow, _ grouping: BalanceGrouping?) -> [Cell] {
    switch grouping {
    case .program: [.text(row.program?.text)]
    case .partner: [.text(row.partner?.text)]
    case .period: [.text(row.period?.text)]
    case nil: [.text(row.program?.text), .text(row.partner?.text), .text(row.period?.text)]
    }
}
