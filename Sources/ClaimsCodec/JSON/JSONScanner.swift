/// Walks over RFC 8259 text without building anything: strict in grammar, UTF-8 and duplicates.
///
/// The scanner is a cursor over bytes it does not own; every method that reads takes the same span.
package struct JSONScanner: Sendable {
    /// Deep enough for any event, shallow enough that a nesting bomb costs nothing.
    package static let deepestNesting = 16

    package internal(set) var position = 0

    package init(at position: Int = 0) { self.position = position }

    /// Skips white space and gives the byte there without taking it.
    package mutating func peek(
        _ bytes: Span<UInt8>, expecting expected: @autoclosure () -> String
    ) throws(JSONProblem) -> UInt8 {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return byte }
            position += 1
        }
        throw JSONProblem(.endsInside(expected: expected()), at: position)
    }

    /// Takes one byte of structure.
    package mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONProblem) {
        let found = try peek(bytes, expecting: JSONProblem.name(byte))
        guard found == byte else {
            throw JSONProblem(
                .unexpected(found: JSONProblem.name(found), expected: JSONProblem.name(byte)),
                at: position)
        }
        position += 1
    }

    /// Takes the byte if it comes next.
    package mutating func takeIf(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONProblem) -> Bool {
        guard try peek(bytes, expecting: JSONProblem.name(byte)) == byte else { return false }
        position += 1
        return true
    }

    /// Nothing but white space may follow.
    package mutating func end(_ bytes: Span<UInt8>) throws(JSONProblem) {
        guard let byte = try? peek(bytes, expecting: "") else { return }
        throw JSONProblem(.trailing(found: JSONProblem.name(byte)), at: position)
    }

    /// Takes one value of any form and says where it stands.
    package mutating func value(
        _ bytes: Span<UInt8>, depth: Int = 0
    ) throws(JSONProblem) -> JSONSlice {
        let first = try peek(bytes, expecting: "a value")
        switch first {
        case UInt8(ascii: "\""): return try string(bytes)
        case UInt8(ascii: "{"): return try object(bytes, depth: depth + 1)
        case UInt8(ascii: "["): return try array(bytes, depth: depth + 1)
        case UInt8(ascii: "t"): return try literal("true", .yes, bytes)
        case UInt8(ascii: "f"): return try literal("false", .no, bytes)
        case UInt8(ascii: "n"): return try literal("null", .null, bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(bytes)
        default:
            throw JSONProblem(
                .unexpected(found: JSONProblem.name(first), expected: "a value"), at: position)
        }
    }

    private mutating func literal(
        _ word: StaticString, _ form: JSONSlice.Form, _ bytes: Span<UInt8>
    ) throws(JSONProblem) -> JSONSlice {
        let start = position
        for expected in word.description.utf8 {
            guard position < bytes.count else {
                throw JSONProblem(.endsInside(expected: "'\(word)'"), at: position)
            }
            guard bytes[position] == expected else {
                throw JSONProblem(
                    .unexpected(found: JSONProblem.name(bytes[position]), expected: "'\(word)'"),
                    at: position)
            }
            position += 1
        }
        return JSONSlice(form: form, start: start, end: position)
    }

    private mutating func number(_ bytes: Span<UInt8>) throws(JSONProblem) -> JSONSlice {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits(bytes)
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try digits(bytes)
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            try digits(bytes)
        }
        return JSONSlice(form: .number, start: start, end: position)
    }

    private mutating func digits(_ bytes: Span<UInt8>) throws(JSONProblem) {
        let start = position
        while position < bytes.count, bytes[position] &- 48 <= 9 { position += 1 }
        guard position > start else {
            guard position < bytes.count else {
                throw JSONProblem(.endsInside(expected: "a digit"), at: position)
            }
            throw JSONProblem(
                .unexpected(found: JSONProblem.name(bytes[position]), expected: "a digit"),
                at: position)
        }
    }

    private mutating func array(
        _ bytes: Span<UInt8>, depth: Int
    ) throws(JSONProblem) -> JSONSlice {
        try check(depth)
        let start = position
        position += 1
        if try !takeIf(UInt8(ascii: "]"), bytes) {
            repeat {
                _ = try value(bytes, depth: depth)
            } while try takeIf(UInt8(ascii: ","), bytes)
            try take(UInt8(ascii: "]"), bytes)
        }
        return JSONSlice(form: .array, start: start, end: position)
    }

    private mutating func object(
        _ bytes: Span<UInt8>, depth: Int
    ) throws(JSONProblem) -> JSONSlice {
        try check(depth)
        let start = position
        var names = MemberNames()
        try members(bytes) { (scanner, name) throws(JSONProblem) in
            try names.add(name, bytes)
            _ = try scanner.value(bytes, depth: depth)
        }
        return JSONSlice(form: .object, start: start, end: position)
    }

    /// Takes an object, handing the scanner to `member` before each value with the name's slice;
    /// `member` takes the value and minds duplicates.
    package mutating func members(
        _ bytes: Span<UInt8>,
        _ member: (inout JSONScanner, JSONSlice) throws(JSONProblem) -> Void
    ) throws(JSONProblem) {
        try take(UInt8(ascii: "{"), bytes)
        guard try !takeIf(UInt8(ascii: "}"), bytes) else { return }
        repeat {
            guard try peek(bytes, expecting: "a member name") == UInt8(ascii: "\"") else {
                throw JSONProblem(
                    .unexpected(
                        found: JSONProblem.name(bytes[position]), expected: "a member name"),
                    at: position)
            }
            let name = try string(bytes)
            try take(UInt8(ascii: ":"), bytes)
            try member(&self, name)
        } while try takeIf(UInt8(ascii: ","), bytes)
        try take(UInt8(ascii: "}"), bytes)
    }

    private func check(_ depth: Int) throws(JSONProblem) {
        guard depth <= Self.deepestNesting else {
            throw JSONProblem(.tooDeep(limit: Self.deepestNesting), at: position)
        }
    }
}
