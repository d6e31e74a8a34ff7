import ClaimsDomain
import ClaimsProjections
import EventLog

extension LogIndex {
    /// Brings an index up to the end of the log, reading only what is not indexed and what these
    /// events touch; returns the index to ask from now on.
    ///
    /// Throws `needsReplay` where only a fold of the whole log can tell what the events did.
    package static func extended(_ index: LogIndex) throws(IndexProblem) -> LogIndex {
        var index = index
        while true {
            let before = index.last
            var fold = try IndexedFold(
                index, at: Viewpoint(), tailEvents: max(1, index.store.layout.eventsARun / 4),
                keepingLines: false)
            guard !fold.tail.isEmpty else { return index }
            try fold.recordTail()
            guard let next = try LogIndex.open(index.store), next.last > before else {
                throw .needsReplay
            }
            index = next
        }
    }
}

extension IndexedFold {
    /// Folds the tail and writes it down.
    fileprivate mutating func recordTail() throws(IndexProblem) {
        try applyRules()
        try resumeAccounts(of: try hydrate())
        var builder = try IndexBuilder(after: index, in: state)
        for event in tail {
            try apply(event)
            try builder.note(
                event.fact, in: state, identity: event.identity,
                at: LinePlace(
                    line: event.location.line, byteOffset: event.location.byteOffset,
                    byteCount: event.byteCount))
        }
        try builder.finish(state)
    }
}
