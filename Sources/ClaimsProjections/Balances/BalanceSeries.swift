package import ClaimsDomain

/// The steps of a series over time.
public enum SeriesStep: String, Sendable, CaseIterable {
    case day, month, quarter

    /// The last day of the step that a day is in.
    package func end(of day: Day) -> Day {
        let (year, month, _) = day.parts
        let lastMonth =
            switch self {
            case .day: month
            case .month: month
            case .quarter: (month - 1) / 3 * 3 + 3
            }
        if self == .day { return day }
        let length = Day.length(ofMonth: lastMonth, year: year)
        return Day(year: year, month: lastMonth, day: length) ?? day
    }
}

/// The ends of all steps from one moment's to another's, as moments of UTC.
package func seriesMoments(
    from first: Instant, to last: Instant, step: SeriesStep
) -> [(day: Day, moment: Instant)] {
    var moments: [(Day, Instant)] = []
    var day = step.end(of: first.day)
    while day < last.day {
        moments.append((day, Instant(endOf: day)))
        day = step.end(of: day.adding(days: 1))
    }
    moments.append((last.day, last))
    return moments
}
