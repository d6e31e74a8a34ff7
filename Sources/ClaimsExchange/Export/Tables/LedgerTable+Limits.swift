package import ClaimsProjections

/// A part of a selection, by the name of its option.
package enum SelectionPart: String, CaseIterable, Sendable {
    case program, partner, period, claim, activity, status, type, actor, from, to
    case minAmount = "min-amount"
    case maxAmount = "max-amount"
}

extension Selection {
    /// The parts that limit something.
    package var parts: Set<SelectionPart> {
        let given: [(SelectionPart, Bool)] = [
            (.program, program != nil), (.partner, partner != nil), (.period, period != nil),
            (.claim, claim != nil), (.activity, activity != nil), (.status, status != nil),
            (.type, kind != nil), (.actor, actor != nil), (.from, from != nil), (.to, to != nil),
            (.minAmount, minAmount != nil), (.maxAmount, maxAmount != nil),
        ]
        return Set(given.filter(\.1).map(\.0))
    }
}

extension LedgerTable {
    /// The parts of a selection that its rows are limited by; another one would be silently
    /// without effect, so who asks for rows has to refuse it.
    package var limits: Set<SelectionPart> {
        switch self {
        case .currencies: []
        case .programs: [.program]
        case .periods: [.program, .period]
        case .partners: [.program, .partner]
        case .events, .evidence, .payments:
            [
                .program, .partner, .period, .claim, .type, .actor, .from, .to, .minAmount,
                .maxAmount,
            ]
        case .postings: [.program, .partner, .period, .claim, .type, .actor, .from, .to]
        case .claims, .retention: Set(SelectionPart.allCases)
        case .associations: [.program, .partner, .status]
        case .balances: [.program, .partner, .period]
        case .deadlines: [.program, .partner, .period, .claim]
        case .findings: [.program, .partner, .claim, .type, .from, .to]
        }
    }

    /// What limits all tables together: each of them that is about one such thing a row.
    package static let commonLimits: Set<SelectionPart> = [.program, .partner, .period, .claim]
}
