/// Attributes of XES (IEEE 1849) as XML 1.0.
enum XMLText {
    /// An element with a key and a value, such as `<string key="concept:name" value="..."/>`.
    static func append(
        _ type: XESType, _ key: String, _ value: String, indent: String, to bytes: inout [UInt8]
    ) {
        bytes.append(contentsOf: "\(indent)<\(type.rawValue) key=\"".utf8)
        append(key, to: &bytes)
        bytes.append(contentsOf: "\" value=\"".utf8)
        append(value, to: &bytes)
        bytes.append(contentsOf: "\"/>\n".utf8)
    }

    /// A text between double quotes.
    ///
    /// Characters that XML cannot have, and those that are not seen, stand as visible escapes; tabs
    /// and line breaks as references, which a reader gives back as they were.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in visible(text, except: ["\t", "\n", "\r"]).utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
            case 0x09: bytes.append(contentsOf: "&#9;".utf8)
            case 0x0A: bytes.append(contentsOf: "&#10;".utf8)
            case 0x0D: bytes.append(contentsOf: "&#13;".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
