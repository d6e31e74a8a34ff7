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
