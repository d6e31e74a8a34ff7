import Testing

@testable import ClaimsCodec

/// Strings: escapes, surrogates, UTF-8.
@Suite struct JSONStringTests {
    private func decoded(_ bytes: [UInt8]) throws -> [UInt8] {
        var scanner = JSONScanner()
        return try scanner.value(bytes.span).text(in: bytes.span)
    }

    private func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }

    @Test("a backslash is followed by one of nine characters and nothing else")
    func escapes() throws {
        let texts: [UInt8: UInt8] = [
            0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
            0x74: 0x09,
        ]
        for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: "u") {
            let bytes = quoted([0x41, 0x5C, byte, 0x42])
            guard let text = texts[byte] else {
                #expect(jsonProblem(bytes) == JSONProblem(.badEscape, at: 2), "\(byte)")
                continue
            }
            #expect(jsonProblem(bytes) == nil, "\(byte)")
            #expect(try decoded(bytes) == [0x41, text, 0x42])
        }
    }

    @Test("an escape of four digits is a character, in either case; half a surrogate is none")
    func units() throws {
        for unit in stride(from: UInt32(0), through: 0xFFFF, by: 1) {
            let hex = String(unit, radix: 16, uppercase: unit % 2 == 0)
            let digits = String(repeating: "0", count: 4 - hex.count) + hex
            let bytes = quoted([UInt8]("\\u\(digits)"))
            if let scalar = Unicode.Scalar(unit) {
                #expect(try decoded(bytes) == [UInt8](String(Character(scalar))))
            } else {
                #expect(jsonProblem(bytes) == JSONProblem(.badEscape, at: 1))
            }
        }
    }

    static let pairs: [(text: String, scalar: UInt32?)] = [
        ("\\uD800\\uDC00", 0x10000), ("\\uD800\\uDFFF", 0x103FF), ("\\uDBFF\\uDC00", 0x10FC00),
        ("\\udbff\\udfff", 0x10FFFF), ("\\uD83D\\uDE00", 0x1F600), ("\\uD800", nil),
        ("\\uDC00", nil), ("\\uDC00\\uD800", nil), ("\\uD800\\uD800", nil), ("\\uD800\\uE000", nil),
        ("\\uD800\\u0041", nil), ("\\uD800A", nil), ("\\uD800\\n", nil), ("\\uD800\\uDC0", nil),
        ("\\uD800\\uDC0G", nil), ("\\uD800\\", nil), ("\\uD800\\u", nil), ("\\uD800 \\uDC00", nil),
    ]

    @Test("surrogates stand for a character as a pair only, high before low", arguments: pairs)
    func surrogates(text: String, scalar: UInt32?) throws {
        let bytes = quoted([UInt8](text))
        guard let scalar = scalar.flatMap(Unicode.Scalar.init) else {
            #expect(jsonProblem(bytes)?.offset == 1)
            return
        }
        #expect(try decoded(bytes) == [UInt8](String(Character(scalar))))
    }

    static let sequences: [(bytes: [UInt8], isValid: Bool)] = [
        ([0xC3, 0xA9], true), ([0xC2, 0x80], true), ([0xDF, 0xBF], true),
        ([0xE0, 0xA0, 0x80], true),
        ([0xED, 0x9F, 0xBF], true), ([0xEE, 0x80, 0x80], true), ([0xEF, 0xBF, 0xBF], true),
        ([0xF0, 0x90, 0x80, 0x80], true), ([0xF4, 0x8F, 0xBF, 0xBF], true),
        ([0xC0, 0xAF], false), ([0xC1, 0xBF], false), ([0xE0, 0x9F, 0xBF], false),
        ([0xF0, 0x8F, 0xBF, 0xBF], false), ([0xED, 0xA0, 0x80], false),
        ([0xED, 0xBF, 0xBF], false),
        ([0xF4, 0x90, 0x80, 0x80], false), ([0xF5, 0x80, 0x80, 0x80], false), ([0xFF], false),
        ([0xFE], false), ([0x80], false), ([0xBF], false), ([0xC3], false), ([0xE2, 0x82], false),
        ([0xF0, 0x9F, 0x98], false), ([0xC3, 0x28], false), ([0xE2, 0x28, 0xA1], false),
        ([0xE2, 0x82, 0x28], false), ([0xF0, 0x9F, 0x98, 0x28], false),
    ]

    @Test("UTF-8 is strict: no overlong form, no surrogate, nothing cut", arguments: sequences)
    func utf8(bytes: [UInt8], isValid: Bool) throws {
        let text = quoted([0x41] + bytes)
        #expect(jsonProblem(text) == (isValid ? nil : JSONProblem(.invalidUTF8, at: 2)))
        if isValid { #expect(try decoded(text) == [0x41] + bytes) }
        // Cut by the end of the text, not by a quote.
        if !isValid { #expect(jsonProblem(Array(text.dropLast())) != nil) }
    }

    private static let edges: [UInt8] = [
        0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
        0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    @Test("the scanner and the standard library agree on each short sequence of bytes")
    func everySequence() {
        func check(_ bytes: [UInt8]) {
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            if (jsonProblem(quoted(bytes)) == nil) != isValid {
                Issue.record("\(bytes.map { String($0, radix: 16) })")
            }
        }
        for first in UInt8(0x80)...0xFF {
            check([first])
            for second in UInt8(0x23)...0xFF where second != 0x5C { check([first, second]) }
        }
        for first in UInt8(0xE0)...0xF5 {
            for second in Self.edges {
                for third in Self.edges {
                    check([first, second, third])
                    guard first >= 0xF0 else { continue }
                    for fourth in Self.edges { check([first, second, third, fourth]) }
                }
            }
        }
    }

    static let written: [(text: String, json: String)] = [
        ("", "\"\""), ("a\"b\\c/", "\"a\\\"b\\\\c/\""),
        ("\u{8}\u{9}\u{A}\u{C}\u{D}", "\"\\b\\t\\n\\f\\r\""),
        ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""),
        ("\u{E9}\u{2028}\u{1F600}", "\"\u{E9}\u{2028}\u{1F600}\""),
    ]

    @Test("the writer escapes what it must and nothing else", arguments: written)
    func write(text: String, json: String) throws {
        var writer = JSONWriter()
        writer.string(text)
        #expect(writer.bytes.text == json)
        #expect(try decoded(writer.bytes) == [UInt8](text))
    }

    @Test("every character below 256 comes back as it was written")
    func roundTrip() throws {
        for value in UInt8.min...UInt8.max {
            let text = "x" + String(Character(Unicode.Scalar(value))) + "y"
            var writer = JSONWriter()
            writer.string(text)
            #expect(jsonProblem(writer.bytes) == nil)
            #expect(try decoded(writer.bytes) == [UInt8](text))
        }
    }
}
