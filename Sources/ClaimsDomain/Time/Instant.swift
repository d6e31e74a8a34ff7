/// A moment in UTC, to the millisecond.
public struct Instant: Hashable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let millisecondsSince1970: Int64

    /// The moment `millisecondsSince1970` milliseconds after the epoch.
    public init(millisecondsSince1970: Int64) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    /// The first moment of a day in UTC.
    public init(startOf day: Day) {
        self.init(millisecondsSince1970: Int64(day.since1970) * Self.millisecondsADay)
    }

    /// The last millisecond of a day in UTC: what "as of that day" means.
    public init(endOf day: Day) {
        self.init(
            millisecondsSince1970: Self(startOf: day.adding(days: 1)).millisecondsSince1970 - 1)
    }

    /// The first moment that has a text.
    public static let earliest = Instant(millisecondsSince1970: -62_135_596_800_000)
    /// The last moment that has a text, 9999-12-31T23:59:59.999Z.
    public static let latest = Instant(millisecondsSince1970: 253_402_300_799_999)

    /// The day in UTC.
    public var day: Day {
        Day(since1970: Int32(Self.floorDivide(millisecondsSince1970, Self.millisecondsADay)))
    }

    /// The moment `milliseconds` later.
    public func adding(milliseconds: Int64) -> Instant {
        Instant(millisecondsSince1970: millisecondsSince1970 + milliseconds)
    }

    static let millisecondsADay: Int64 = 86_400_000

    private static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
        value >= 0 ? value / by : -((-value + by - 1) / by)
    }
}

extension Instant: Comparable, CustomStringConvertible {
    /// Earlier is less.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }

    /// RFC 3339 in UTC, `2020-02-03T09:15:00Z`; milliseconds only when there are any.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes the same text behind what is in `bytes`.
    package func append(to bytes: inout [UInt8]) {
        let day = day
        let inDay = Int(millisecondsSince1970 - Instant(startOf: day).millisecondsSince1970)
        let (seconds, milliseconds) = inDay.quotientAndRemainder(dividingBy: 1000)
        day.append(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        Digits.append(pair: seconds / 3600, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Digits.append(pair: seconds / 60 % 60, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Digits.append(pair: seconds % 60, to: &bytes)
        if milliseconds != 0 {
            bytes.append(UInt8(ascii: "."))
            Digits.append(Int64(milliseconds), width: 3, to: &bytes)
        }
        bytes.append(UInt8(ascii: "Z"))
    }
}

extension Instant {
    /// Reads an RFC 3339 date-time; nil for any other text.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes: bytes.span)
    }

    /// Reads an RFC 3339 date-time with its zone; digits below the millisecond are dropped.
    ///
    /// A leap second reads as the first moment of the next minute, as POSIX clocks count. A moment
    /// whose date in UTC has no four-digit year is none.
    public init?(bytes: Span<UInt8>) {
        guard bytes.count >= 20, let day = Day(bytes: bytes.extracting(0..<10)),
            bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"),
            let hour = Digits.number(bytes, from: 11, count: 2), hour < 24,
            let minute = Digits.number(bytes, from: 14, count: 2), minute < 60,
            let second = Digits.number(bytes, from: 17, count: 2), second <= 60
        else { return nil }
        var position = 19
        guard let milliseconds = Self.fraction(bytes, &position),
            let offset = Self.offsetMinutes(bytes, position)
        else { return nil }
        let seconds = (hour * 60 + minute - offset) * 60 + second
        self = Instant(startOf: day).adding(milliseconds: Int64(seconds * 1000 + milliseconds))
        guard Self.earliest <= self, self <= Self.latest else { return nil }
    }

    /// The milliseconds of an optional fraction at `position`, which moves behind it.
    private static func fraction(_ bytes: Span<UInt8>, _ position: inout Int) -> Int? {
        guard bytes[position] == UInt8(ascii: ".") else { return 0 }
        var milliseconds = 0
        var weight = 100
        let start = position + 1
        position = start
        while position < bytes.count, case let digit = bytes[position] &- 48, digit <= 9 {
            milliseconds += Int(digit) * weight
            weight /= 10
            position += 1
        }
        return position > start && position < bytes.count ? milliseconds : nil
    }

    /// Minutes east of UTC of `Z` or `±hh:mm`, which must end the text.
    private static func offsetMinutes(_ bytes: Span<UInt8>, _ position: Int) -> Int? {
        if bytes[position] | 0x20 == UInt8(ascii: "z") {
            return position + 1 == bytes.count ? 0 : nil
        }
        let sign = bytes[position]
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), position + 6 == bytes.count,
            bytes[position + 3] == UInt8(ascii: ":"),
            let hours = Digits.number(bytes, from: position + 1, count: 2), hours < 24,
            let minutes = Digits.number(bytes, from: position + 4, count: 2), minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}
