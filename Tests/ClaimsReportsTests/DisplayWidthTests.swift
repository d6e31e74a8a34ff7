import ClaimsReports
import Testing

@Suite struct DisplayWidthTests {
    static let cases: [(text: String, width: Int)] = [
        ("", 0), ("abc", 3), ("caf\u{E9}", 4), ("cafe\u{301}", 4), ("\u{301}", 0), ("\u{200D}", 0),
        ("\u{4E2D}\u{6587}", 4), ("\u{AC00}", 2), ("\u{1100}\u{1161}\u{11A8}", 2),
        ("\u{FF21}", 2), ("\u{FF71}", 1), ("\u{3002}", 2), ("\u{2026}", 1), ("\u{20AC}", 1),
        ("\u{1F600}", 2), ("\u{1F1FA}\u{1F1F8}", 2), ("\u{1F469}\u{200D}\u{1F4BB}", 2),
        ("\u{1F44D}\u{1F3FD}", 2), ("\u{2764}", 1), ("\u{2764}\u{FE0F}", 2), (" \u{FE0F}", 1),
        ("\u{20000}", 2), ("\u{5E9}\u{5C1}", 1), ("\u{E01}\u{E33}", 1), ("a\u{4E2D}b", 4),
    ]

    @Test("a text takes the columns that terminals give it", arguments: cases)
    func width(text: String, width: Int) {
        #expect(displayWidth(of: text) == width)
    }
}
