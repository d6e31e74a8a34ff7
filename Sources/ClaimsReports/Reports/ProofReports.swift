package import ClaimsLedger

/// What a verification found, in figures; the faults themselves are told one by one.
package func verificationDetails(_ result: Verification) -> Details {
    typealias Field = Details.Field
    let verdict =
        if result.events == 0 { "nothing to check" } else if result.faults.isEmpty {
            "no fault found in what was read"
        } else { "\(result.faults.count) fault\(result.faults.count == 1 ? "" : "s")" }
    let findings = result.findings.sorted { $0.key < $1.key }
    var fields = [
        Field(key: "verdict", title: "Verdict", value: .text(verdict)),
        Field(key: "events", title: "Events", value: .integer(result.events)),
        Field(key: "bytes", title: "Bytes", value: .integer(result.bytes)),
        Field(key: "accounts", title: "Fund accounts", value: .integer(Int64(result.accounts))),
        Field(key: "rootHash", title: "Tree root", value: .text(result.rootHash)),
        Field(
            key: "keptCheckpoints", title: "Checkpoints kept",
            value: .integer(Int64(result.keptCheckpoints))),
        Field(key: "covered", title: "Outside checkpoint", value: .text(coverageText(result))),
        Field(
            key: "coveredUpTo", title: "Covered up to",
            value: result.coverage.map { .integer($0.upTo) } ?? .missing),
    ]
    if let documents = result.documents { fields.append(documentField(documents)) }
    fields += [
        Field(
            key: "faults", title: "Faults", value: .list(result.faults.map { .text($0) })),
        Field(
            key: "notices", title: "Notices", value: .list(result.notices.map { .text($0) })),
        Field(
            key: "findings", title: "Findings",
            value: .object(findings.map { (key: $0.key, value: .integer(Int64($0.value))) })),
    ]
    if let last = result.foldedUpTo {
        fields.append(
            Field(
                key: "foldedUpTo", title: "Findings up to", value: .integer(last)))
    }
    return Details(fields: fields, title: "Verification")
}

private func documentField(_ documents: DocumentCount) -> Details.Field {
    Details.Field(
        key: "documents", title: "Documents",
        value: .object([
            ("referenced", .integer(Int64(documents.referenced))),
            ("found", .integer(Int64(documents.found))),
            ("unreferenced", .integer(Int64(documents.unreferenced))),
        ]))
}

/// How far an outside checkpoint covers the log, never more than that.
private func coverageText(_ result: Verification) -> String {
    guard let coverage = result.coverage else {
        return result.outsideCheckpoints == 0
            ? "none given: events cut off the end would not be noticed"
            : "none that was given holds"
    }
    let witnesses =
        coverage.witnesses.isEmpty
        ? "" : ", witnessed by \(coverage.witnesses.joined(separator: ", "))"
    let key = coverage.isKeyFromOutside ? "" : " (by the key in ledger.json)"
    let next = coverage.upTo + 1
    let rest =
        if coverage.upTo >= result.events { "" } else if next == result.events {
            "; event \(next) is not covered"
        } else { "; events \(next) to \(result.events) are not covered" }
    let kind = coverage.isOutside ? "an outside checkpoint" : "a witnessed checkpoint"
    return "covered by \(kind) up to \(coverage.upTo)\(key)\(witnesses)\(rest)"
}

/// What checking a bundle showed.
package func bundleDetails(_ result: BundleCheck) -> Details {
    typealias Field = Details.Field
    let verdict =
        result.isSound
        ? "proved: the lines stand in the log as it was signed"
        : "not proved: \(result.faults.count) fault\(result.faults.count == 1 ? "" : "s")"
    let complete =
        switch result.isComplete {
        case true: "no event of the subject is left out"
        case false: "events are left out"
        case nil: "not shown: compare with a copy of the log (--log)"
        }
    return Details(
        fields: [
            Field(key: "verdict", title: "Verdict", value: .text(verdict)),
            Field(
                key: "subject", title: "Subject",
                value: .text("\(result.subject.kind) \(result.subject.name)")),
            Field(key: "events", title: "Events", value: .integer(Int64(result.events))),
            Field(key: "key", title: "Signed by", value: .text(result.key)),
            Field(
                key: "keyFrom", title: "Key from",
                value: .text(
                    result.isKeyFromOutside
                        ? "outside" : "the proof itself: compare it with one from elsewhere")),
            Field(
                key: "size", title: "Events of the log",
                value: result.size.map { .integer(Int64($0)) } ?? .missing),
            Field(key: "root", title: "Tree root", value: .text(result.root)),
            Field(
                key: "witnesses", title: "Witnesses",
                value: .list(result.witnesses.map { .text($0) })),
            Field(key: "complete", title: "Completeness", value: .text(complete)),
            Field(
                key: "documents", title: "Documents",
                value: .object([
                    ("referenced", .integer(Int64(result.documents.referenced))),
                    ("found", .integer(Int64(result.documents.found))),
                ])),
            Field(
                key: "faults", title: "Faults", value: .list(result.faults.map { .text($0) })),
        ], title: "Proof")
}

/// What asking a stamp's question again showed.
package func reproductionDetails(
    _ stamp: Stamp, isSame: Bool, sha256: String, isSigned: Bool
) -> Details {
    typealias Field = Details.Field
    return Details(
        fields: [
            Field(
                key: "verdict", title: "Verdict",
                value: .text(isSame ? "reproduced: the same bytes" : "other bytes than stamped")),
            Field(
                key: "query", title: "Query", value: .text(stamp.query.joined(separator: " "))),
            Field(key: "origin", title: "Origin", value: .text(stamp.origin)),
            Field(key: "size", title: "Events", value: .integer(stamp.size)),
            Field(key: "root", title: "Tree root", value: .text(stamp.root)),
            Field(key: "asOf", title: "As of", value: .text(stamp.asOf)),
            Field(key: "knownAt", title: "Known at", value: .text(stamp.knownAt)),
            Field(
                key: "checkpoint", title: "Checkpoint",
                value: .text(
                    isSigned
                        ? "signed by the ledger's key" : "none: nobody signed these events alone")),
            Field(key: "stamped", title: "Stamped SHA-256", value: .text(stamp.bodySHA256)),
            Field(key: "sha256", title: "SHA-256", value: .text(sha256)),
        ], title: "Reproduction")
}
