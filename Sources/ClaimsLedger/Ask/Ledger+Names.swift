package import ClaimsDomain
import ClaimsIndex
import ClaimsProjections

extension Ledger {
    /// The ids of the claims or of the associations, sorted; empty for what has neither.
    ///
    /// From the index where there is one, else one pass over the log.
    package func names(of kind: EventKind.SubjectKind) throws(LedgerError) -> [String] {
        switch kind {
        case .claim: try names(of: SubjectKind.claim)
        case .association: try names(of: SubjectKind.association)
        case .program, .partner, .period: []
        }
    }

    private func names(of kind: SubjectKind) throws(LedgerError) -> [String] {
        let known = try indexed { index in
            try IndexedFold(index, at: Viewpoint()).names(of: kind)
        }
        if let known { return known }
        let state = try replay().replay.state
        let keys =
            kind == .claim ? state.claims.map(\.claim) : state.associations.map(\.association)
        return keys.map { state.names.text($0) }.sorted()
    }
}
