import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Until when originals must be kept, a row a claim; `isStored` says whether a document of a hash
/// is in the ledger's vault.
package func retentionTable(
    _ answer: Answer<RetentionRegister>, isStored: (String) -> Bool = { _ in false }
) -> Table {
    typealias Column = Table.Column
    return Table(
        columns: [
            Column(key: "claim", title: "Claim", narrowing: .keep),
            Column(key: "program", title: "Program"),
            Column(key: "partner", title: "Partner"),
            Column(key: "status", title: "Status", narrowing: .omit, isStatus: true),
            Column(key: "activityDate", title: "Activity date", narrowing: .omit),
            Column(key: "keepUntil", title: "Keep until", narrowing: .keep),
            Column(key: "state", title: "State", narrowing: .keep),
            Column(key: "reason", title: "Reason"),
            Column(
                key: "documentCount", title: "Documents", alignment: .trailing, narrowing: .keep),
            Column(key: "stored", title: "Stored", alignment: .trailing, narrowing: .keep),
            Column(key: "documents", title: "Which", narrowing: .omit),
        ], rows: answer.value.rows.map { retentionCells($0, isStored) },
        title: "Retention of originals",
        notes: headerNotes(answer), emptyText: "no claim with documents matches")
}

private func retentionCells(_ row: RetentionRow, _ isStored: (String) -> Bool) -> [Cell] {
    let documents = row.documents.map { document in
        Cell.object([
            ("evidence", .text(document.evidence.text)), ("sha256", .text(document.sha256)),
        ])
    }
    return [
        .text(row.claim.text), .text(row.program.text), .text(row.partner.text), .text(row.status),
        .day(row.activityDate), .day(row.keepUntil), .text(row.state.rawValue), .text(row.reason),
        .integer(Int64(documents.count)),
        .integer(Int64(row.documents.count { isStored($0.sha256) })), .list(documents),
    ]
}
