import ClaimsCodec
package import ClaimsDomain
package import ClaimsProjections

/// The events of a claim with what each changed, in the order recorded.
package struct ClaimTimeline: Sendable {
    /// One step an event.
    package fileprivate(set) var steps: [TrailStep] = []
    /// The same events, typed.
    package fileprivate(set) var events: [Event] = []
}

extension Ledger {
    /// What a report page shows: funds and claims at each month end, deadlines and findings.
    ///
    /// Of the selection, programme, partner and period count. One pass over the log, and one more
    /// for each month end that a claim passed in another order than the log's.
    package func report(
        _ selection: Selection = Selection(), at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<LedgerReport> {
        var notes = ReportNotes()
        let log = try replay(viewpoint) { state, fact, _ in notes.note(fact, in: state) }
        try KnownNames(log.replay.state).check(selection)
        let months = LedgerReport.months(of: log.replay)
        var past: [Int: Replay] = [:]
        for month in notes.brokenMonths(months) {
            let point = Viewpoint(
                asOf: months[month].moment, knownAt: .sequence(log.replay.lastSequence))
            past[month] = try replay(point).replay
        }
        return Answer(
            LedgerReport(log.replay, notes, past: past, selection: selection), of: log)
    }

    /// The timelines of some claims as seen from where an answer was given.
    ///
    /// One pass over the log.
    package func timelines<Value>(
        of claims: Set<ClaimID>, with answer: Answer<Value>
    ) throws(LedgerError) -> [ClaimID: ClaimTimeline] {
        var book = TrailBook(of: claims)
        var events: [ClaimID: [Event]] = [:]
        var reader = EventReader()
        let point = Viewpoint(
            asOf: answer.viewpoint.asOf, knownAt: .sequence(answer.lastSequence))
        _ = try replay(point) { state, fact, bytes in
            guard let claim = book.note(fact, in: state) else { return }
            events[claim, default: []].append(try reader.read(bytes))
        }
        var timelines: [ClaimID: ClaimTimeline] = [:]
        for (claim, steps) in book.steps {
            timelines[claim] = ClaimTimeline(steps: steps, events: events[claim] ?? [])
        }
        return timelines
    }
}
