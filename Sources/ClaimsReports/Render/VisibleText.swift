/// Whether a character does something to a terminal or a reader instead of being seen.
///
/// Controls (C0, DEL, C1), line and paragraph separators, and invisible format characters: bidi
/// marks, embeddings, overrides and isolates, zero-width space, byte order mark, tags. The two
/// joiners (U+200C, U+200D) are let through, since emoji and several scripts are written with them.
func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
        return scalar.value < 0x20 || scalar.value == 0x7F
    }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format:
        let isJoiner = scalar == "\u{200C}" || scalar == "\u{200D}"
        let isAnnotation = (0xFFF9...0xFFFB).contains(scalar.value)
        return isAnnotation || (scalar.properties.isDefaultIgnorableCodePoint && !isJoiner)
    default: return false
    }
}

/// How a hidden character is shown: `\n`, `\r`, `\t`, or its number as in `\u{1B}`.
func visibleEscape(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
}

/// The text on one line, safe for a terminal: every hidden character is a visible escape.
///
/// Meant for people, not for reading back: a backslash that is in the data stays a single one.
package func visibleText(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
        if isHidden(scalar) {
            result += visibleEscape(of: scalar)
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// The bytes of an answer as a terminal may get them: what it would obey is written as in JSON,
/// such as `\u001b`; line feeds and tabs stand.
///
/// For stored lines and files of data, which are exact anywhere but on a terminal. JSON stays JSON
/// of the same meaning. O(bytes).
package func terminalBytes(_ bytes: [UInt8]) -> [UInt8] {
    let isPlain = bytes.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }
    guard !isPlain else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        if isHidden(scalar), scalar != "\n", scalar != "\t" {
            for unit in UTF16.encode(scalar) ?? .init() {
                let digits = String(unit, radix: 16)
                let zeros = String(repeating: "0", count: 4 - digits.count)
                result += Array("\\u\(zeros)\(digits)".utf8)
            }
        } else {
            result += UTF8.encode(scalar) ?? .init()
        }
    }
    return result
}
