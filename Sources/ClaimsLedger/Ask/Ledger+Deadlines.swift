import ClaimsCodec
import ClaimsDomain
public import ClaimsProjections
import EventLog

extension Ledger {
    /// What is due or late, by due date, then kind, then subject.
    ///
    /// Of the selection, programme, partner, period and claim count. Of one partner or claim from
    /// the index where there is one, else one pass over the log.
    public func deadlines(
        _ selection: Selection = Selection(), scope: DeadlineScope = .open,
        at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<DeadlineRegister> {
        let (notes, log) = try replay(of: selection, viewpoint, noting: DeadlineNotes()) {
            notes, _, fact, _ in notes.note(fact)
        }
        return Answer(
            DeadlineRegister(log.replay, notes, selection: selection, scope: scope), of: log)
    }
}
