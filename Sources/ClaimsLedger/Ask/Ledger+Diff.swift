public import ClaimsProjections

/// A difference with the two points it was computed from.
public struct ComparedAnswer: Sendable {
    /// The first point; its value is the same difference.
    public let from: Answer<LedgerDifference>
    /// The second point.
    public let to: Answer<LedgerDifference>
}

extension Ledger {
    /// What changed between two points, and by which events.
    ///
    /// Throws for a part of the selection that nobody has heard of at either point, and where the
    /// log can be read only once. Two passes over the log.
    public func difference(
        from first: Viewpoint, to second: Viewpoint, _ selection: Selection = Selection()
    ) throws(LedgerError) -> ComparedAnswer {
        guard location != .standardInput else {
            throw LedgerError(
                .fault(
                    """
                    error: two points take two passes, and standard input can be read only once
                      fix: put the lines in a file and name it with --ledger
                    """, .inputOutput))
        }
        var (before, after) = (DifferenceNotes(besides: second), DifferenceNotes(besides: first))
        let old = try replay(first) { state, fact, _ in before.note(fact, in: state) }
        let new = try replay(second) { state, fact, _ in after.note(fact, in: state) }
        let names = [old, new].map { KnownNames($0.replay.state) }
        do { try names[1].check(selection) } catch { try names[0].check(selection) }
        let difference = LedgerDifference(
            from: DifferenceSide(replay: old.replay, notes: before),
            to: DifferenceSide(replay: new.replay, notes: after), selection: selection)
        return ComparedAnswer(from: Answer(difference, of: old), to: Answer(difference, of: new))
    }
}
