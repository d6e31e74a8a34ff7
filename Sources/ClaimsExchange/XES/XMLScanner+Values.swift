// Names, attributes and characters of a token that lies wholly in the buffer. Offsets count from
// the token's first byte. Source: XML 1.0, fifth edition, productions 2, 3, 5, 10, 66 and 68.
extension XMLScanner {
    /// Whether a byte is white space of XML.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// A byte in words: `'x'` when printable, otherwise its value.
    func name(of byte: UInt8) -> String {
        (0x21..<0x7F).contains(byte)
            ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x\(Self.hexadecimal(byte))"
    }

    /// Moves behind white space, at most to `end`.
    func skipSpace(_ cursor: inout Int, end: Int) {
        while cursor < end, Self.isSpace(byte(cursor)) { cursor += 1 }
    }

    /// Takes a name; beyond ASCII every character is taken for one of a name.
    func takeName(_ cursor: inout Int, end: Int) throws(XESFault) -> String {
        let start = cursor
        while cursor < end, Self.isNameByte(byte(cursor), isFirst: cursor == start) { cursor += 1 }
        guard cursor > start else {
            let found = cursor < end ? name(of: byte(cursor)) : "the end of the tag"
            throw fault(.malformed(found: found, expected: "a name"), at: cursor)
        }
        return try decoded(start, cursor)
    }

    /// The attributes of a start tag, and whether it ends in `/>`.
    func attributes(
        from start: Int, end: Int
    ) throws(XESFault) -> (attributes: [XMLTag.Attribute], isEmpty: Bool) {
        var found: [XMLTag.Attribute] = []
        var cursor = start
        while true {
            let gap = cursor
            skipSpace(&cursor, end: end)
            if cursor == end { return (found, false) }
            if byte(cursor) == UInt8(ascii: "/"), cursor + 1 == end { return (found, true) }
            guard cursor > gap else {
                throw fault(
                    .malformed(found: name(of: byte(cursor)), expected: "white space or '>'"),
                    at: cursor)
            }
            let at = cursor
            let attribute = try takeAttribute(&cursor, end: end)
            guard !found.contains(where: { $0.name == attribute.name }) else {
                throw fault(
                    .malformed(
                        found: "'\(attribute.name)' twice in one tag", expected: "it once"), at: at)
            }
            found.append(attribute)
        }
    }

    private func takeAttribute(
        _ cursor: inout Int, end: Int
    ) throws(XESFault) -> XMLTag.Attribute {
        let name = try takeName(&cursor, end: end)
        skipSpace(&cursor, end: end)
        try take(UInt8(ascii: "="), &cursor, end: end)
        skipSpace(&cursor, end: end)
        let quote = cursor < end && byte(cursor) == UInt8(ascii: "'") ? UInt8(ascii: "'") : 0x22
        try take(quote, &cursor, end: end)
        let start = cursor
        while cursor < end, case let next = buffer[position + cursor], next != quote {
            guard next != 0x3C else {  // <
                throw fault(.malformed(found: "'<' in a value", expected: "'&lt;'"), at: cursor)
            }
            cursor += 1
        }
        let value = try decoded(start, cursor)
        try take(quote, &cursor, end: end)
        return XMLTag.Attribute(name: name, value: value)
    }

    private func take(_ wanted: UInt8, _ cursor: inout Int, end: Int) throws(XESFault) {
        guard cursor < end, byte(cursor) == wanted else {
            let found = cursor < end ? name(of: byte(cursor)) : "the end of the tag"
            throw fault(.malformed(found: found, expected: name(of: wanted)), at: cursor)
        }
        cursor += 1
    }

