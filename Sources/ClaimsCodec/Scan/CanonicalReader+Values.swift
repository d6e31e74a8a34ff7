import ClaimsDomain

// Values of the envelope and of `data`. Each takes the offset behind the opening quote (of a
// string) or of the first byte, and gives the offset of the closing quote or of the byte behind.
extension CanonicalReader {
    /// The end of an identifier: 1...256 bytes of plain text without control characters.
    @inline(__always)
    func identifierEnd(_ bytes: ScanBytes, _ start: Int) -> Int {
        var at = start
        while true {
            let stops = Words.identifierStops(bytes.word(at))
            guard stops != 0 else {
                at &+= 8
                continue
            }
            at &+= Words.first(stops)
            let byte = bytes.byte(at)
            if byte == UInt8(ascii: "\"") { break }
            guard byte >= 0x80, let length = Self.sequenceLength(bytes, at) else {
                return Self.nothing
            }
            at &+= length
        }
        let count = at &- start
        return count > 0 && count <= FieldType.longestIdentifier ? at : Self.nothing
    }

    /// Interns an identifier.
    @inline(__always)
    func name(
        _ bytes: ScanBytes, _ start: Int, into key: inout NameKey, _ names: inout ChunkNames
    ) -> Int {
        let end = identifierEnd(bytes, start)
        if end >= 0 { key = names.intern(bytes, at: start, count: end &- start) }
        return end
    }

    /// The end of a text of at most `limit` bytes, which may hold escapes.
    @inline(__always)
    func textEnd(_ bytes: ScanBytes, _ start: Int, limit: Int64, hasEscape: inout Bool) -> Int {
        var at = start
        while true {
            let stops = Words.stops(bytes.word(at))
            guard stops != 0 else {
                at &+= 8
                continue
            }
            at &+= Words.first(stops)
            let byte = bytes.byte(at)
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                guard let length = Self.escapeLength(bytes, at) else { return Self.nothing }
                hasEscape = true
                at &+= length
            } else {
                guard byte >= 0x80, let length = Self.sequenceLength(bytes, at) else {
                    return Self.nothing
                }
                at &+= length
            }
        }
        // Escapes only make a text shorter than it stands here.
        return at &- start <= Int(limit) ? at : Self.nothing
    }

    /// The length of the UTF-8 sequence at `at`, whose first byte is beyond ASCII.
    @inline(never)
    private static func sequenceLength(_ bytes: ScanBytes, _ at: Int) -> Int? {
        UTF8Check.length(bytes.byte(at)) { bytes.byte(at + $0) }
    }

    /// The length of an escape of one character; surrogates are left to the general reader.
    @inline(never)
    private static func escapeLength(_ bytes: ScanBytes, _ at: Int) -> Int? {
        switch bytes.byte(at + 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        default: return nil
        }
    }

    /// A moment in UTC to the second or the millisecond, as this ledger writes it.
    @inline(__always)
    mutating func instant(_ bytes: ScanBytes, _ start: Int, into instant: inout Instant) -> Int {
        let clock = bytes.word(start &+ 8) ^ Self.clockText
        let rest = bytes.word(start &+ 16)
        // "DDT" and the two colons are zero now, the digits their values.
        guard Words.aboveNine(clock) == 0, clock & Self.clockMarks == 0 else {
            return Self.nothing
        }
        guard let day = days.day(bytes.word(start), UInt16(truncatingIfNeeded: clock)) else {
            return Self.nothing
        }
        let pairs = (clock &* 10) &+ (clock &>> 8)
        let hours = pairs &>> 24 & 0xFF
        let minutes = pairs &>> 48 & 0xFF
        let end = rest ^ Self.endText
        let seconds = (end &>> 8 & 0xFF) &* 10 &+ (end &>> 16 & 0xFF)
        guard hours < 24, minutes < 60, end & 0xFF == 0,
            Words.aboveNine(end & 0xFF_FF00) == 0, seconds < 60
        else { return Self.nothing }
        var milliseconds: UInt64 = 0
        var length = 20
        if UInt8(truncatingIfNeeded: rest &>> 24) == UInt8(ascii: ".") {
            let digits = end &>> 32 & 0xFF_FFFF
            guard Words.aboveNine(digits) == 0, rest &>> 56 == UInt64(UInt8(ascii: "Z")) else {
                return Self.nothing
            }
            milliseconds =
                (digits & 0xFF) &* 100 &+ (digits &>> 8 & 0xFF) &* 10 &+ (digits &>> 16)
            length = 24
        } else if UInt8(truncatingIfNeeded: rest &>> 24) != UInt8(ascii: "Z") {
            return Self.nothing
        }
        let inDay = ((hours &* 60 &+ minutes) &* 60 &+ seconds) &* 1000 &+ milliseconds
        instant = Instant(
            millisecondsSince1970: Int64(day) &* 86_400_000 &+ Int64(inDay))
        return start &+ length
    }

    /// `00T00:00` and `:00.000Z` with zeros where the digits are.
    private static let clockText: UInt64 = 0x3030_3A30_3054_3030
    private static let clockMarks: UInt64 = 0x0000_FF00_00FF_0000
    private static let endText: UInt64 = 0x5A30_3030_2E30_303A

    /// A date.
    @inline(__always)
    mutating func day(_ bytes: ScanBytes, _ start: Int, into day: inout Day?) -> Int {
        let digits = UInt16(truncatingIfNeeded: bytes.half(start &+ 8)) ^ 0x3030
        guard Words.aboveNine(UInt64(digits)) == 0,
            let found = days.day(bytes.word(start), digits)
        else { return Self.nothing }
        day = Day(since1970: found)
        return start &+ 10
    }

    /// A whole number of at most sixteen digits and `limit`.
    @inline(__always)
    func number(
        _ bytes: ScanBytes, _ start: Int, limit: Int64, isSigned: Bool, into number: inout Int64
    ) -> Int {
        let isNegative = isSigned && bytes.byte(start) == UInt8(ascii: "-")
        let first = isNegative ? start &+ 1 : start
        let word = bytes.word(first) ^ Words.all(0x30)
        let marks = Words.aboveNine(word)
        var value: UInt64
        var count: Int
        if marks == 0 {
            let next = bytes.word(first &+ 8) ^ Words.all(0x30)
            let nextMarks = Words.aboveNine(next)
            guard nextMarks != 0 else { return Self.nothing }
            let more = Words.first(nextMarks)
            count = 8 &+ more
            value = Words.number(word)
            if more > 0 {
                value =
                    value &* Self.powers[more]
                    &+ Words.number(next &<< UInt64(truncatingIfNeeded: 64 &- more &* 8))
            }
        } else {
            count = Words.first(marks)
            guard count > 0 else { return Self.nothing }
            value = Words.number(word &<< UInt64(truncatingIfNeeded: 64 &- count &* 8))
        }
        // No leading zero; what follows the digits is looked at by whoever expects a comma.
        guard word & 0xFF != 0 || count == 1, value <= UInt64(limit) else { return Self.nothing }
        number = isNegative ? -Int64(value) : Int64(value)
        return first &+ count
    }

    private static let powers: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000,
    ]

    /// The end of an exact decimal of at most sixteen digits; longer ones are left to the general
    /// reader.
    func decimalEnd(_ bytes: ScanBytes, _ start: Int) -> Int {
        var at = bytes.byte(start) == UInt8(ascii: "-") ? start &+ 1 : start
        let whole = at
        while bytes.byte(at) &- 0x30 <= 9 { at &+= 1 }
        guard at > whole else { return Self.nothing }
        var digits = at &- whole
        if bytes.byte(at) == UInt8(ascii: ".") {
            let point = at
            at &+= 1
            while bytes.byte(at) &- 0x30 <= 9 { at &+= 1 }
            let scale = at &- point &- 1
            guard scale > 0, scale <= ExactDecimal.largestScale else { return Self.nothing }
            digits &+= scale
        }
        return digits <= 16 ? at : Self.nothing
    }

    /// The code of a currency.
    @inline(__always)
    mutating func currency(_ bytes: ScanBytes, _ start: Int, into found: inout Currency?) -> Int {
        found = currencies.currency(bytes.half(start) & 0xFF_FFFF)
        return found == nil ? Self.nothing : start &+ 3
    }

    /// The end of a file's hash, interned by its 64 digits.
    @inline(__always)
    func sha256End(_ bytes: ScanBytes, _ start: Int) -> Int {
        for word in 0..<8 {
            guard Words.hexValues(bytes.word(start &+ word &* 8)) != nil else {
                return Self.nothing
            }
        }
        return start &+ 64
    }
}

