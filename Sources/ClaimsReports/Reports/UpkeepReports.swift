package import ClaimsLedger

/// A new ledger: where it is, what it is called, what was published in it.
package func initDetails(_ ledger: Ledger, programs: [Cell]) -> Details {
    Details(
        fields: [
            Details.Field(key: "ledger", title: "Ledger", value: .text(ledger.name)),
            Details.Field(
                key: "ledgerId", title: "Id", value: .text(ledger.settings?.ledgerID)),
            Details.Field(key: "origin", title: "Origin", value: .text(ledger.settings?.origin)),
            Details.Field(
                key: "publicKey", title: "Public key", value: .text(ledger.settings?.publicKey)),
            Details.Field(key: "programs", title: "Programs", value: .list(programs)),
        ])
}

/// A generated ledger: where it is, what it was made from, how large it is.
package func generatedDetails(
    _ ledger: Ledger, seed: UInt64, events: Int64, bytes: Int64
) -> Details {
    Details(
        fields: [
            Details.Field(key: "ledger", title: "Ledger", value: .text(ledger.name)),
            Details.Field(key: "ledgerId", title: "Id", value: .text(ledger.settings?.ledgerID)),
            Details.Field(key: "seed", title: "Seed", value: .text(String(seed))),
            Details.Field(key: "events", title: "Events", value: .integer(events)),
            Details.Field(key: "bytes", title: "Bytes", value: .integer(bytes)),
        ])
}

/// A copy: from where to where, how much was there and is now, and the tree head of both.
package func copyDetails(_ receipt: CopyReceipt, from: Ledger, to: Ledger) -> Details {
    let fields = [
        Details.Field(key: "from", title: "From", value: .text(from.name)),
        Details.Field(key: "to", title: "To", value: .text(to.name)),
        Details.Field(key: "found", title: "Found", value: .integer(receipt.eventsFound)),
        Details.Field(key: "copied", title: "Copied", value: .integer(receipt.eventsCopied)),
        Details.Field(
            key: "checkpoints", title: "Checkpoints",
            value: .integer(Int64(receipt.checkpointsCopied))),
        Details.Field(key: "events", title: "Events", value: .integer(receipt.size)),
        Details.Field(key: "rootHash", title: "Root hash", value: .text(receipt.rootHash)),
    ]
    let isInterrupted = Details.Field(
        key: "interrupted", title: "Interrupted", value: .flag(receipt.isInterrupted))
    return Details(
        fields: fields + (receipt.documents.map(documentFields) ?? []) + [isInterrupted])
}

private func documentFields(_ documents: CopiedDocuments) -> [Details.Field] {
    [
        Details.Field(
            key: "documentsCopied", title: "Documents copied",
            value: .integer(Int64(documents.copied))),
        Details.Field(
            key: "documentsFound", title: "Documents found",
            value: .integer(Int64(documents.found))),
        Details.Field(
            key: "documentsNotHeld", title: "Documents not held",
            value: .integer(Int64(documents.notHeld))),
        Details.Field(
            key: "documentsRefused", title: "Documents refused",
            value: .integer(Int64(documents.refused.count))),
    ]
}

/// The checks of `doctor`, a row each.
package func doctorTable(_ checks: [HealthCheck]) -> Table {
    Table(
        columns: [
            Table.Column(key: "check", title: "Check", narrowing: .keep),
            Table.Column(key: "ok", title: "Well", narrowing: .keep),
            Table.Column(key: "detail", title: "Detail"),
        ], rows: checks.map { [.text($0.name), .flag($0.isWell), .text($0.detail)] },
        title: "Health")
}
