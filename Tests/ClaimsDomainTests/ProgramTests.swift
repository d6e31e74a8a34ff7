import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct ProgramTests {
    static let first = Samples.firstPeriod
    static let second = Samples.secondPeriod

    static let days: [(day: String, earned: PeriodLabel?, used: PeriodLabel?)] = [
        ("2019-06-30", nil, nil), ("2019-07-01", first, nil), ("2019-12-31", first, nil),
        ("2020-01-01", second, first), ("2020-06-30", second, first), ("2020-07-01", nil, second),
        ("2020-12-31", nil, second), ("2021-01-01", nil, nil),
    ]

    @Test("a day earns for one usage period and uses another", arguments: days)
    func usagePeriod(day: String, earned: PeriodLabel?, used: PeriodLabel?) {
        let day = Samples.day(day)
        #expect(Samples.program.usagePeriod(earnedOn: day)?.label == earned)
        #expect(Samples.program.usagePeriod(usedOn: day)?.label == used)
    }

    @Test("periods and activities are found by their names, and no others")
    func lookup() {
        #expect(Samples.program.usagePeriod(Self.second)?.label == Self.second)
        #expect(Samples.program.usagePeriod(PeriodLabel("FY20")) == nil)
        #expect(Samples.program.activity(Samples.otherActivity)?.id == Samples.otherActivity)
        #expect(Samples.program.activity(ActivityID("none")) == nil)
    }

    @Test("a range of days has both its ends inside")
    func range() {
        let range = DayRange(first: Samples.day("2020-02-28"), last: Samples.day("2020-03-01"))
        let inside = ["2020-02-27", "2020-02-28", "2020-02-29", "2020-03-01", "2020-03-02"]
            .map { range.contains(Samples.day($0)) }
        #expect(inside == [false, true, true, true, false])
    }

    @Test("the claim deadline is the last day of the claim window")
    func deadline() {
        let deadlines = Samples.program.usagePeriods.map(\.claimDeadline.description)
        #expect(deadlines == ["2020-08-15", "2021-02-15"])
    }
}
