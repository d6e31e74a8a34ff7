import ClaimsDomain

/// Why the value of a cell cannot be taken, in words.
struct CellProblem: Error, Equatable {
    let text: String

    init(_ text: String) { self.text = text }

    /// A row with more or fewer fields than the header.
    static func width(_ found: Int, _ expected: Int) -> CellProblem {
        CellProblem("the row has \(found) fields, the header has \(expected)")
    }
}

/// In which order a report writes the numbers of a date such as `2/3/2020`: no report says.
package enum DateOrder: String, CaseIterable, Sendable {
    /// `2020-02-03` only.
    case iso
    /// `2/3/2020` is 3 February.
    case mdy
    /// `2/3/2020` is 2 March.
    case dmy
}

/// A date of a report, with a time of day where it has one.
struct ReportTime: Equatable {
    /// The date as it is written.
    let day: Day
    /// Milliseconds after midnight; 0 where there is no time.
    var milliseconds: Int64 = 0
    /// The moment, where the text says its zone.
    var instant: Instant?

    /// Reads `2020-02-03`, `2020-02-03T10:15:00`, the same with a zone, or `2/3/2020 10:15:00 AM`.
    init(_ text: String, column: String, order: DateOrder) throws(CellProblem) {
        guard let time = try Self.read(text, order) else {
            throw CellProblem("\(column) is '\(text)', expected a date such as '2020-02-29'")
        }
        self = time
    }

    private init(day: Day, milliseconds: Int64, instant: Instant? = nil) {
        self.day = day
        self.milliseconds = milliseconds
        self.instant = instant
    }

    private static func read(_ text: String, _ order: DateOrder) throws(CellProblem) -> Self? {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "/")) else {
            guard bytes.count >= 10, let day = Day(bytes: bytes.span.extracting(0..<10)) else {
                return nil
            }
            if bytes.count == 10 { return Self(day: day, milliseconds: 0) }
            guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") else {
                return nil
            }
            let clock = String(decoding: bytes[11...], as: UTF8.self)
            let zoned = "\(day)T\(clock)"
            if let instant = Instant(zoned) {
                return Self(
                    day: day, milliseconds: instant.millisecondsSince1970 % 86_400_000,
                    instant: instant)
            }
            return milliseconds(clock).map { Self(day: day, milliseconds: $0) }
        }
        let parts = text.split(separator: " ", maxSplits: 1)
        let numbers = parts[0].split(separator: "/").map { Int($0) ?? -1 }
        guard numbers.count == 3, numbers[2] >= 1000 else { return nil }
        guard order != .iso else {
            throw CellProblem(
                "date '\(text)' can mean two days; --dates mdy or --dates dmy says which")
        }
        let (month, date) =
            order == .mdy ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
        guard let day = Day(year: numbers[2], month: month, day: date) else { return nil }
        guard parts.count == 2 else { return Self(day: day, milliseconds: 0) }
        return milliseconds(String(parts[1])).map { Self(day: day, milliseconds: $0) }
    }

    /// `10:15`, `10:15:00`, `10:15:00.123`, each with AM or PM behind it or not.
    private static func milliseconds(_ text: String) -> Int64? {
        var clock = text.uppercased()[...]
        var half: Int64?
        for (suffix, hours) in [(" AM", Int64(0)), (" PM", 12)] where clock.hasSuffix(suffix) {
            clock = clock.dropLast(3)
            half = hours
        }
        let halves = clock.split(separator: ".", omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        let isDigits = (halves + parts).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (48...58).contains($0) }
        }
        guard isDigits, (2...3).contains(parts.count), halves.count <= 2,
            parts.allSatisfy({ $0.count <= 2 }),
            var hour = Int64(parts[0]), let minute = Int64(parts[1]), minute < 60,
            let second = parts.count == 3 ? Int64(parts[2]) : 0, second < 60
        else { return nil }
        if let half {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + half
        }
        guard hour < 24 else { return nil }
        let fraction = halves.count == 2 ? Int64((halves[1] + "00").prefix(3)) ?? 0 : 0
        return ((hour * 60 + minute) * 60 + second) * 1000 + fraction
    }
}

/// Amounts as reports write them.
enum ReportAmount {
    /// Reads `1250`, `-1250.50`, `1,250.50` or `1250.5000`, exactly.
    ///
    /// Digits beyond the currency's that are not zeros are an error unless `rounding` says how to
    /// bring them to minor units.
    static func money(
        _ text: String, _ currency: Currency, column: String, rounding: Rounding?
    ) throws(CellProblem) -> Money {
        let notDecimal = CellProblem(
            "\(column) is '\(text)', expected a decimal such as '1250.00'")
        guard let plain = plain(text) else { throw notDecimal }
        do throws(AmountError) {
            return try Money(decimal: trimmed(plain, to: currency), currency: currency)
        } catch {
            switch error {
            case .notDecimal: throw notDecimal
            case .outOfRange: throw CellProblem("\(column): \(error)")
            case .tooManyDecimals: break
            }
            guard let rounding else {
                throw CellProblem(
                    "\(column) is '\(text)', more decimals than \(currency.code) has "
                        + "(\(currency.fractionDigits)); --round rounds as the program does")
            }
            guard
                let units = ExactDecimal(plain)?.rounded(
                    toScale: currency.fractionDigits, rounding),
                units.magnitude <= UInt64(Money.largestMinorUnits)
            else { throw CellProblem("\(column): \(AmountError.outOfRange(text))") }
            return Money(minorUnits: units, currency: currency)
        }
    }

    /// The digits without the commas between thousands; nil where the commas stand elsewhere.
    private static func plain(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: ",")) else { return text.isEmpty ? nil : text }
        let isNegative = text.hasPrefix("-")
        let halves = text.dropFirst(isNegative ? 1 : 0)
            .split(separator: ".", omittingEmptySubsequences: false)
        let groups = halves[0].split(separator: ",", omittingEmptySubsequences: false)
        guard halves.count <= 2, (1...3).contains(groups[0].utf8.count),
            groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }),
            !(halves.count == 2 && halves[1].contains(","))
        else { return nil }
        return (isNegative ? "-" : "") + groups.joined()
            + (halves.count == 2 ? ".\(halves[1])" : "")
    }

    /// Without the zeros behind the currency's own digits.
    private static func trimmed(_ text: String, to currency: Currency) -> String {
        guard let point = text.firstIndex(of: "."), !text.hasSuffix(".") else { return text }
        var fraction = text[text.index(after: point)...]
        while fraction.utf8.count > currency.fractionDigits, fraction.last == "0" {
            fraction = fraction.dropLast()
        }
        return fraction.isEmpty ? String(text[..<point]) : "\(text[..<point]).\(fraction)"
    }
}
