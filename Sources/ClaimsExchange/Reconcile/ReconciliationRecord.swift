package import ClaimsDomain
package import ClaimsLedger

/// Writes the outcome of a reconciliation into the trail of every claim it was about.
///
/// A comment a claim and payment: who compared it when, with which report and what came out of it
/// stands where whoever looks at the claim finds it. What the report alone has is about no claim.
package enum ReconciliationRecord {
    /// Records the outcomes that were not recorded before from the same report.
    ///
    /// Durable when it returns. Returns how many were recorded now and before.
    package static func write(
        _ found: Reconciliation, into writer: inout LedgerWriter, by actor: Actor, now: Instant
    ) throws(LedgerError) -> (recorded: Int, repeated: Int) {
        var counts = (recorded: 0, repeated: 0)
        let state = writer.state
        let comments = found.rows.flatMap { row in
            row.claims.compactMap { claim -> ProposedEvent? in
                guard let record = state.claim(claim) else { return nil }
                let source = Source(
                    program: ProgramID(state.names.text(record.program)),
                    partner: PartnerID(state.names.text(record.partner)))
                return ProposedEvent(
                    id: row.recordID(of: claim, report: found.reportSHA256), source: source,
                    subject: claim.text, occurredAt: max(now, record.updatedAt ?? now),
                    actor: actor,
                    payload: .claimCommentAdded(text: row.sentence(report: found.reportSHA256)))
            }
        }
        for comment in comments {
            if writer.isRecorded(comment) {
                counts.repeated += 1
                continue
            }
            if case .rejected(let reason) = try writer.record(comment, now: now) {
                throw LedgerError(
                    .fault("error: claim '\(comment.subject)': \(reason)", .badData))
            }
            counts.recorded += 1
        }
        try writer.flush()
        return counts
    }
}

extension ReconciliationRow {
    /// The same for the same outcome of the same report, and no other.
    fileprivate func recordID(of claim: ClaimID, report: String) -> EventID {
        let payment = payments.first.map { String($0.prefix(64)) } ?? ""
        return EventID(
            "reconciled:\(report.prefix(16)):\(claim.text.prefix(64)):\(payment):\(kind.rawValue)")
    }

    /// What a claim's trail says of it.
    fileprivate func sentence(report: String) -> String {
        var parts = [
            "payment \(payments.prefix(8).joined(separator: ", ")) reconciled: \(kind.rawValue)",
            "report \(reportAmount.map { "\($0)" } ?? "none")",
            "ledger \(ledgerAmount.map { "\($0)" } ?? "none")",
        ]
        if !detail.isEmpty { parts.append(detail) }
        if !lines.isEmpty {
            parts.append("lines \(lines.prefix(8).map { "\($0)" }.joined(separator: ", "))")
        }
        return parts.joined(separator: "; ") + " of the report with SHA-256 \(report)"
    }
}
