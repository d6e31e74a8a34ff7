import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport

/// A ledger made of recorded events: what the rules say to a command is not asked, so that only
/// the projections are under test.
struct History {
    private(set) var ledger: TestLedger

    /// A history that begins with the publishing of programs without activities.
    init(programs: [Program] = [History.program, History.programWithoutFund]) throws {
        ledger = try TestLedger(publishing: [], earned: nil)
        for program in programs { try publish(program) }
    }

    static let program = openProgram("csp-indirect", .reserve)
    static let programWithoutFund = openProgram("osa-sell", .none)

    /// A program that asks for no documents.
    static func openProgram(_ id: String, _ control: FundControl) -> Program {
        var program = Samples.program(id, fundControl: control)
        program.activities = []
        return program
    }

    mutating func publish(_ program: Program, at instant: Instant = Samples.publishedAt) throws {
        try ledger.record(
            .programPublished(program), subject: program.id.text,
            source: Source(program: program.id), at: instant, by: Samples.reviewer)
    }

    /// A fund event.
    @discardableResult
    mutating func fund(
        _ payload: EventPayload, program: Program = History.program,
        partner: PartnerID = Samples.partner, period: PeriodLabel = Samples.firstPeriod,
        at instant: Instant? = nil
    ) throws -> TestLedger.Entry {
        try ledger.record(
            payload, subject: period.text, source: Source(program: program.id, partner: partner),
            at: instant)
    }

    /// Funds earned.
    mutating func earn(
        _ amount: Money, program: Program = History.program, partner: PartnerID = Samples.partner,
        period: PeriodLabel = Samples.firstPeriod, at instant: Instant? = nil
    ) throws {
        let earned = FundsEarned(amount: amount, earnedOn: Samples.day("2019-12-31"))
        try fund(
            .fundsEarned(earned), program: program, partner: partner, period: period, at: instant)
    }

    /// An event of a claim.
    @discardableResult
    mutating func claim(
        _ id: String, _ payload: EventPayload, program: Program = History.program,
        partner: PartnerID = Samples.partner, at instant: Instant? = nil,
        by actor: Actor = Samples.partnerUser
    ) throws -> TestLedger.Entry {
        try ledger.record(
            payload, subject: id, source: Source(program: program.id, partner: partner),
            at: instant, by: actor)
    }

    /// An event of an association.
    mutating func association(_ id: String, _ payload: EventPayload, by actor: Actor) throws {
        try ledger.record(payload, subject: id, by: actor)
    }

    /// The replay from a viewpoint, by the same steps as over a log.
    func replay(_ viewpoint: Viewpoint = Viewpoint()) -> Replay {
        var state = ledger.emptyState
        var last: Fact?
        for entry in ledger.entries {
            guard viewpoint.knows(entry.fact) else { break }
            last = entry.fact
            if viewpoint.includes(entry.fact) { state.apply(entry.fact, rules: entry.rules) }
        }
        return Replay(
            state: state, viewpoint: viewpoint,
            moment: viewpoint.moment(lastRecordedAt: last?.recordedAt),
            lastSequence: last?.sequence ?? 0, eventsKnown: last?.sequence ?? 0, bytesRead: 0,
            unknownTypes: [:])
    }

    /// The replay as of a moment.
    func replay(asOf instant: Instant) -> Replay { replay(Viewpoint(asOf: instant)) }
}

/// A draft of a claim.
func draft(
    _ amount: Money, activity: String = "flyer", period: PeriodLabel = Samples.firstPeriod
) -> EventPayload {
    .claimCreated(
        ClaimCreated(
            period: period, activity: ActivityID(activity), amount: amount,
            activityDate: Samples.day("2020-02-29")))
}

/// An amount of a currency, in its minor units.
func money(_ units: Int64, _ code: String) -> Money {
    Money(minorUnits: units, currency: Samples.currency(code))
}

/// A selection made of what `set` changes.
func selection(_ set: (inout Selection) throws -> Void) rethrows -> Selection {
    var selection = Selection()
    try set(&selection)
    return selection
}
