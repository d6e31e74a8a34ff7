import ClaimsDomain
import ClaimsTestSupport
import Testing

/// The rules about days: the activity's, and that of the submission.
@Suite struct CalendarRuleTests {
    /// No fund, so that only the calendar can refuse.
    static let program: Program = Samples.programWithoutFund

    /// The last day of the year before, the first and the last day of use, the day after; a leap
    /// day.
    static let activityDays: [(day: String, isInside: Bool)] = [
        ("2019-12-31", false), ("2020-01-01", true), ("2020-02-29", true), ("2020-06-30", true),
        ("2020-07-01", false),
    ]

    static let activities: [RuleTrial] = activityDays.map { day, isInside in
        RuleTrial("an activity on \(day)") { trial in
            trial.program = program
            trial.draft.activityDate = Samples.day(day)
            guard !isInside else { return }
            trial.breach = .activityOutsidePeriod(
                on: Samples.day(day), period: Samples.firstPeriod,
                usage: DayRange(first: Samples.day("2020-01-01"), last: Samples.day("2020-06-30")))
            trial.finding = .activityOutsidePeriod
        }
    }

    /// The same period with its deadline on day 45 and on day 46 after its end.
    static func program(until deadline: String) -> Program {
        var rules = program
        rules.usagePeriods = [
            Samples.usagePeriod(
                Samples.firstPeriod, earned: ("2019-07-01", "2019-12-31"),
                usage: ("2020-01-01", "2020-06-30"), claiming: ("2020-02-16", deadline))
        ]
        return rules
    }

    /// The boundaries in Los Angeles: eight hours behind UTC in February, seven in August.
    static let inLosAngeles: Program = {
        var rules = program(until: "2020-08-15")
        rules.timeZone = "America/Los_Angeles"
        rules.usagePeriods[0].instants = UsagePeriod.Instants(
            earnedFrom: Samples.instant("2019-07-01T07:00:00Z"),
            earnedBefore: Samples.instant("2020-01-01T08:00:00Z"),
            usageFrom: Samples.instant("2020-01-01T08:00:00Z"),
            usageBefore: Samples.instant("2020-07-01T07:00:00Z"),
            claimFrom: Samples.instant("2020-02-16T08:00:00Z"),
            claimBefore: Samples.instant("2020-08-16T07:00:00Z"))
        return rules
    }()

    enum Side { case early, inTime, late }

    static let moments: [(program: Program, at: String, side: Side)] = [
        (program, "2020-02-15T23:59:59.999Z", .early), (program, "2020-02-16T00:00:00Z", .inTime),
        (program, "2020-08-15T23:59:59.999Z", .inTime), (program, "2020-08-16T00:00:00Z", .late),
        (program(until: "2020-08-14"), "2020-08-14T23:59:59.999Z", .inTime),
        (program(until: "2020-08-14"), "2020-08-15T00:00:00Z", .late),
        (program(until: "2020-08-15"), "2020-08-15T00:00:00Z", .inTime),
        (inLosAngeles, "2020-02-16T07:59:59.999Z", .early),
        (inLosAngeles, "2020-02-16T08:00:00Z", .inTime),
        (inLosAngeles, "2020-08-16T00:00:00Z", .inTime),
        (inLosAngeles, "2020-08-16T06:59:59.999Z", .inTime),
        (inLosAngeles, "2020-08-16T07:00:00Z", .late),
        (inLosAngeles, "2020-08-16T00:00:00-07:00", .late),
    ]

    static let submissions: [RuleTrial] = moments.map { submission($0.program, $0.at, $0.side) }

    /// A submission at a moment, on one side of the window of the program's first period.
    static func submission(_ program: Program, _ at: String, _ side: Side) -> RuleTrial {
        let period = program.usagePeriods[0]
        return RuleTrial("a submission at \(at) in \(program.timeZone) is \(side)") { trial in
            trial.program = program
            trial.draft.period = period.label
            trial.draft.activityDate = period.usage.first
            trial.drafted = period.instants.usageFrom
            trial.at = Samples.instant(at)
            switch side {
            case .inTime: break
            case .early:
                trial.breach = .windowNotOpen(at: trial.at, opens: period.claiming.first)
                trial.finding = .submittedEarly
            case .late:
                trial.breach = .deadlinePassed(at: trial.at, deadline: period.claiming.last)
                trial.finding = .submittedLate
            }
        }
    }

    @Test("the calendar decides to the day and to the millisecond", arguments: activities)
    func activity(trial: RuleTrial) throws { try trial.check() }

    @Test("a claim is in time from the window's first moment to its last", arguments: submissions)
    func submission(trial: RuleTrial) throws { try trial.check() }

    @Test("an answer to a request may come after the deadline, but not before the window")
    func resubmission() throws {
        var trial = RuleTrial("answer") { $0.program = Self.program }
        trial.command = .approveAll
        var ledger = try trial.prepared()
        let source = Samples.source(in: Self.program)
        try ledger.record(.claimDocumentsRequested(Samples.request), source: source, at: trial.at)
        let submit = Command.claim(Samples.claim, .submit(amount: nil))
        #expect(ledger.refusal(of: submit, at: Samples.firstDeadline) == nil)
        try ledger.perform(submit, at: Samples.firstDeadline)
        #expect(ledger.findings == [])
    }

    @Test("a claim drafted in time and submitted late is refused, whoever asks")
    func lateDraft() throws {
        let late = Samples.firstDeadline
        let trial = Self.submission(Self.program, late.description, .late)
        let ledger = try trial.prepared()
        let submit = Command.claim(Samples.claim, .submit(amount: nil))
        for actor in [nil, Samples.partnerUser, Samples.reviewer] {
            #expect(
                ledger.refusal(of: submit, at: late, by: actor)
                    == .breaksRule(
                        .deadlinePassed(at: late, deadline: Samples.day("2020-08-15")),
                        program: Self.program.id, version: "1"))
        }
    }

    @Test("the rules of the moment count, not those published later")
    func versions() throws {
        var longer = Self.program(until: "2020-09-30")
        longer.version = "2"
        var ledger = try RuleTrial("versions") { $0.program = Self.program }.prepared()
        let submit = Command.claim(Samples.claim, .submit(amount: nil))
        let published = Samples.instant("2020-08-20T12:00:00Z")
        try ledger.perform(.publish(longer), at: published)
        #expect(ledger.refusal(of: submit, at: published) == nil)
        let before = published.adding(milliseconds: -1)
        #expect(ledger.refusal(of: submit, at: before)?.rule == "claim_deadline")
        let late = Samples.instant("2020-10-01T00:00:00Z")
        #expect(
            ledger.refusal(of: submit, at: late)
                == .breaksRule(
                    .deadlinePassed(at: late, deadline: Samples.day("2020-09-30")),
                    program: longer.id, version: "2"))
    }
}
