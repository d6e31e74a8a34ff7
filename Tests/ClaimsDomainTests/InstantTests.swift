import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct InstantTests {
    static let texts: [(text: String, milliseconds: Int64, shown: String)] = [
        ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
        ("2020-02-03T09:15:00Z", 1_580_721_300_000, "2020-02-03T09:15:00Z"),
        ("2020-02-03T09:15:02.113Z", 1_580_721_302_113, "2020-02-03T09:15:02.113Z"),
        ("2020-02-03t09:15:00z", 1_580_721_300_000, "2020-02-03T09:15:00Z"),
        ("2020-02-03T10:15:00+01:00", 1_580_721_300_000, "2020-02-03T09:15:00Z"),
        ("2020-02-03T04:45:00-04:30", 1_580_721_300_000, "2020-02-03T09:15:00Z"),
        ("2020-02-03T09:15:00-00:00", 1_580_721_300_000, "2020-02-03T09:15:00Z"),
        ("2020-02-04T09:14:00+23:59", 1_580_721_300_000, "2020-02-03T09:15:00Z"),
        ("2020-02-03T09:15:00.1Z", 1_580_721_300_100, "2020-02-03T09:15:00.100Z"),
        ("2020-02-03T09:15:00.01Z", 1_580_721_300_010, "2020-02-03T09:15:00.010Z"),
        ("2020-02-03T09:15:00.0009Z", 1_580_721_300_000, "2020-02-03T09:15:00Z"),
        ("2020-02-03T09:15:00.1239999999+00:00", 1_580_721_300_123, "2020-02-03T09:15:00.123Z"),
        ("1969-12-31T23:59:59.999Z", -1, "1969-12-31T23:59:59.999Z"),
        ("1969-12-31T00:00:00Z", -86_400_000, "1969-12-31T00:00:00Z"),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000, "2017-01-01T00:00:00Z"),
        ("2017-01-01T00:59:60.5+01:00", 1_483_228_800_500, "2017-01-01T00:00:00.500Z"),
        ("2020-02-29T23:30:00-01:00", 1_583_022_600_000, "2020-03-01T00:30:00Z"),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000, "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ]

    @Test("an RFC 3339 time is a moment in UTC, and prints in one way", arguments: texts)
    func reading(text: String, milliseconds: Int64, shown: String) throws {
        let instant = try #require(Instant(text))
        #expect(instant.millisecondsSince1970 == milliseconds)
        #expect(instant.description == shown)
        #expect(Instant(shown) == instant)
    }

    @Test(
        "what has no zone, a number out of range or another form is no time",
        arguments: [
            "", "2020-02-03", "2020-02-03T09:15:00", "2020-02-03T09:15Z", "2020-02-03 09:15:00Z",
            "2020-02-30T09:15:00Z", "2020-02-03T24:00:00Z", "2020-02-03T09:60:00Z",
            "2020-02-03T09:15:61Z", "2020-02-03T09:15:00.Z", "2020-02-03T09:15:00.5",
            "2020-02-03T09:15:00,5Z", "2020-02-03T09:15:00ZZ", "2020-02-03T09:15:00Z ",
            "2020-02-03T09:15:00+1:00", "2020-02-03T09:15:00+01", "2020-02-03T09:15:00+0100",
            "2020-02-03T09:15:00+24:00", "2020-02-03T09:15:00+01:60", "2020-02-03T9:15:00.0Z",
            "2020-02-03T09-15-00Z", "2020-02-03T09:15:00*01:00", "2020-02-03T09:15:0aZ",
        ])
    func notTime(text: String) { #expect(Instant(text) == nil) }

    @Test(
        "a moment whose date in UTC has no four-digit year is no time",
        arguments: [
            "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z",
        ])
    func outOfRange(text: String) { #expect(Instant(text) == nil) }

    static let days: [(milliseconds: Int64, day: String)] = [
        (0, "1970-01-01"), (86_399_999, "1970-01-01"), (86_400_000, "1970-01-02"),
        (-1, "1969-12-31"), (-86_400_000, "1969-12-31"), (-86_400_001, "1969-12-30"),
    ]

    @Test("a moment's day is the one in UTC, also before 1970", arguments: days)
    func day(milliseconds: Int64, day: String) {
        #expect(Instant(millisecondsSince1970: milliseconds).day.description == day)
    }

    @Test("a day lasts from its first millisecond to its last")
    func startAndEnd() {
        let day = Samples.day("2020-02-29")
        #expect(Instant(startOf: day).description == "2020-02-29T00:00:00Z")
        #expect(Instant(endOf: day).description == "2020-02-29T23:59:59.999Z")
        #expect(
            Instant(endOf: day).adding(milliseconds: 1) == Instant(startOf: day.adding(days: 1)))
        #expect(Instant(endOf: day).day == day)
        #expect(Instant(startOf: day) < Instant(endOf: day))
    }

    @Test("every text that is printed is read as the same moment", arguments: UInt64(0)..<500)
    func roundTrip(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let instant = Instant(
            millisecondsSince1970: generator.number(-62_135_596_800_000...253_402_300_799_999))
        #expect(Instant(instant.description) == instant)
    }
}
