package import ClaimsLedger

/// What a verification found, in figures; the faults themselves are told one by one.
package func verificationDetails(_ result: Verification) -> Details {
    let verdict =
        if result.events == 0 { "nothing to check" } else if result.faults.isEmpty {
            "no fault found in what was read"
        } else { "\(result.faults.count) faults" }
    let findings = result.findings.sorted { $0.key < $1.key }
    return Details(
        fields: [
            Details.Field(key: "verdict", title: "Verdict", value: .text(verdict)),
            Details.Field(key: "events", title: "Events", value: .integer(result.events)),
            Details.Field(key: "bytes", title: "Bytes", value: .integer(result.bytes)),
            Details.Field(
                key: "accounts", title: "Fund accounts", value: .integer(Int64(result.accounts))),
            Details.Field(key: "rootHash", title: "Tree root", value: .text(result.rootHash)),
            Details.Field(
                key: "covered", title: "Outside checkpoint",
                value: .text("none given: events cut off the end would not be noticed")),
            Details.Field(
                key: "faults", title: "Faults",
                value: .list(result.faults.map { .text($0) })),
            Details.Field(
                key: "findings", title: "Findings",
                value: .object(findings.map { (key: $0.key, value: .integer(Int64($0.value))) })),
        ], title: "Verification")
}

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
