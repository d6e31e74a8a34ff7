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
