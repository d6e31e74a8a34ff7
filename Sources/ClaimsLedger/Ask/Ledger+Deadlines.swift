import ClaimsCodec
import ClaimsDomain
public import ClaimsProjections
import EventLog

extension Ledger {
    /// What is due or late, by due date, then kind, then subject.
    ///
    /// Of the selection, programme, partner, period and claim count. One pass over the log.
    public func deadlines(
        _ selection: Selection = Selection(), scope: DeadlineScope = .open,
        at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<DeadlineRegister> {
        var notes = DeadlineNotes()
        let log = try replay(viewpoint) { _, fact, _ in notes.note(fact) }
        try KnownNames(log.replay.state).check(selection)
        return Answer(
            DeadlineRegister(log.replay, notes, selection: selection, scope: scope), of: log)
    }
}
