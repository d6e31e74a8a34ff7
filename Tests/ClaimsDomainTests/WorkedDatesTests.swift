import ClaimsDomain
import ClaimsTestSupport
import Testing

/// The worked dates of domain facts b2, each as the programme's rules decide it.
@Suite struct WorkedDatesTests {
    /// One row of the calendar: earned, used, the window's opening, and the deadline counted
    /// strictly and as published.
    struct Row: Sendable {
        let label: String
        let earned: (String, String)
        let usage: (String, String)
        let opens: String
        let strict: String
        let published: String

        init(
            _ label: String, _ earned: (String, String), _ usage: (String, String),
            opens: String, strict: String, published: String
        ) {
            self.label = label
            self.earned = earned
            self.usage = usage
            self.opens = opens
            self.strict = strict
            self.published = published
        }
    }

    static let rows: [Row] = [
        Row(
            "earned in FY19 H2", ("2019-01-01", "2019-06-30"), ("2019-07-01", "2019-12-31"),
            opens: "2019-08-16", strict: "2020-02-14", published: "2020-02-15"),
        Row(
            "earned in FY20 H1", ("2019-07-01", "2019-12-31"), ("2020-01-01", "2020-06-30"),
            opens: "2020-02-16", strict: "2020-08-14", published: "2020-08-15"),
        Row(
            "earned in FY20 H2", ("2020-01-01", "2020-06-30"), ("2020-07-01", "2020-12-31"),
            opens: "2020-08-16", strict: "2021-02-14", published: "2021-02-15"),
        Row(
            "earned in FY21 H1", ("2020-07-01", "2020-12-31"), ("2021-01-01", "2021-06-30"),
            opens: "2021-02-16", strict: "2021-08-14", published: "2021-08-15"),
        Row(
            "earned in FY21 H2", ("2021-01-01", "2021-06-30"), ("2021-07-01", "2021-12-31"),
            opens: "2021-08-16", strict: "2022-02-14", published: "2022-02-15"),
        Row(
            "earned in FY22 H1", ("2021-07-01", "2021-12-31"), ("2022-01-01", "2022-06-30"),
            opens: "2022-02-16", strict: "2022-08-14", published: "2022-08-15"),
        Row(
            "earned in FY22 H2", ("2022-01-01", "2022-06-30"), ("2022-07-01", "2022-12-31"),
            opens: "2022-08-16", strict: "2023-02-14", published: "2023-02-15"),
        Row(
            "earned in FY25 H2", ("2025-01-01", "2025-06-30"), ("2025-07-01", "2025-12-31"),
            opens: "2025-08-16", strict: "2026-02-14", published: "2026-02-15"),
        Row(
            "earned in FY26 H2", ("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-12-31"),
            opens: "2026-08-16", strict: "2027-02-14", published: "2027-02-15"),
        Row(
            "earned in FY27 H1", ("2026-07-01", "2026-12-31"), ("2027-01-01", "2027-06-30"),
            opens: "2027-02-16", strict: "2027-08-14", published: "2027-08-15"),
        // A notice of 2016 (domain facts b1): nine months of use, the window opening within.
        Row(
            "irregular", ("2015-07-01", "2015-12-31"), ("2016-01-01", "2016-09-30"),
            opens: "2016-05-15", strict: "2016-10-14", published: "2016-10-15"),
    ]

    private static func program(_ row: Row, until deadline: String) -> Program {
        var rules = Samples.program(
            "dates", fundControl: .none, effectiveFrom: Samples.day(row.earned.0))
        rules.usagePeriods = [
            Samples.usagePeriod(
                PeriodLabel(row.label), earned: row.earned, usage: row.usage,
                claiming: (row.opens, deadline))
        ]
        return rules
    }

    /// The moments around the window with its deadline counted both ways.
    static let submissions: [RuleTrial] = rows.flatMap { row in
        [row.strict, row.published].flatMap { deadline in
            let program = program(row, until: deadline)
            let after = Samples.day(deadline).adding(days: 1)
            let before = Samples.day(row.opens).adding(days: -1)
            return [
                CalendarRuleTests.submission(program, "\(before)T23:59:59.999Z", .early),
                CalendarRuleTests.submission(program, "\(row.opens)T00:00:00Z", .inTime),
                CalendarRuleTests.submission(program, "\(deadline)T23:59:59.999Z", .inTime),
                CalendarRuleTests.submission(program, "\(after)T00:00:00Z", .late),
            ]
        }
    }

