import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct DayTests {
    @Test("every day from 1899 to 2101 is one after the day before and reads as it prints")
    func everyDay() throws {
        var expected: Int32 = try #require(Day("1899-01-01")).since1970
        var weekday = 7  // 1 January 1899 was a Sunday.
        for year in 1899...2101 {
            for month in 1...12 {
                for number in 1...Day.length(ofMonth: month, year: year) {
                    let day = try #require(Day(year: year, month: month, day: number))
                    let parts = day.parts
                    let isSame = parts.year == year && parts.month == month && parts.day == number
                    #expect(day.since1970 == expected && isSame)
                    #expect(day.weekday == weekday)
                    #expect(Day(day.description) == day)
                    expected += 1
                    weekday = weekday % 7 + 1
                }
            }
        }
        #expect(Day(since1970: expected).description == "2102-01-01")
    }

    static let known: [(text: String, since1970: Int32, weekday: Int)] = [
        ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11_016, 2),
        ("2020-02-29", 18_321, 6), ("2021-08-15", 18_854, 7), ("0001-01-01", -719_162, 1),
        ("9999-12-31", 2_932_896, 5),
    ]

    @Test("known days have their number and weekday", arguments: known)
    func knownDays(text: String, since1970: Int32, weekday: Int) throws {
        let day = try #require(Day(text))
        #expect(day.since1970 == since1970)
        #expect(day.weekday == weekday)
        #expect(day.isWeekend == (weekday >= 6))
        #expect(day.description == text)
    }

    @Test(
        "only a date that exists, written YYYY-MM-DD, is a day",
        arguments: [
            "", "2020-2-29", "2019-02-29", "1900-02-29", "2021-02-30", "2020-04-31", "2020-13-01",
            "2020-00-10", "2020-01-00", "2020-01-32", "0000-01-01", "2020/01/01", "20200101",
            "2020-01-01T", " 2020-01-01", "+020-01-01", "-020-01-01", "202a-01-01",
            "2020-0\u{661}-1", "10000-01-01",
        ])
    func notDay(text: String) { #expect(Day(text) == nil) }

    static let leapYears: [(year: Int, isLeap: Bool)] = [
        (1900, false), (2000, true), (2019, false), (2020, true), (2100, false), (2400, true),
    ]

    @Test(
        "a leap year is one in four, not one in a hundred, but one in four hundred",
        arguments: leapYears)
    func leapYear(year: Int, isLeap: Bool) {
        #expect(Day.isLeap(year) == isLeap)
        #expect((Day(year: year, month: 2, day: 29) != nil) == isLeap)
        #expect(Day.length(ofMonth: 2, year: year) == (isLeap ? 29 : 28))
    }

    static let months: [(from: String, count: Int, to: String)] = [
        ("2019-11-15", 24, "2021-11-15"), ("2020-02-29", 24, "2022-02-28"),
        ("2020-02-29", 48, "2024-02-29"), ("2020-01-31", 1, "2020-02-29"),
        ("2019-01-31", 1, "2019-02-28"), ("2020-03-31", 1, "2020-04-30"),
        ("2020-03-31", -1, "2020-02-29"), ("2020-12-31", 1, "2021-01-31"),
        ("2020-01-31", -1, "2019-12-31"), ("2020-05-15", 0, "2020-05-15"),
    ]

    @Test("months later is the same day, or the last of a shorter month", arguments: months)
    func addingMonths(from: String, count: Int, to: String) {
        #expect(Samples.day(from).adding(months: count).description == to)
    }

    /// Domain facts b2: usage end, 45 days strictly after it, the published deadline's distance.
    static let deadlines: [(usageEnd: String, strict: String, weekday: Int, published: String)] = [
        ("2019-12-31", "2020-02-14", 5, "2020-02-15"),
        ("2020-06-30", "2020-08-14", 5, "2020-08-15"),
        ("2020-12-31", "2021-02-14", 7, "2021-02-15"),
        ("2021-06-30", "2021-08-14", 6, "2021-08-15"),
        ("2021-12-31", "2022-02-14", 1, "2022-02-15"),
        ("2022-06-30", "2022-08-14", 7, "2022-08-15"),
        ("2022-12-31", "2023-02-14", 2, "2023-02-15"),
        ("2025-12-31", "2026-02-14", 6, "2026-02-15"),
        ("2026-12-31", "2027-02-14", 7, "2027-02-15"),
        ("2027-06-30", "2027-08-14", 6, "2027-08-15"),
    ]

    @Test(
        "the strict deadline is 45 days after the usage period, weekend or not",
        arguments: deadlines)
    func deadline(usageEnd: String, strict: String, weekday: Int, published: String) {
        let day = Samples.day(usageEnd).adding(days: UsagePeriod.fallbackDeadlineDays)
        #expect(day.description == strict)
        #expect(day.weekday == weekday)
        #expect(day.adding(days: 1).description == published)
    }

    static let presidentsDay: Set<Day> = [Samples.day("2020-02-17")]

    static let businessDays: [(from: String, count: Int, holidays: Set<Day>, to: String)] = [
        ("2020-01-31", 2, [], "2020-02-04"), ("2020-01-31", 3, [], "2020-02-05"),
        ("2020-02-13", 2, [], "2020-02-17"), ("2020-02-13", 2, presidentsDay, "2020-02-18"),
        ("2020-02-10", 5, [], "2020-02-17"), ("2020-02-10", 5, presidentsDay, "2020-02-18"),
        ("2020-02-14", 45, [], "2020-04-17"), ("2020-02-15", 1, [], "2020-02-17"),
        ("2020-02-16", 1, presidentsDay, "2020-02-18"), ("2020-02-15", 0, [], "2020-02-15"),
        ("2020-02-28", 1, [], "2020-03-02"),
    ]

    @Test("weekends and holidays are no business days", arguments: businessDays)
    func addingBusinessDays(from: String, count: Int, holidays: Set<Day>, to: String) {
        let day = Samples.day(from).adding(businessDays: count, holidays: holidays)
        #expect(day.description == to)
    }

    static let calendarDays: [(from: String, count: Int, to: String)] = [
        ("2020-02-14", 45, "2020-03-30"), ("2020-03-02", 30, "2020-04-01"),
        ("2020-02-10", 180, "2020-08-08"), ("2021-05-20", 45, "2021-07-04"),
        ("2026-11-23", 84, "2027-02-15"), ("2020-03-01", -1, "2020-02-29"),
    ]

    @Test("calendar days count all", arguments: calendarDays)
    func addingDays(from: String, count: Int, to: String) {
        #expect(Samples.day(from).adding(days: count).description == to)
    }
}
