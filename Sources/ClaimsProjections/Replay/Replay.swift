package import ClaimsDomain

/// A finished replay: the state from one viewpoint, and how it was reached.
package struct Replay: Sendable {
    package var state: LedgerState
    package var viewpoint: Viewpoint
    /// The moment derived facts are computed for.
    package var moment: Instant
    /// The sequence of the last event known.
    package var lastSequence: Int64
    /// Events of the log up to there, also those that had not happened yet.
    package var eventsKnown: Int64
    /// How many bytes of the log were read.
    package var bytesRead: Int64
    /// Events of unknown type that were passed over on request, by type.
    package var unknownTypes: [String: Int64]

    package init(
        state: LedgerState, viewpoint: Viewpoint, moment: Instant, lastSequence: Int64,
        eventsKnown: Int64, bytesRead: Int64, unknownTypes: [String: Int64]
    ) {
        self.state = state
        self.viewpoint = viewpoint
        self.moment = moment
        self.lastSequence = lastSequence
        self.eventsKnown = eventsKnown
        self.bytesRead = bytesRead
        self.unknownTypes = unknownTypes
    }
}

extension Replay {
    /// The usage period of a label under the latest rules of its programme.
    package func usagePeriod(_ label: PeriodLabel, of program: ProgramID) -> UsagePeriod? {
        state.latestRules(of: program)?.usagePeriod(label)
    }

    /// Whether the claim deadline of a period has passed at the replay's moment.
    package func isPastDeadline(_ label: PeriodLabel, of program: ProgramID) -> Bool {
        usagePeriod(label, of: program).map { moment >= $0.instants.claimBefore } ?? false
    }
}

/// Looks up periods by key instead of text: one text look-up a period, not one a claim.
struct PeriodCalendar {
    private struct Key: Hashable {
        let program: NameKey
        let period: NameKey
    }

    private let replay: Replay
    private var periods: [Key: UsagePeriod?] = [:]

    init(of replay: Replay) { self.replay = replay }

    mutating func period(_ period: NameKey, of program: NameKey) -> UsagePeriod? {
        let key = Key(program: program, period: period)
        if let known = periods[key] { return known }
        let found = replay.usagePeriod(
            PeriodLabel(replay.state.names.text(period)),
            of: ProgramID(replay.state.names.text(program)))
        periods[key] = .some(found)
        return found
    }

    mutating func isPastDeadline(
        _ period: NameKey, of program: NameKey, activityOn day: Day?
    ) -> Bool {
        self.period(period, of: program)
            .map { replay.moment >= $0.deadline(ofActivityOn: day).before } ?? false
    }

    mutating func isPastDeadline(_ period: NameKey, of program: NameKey) -> Bool {
        self.period(period, of: program).map { replay.moment >= $0.instants.claimBefore } ?? false
    }
}
