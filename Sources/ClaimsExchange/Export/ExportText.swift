// Texts as the formats of other tools bear them. What is in the log can be anything: each of these
// keeps a text inside its place, and can be undone.

/// A text with every byte that is not plain as `%HH`, as in a URI.
///
/// `isPlain` says which ASCII bytes may stand; the percent sign never does, nor a byte of another
/// script.
func percentEncoded(_ text: String, where isPlain: (UInt8) -> Bool) -> String {
    guard !text.utf8.allSatisfy({ isPlain($0) && $0 != UInt8(ascii: "%") }) else { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        if byte < 0x80, isPlain(byte), byte != UInt8(ascii: "%") {
            bytes.append(byte)
        } else {
            bytes.append(UInt8(ascii: "%"))
            bytes.append(contentsOf: hexadecimal(byte))
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// Two digits in upper case.
func hexadecimal(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
}

/// Whether a byte is an ASCII letter or digit.
func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
    default: false
    }
}

/// Whether a character does something to a terminal or a reader instead of being seen: controls,
/// line and paragraph separators, marks that turn the direction of writing, characters that no text
/// has.
func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
        0xFFFE, 0xFFFF:
        true
    default: false
    }
}

/// A text with its controls as visible escapes, such as `\u{1B}`; those of `except` stand.
///
/// Where an export bears the stored data too, that has the exact text.
func visible(_ text: String, except: Set<Unicode.Scalar> = []) -> String {
    func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        isControl(scalar) && !except.contains(scalar)
    }
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
        if isHidden(scalar) {
            result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}
