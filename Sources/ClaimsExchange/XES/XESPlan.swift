package import ClaimsDomain

/// What a trace becomes, in time order.
package struct XESPlan: Equatable, Sendable {
    /// Nil when the trace does not say which claim it is; then all its events are listed.
    package var claim: ClaimID?
    /// Steps by time, those of equal time in the order of the file; what has no time stands last.
    package var steps: [PlannedStep]
}

/// One ledger event to record, or one XES event that becomes none.
package enum PlannedStep: Equatable, Sendable {
    /// `ordinal` and `line` are those of the XES event it comes from.
    case event(ProposedEvent, ordinal: Int, line: Int64)
    case listed(XESRejection)
}

/// An XES event that becomes no ledger event, and why.
package struct XESRejection: Equatable, Sendable {
    /// Whose choice it is.
    package enum Cause: String, Equatable, Sendable, CaseIterable {
        /// The mapping says so.
        case ignored
        /// The mapping does not name the activity.
        case unmapped
        /// The event lacks something, or has something no ledger event may have.
        case unusable
    }

    /// Of the event in its trace, from 1, in the order of the file.
    package var ordinal: Int
    /// Of the event in the file, from 1.
    package var line: Int64
    /// Empty when the event names none.
    package var activity: String
    package var cause: Cause
    package var reason: String
}
