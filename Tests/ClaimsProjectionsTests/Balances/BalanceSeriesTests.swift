import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("Steps of a balance series")
struct BalanceSeriesTests {
    static let ends: [(step: SeriesStep, day: String, end: String)] = [
        (.day, "2020-02-29", "2020-02-29"), (.day, "2020-12-31", "2020-12-31"),
        (.month, "2020-02-01", "2020-02-29"), (.month, "2020-02-29", "2020-02-29"),
        (.month, "2021-02-01", "2021-02-28"), (.month, "1900-02-28", "1900-02-28"),
        (.month, "2000-02-28", "2000-02-29"), (.month, "2020-04-30", "2020-04-30"),
        (.month, "2020-12-01", "2020-12-31"), (.quarter, "2020-01-01", "2020-03-31"),
        (.quarter, "2020-03-31", "2020-03-31"), (.quarter, "2020-04-01", "2020-06-30"),
        (.quarter, "2020-08-15", "2020-09-30"), (.quarter, "2020-10-01", "2020-12-31"),
        (.quarter, "2020-12-31", "2020-12-31"),
    ]

    @Test("a step ends on the last day of its month or quarter", arguments: ends)
    func end(step: SeriesStep, day: String, end: String) {
        #expect(step.end(of: Samples.day(day)) == Samples.day(end))
    }

    static let series: [(step: SeriesStep, first: String, last: String, days: [String])] = [
        (
            .day, "2020-02-28T23:59:59Z", "2020-03-01T00:00:00Z",
            ["2020-02-28", "2020-02-29", "2020-03-01"]
        ),
        (.day, "2021-02-28T12:00:00Z", "2021-03-01T12:00:00Z", ["2021-02-28", "2021-03-01"]),
        (.day, "2020-05-01T00:00:00Z", "2020-05-01T00:00:00Z", ["2020-05-01"]),
        (
            .month, "2019-12-31T23:59:59.999Z", "2020-03-15T10:00:00Z",
            ["2019-12-31", "2020-01-31", "2020-02-29", "2020-03-15"]
        ),
        // A last moment on the last day of a step is that step, once.
        (.month, "2020-01-05T00:00:00Z", "2020-02-29T10:00:00Z", ["2020-01-31", "2020-02-29"]),
        (.month, "2020-01-05T00:00:00Z", "2020-01-31T23:59:59.999Z", ["2020-01-31"]),
        (
            .quarter, "2019-11-11T11:11:11Z", "2020-07-01T00:00:00Z",
            ["2019-12-31", "2020-03-31", "2020-06-30", "2020-07-01"]
        ),
        (.quarter, "2020-02-01T00:00:00Z", "2020-02-02T00:00:00Z", ["2020-02-02"]),
    ]

    @Test("a series has each step's end and stops at the last moment", arguments: series)
    func moments(step: SeriesStep, first: String, last: String, days: [String]) {
        let moments = seriesMoments(
            from: Samples.instant(first), to: Samples.instant(last), step: step)
        #expect(moments.map { "\($0.day)" } == days)
        #expect(moments.last?.moment == Samples.instant(last))
        for (day, moment) in moments.dropLast() {
            #expect(moment == Instant(endOf: day))
        }
    }
}
