import ClaimsDomain

/// A usage period of the generated programmes: FY20-H1, FY20-H2 and so on without end.
///
/// Earned in the half before, used in the half, claimed from seven weeks into it to about 45 days
/// after it. Source: domain facts b1, the calendar of the FY20 programmes.
struct FiscalHalf {
    /// From 0 for FY20-H1.
    let index: Int

    /// The number of the fiscal year's first half.
    static let firstYear = 2019

    var label: PeriodLabel { PeriodLabel("FY\(20 + index / 2)-H\(1 + index % 2)") }

    var usage: DayRange {
        DayRange(first: Self.start(index), last: Self.start(index + 1).adding(days: -1))
    }

    var earned: DayRange { FiscalHalf(index: index - 1).usage }

    var claiming: DayRange {
        DayRange(
            first: Self.start(index).adding(days: 46), last: Self.start(index + 1).adding(days: 45))
    }

    /// The half in which a day falls.
    static func containing(_ day: Day) -> FiscalHalf {
        let (year, month, _) = day.parts
        return FiscalHalf(index: (year - firstYear) * 2 + (month >= 7 ? 0 : -1))
    }

    /// The period as a programme lists it; its zone is UTC, which no machine has to look up.
    var usagePeriod: UsagePeriod {
        func end(_ days: DayRange) -> Instant { Instant(startOf: days.last.adding(days: 1)) }
        return UsagePeriod(
            label: label, earned: earned, usage: usage, claiming: claiming,
            instants: UsagePeriod.Instants(
                earnedFrom: Instant(startOf: earned.first), earnedBefore: end(earned),
                usageFrom: Instant(startOf: usage.first), usageBefore: end(usage),
                claimFrom: Instant(startOf: claiming.first), claimBefore: end(claiming)))
    }

    private static func start(_ index: Int) -> Day {
        // Counted from July of the first year; a half has six months.
        Day(year: firstYear, month: 7, day: 1)?.adding(months: index * 6) ?? Day(since1970: 0)
    }
}