    /// Version and encoding of `<?xml ...?>`: only what is UTF-8 byte for byte is read on.
    func xmlDeclaration(end: Int) throws(XESFault) {
        let (found, isEmpty) = try attributes(from: 5, end: end)
        guard !isEmpty, found.first?.name == "version" else {
            throw fault(.malformed(found: "no 'version'", expected: "'<?xml version=\"1.0\"'"))
        }
        let encoding = found.first { $0.name == "encoding" }?.value ?? "UTF-8"
        guard ["UTF-8", "UTF8", "US-ASCII", "ASCII"].contains(encoding.uppercased()) else {
            throw fault(.encoding(encoding))
        }
    }

    /// The text of bytes, references resolved and white space made spaces as in an attribute.
    func decoded(_ start: Int, _ end: Int) throws(XESFault) -> String {
        if try checkText(start, end) {
            return String(decoding: buffer[(position + start)..<(position + end)], as: UTF8.self)
        }
        var text: [UInt8] = []
        var cursor = start
        while cursor < end {
            switch byte(cursor) {
            case UInt8(ascii: "&"):
                let scalar = try reference(&cursor, end: end)
                text.append(contentsOf: String(Character(scalar)).utf8)
                continue
            // XML 1.0, 2.11: a carriage return and line feed are one line end.
            case 0x0D where cursor + 1 < end && byte(cursor + 1) == 0x0A: break
            case 0x09, 0x0A, 0x0D: text.append(0x20)
            case let other: text.append(other)
            }
            cursor += 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Checks that bytes are UTF-8 and characters that XML allows; whether they are the text as
    /// they stand, without references and line ends.
    func checkText(_ start: Int, _ end: Int) throws(XESFault) -> Bool {
        var (isASCII, isAsItStands) = (true, true)
        var index = position + start
        while index < position + end {
            let byte = buffer[index]
            if byte >= 0x80 {
                isASCII = false
            } else if byte < 0x20 {
                guard Self.isSpace(byte) else {
                    throw fault(
                        .forbiddenCharacter("U+00\(Self.hexadecimal(byte))"), at: index - position)
                }
                isAsItStands = false
            } else if byte == 0x26 {  // &
                isAsItStands = false
            }
            index += 1
        }
        guard !isASCII else { return isAsItStands }
        let slice = buffer[(position + start)..<(position + end)]
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw fault(.invalidUTF8, at: start)
        }
        for scalar in text.unicodeScalars where !Self.isAllowed(scalar) {
            throw fault(.forbiddenCharacter("U+\(Self.hexadecimal(scalar.value))"), at: start)
        }
        return isAsItStands
    }

    private func reference(_ cursor: inout Int, end: Int) throws(XESFault) -> Unicode.Scalar {
        let start = cursor + 1
        cursor = start
        // The longest reference that may stand is `&#1114111;`, leading zeros apart.
        while cursor < end, cursor - start < 16, byte(cursor) != UInt8(ascii: ";") { cursor += 1 }
        guard cursor < end, byte(cursor) == UInt8(ascii: ";") else {
            throw fault(.malformed(found: "'&' alone", expected: "'&amp;'"), at: start - 1)
        }
        let slice = buffer[(position + start)..<(position + cursor)]
        let name = String(decoding: slice, as: UTF8.self)
        cursor += 1
        if let scalar = Self.ownEntities[name] { return scalar }
        guard name.hasPrefix("#") else { throw fault(.undefinedEntity(name), at: start - 1) }
        let digits = name.dropFirst(name.hasPrefix("#x") ? 2 : 1)
        guard digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-"),
            let value = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10),
            let scalar = Unicode.Scalar(value), Self.isAllowed(scalar)
        else { throw fault(.forbiddenCharacter("'&\(name);'"), at: start - 1) }
        return scalar
    }

    private static let ownEntities: [String: Unicode.Scalar] = [
        "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'",
    ]

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x1_0000...: true
        default: false
        }
    }

    private static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...:
            true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !isFirst
        default: false
        }
    }

    private static func hexadecimal(_ value: some BinaryInteger) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return digits.utf8.count < 2 ? "0" + digits : digits
    }
}
