import ClaimsDomain
public import ClaimsProjections
import EventLog

extension Ledger {
    /// Which originals must be kept until when, and which may go, by claim id.
    ///
    /// Of one partner or claim from the index where there is one, else one pass over the log.
    public func retention(
        _ selection: Selection = Selection(), at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<RetentionRegister> {
        let empty: Set<NameKey>? = selection.limitsEvents ? [] : nil
        let (touched, log) = try replay(of: selection, viewpoint, noting: empty) {
            touched, state, fact, _ in
            guard touched != nil, fact.kind.subjectKind == .claim,
                FactFilter(selection, names: state.names).admitsEvent(fact)
            else { return }
            touched?.insert(fact.subject)
        }
        return Answer(
            RetentionRegister(log.replay, selection: selection, touched: touched), of: log)
    }
}
