public import ClaimsDomain
import Foundation

/// A named time zone, for turning dates into moments.
///
/// Used when rules are published and when a question names a date; a replay never needs it.
public struct Zone: Sendable {
    private let zone: TimeZone

    /// UTC.
    public static let utc = Zone(zone: .gmt)

    private init(zone: TimeZone) { self.zone = zone }

    /// The zone of an IANA name such as `Europe/Amsterdam`; nil when the machine knows none.
    public init?(_ name: String) {
        guard let zone = TimeZone(identifier: name) else { return nil }
        self.zone = zone
    }

    /// The first moment of a day.
    ///
    /// A clock change at midnight makes the day begin at the first moment that exists.
    public func start(of day: Day) -> Instant {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let (year, month, dayOfMonth) = day.parts
        let parts = DateComponents(year: year, month: month, day: dayOfMonth)
        guard let date = calendar.date(from: parts) else { return Instant(startOf: day) }
        let seconds = calendar.startOfDay(for: date).timeIntervalSince1970
        return Instant(millisecondsSince1970: Int64(seconds.rounded()) * 1000)
    }

    /// The last millisecond of a day.
    public func end(of day: Day) -> Instant {
        start(of: day.adding(days: 1)).adding(milliseconds: -1)
    }
}