/// Days by their text: most of the dates on one page of a log are few.
struct DayCache {
    /// By day of the month and the month's last digit.
    private var entries = [Entry](repeating: Entry(yearAndMonth: 0, digits: 0, day: 0), count: 512)

    private struct Entry {
        let yearAndMonth: UInt64
        let digits: UInt16
        let day: Int32
    }

    /// The day of `YYYY-MM-` and the values of two digits.
    @inline(__always)
    mutating func day(_ yearAndMonth: UInt64, _ digits: UInt16) -> Int32? {
        let place =
            (Int(digits & 3) &* 16 &+ Int(digits &>> 8 & 15)) &* 8
            &+ Int(yearAndMonth &>> 48 & 7)
        let entry = entries[place & 511]
        if entry.yearAndMonth == yearAndMonth, entry.digits == digits { return entry.day }
        return fill(place & 511, yearAndMonth, digits)
    }

    @inline(never)
    private mutating func fill(
        _ place: Int, _ yearAndMonth: UInt64, _ digits: UInt16
    ) -> Int32? {
        let values = yearAndMonth ^ 0x2D30_302D_3030_3030
        guard Words.aboveNine(values) == 0, values & 0xFF00_00FF_0000_0000 == 0 else { return nil }
        func digit(_ place: Int) -> Int { Int(values >> UInt64(place * 8) & 0xFF) }
        let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
        let month = digit(5) * 10 + digit(6)
        let ofMonth = Int(digits & 0xFF) * 10 + Int(digits >> 8)
        guard let day = Day(year: year, month: month, day: ofMonth) else { return nil }
        entries[place] = Entry(
            yearAndMonth: yearAndMonth, digits: digits, day: day.since1970)
        return day.since1970
    }
}

/// Currencies by the three bytes of their code.
struct CurrencyCache {
    private var entries = [(letters: UInt32, currency: Currency?)](repeating: (0, nil), count: 64)

    @inline(__always)
    mutating func currency(_ letters: UInt32) -> Currency? {
        let place = Int((letters &* 0x9E37_79B1) &>> 26)
        if entries[place].letters == letters { return entries[place].currency }
        return fill(place, letters)
    }

    @inline(never)
    private mutating func fill(_ place: Int, _ letters: UInt32) -> Currency? {
        let code = [0, 8, 16].map { UInt8(truncatingIfNeeded: letters >> UInt32($0)) }
        entries[place] = (letters, Currency(bytes: code.span))
        return entries[place].currency
    }
}
