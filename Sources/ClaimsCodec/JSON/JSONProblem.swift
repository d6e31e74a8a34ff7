/// What is wrong with a piece of JSON, and at which byte of it (from 0).
package struct JSONProblem: Error, Equatable, Sendable {
    /// What was found, and what was expected instead.
    package enum Kind: Equatable, Sendable {
        case unexpected(found: String, expected: String)
        case endsInside(expected: String)
        case invalidUTF8
        case controlCharacter(UInt8)
        case badEscape
        case duplicateMember(String)
        case tooDeep(limit: Int)
        case trailing(found: String)
        /// Found by a check above JSON, in its own words.
        case described(String)
    }

    package let kind: Kind
    package let offset: Int

    package init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension JSONProblem: CustomStringConvertible {
    /// One line, lower case, without position.
    package var description: String { words.onOneLine }

    private var words: String {
        switch kind {
        case .unexpected(let found, let expected): "found \(found), expected \(expected)"
        case .endsInside(let expected): "the text ends, expected \(expected)"
        case .invalidUTF8: "the bytes are not valid UTF-8"
        case .controlCharacter(let byte):
            "control character 0x\(Self.hex(byte)) stands in a string, expected an escape"
        case .badEscape: "this is no escape of RFC 8259"
        case .duplicateMember(let name): "member '\(name)' stands twice in one object"
        case .tooDeep(let limit): "values are nested deeper than \(limit)"
        case .trailing(let found): "found \(found) after the end of the value"
        case .described(let text): text
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count < 2 ? "0" + digits : digits
    }

    /// A byte in words: `'x'` when printable, otherwise its value.
    package static func name(_ byte: UInt8) -> String {
        (0x20..<0x7F).contains(byte)
            ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x\(hex(byte))"
    }
}

extension String {
    /// The text with control and other invisible characters as escapes: what a file says must not
    /// break a message's lines or reach a terminal.
    var onOneLine: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
