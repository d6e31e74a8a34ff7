import ClaimsDomain

/// What a trace says of its claim.
///
/// What only some events need is a result: that it is missing is told where it is needed.
struct ClaimContext {
    let id: ClaimID
    let program: ProgramID
    let partner: PartnerID
    let timeZone: String
    var activity: Result<String, StepProblem> = .failure(.unknown)
    var amount: Result<Money, StepProblem> = .failure(.unknown)
    var period: Result<String, StepProblem> = .failure(.unknown)
    var activityDate: Result<Day, StepProblem> = .failure(.unknown)
    var title: String?
    var location: String?

    init(id: ClaimID, program: ProgramID, partner: PartnerID, timeZone: String) {
        self.id = id
        self.program = program
        self.partner = partner
        self.timeZone = timeZone
    }
}

/// Why an event of a log cannot become an event of the ledger.
enum StepProblem: Error, Equatable, CustomStringConvertible {
    /// An attribute is not there: a field that may be left out then is.
    case missing(String)
    case bad(String)

    static let unknown = StepProblem.bad("it is not known")

    /// What is wrong.
    var description: String {
        switch self {
        case .missing(let what), .bad(let what): what
        }
    }
}

/// Days of moments in named zones; remembers the starts of days, which the system is slow to tell.
final class ZoneDays {
    private let zone: (Day, String) -> Instant?
    private var starts: [String: [Day: Instant]] = [:]

    init(zone: @escaping (Day, String) -> Instant?) { self.zone = zone }

    /// The day of a moment in a zone; in UTC when the zone is unknown.
    func day(of time: Instant, in timeZone: String) -> Day {
        // No zone is a whole day away from UTC.
        for candidate in [time.day.adding(days: 1), time.day, time.day.adding(days: -1)] {
            if let start = start(of: candidate, in: timeZone), start <= time { return candidate }
        }
        return time.day
    }

    private func start(of day: Day, in timeZone: String) -> Instant? {
        if let known = starts[timeZone]?[day] { return known }
        let start = zone(day, timeZone)
        starts[timeZone, default: [:]][day] = start
        return start
    }
}
