public import ClaimsDomain

/// What a replay is to compute that is not built in: a fold over events.
///
/// ```swift
/// struct Approvals: Projection {
///     var kinds: Set<EventKind> { [.claimApproved] }
///     var byReviewer: [String: Int] = [:]
///     mutating func apply(_ event: Event) {
///         byReviewer[event.content.actor.id, default: 0] += 1
///     }
/// }
/// let approvals = try ledger.replay(into: Approvals(), at: Viewpoint(asOf: moment)).value
/// ```
///
/// Events come in the order recorded, one after the other, so that any fold may conform and none
/// has to know how to merge two halves: other threads scan and decode the log meanwhile. A value
/// computed from the same log and viewpoint is the same whatever the number of threads.
public protocol Projection: Sendable {
    /// The kinds of event it takes note of; the lines of others are not decoded.
    ///
    /// Asked once, before the first event. All kinds, unless it says otherwise.
    var kinds: Set<EventKind> { get }

    /// Takes note of an event that was known and had happened.
    mutating func apply(_ event: Event)
}

extension Projection {
    /// All kinds.
    public var kinds: Set<EventKind> { Set(EventKind.allCases) }
}

extension Ledger {
    /// Replays the log into a projection, as seen from a viewpoint.
    ///
    /// Throws what a replay throws: the first fault of the log. One pass over the log, O(events);
    /// an event of the projection's kinds costs a decoding more, on another thread if there is one.
    public func replay<Value: Projection>(
        into projection: Value, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<Value> {
        var projection = projection
        let log = try replay(viewpoint, decoding: projection.kinds) { projection.apply($0) }
        return Answer(projection, of: log)
    }
}
