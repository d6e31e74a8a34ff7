import ClaimsDomain

/// A last day, with the first moment that is too late, and the rule that sets it.
struct DueDate: Equatable {
    let day: Day
    let before: Instant
    let rule: String

    private static let millisecondsADay: Int64 = 86_400_000

    /// The end of the claim window of a usage period, in the programme's zone.
    init(claimDeadlineOf period: UsagePeriod) {
        self.init(claimDeadlineOf: period, activityOn: nil)
    }

    /// The last day to hand in the claim of an activity: the deadline, or so many days after it.
    init(claimDeadlineOf period: UsagePeriod, activityOn activity: Day?) {
        (day, before) = period.deadline(ofActivityOn: activity)
        if day < period.claimDeadline, let days = period.activityDeadlineDays, let activity {
            rule = "\(days) days after the activity of \(activity)"
        } else {
            rule = "claim deadline of \(period.label)"
        }
    }

    /// The end of the earning period of a usage period, in the programme's zone.
    init(earningEndOf period: UsagePeriod, rule: String) {
        day = period.earned.last
        before = period.instants.earnedBefore
        self.rule = rule
    }

    /// The end of a day in UTC.
    ///
    /// A replay knows no time zones but the resolved boundaries of usage periods, so clocks that
    /// start with an event count in days of UTC.
    init(endOf day: Day, rule: String) {
        self.day = day
        before = Instant(startOf: day.adding(days: 1))
        self.rule = rule
    }

    /// Days until `day`, counted in the zone that `before` is the end of `day` in: 0 on the day
    /// itself, negative from the first moment that is too late.
    ///
    /// Days are taken as 24 hours, so where a zone changes its clocks in between, the count turns
    /// an hour off midnight; whether it is negative is exact.
    func daysLeft(at moment: Instant) -> Int64 {
        let left = before.millisecondsSince1970 - moment.millisecondsSince1970
        let wholeDays = left / Self.millisecondsADay
        // Rounded up, that is the days including today.
        let isPart = left > 0 && left % Self.millisecondsADay != 0
        return wholeDays + (isPart ? 1 : 0) - 1
    }
}

/// The answers a programme sets a target for.
enum TargetName: String {
    case review, dispute, payment

    func target(of targets: Targets) -> Target? {
        switch self {
        case .review: targets.review
        case .dispute: targets.dispute
        case .payment: targets.payment
        }
    }
}

extension Target {
    /// The last day in time when the clock starts at a moment: its day in UTC does not count.
    func due(from start: Instant, holidays: Set<Day>) -> Day {
        switch unit {
        case .business: start.day.adding(businessDays: Int(days), holidays: holidays)
        case .calendar: start.day.adding(days: Int(days))
        }
    }
}

/// Computes due dates from the targets in force when a clock starts.
struct TargetCalendar {
    private let state: LedgerState
    private var holidaySets: [NameKey: (days: [Day], set: Set<Day>)] = [:]

    init(of state: LedgerState) { self.state = state }

    /// The due date of an answer whose clock started at `start`.
    ///
    /// nil when it never started, or when the rules in force then set no target.
    mutating func due(_ name: TargetName, of program: NameKey, from start: Instant?) -> DueDate? {
        guard let start,
            let rules = state.rules(of: ProgramID(state.names.text(program)), at: start),
            let target = name.target(of: rules.targets)
        else { return nil }
        let day = target.due(from: start, holidays: holidays(of: rules, program))
        return DueDate(
            endOf: day,
            rule: "\(name) within \(target.words) of \(start.day) (version \(rules.version))")
    }

    /// The due date of a payment approved at a moment; nil when no rule in force then sets one.
    mutating func paymentDue(of program: NameKey, approvedAt: Instant?) -> DueDate? {
        guard let start = approvedAt,
            let rules = state.rules(of: ProgramID(state.names.text(program)), at: start)
        else { return nil }
        guard let cutoff = rules.paymentCutoffDay, let day = rules.paymentDue(approvedOn: start.day)
        else { return due(.payment, of: program, from: start) }
        return DueDate(
            endOf: day,
            rule: "payment of \(start.day) by the cut-off of day \(cutoff) "
                + "(version \(rules.version))")
    }

    /// The holidays of a version, as a set: the same list is turned into one only once.
    private mutating func holidays(of rules: Program, _ program: NameKey) -> Set<Day> {
        if let known = holidaySets[program], known.days == rules.holidays { return known.set }
        let set = Set(rules.holidays)
        holidaySets[program] = (rules.holidays, set)
        return set
    }
}
