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
        let (touched, log) = try replay(noting: selection, viewpoint)
        return Answer(
            RetentionRegister(log.replay, selection: selection, touched: touched), of: log)
    }
}
