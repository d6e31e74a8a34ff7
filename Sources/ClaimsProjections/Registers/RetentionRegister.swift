package import ClaimsDomain

/// Which originals must be kept until when, and which may go, at a viewpoint.
public struct RetentionRegister: Sendable {
    /// By claim id; claims with a document and an activity date only.
    public let rows: [RetentionRow]

    /// The originals of the claims that a selection admits.
    ///
    /// `touched`: as for `ClaimRegister`. O(claims log claims).
    package init(
        _ replay: Replay, selection: Selection = Selection(), touched: Set<NameKey>? = nil
    ) {
        rows = ClaimRegister(replay, selection: selection, touched: touched).rows
            .compactMap { Self.row($0, replay) }
    }

    private static func row(_ claim: ClaimRow, _ replay: Replay) -> RetentionRow? {
        guard let activityDate = claim.activityDate,
            let attached = replay.state.dossier(of: claim.claim)?.documents, !attached.isEmpty
        else { return nil }
        let names = replay.state.documentNames
        let documents = attached.map { document in
            RetainedDocument(
                evidence: EvidenceID(names.text(document.evidence)),
                sha256: names.text(document.fact.file))
        }
        let rules = rules(for: claim, replay.state)
        let months = rules?.retentionMonths
        let keepUntil = rules?.originalsKeptUntil(activityOn: activityDate)
        let (state, reason) = verdict(
            claim, months: months, isOver: keepUntil.map { replay.moment.day > $0 } ?? false)
        return RetentionRow(
            claim: claim.claim, program: claim.program, partner: claim.partner,
            status: claim.status, activityDate: activityDate, keepUntil: keepUntil, state: state,
            reason: reason, documents: documents)
    }

    /// The rules in force when the claim was created, as for everything a claim is held to; the
    /// latest where it is older than all rules.
    private static func rules(for claim: ClaimRow, _ state: LedgerState) -> Program? {
        claim.createdAt.flatMap { state.rules(of: claim.program, at: $0) }
            ?? state.latestRules(of: claim.program)
    }

    /// What holds the originals longest is said: an open claim, then its payment, then the period.
    private static func verdict(
        _ claim: ClaimRow, months: Int64?, isOver: Bool
    ) -> (RetentionState, String) {
        if !isDecided(claim.status) { return (.keep, "the claim is open: \(claim.status)") }
        // Nothing is approved in any status but approved, so money on such a claim is not final.
        if claim.paid != claim.approved {
            return (.keep, "the payment is not final: \(paidText(claim))")
        }
        guard let months else { return (.keep, "no rules of the program say how long") }
        let period = "\(months) month\(months == 1 ? "" : "s") from the activity date"
        return isOver ? (.mayGo, "\(period) are over") : (.keep, "\(period) are not over")
    }

    private static func isDecided(_ status: String) -> Bool {
        switch ClaimStatus(rawValue: status) {
        case .approved, .rejected, .withdrawn: true
        // A draft past its deadline reads as expired, which is no status of the log.
        case .absent, .editing, .submitted, .underReview, .actionRequired, .disputed, nil: false
        }
    }

    private static func paidText(_ claim: ClaimRow) -> String {
        guard let currency = claim.currency else { return claim.payment.rawValue }
        let paid = Money(minorUnits: claim.paid, currency: currency)
        let approved = Money(minorUnits: claim.approved, currency: currency)
        return "\(paid) paid, \(approved) approved"
    }
}
