import ClaimsCodec
import ClaimsDomain
public import ClaimsProjections
import EventLog

extension Ledger {
    /// Which originals must be kept until when, and which may go, by claim id.
    ///
    /// One pass over the log.
    public func retention(
        _ selection: Selection = Selection(), at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<RetentionRegister> {
        var notes = RetentionNotes()
        var touched: Set<NameKey>? = selection.limitsEvents ? [] : nil
        var reader = EventReader()
        let log = try replay(viewpoint) { state, fact, bytes in
            guard fact.kind.subjectKind == .claim else { return }
            if RetentionNotes.readsPayload(of: fact.kind) {
                notes.note(fact, try reader.read(bytes).content.payload)
            }
            if touched != nil, FactFilter(selection, names: state.names).admitsEvent(fact) {
                touched?.insert(fact.subject)
            }
        }
        try KnownNames(log.replay.state).check(selection)
        return Answer(
            RetentionRegister(log.replay, notes, selection: selection, touched: touched), of: log)
    }
}
