public import ClaimsDomain

/// One thing history did against a rule.
public struct FindingRow: Equatable, Sendable {
    /// The stable code.
    public let code: FindingCode
    /// The claim, association or period it is about.
    public let subject: String
    /// The programme.
    public let program: ProgramID
    /// The partner.
    public let partner: PartnerID
    /// The event that broke the rule; for a derived finding the last event of the claim.
    public let sequence: Int64
    /// When that event happened.
    public let time: Instant?
    /// The type of that event.
    public let kind: EventKind?
}

/// All findings of a ledger at a viewpoint, by sequence and code.
public struct FindingRegister: Sendable {
    /// By sequence, then in the order of the catalogue of codes.
    public let rows: [FindingRow]

    /// The findings of a replay that a selection admits.
    ///
    /// `facts` are those of the events that findings name. O(findings + claims).
    package init(_ replay: Replay, facts: [Int64: Fact], selection: Selection = Selection()) {
        let names = replay.state.names
        let recorded = replay.state.findings.map { finding in
            let fact = facts[finding.sequence]
            return FindingRow(
                code: finding.code, subject: names.text(finding.subject),
                program: ProgramID(names.text(fact?.program ?? .none)),
                partner: PartnerID(names.text(fact?.partner ?? .none)),
                sequence: finding.sequence, time: fact?.occurredAt, kind: finding.kind)
        }
        let order = FindingCode.allCases
        rows = (recorded + Self.unpaid(replay))
            .filter { Self.admits(selection, $0) }
            .sorted { left, right in
                let places = [left, right].map { order.firstIndex(of: $0.code) ?? 0 }
                return (left.sequence, places[0], left.subject)
                    < (right.sequence, places[1], right.subject)
            }
    }

    private init(rows: [FindingRow]) { self.rows = rows }

    /// The findings of one code; all for nil.
    package func only(_ code: FindingCode?) -> FindingRegister {
        guard let code else { return self }
        return FindingRegister(rows: rows.filter { $0.code == code })
    }

    /// Claims approved and never paid; where the programme sets a payment target, past it only.
    private static func unpaid(_ replay: Replay) -> [FindingRow] {
        let state = replay.state
        return state.claims.compactMap { claim in
            guard claim.status == .approved, claim.payment == .unpaid,
                let decidedAt = claim.decidedAt
            else { return nil }
            let program = ProgramID(state.names.text(claim.program))
            if let rules = state.rules(of: program, at: decidedAt),
                let due = rules.paymentDue(approvedOn: decidedAt.day), replay.moment.day <= due
            {
                return nil
            }
            return FindingRow(
                code: .approvedUnpaid, subject: state.names.text(claim.claim), program: program,
                partner: PartnerID(state.names.text(claim.partner)),
                sequence: claim.lastSequence, time: claim.updatedAt, kind: nil)
        }
    }

    private static func admits(_ selection: Selection, _ row: FindingRow) -> Bool {
        if let program = selection.program, program != row.program { return false }
        if let partner = selection.partner, partner != row.partner { return false }
        if let claim = selection.claim, claim.text != row.subject { return false }
        if let kind = selection.kind, kind != row.kind { return false }
        if let from = selection.from, row.time.map({ $0 < from }) ?? true { return false }
        if let to = selection.to, row.time.map({ $0 > to }) ?? true { return false }
        return true
    }
}
