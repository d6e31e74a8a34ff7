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
        var reader = EventReader()
        let log = try replay(viewpoint) { _, fact, bytes in
            let event = DeadlineNotes.readsPayload(of: fact.kind) ? try reader.read(bytes) : nil
            notes.note(fact, event?.content.payload)
        }
        try KnownNames(log.replay.state).check(selection)
        return Answer(
            DeadlineRegister(log.replay, notes, selection: selection, scope: scope), of: log)
    }
}
