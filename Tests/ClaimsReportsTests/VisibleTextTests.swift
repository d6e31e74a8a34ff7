import Testing

@testable import ClaimsReports

@Suite struct VisibleTextTests {
    static let cases: [(raw: String, visible: String)] = [
        ("", ""), ("plain 123", "plain 123"), ("\u{1B}[31mred", #"\u{1B}[31mred"#),
        ("a\nb\r\nc\td", #"a\nb\r\nc\td"#), ("\u{0}\u{7}\u{8}", #"\u{0}\u{7}\u{8}"#),
        ("\u{7F}\u{80}\u{9B}\u{9F}", #"\u{7F}\u{80}\u{9B}\u{9F}"#),
        ("invoice\u{202E}fdp.exe", #"invoice\u{202E}fdp.exe"#),
        (
            "\u{61C}\u{200E}\u{200F}\u{202A}\u{2066}\u{2069}",
            #"\u{61C}\u{200E}\u{200F}\u{202A}\u{2066}\u{2069}"#
        ),
        ("a\u{200B}b\u{FEFF}\u{2060}", #"a\u{200B}b\u{FEFF}\u{2060}"#),
        ("\u{2028}\u{2029}\u{FFF9}\u{E0041}", #"\u{2028}\u{2029}\u{FFF9}\u{E0041}"#),
        (#"C:\path"#, #"C:\path"#), ("caf\u{E9} \u{4E2D}\u{6587}", "caf\u{E9} \u{4E2D}\u{6587}"),
        ("\u{1F469}\u{200D}\u{1F4BB}", "\u{1F469}\u{200D}\u{1F4BB}"),
        ("\u{915}\u{94D}\u{200C}\u{937}", "\u{915}\u{94D}\u{200C}\u{937}"),
    ]

    @Test("what a terminal would obey or hide is shown as an escape", arguments: cases)
    func visible(raw: String, visible: String) {
        #expect(visibleText(raw).unicodeScalars.elementsEqual(visible.unicodeScalars))
    }

    static let answers: [(raw: String, onTerminal: String)] = [
        ("plain\n\tline\n", "plain\n\tline\n"),
        ("{\"a\":\"caf\u{E9}\"}\n", "{\"a\":\"caf\u{E9}\"}\n"),
        ("a\u{1B}[2Jb\r\n", #"a\u001b[2Jb\u000d"# + "\n"), ("\u{7F}\u{9B}31m", #"\u007f\u009b31m"#),
        ("x\u{202E}gpj", #"x\u202egpj"#), ("\u{E0041}", #"\udb40\udc41"#),
        ("\u{0}", #"\u0000"#), ("\u{1F469}\u{200D}\u{1F4BB}", "\u{1F469}\u{200D}\u{1F4BB}"),
    ]

    @Test("a terminal gets an answer's bytes without what it would obey", arguments: answers)
    func terminal(raw: String, onTerminal: String) {
        #expect(terminalBytes(Array(raw.utf8)) == Array(onTerminal.utf8))
    }

    @Test("no control character is let through, whichever it is")
    func exhaustive() {
        let controls = Array(UInt32(0)..<0x20) + Array(UInt32(0x7F)..<0xA0)
        for value in controls + [
            0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,
        ] {
            let scalar = Unicode.Scalar(value)
            #expect(scalar.map(isHidden) == true, "U+\(String(value, radix: 16))")
        }
        for value in UInt32(0x20)..<0x7F {
            #expect(Unicode.Scalar(value).map(isHidden) == false)
        }
    }
}
