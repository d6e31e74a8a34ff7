public import ClaimsDomain

/// Up to where the ledger's knowledge is asked about.
public enum KnownAt: Equatable, Sendable {
    /// What was recorded by then.
    case instant(Instant)
    /// The first so many events.
    case sequence(Int64)
}

/// The two time axes of a question: what had happened by `asOf`, as far as known at `knownAt`.
///
/// State at a date is a filter, not a re-ordering. Source: design, section 7.
public struct Viewpoint: Equatable, Sendable {
    /// nil: everything known has happened, derived facts are as of the last event known.
    public var asOf: Instant?
    /// nil: everything in the log is known.
    public var knownAt: KnownAt?

    /// The end of the log on both axes, unless one is given.
    public init(asOf: Instant? = nil, knownAt: KnownAt? = nil) {
        self.asOf = asOf
        self.knownAt = knownAt
    }

    /// Whether a fact was known; facts are recorded in order, so the first that was not ends a
    /// replay.
    package func knows(_ fact: borrowing Fact) -> Bool {
        switch knownAt {
        case nil: true
        case .sequence(let last): fact.sequence <= last
        case .instant(let instant): fact.recordedAt <= instant
        }
    }

    /// Whether a known fact had happened.
    package func includes(_ fact: borrowing Fact) -> Bool { includes(fact.occurredAt) }

    /// Whether what is known to be of a time had happened.
    package func includes(_ time: Instant) -> Bool {
        guard let asOf else { return true }
        return time <= asOf
    }

    /// The moment that derived facts (expired, overdue) are computed for: `asOf`, else the instant
    /// of `knownAt`, else when the last known event was recorded.
    ///
    /// No clock shows.
    package func moment(lastRecordedAt: Instant?) -> Instant {
        if let asOf { return asOf }
        if case .instant(let instant) = knownAt { return instant }
        return lastRecordedAt ?? Instant(millisecondsSince1970: 0)
    }
}
