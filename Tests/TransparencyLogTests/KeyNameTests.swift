import Testing
import TransparencyLog

@Suite("Key names")
struct KeyNameTests {
    @Test(
        "a name is any text without space, plus sign and control character",
        arguments: ["a", "example.com/ledger", "größe", "名", "a=b&c", "e\u{301}"])
    func accepted(text: String) throws {
        #expect(try KeyName(text).description == text)
    }

    @Test(
        "the first character that may not be in a name is told",
        arguments: [
            ("a b", "U+0020", 1), ("a+b c", "U+002B", 1), ("\u{a0}", "U+00A0", 0),
            ("ö\u{2003}", "U+2003", 2), ("a\n", "U+000A", 1), ("a\r\nb", "U+000D", 1),
            ("\u{3000}x", "U+3000", 0), ("\u{1}", "U+0001", 0), ("x\u{85}", "U+0085", 1),
        ])
    func refused(text: String, character: String, byteOffset: Int) {
        let error = #expect(throws: TransparencyError.self) { try KeyName(text) }
        #expect(
            error?.description
                == "key name holds \(character) at byte \(byteOffset), "
                + "expected no space, plus sign or control character")
    }

    @Test("an empty name is refused")
    func empty() {
        let error = #expect(throws: TransparencyError.self) { try KeyName("") }
        #expect(
            error?.description
                == "key name is empty, expected a name such as 'example.com/ledger'")
    }

    @Test("names that look the same in other bytes are two names")
    func octets() throws {
        let composed = try KeyName("\u{e9}")
        let decomposed = try KeyName("e\u{301}")
        #expect(composed.description == decomposed.description)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed, composed]).count == 2)
    }
}
