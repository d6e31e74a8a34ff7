import ClaimsDomain

/// Appends JSON text without spare white space: the canonical form of every line we write.
///
/// One buffer that grows: no value is made into a text of its own first.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init() {}

    /// Writes behind what is in `bytes`, which come back with `finish`.
    package init(behind bytes: consuming [UInt8]) { self.bytes = bytes }

    /// Gives the buffer back.
    package consuming func finish() -> [UInt8] { bytes }

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// A member name; its value comes next.
    package mutating func name(_ name: String) {
        comma()
        quoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A member name as it stands in the text, with quotes and colon; its value comes next.
    package mutating func preparedName(_ name: [UInt8]) {
        comma()
        bytes.append(contentsOf: name)
        needsComma = false
    }

    package mutating func string(_ text: String) {
        comma()
        quoted(text)
        needsComma = true
    }

    package mutating func bool(_ value: Bool) {
        comma()
        bytes.append(contentsOf: value ? Self.yes : Self.no)
        needsComma = true
    }

    package mutating func null() { raw(Self.nothing) }

    package mutating func integer(_ value: Int64) {
        comma()
        Digits.append(value, to: &bytes)
        needsComma = true
    }

    /// A value that is JSON text already.
    package mutating func raw(_ json: [UInt8]) {
        comma()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    /// A string that needs no escapes, written by `body` between the quotes.
    package mutating func plainString(_ body: (inout [UInt8]) -> Void) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        body(&bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private static let yes = Array("true".utf8)
    private static let no = Array("false".utf8)
    private static let nothing = Array("null".utf8)

    private mutating func open(_ byte: UInt8) {
        comma()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if Self.needsEscape(text.utf8.span) {
            for byte in text.utf8 { escaped(byte) }
        } else {
            bytes.append(contentsOf: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Looks at every byte, without a way out before the end: so it can be done in wide steps.
    private static func needsEscape(_ text: Span<UInt8>) -> Bool {
        var found = false
        for index in text.indices {
            let byte = text[index]
            let isSpecial = byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            found = found || isSpecial
        }
        return found
    }

    /// Escapes only what RFC 8259 demands; other characters stand as UTF-8.
    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0C: bytes.append(contentsOf: "\\f".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            bytes.append(contentsOf: "\\u00\(digits.utf8.count < 2 ? "0" : "")\(digits)".utf8)
        default: bytes.append(byte)
        }
    }
}

extension JSONWriter {
    /// A tree, members in their order.
    package mutating func node(_ node: JSONNode) {
        switch node.value {
        case .object(let members):
            beginObject()
            for member in members {
                name(member.name)
                self.node(member.node)
            }
            endObject()
        case .array(let elements):
            beginArray()
            for element in elements { self.node(element) }
            endArray()
        case .string(let text): string(text)
        case .number(let text): raw(Array(text.utf8))
        case .bool(let flag): bool(flag)
        case .null: null()
        }
    }
}
