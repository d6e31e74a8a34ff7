import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsReports

/// A reconciliation in a format: CSV has its rows, the others totals and classes too.
func reconciliationText(
    _ answer: Answer<Reconciliation>, as format: OutputFormat, width: Int?,
    isShown: (ReconciliationRow) -> Bool
) -> String {
    let found = answer.value
    let rows = rowTable(found.rows.filter(isShown))
    switch format {
    case .csv: return render(rows, as: format)
    case .json:
        let fields: [(String, String, Cell)] = [
            ("agrees", "Agrees", .flag(found.agrees)),
            ("reportSha256", "SHA-256 of the report", .text(found.reportSHA256)),
            ("reportRows", "Rows of the report", .integer(found.reportRows)),
            ("ledgerPayments", "Payments of the ledger", .integer(found.ledgerPayments)),
            ("totals", "Totals", totalTable(found).asCell),
            ("classes", "Classes", classTable(found).asCell),
            ("rows", "Rows", rows.asCell),
        ]
        return renderObject(
            Details(fields: fields.map { Details.Field(key: $0, title: $1, value: $2) }),
            as: format)
    case .table, .markdown:
        var top = classTable(found)
        top.title = "Payments against the ledger"
        top.notes =
            headerNotes(answer) + [
                "\(found.reportRows) rows of the report, \(found.ledgerPayments) payments of the "
                    + "ledger", "report with SHA-256 \(found.reportSHA256)",
            ]
        return [top, totalTable(found), rows].map { render($0, as: format, width: width) }
            .joined(separator: "\n")
    }
}

private func classTable(_ found: Reconciliation) -> Table {
    Table(
        columns: [
            Table.Column(key: "class", title: "Class", narrowing: .keep),
            Table.Column(key: "agrees", title: "Agrees", narrowing: .keep),
            Table.Column(key: "count", title: "Count", alignment: .trailing),
        ],
        rows: found.counts.map {
            [.text($0.kind.rawValue), .flag($0.kind.agrees), .integer(Int64($0.count))]
        }, emptyText: "no payments on either side")
}

private func totalTable(_ found: Reconciliation) -> Table {
    Table(
        columns: [
            Table.Column(key: "currency", title: "Currency", narrowing: .keep),
            Table.Column(key: "report", title: "Report", alignment: .trailing),
            Table.Column(key: "ledger", title: "Ledger", alignment: .trailing),
            Table.Column(key: "difference", title: "Difference", alignment: .trailing),
        ],
        rows: found.totals.map { total in
            [
                .text(total.currency.code), .money(total.report, total.currency),
                .money(total.ledger, total.currency), .money(total.difference, total.currency),
            ]
        }, title: "Totals", emptyText: "nothing is paid on either side")
}

private func rowTable(_ rows: [ReconciliationRow]) -> Table {
    typealias Column = Table.Column
    return Table(
        columns: [
            Column(key: "class", title: "Class", narrowing: .keep),
            Column(key: "payments", title: "Payment", narrowing: .keep),
            Column(key: "program", title: "Program", narrowing: .omit),
            Column(key: "partner", title: "Partner", narrowing: .keep),
            Column(key: "claims", title: "Claims"),
            Column(key: "lines", title: "Lines", narrowing: .omit),
            Column(key: "reportStatus", title: "Report says", narrowing: .omit),
            Column(key: "ledgerStatus", title: "Ledger says", narrowing: .omit),
            Column(key: "reportCurrency", title: "Cur", narrowing: .keep),
            Column(key: "reportAmount", title: "Report", alignment: .trailing),
            Column(key: "ledgerCurrency", title: "Cur", narrowing: .keep),
            Column(key: "ledgerAmount", title: "Ledger", alignment: .trailing),
            Column(key: "difference", title: "Difference", alignment: .trailing),
            Column(key: "detail", title: "Detail"),
        ],
        rows: rows.map { row in
            [
                .text(row.kind.rawValue), .list(row.payments.map { .text($0) }),
                .text(row.program?.text), .text(row.partner.text),
                .list(row.claims.map { .text($0.text) }), .list(row.lines.map { .integer($0) }),
                .text(row.reportStatus), .text(row.ledgerStatus),
                .text(row.reportAmount?.currency.code), money(row.reportAmount),
                .text(row.ledgerAmount?.currency.code), money(row.ledgerAmount),
                money(row.difference), row.detail.isEmpty ? .missing : .text(row.detail),
            ]
        }, title: "Comparisons", emptyText: "nothing to show")
}

private func money(_ amount: Money?) -> Cell {
    amount.map { .money($0.minorUnits, $0.currency) } ?? .missing
}
