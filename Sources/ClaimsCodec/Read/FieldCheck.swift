import ClaimsDomain

/// Checks one value against its field's type: the one validation of `data`.
enum FieldCheck {
    /// Throws what was found and what was expected, at the value's byte.
    static func check(
        _ slice: JSONSlice, _ type: FieldType, name: String, _ bytes: Span<UInt8>
    ) throws(LineProblem) {
        switch type {
        case .object(let fields): try object(slice, fields, type, name: name, bytes)
        case .list(let element, let atLeast):
            try list(slice, element, atLeast: atLeast, type, name: name, bytes)
        default:
            guard fits(slice, type, bytes) else { throw problem(slice, type, name, bytes) }
        }
    }

    /// Whether every member an object must have is there and each known one is well formed.
    static func members(
        _ members: [ScannedLine.Member], _ fields: [Field], of owner: String, at offset: Int,
        _ bytes: Span<UInt8>
    ) throws(LineProblem) {
        for field in fields {
            guard let member = members.first(where: { $0.name.isText(field.nameBytes, in: bytes) })
            else {
                if field.isRequired {
                    throw LineProblem(.missing(member: field.name, of: owner), at: offset)
                }
                continue
            }
            try check(member.value, field.type, name: field.name, bytes)
        }
    }

    private static func problem(
        _ slice: JSONSlice, _ type: FieldType, _ name: String, _ bytes: Span<UInt8>
    ) -> LineProblem {
        LineProblem(
            .bad(member: name, found: slice.shown(in: bytes), expected: type.expectation),
            at: slice.rawRange.lowerBound)
    }

    private static func object(
        _ slice: JSONSlice, _ fields: [Field], _ type: FieldType, name: String,
        _ bytes: Span<UInt8>
    ) throws(LineProblem) {
        guard slice.form == .object else { throw problem(slice, type, name, bytes) }
        var found: [ScannedLine.Member] = []
        var scanner = JSONScanner(at: slice.start)
        do throws(JSONProblem) {
            try scanner.members(bytes) { (scanner, name) throws(JSONProblem) in
                found.append(
                    ScannedLine.Member(name: name, value: try scanner.value(bytes)))
            }
        } catch {
            throw LineProblem(error)
        }
        try members(found, fields, of: "'\(name)'", at: slice.start, bytes)
    }

    private static func list(
        _ slice: JSONSlice, _ element: FieldType, atLeast: Int, _ type: FieldType, name: String,
        _ bytes: Span<UInt8>
    ) throws(LineProblem) {
        guard slice.form == .array else { throw problem(slice, type, name, bytes) }
        var elements: [JSONSlice] = []
        var scanner = JSONScanner(at: slice.start + 1)
        do throws(JSONProblem) {
            while try scanner.peek(bytes, expecting: "']'") != UInt8(ascii: "]") {
                elements.append(try scanner.value(bytes))
                _ = try scanner.takeIf(UInt8(ascii: ","), bytes)
            }
        } catch {
            throw LineProblem(error)
        }
        guard elements.count >= atLeast else {
            throw LineProblem(
                .bad(member: name, found: "an empty array", expected: type.expectation),
                at: slice.start)
        }
        for element_ in elements { try check(element_, element, name: name, bytes) }
    }

    private static func fits(_ slice: JSONSlice, _ type: FieldType, _ bytes: Span<UInt8>) -> Bool {
        switch type {
        case .text(let limit): slice.isString && slice.textLength(in: bytes) <= limit
        case .identifier: isIdentifier(slice, bytes)
        case .amount, .count: slice.wholeNumber(in: bytes).map { $0 >= 0 } ?? false
        case .upTo(let limit): slice.wholeNumber(in: bytes).map { (0...limit) ~= $0 } ?? false
        case .signedAmount: slice.wholeNumber(in: bytes) != nil
        case .currency: slice.form == .plainString && slice.currency(in: bytes) != nil
        case .day: slice.form == .plainString && slice.day(in: bytes) != nil
        case .instant: slice.form == .plainString && slice.instant(in: bytes) != nil
        case .flag: slice.form == .yes || slice.form == .no
        case .sha256: isSHA256(slice, bytes)
        case .decimal: slice.isString && ExactDecimal(slice.string(in: bytes)) != nil
        case .choice(let words):
            slice.isString && words.contains { slice.isText(Array($0.utf8), in: bytes) }
        case .object: slice.form == .object
        case .list: slice.form == .array
        }
    }

    /// Also the rule for attributes that hold an id.
    static func isIdentifier(_ slice: JSONSlice, _ bytes: Span<UInt8>) -> Bool {
        guard slice.isString, slice.end > slice.start,
            slice.textLength(in: bytes) <= FieldType.longestIdentifier
        else { return false }
        if slice.form == .plainString {
            for index in slice.start..<slice.end where bytes[index] == 0x7F { return false }
            return true
        }
        return slice.text(in: bytes).allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func isSHA256(_ slice: JSONSlice, _ bytes: Span<UInt8>) -> Bool {
        guard slice.form == .plainString, slice.end - slice.start == 64 else { return false }
        for index in slice.start..<slice.end {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
                continue
            default: return false
            }
        }
        return true
    }
}

extension JSONSlice {
    /// The bytes of a string's text, escapes resolved: what limits are about.
    func textLength(in bytes: Span<UInt8>) -> Int {
        form == .plainString ? end - start : text(in: bytes).count
    }

    /// A whole number within ±(2^53 − 1), written without fraction or exponent; nil otherwise.
    func wholeNumber(in bytes: Span<UInt8>) -> Int64? {
        guard form == .number, end - start <= 17 else { return nil }
        let isNegative = bytes[start] == UInt8(ascii: "-")
        var value: Int64 = 0
        for index in (isNegative ? start + 1 : start)..<end {
            let digit = bytes[index] &- 48
            guard digit <= 9 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value <= Money.largestMinorUnits ? (isNegative ? -value : value) : nil
    }

    func currency(in bytes: Span<UInt8>) -> Currency? {
        Currency(bytes: bytes.extracting(start..<end))
    }

    func day(in bytes: Span<UInt8>) -> Day? { Day(bytes: bytes.extracting(start..<end)) }

    func instant(in bytes: Span<UInt8>) -> Instant? {
        Instant(bytes: bytes.extracting(start..<end))
    }
}
