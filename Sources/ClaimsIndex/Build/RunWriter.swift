import EventLog

/// Chains runs, one after the other, sums them up, and puts them in place.
final class RunWriter: Sendable {
    private let store: IndexStore
    private let chains = Guarded(SubjectChains())
    private let controls = Guarded(ControlAccounts())

    init(_ store: IndexStore) { self.store = store }

    /// Chains a run to what was written before, sums it up, gives it the present stamps of
    /// its segments, and writes it, merged with the short ones before it.
    func write(
        _ ended: RunContent, about subjects: RunSubjects, behind earlier: LogIndex?
    ) throws(IndexProblem) {
        var run = ended
        try chains.withLock { chains throws(IndexProblem) in
            try chains.link(&run, subjects, earlier)
        }
        try controls.withLock { controls throws(IndexProblem) in
            try controls.sum(&run, earlier)
        }
        for place in run.segments.indices {
            let segment = run.segments[place]
            let status = try store.status(ofSegment: segment.firstSequence)
            guard Int64(status.byteCount) >= segment.byteCount else { throw .needsReplay }
            run.segments[place].number = status.stamp.number
            run.segments[place].modifiedNanoseconds = status.stamp.modifiedNanoseconds
            run.segments[place].changedNanoseconds = status.stamp.changedNanoseconds
        }
        run.tail = try store.tail(before: run.end)
        for before in (earlier?.runs ?? []).reversed() {
            // Runs grow by steps, so that each event is written a few times in all.
            guard before.last + 1 == run.first, before.count <= run.count * 3,
                before.count + run.count <= store.layout.eventsARun
            else { break }
            var both = try RunContent(before)
            both.append(run)
            run = both
        }
        try store.write(run)
    }
}
