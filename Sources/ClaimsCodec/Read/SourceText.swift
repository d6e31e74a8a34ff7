package import ClaimsDomain

/// The text of a source: `/programs/PROGRAM` or `/programs/PROGRAM/partners/PARTNER`, each id
/// percent-encoded as a URI path segment (RFC 3986), after whatever prefix a producer wrote.
package enum SourceText {
    /// The text of a source.
    package static func text(_ source: Source) -> String {
        var bytes: [UInt8] = []
        append(source, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes the text of a source behind what is in `bytes`.
    static func append(_ source: Source, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: source.prefix.utf8)
        bytes.append(contentsOf: programs)
        append(encoding: source.program.text, to: &bytes)
        guard let partner = source.partner else { return }
        bytes.append(contentsOf: partners)
        append(encoding: partner.text, to: &bytes)
    }

    private static let programs = Array("/programs/".utf8)
    private static let partners = Array("/partners/".utf8)

    /// The source of a text; nil when it names no programme or holds a control character.
    package static func source(_ text: String) -> Source? {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        // By scalars: a combining mark after a slash must not hide it.
        let parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        let count = parts.count
        if count >= 5, parts[count - 4] == "programs", parts[count - 2] == "partners",
            let program = decoded(parts[count - 3]), let partner = decoded(parts[count - 1])
        {
            return Source(
                prefix: parts.dropLast(4).joined(separator: "/"), program: ProgramID(program),
                partner: PartnerID(partner))
        }
        guard count >= 3, parts[count - 2] == "programs", let program = decoded(parts[count - 1])
        else { return nil }
        return Source(
            prefix: parts.dropLast(2).joined(separator: "/"), program: ProgramID(program))
    }

    private static func append(encoding id: String, to bytes: inout [UInt8]) {
        if id.utf8.allSatisfy(isUnreserved) {
            bytes.append(contentsOf: id.utf8)
            return
        }
        for byte in id.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                bytes.append(contentsOf: (hex.utf8.count < 2 ? "%0" + hex : "%" + hex).utf8)
            }
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
            UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "+"):
            true
        default: false
        }
    }

    /// The id of a segment; nil when it is empty, an escape is broken, or its bytes are no UTF-8 or
    /// hold a control character.
    private static func decoded(_ segment: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(segment.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            // Two digits with a sign, which no escape has, are below 0x20 too.
            guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16), value >= 0x20,
                value != 0x7F
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self)
    }
}
