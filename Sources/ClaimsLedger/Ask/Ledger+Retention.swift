import ClaimsCodec
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
        let touched: Set<NameKey>? = selection.limitsEvents ? [] : nil
        var reader = EventReader()
        let (noted, log) = try replay(
            of: selection, viewpoint, noting: (notes: RetentionNotes(), touched: touched)
        ) { noted, state, fact, bytes in
            guard fact.kind.subjectKind == .claim else { return }
            if RetentionNotes.readsPayload(of: fact.kind) {
                noted.notes.note(fact, try reader.read(bytes).content.payload)
            }
            if noted.touched != nil, FactFilter(selection, names: state.names).admitsEvent(fact) {
                noted.touched?.insert(fact.subject)
            }
        }
        return Answer(
            RetentionRegister(
                log.replay, noted.notes, selection: selection, touched: noted.touched), of: log)
    }
}
