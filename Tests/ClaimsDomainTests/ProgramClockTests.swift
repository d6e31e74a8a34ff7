import ClaimsDomain
import ClaimsTestSupport
import Testing

/// The clocks that a programme may set beside its periods and targets; domain facts b1 and b2.
@Suite struct ProgramClockTests {
    /// A cut-off, an approval, and the last day to pay it.
    static let cutoffs: [(cutoff: Int64, approved: String, paidBy: String)] = [
        (15, "2019-07-12", "2019-07-31"), (15, "2019-07-15", "2019-07-31"),
        (15, "2019-07-16", "2019-08-31"),
        // Prior to the 14th.
        (13, "2016-08-13", "2016-08-31"), (13, "2016-08-14", "2016-09-30"),
        (15, "2019-12-16", "2020-01-31"), (15, "2020-01-31", "2020-02-29"),
        (15, "2020-02-15", "2020-02-29"), (28, "2021-02-28", "2021-02-28"),
    ]

    @Test("approvals up to the cut-off are paid by the month's end", arguments: cutoffs)
    func cutoff(cutoff: Int64, approved: String, paidBy: String) {
        var program = Samples.program
        program.targets.payment = nil
        #expect(program.paymentDue(approvedOn: Samples.day(approved)) == nil)
        program.paymentCutoffDay = cutoff
        #expect(program.paymentDue(approvedOn: Samples.day(approved)) == Samples.day(paidBy))
    }

    @Test("without a cut-off the payment target counts")
    func target() {
        let day = Samples.day("2020-02-14")
        #expect(Samples.program.paymentDue(approvedOn: day) == Samples.day("2020-03-30"))
    }

    /// The rollover of 2020: an activity, and until when it may be claimed.
    static let rollovers: [(activity: String, until: String)] = [
        ("2021-05-20", "2021-07-04"), ("2021-07-01", "2021-08-15"), ("2021-06-30", "2021-08-14"),
        ("2021-07-02", "2021-08-15"), ("2021-01-01", "2021-02-15"),
    ]

    private static let rolledOver: Program = {
        var program = Samples.capped([])
        program.usagePeriods = [
            Samples.usagePeriod(
                Samples.firstPeriod, earned: ("2020-07-01", "2020-12-31"),
                usage: ("2021-01-01", "2021-07-31"), claiming: ("2021-01-01", "2021-08-15"))
        ]
        program.usagePeriods[0].activityDeadlineDays = 45
        return program
    }()

    @Test(
        "a claim is handed in within so many days of its activity, by the deadline at the latest",
        arguments: rollovers)
    func rollover(activity: String, until: String) throws {
        let last = Samples.day(until)
        for (at, breach) in [
            (Instant(startOf: last.adding(days: 1)).adding(milliseconds: -1), nil),
            (
                Instant(startOf: last.adding(days: 1)),
                RuleBreach.deadlinePassed(
                    at: Instant(startOf: last.adding(days: 1)), deadline: last)
            ),
        ] {
            try RuleTrial("activity on \(activity)") { trial in
                trial.program = Self.rolledOver
                trial.draft.activityDate = Samples.day(activity)
                trial.drafted = Samples.instant("2021-01-01T09:00:00Z")
                trial.at = at
                trial.breach = breach
                trial.finding = breach.map { _ in .submittedLate }
            }.check()
        }
    }

    @Test("in the program's zone the day ends by the latest of its period's offsets")
    func zone() {
        var period = Self.rolledOver.usagePeriods[0]
        // Los Angeles: eight hours behind in winter, seven in summer.
        period.instants.usageFrom = Samples.instant("2021-01-01T08:00:00Z")
        period.instants.usageBefore = Samples.instant("2021-08-01T07:00:00Z")
        period.instants.claimBefore = Samples.instant("2021-08-16T07:00:00Z")
        let deadline = period.deadline(ofActivityOn: Samples.day("2021-05-20"))
        #expect(deadline.day == Samples.day("2021-07-04"))
        #expect(deadline.before == Samples.instant("2021-07-05T08:00:00Z"))
        let whole = period.deadline(ofActivityOn: Samples.day("2021-07-31"))
        #expect(whole.before == period.instants.claimBefore)
        #expect(period.deadline(ofActivityOn: nil).day == Samples.day("2021-08-15"))
    }
}
