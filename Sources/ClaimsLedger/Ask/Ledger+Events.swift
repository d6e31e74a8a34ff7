package import ClaimsDomain
package import ClaimsProjections
import EventLog

extension Ledger {
    /// Hands over each event that a selection admits: the state it led to, its fact, its stored
    /// line without LF.
    ///
    /// What every export and every listing of lines is made from. Answers with the finished replay.
    /// One pass over the log: nothing but the state is held, however long the log is.
    package func events(
        _ selection: Selection = Selection(), at viewpoint: Viewpoint = Viewpoint(),
        visit: (LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws(LedgerError) -> Answer<Replay> {
        let admitsAll = selection == Selection()
        let log = try replay(viewpoint) { state, fact, bytes in
            if !admitsAll {
                let filter = FactFilter(selection, names: state.names)
                guard filter.admits(fact, claimRecord: state.claim(of: fact)) else { return }
            }
            try visit(state, fact, bytes)
        }
        try KnownNames(log.replay.state).check(selection)
        return Answer(log.replay, of: log)
    }

    /// Throws for the first part of a selection that names something a replay does not know.
    package static func check(
        _ selection: Selection, isKnownTo replay: Replay
    ) throws(LedgerError) {
        try KnownNames(replay.state).check(selection)
    }
}
