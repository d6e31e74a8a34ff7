extension JSONScanner {
    /// Takes a string; its slice is what stands between the quotes.
    package mutating func string(_ bytes: Span<UInt8>) throws(JSONProblem) -> JSONSlice {
        let opening = position
        var cursor = opening + 1
        var form = JSONSlice.Form.plainString
        while cursor < bytes.count {
            let byte = bytes[cursor]
            if byte == UInt8(ascii: "\"") {
                position = cursor + 1
                return JSONSlice(form: form, start: opening + 1, end: cursor)
            }
            if byte == UInt8(ascii: "\\") {
                form = .escapedString
                cursor = try Self.escape(bytes, cursor)
            } else if byte < 0x20 {
                throw JSONProblem(.controlCharacter(byte), at: cursor)
            } else if byte < 0x80 {
                cursor += 1
            } else {
                cursor = try UTF8Check.sequence(bytes, cursor)
            }
        }
        throw JSONProblem(.endsInside(expected: "the end of a string"), at: cursor)
    }

    /// Checks the escape at `cursor` and gives the place behind it.
    private static func escape(_ bytes: Span<UInt8>, _ cursor: Int) throws(JSONProblem) -> Int {
        guard cursor + 1 < bytes.count else {
            throw JSONProblem(.endsInside(expected: "the rest of an escape"), at: cursor + 1)
        }
        switch bytes[cursor + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return cursor + 2
        case UInt8(ascii: "u"):
            guard let unit = hexUnit(bytes, cursor + 2) else {
                throw JSONProblem(.badEscape, at: cursor)
            }
            guard (0xD800..<0xE000).contains(unit) else { return cursor + 6 }
            // A surrogate stands for a character only as a pair, high before low.
            guard unit < 0xDC00, cursor + 7 < bytes.count, bytes[cursor + 6] == UInt8(ascii: "\\"),
                bytes[cursor + 7] == UInt8(ascii: "u"), let low = hexUnit(bytes, cursor + 8),
                (0xDC00..<0xE000).contains(low)
            else { throw JSONProblem(.badEscape, at: cursor) }
            return cursor + 12
        default: throw JSONProblem(.badEscape, at: cursor)
        }
    }

    /// The four hexadecimal digits at `start`; nil when they are not there.
    static func hexUnit(_ bytes: Span<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var unit: UInt32 = 0
        for index in start..<(start + 4) {
            let byte = bytes[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 48
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 87
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 55
            default: return nil
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}

/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF (RFC 3629).
enum UTF8Check {
    /// Checks the sequence that starts at `start` with a byte >= 0x80; gives the place behind it.
    static func sequence(_ bytes: Span<UInt8>, _ start: Int) throws(JSONProblem) -> Int {
        // Zero follows nothing, so it stands for what is behind the end.
        let length = length(bytes[start]) { place in
            start + place < bytes.count ? bytes[start + place] : 0
        }
        guard let length else { throw JSONProblem(.invalidUTF8, at: start) }
        return start + length
    }

    /// The length of the sequence that begins with `first`, whose other bytes `byte` gives by their
    /// place in it; nil when it is none.
    ///
    /// Source: Unicode 16, table 3-7.
    @inline(__always)
    static func length(_ first: UInt8, _ byte: (Int) -> UInt8) -> Int? {
        let length: Int
        let second: ClosedRange<UInt8>
        switch first {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard second.contains(byte(1)) else { return nil }
        for place in 2..<max(2, length) where byte(place) & 0xC0 != 0x80 { return nil }
        return length
    }
}

extension JSONSlice {
    /// The text of a string slice as UTF-8, escapes resolved.
    package func text(in bytes: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(end - start)
        var cursor = start
        while cursor < end {
            let byte = bytes[cursor]
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                cursor += 1
                continue
            }
            let escape = bytes[cursor + 1]
            guard escape == UInt8(ascii: "u") else {
                text.append(Self.character(ofEscape: escape))
                cursor += 2
                continue
            }
            var unit = JSONScanner.hexUnit(bytes, cursor + 2) ?? 0xFFFD
            cursor += 6
            if (0xD800..<0xDC00).contains(unit) {
                let low = JSONScanner.hexUnit(bytes, cursor + 2) ?? 0xDC00
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
                cursor += 6
            }
            let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
            text.append(contentsOf: String(Character(scalar)).utf8)
        }
        return text
    }

    /// The text of a string slice.
    package func string(in bytes: Span<UInt8>) -> String {
        String(decoding: text(in: bytes), as: UTF8.self)
    }

    private static func character(ofEscape escape: UInt8) -> UInt8 {
        switch escape {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: escape
        }
    }
}

/// The names seen in one object, to find the second of a kind.
struct MemberNames {
    private var slices: [JSONSlice] = []
    private var texts: Set<[UInt8]> = []

    /// Few names are compared in place; an object with many goes over to a set.
    private static let mostInPlace = 24

    mutating func add(_ name: JSONSlice, _ bytes: Span<UInt8>) throws(JSONProblem) {
        if slices.count < Self.mostInPlace, name.form == .plainString, texts.isEmpty {
            for other in slices where other.isSameText(as: name, in: bytes) {
                throw Self.duplicate(name, bytes)
            }
            slices.append(name)
            return
        }
        for other in slices { texts.insert(other.text(in: bytes)) }
        slices.removeAll()
        guard texts.insert(name.text(in: bytes)).inserted else {
            throw Self.duplicate(name, bytes)
        }
    }

    private static func duplicate(_ name: JSONSlice, _ bytes: Span<UInt8>) -> JSONProblem {
        JSONProblem(.duplicateMember(name.string(in: bytes)), at: name.start - 1)
    }
}