    @Test(
        "each window opens and closes on its printed days, weekend or not", arguments: submissions)
    func submission(trial: RuleTrial) throws { try trial.check() }

    /// The days around each usage period.
    static let activities: [RuleTrial] = rows.flatMap { row in
        let usage = DayRange(first: Samples.day(row.usage.0), last: Samples.day(row.usage.1))
        let days = [
            usage.first.adding(days: -1), usage.first, usage.last, usage.last.adding(days: 1),
        ]
        return days.map { day in
            RuleTrial("\(row.label), an activity on \(day)") { trial in
                trial.program = program(row, until: row.published)
                trial.draft.period = PeriodLabel(row.label)
                trial.draft.activityDate = day
                trial.drafted = Instant(startOf: Samples.day(row.opens))
                trial.at = trial.drafted
                guard !usage.contains(day) else { return }
                trial.breach = .activityOutsidePeriod(
                    on: day, period: PeriodLabel(row.label), usage: usage)
                trial.finding = .activityOutsidePeriod
            }
        }
    }

    @Test("each usage period has the days printed for it", arguments: activities)
    func activity(trial: RuleTrial) throws { try trial.check() }

    @Test(
        "the fallback deadline is the strict one, the published one a day later",
        arguments: rows.dropLast())
    func fallback(row: Row) {
        let end = Samples.day(row.usage.1)
        #expect(
            end.adding(days: UsagePeriod.fallbackDeadlineDays) == Samples.day(row.strict))
        #expect(Samples.day(row.published) == Samples.day(row.strict).adding(days: 1))
    }

    @Test("a window opens 46 days into its usage period, where the one before has closed")
    func contiguous() {
        for (row, next) in zip(Self.rows.prefix(7), Self.rows.prefix(7).dropFirst()) {
            #expect(Samples.day(next.opens) == Samples.day(row.published).adding(days: 1))
        }
        for row in Self.rows.dropLast() {
            #expect(Samples.day(row.opens) == Samples.day(row.usage.0).adding(days: 46))
        }
    }

    private static let presidentsDay = [Samples.day("2020-02-17")]

    /// From a day, so many days of a unit, with these holidays, to a day.
    static let targets: [(from: String, target: Target, holidays: [Day], due: String)] = [
        ("2020-01-31", Target(days: 2, unit: .business), [], "2020-02-04"),
        ("2020-01-31", Target(days: 3, unit: .business), [], "2020-02-05"),
        ("2020-02-13", Target(days: 2, unit: .business), [], "2020-02-17"),
        ("2020-02-13", Target(days: 2, unit: .business), presidentsDay, "2020-02-18"),
        ("2020-02-10", Target(days: 5, unit: .business), [], "2020-02-17"),
        ("2020-02-10", Target(days: 5, unit: .business), presidentsDay, "2020-02-18"),
        ("2020-02-14", Target(days: 45, unit: .business), [], "2020-04-17"),
        ("2020-02-14", Target(days: 45, unit: .business), presidentsDay, "2020-04-20"),
        ("2020-02-14", Target(days: 45, unit: .calendar), presidentsDay, "2020-03-30"),
        // A tax invoice approved, and the claim it is for.
        ("2020-03-02", Target(days: 30, unit: .calendar), [], "2020-04-01"),
        ("2020-02-10", Target(days: 180, unit: .calendar), [], "2020-08-08"),
    ]

    @Test("a target ends on the day worked out by hand", arguments: targets)
    func due(from: String, target: Target, holidays: [Day], due: String) {
        #expect(target.due(from: Samples.day(from), holidays: holidays) == Samples.day(due))
    }

    static let retentions: [(activity: String, until: String)] = [
        ("2019-11-15", "2021-11-15"), ("2020-02-29", "2022-02-28"), ("2020-02-28", "2022-02-28"),
        ("2018-02-28", "2020-02-28"),
    ]

    @Test("originals are kept the program's months from the activity", arguments: retentions)
    func retention(activity: String, until: String) {
        #expect(
            Samples.program.originalsKeptUntil(activityOn: Samples.day(activity))
                == Samples.day(until))
    }
}
