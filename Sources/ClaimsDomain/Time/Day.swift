/// A calendar date of the proleptic Gregorian calendar, without time or zone.
public struct Day: Hashable, Sendable {
    /// Days since 1970-01-01; years run from 1 to 9999.
    public let since1970: Int32

    /// The day `since1970` days after 1970-01-01.
    public init(since1970: Int32) { self.since1970 = since1970 }

    /// A date; nil when the month has no such day.
    ///
    /// Source: H. Hinnant, days_from_civil.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        // The year is counted from March, so that a leap day is the last of its year.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        since1970 = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Reads exactly `YYYY-MM-DD`; nil for any other text or a date that does not exist.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes: bytes.span)
    }

    /// Reads exactly `YYYY-MM-DD` in ASCII.
    public init?(bytes: Span<UInt8>) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Digits.number(bytes, from: 0, count: 4),
            let month = Digits.number(bytes, from: 5, count: 2),
            let day = Digits.number(bytes, from: 8, count: 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month and day.
    ///
    /// Source: H. Hinnant, civil_from_days.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = Int(since1970) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * fromMarch + 2) / 5 + 1)
    }

    /// The number of days of a month, 28...31.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether the year has a 29 February.
    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

extension Day: Comparable, CustomStringConvertible {
    /// Earlier is less.
    public static func < (left: Day, right: Day) -> Bool { left.since1970 < right.since1970 }

    /// `YYYY-MM-DD`.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes `YYYY-MM-DD` behind what is in `bytes`.
    package func append(to bytes: inout [UInt8]) {
        let (year, month, day) = parts
        Digits.append(Int64(year), width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Digits.append(pair: month, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Digits.append(pair: day, to: &bytes)
    }
}

extension Day {
    /// The day `count` calendar days later (earlier when negative).
    public func adding(days count: Int) -> Day { Day(since1970: since1970 + Int32(count)) }

    /// The same day of a later month, or that month's last day when it has no such day.
    ///
    /// 24 months after 2020-02-29 is 2022-02-28. Source: domain facts b2, clamping.
    public func adding(months count: Int) -> Day {
        let (year, month, day) = parts
        let index = year * 12 + (month - 1) + count
        let target = (year: index / 12, month: index % 12 + 1)
        let last = Self.length(ofMonth: target.month, year: target.year)
        return Day(year: target.year, month: target.month, day: min(day, last)) ?? self
    }

    /// From 1 for Monday to 7 for Sunday (ISO 8601).
    ///
    /// 1970-01-01 was a Thursday.
    public var weekday: Int { ((Int(since1970) + 3) % 7 + 7) % 7 + 1 }

    /// Saturday or Sunday.
    public var isWeekend: Bool { weekday >= 6 }

    /// The day `count` >= 0 business days later: weekends and `holidays` do not count.
    public func adding(businessDays count: Int, holidays: Set<Day>) -> Day {
        var day = self
        var left = count
        while left > 0 {
            day = day.adding(days: 1)
            if !day.isWeekend, !holidays.contains(day) { left -= 1 }
        }
        return day
    }
}

/// Decimal digits, in and out.
package enum Digits {
    /// The number in `count` digits from `start`; nil when one of them is no digit.
    static func number(_ bytes: Span<UInt8>, from start: Int, count: Int) -> Int? {
        var value = 0
        for index in start..<(start + count) {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    /// Writes a number below 100 in two digits behind what is in `bytes`.
    package static func append(pair value: Int, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / 10))
        bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10))
    }

    /// Writes a number behind what is in `bytes`, with leading zeros to `width`.
    package static func append(_ value: Int64, width: Int = 1, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        // The lowest digit comes first and is written last; 64 bits have 19 digits or 20.
        var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var start = 20
        var rest = value.magnitude
        while rest > 0 {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        start = max(0, min(start, 20 - width))
        while start < 20 {
            bytes.append(digits[start])
            start += 1
        }
    }
}
