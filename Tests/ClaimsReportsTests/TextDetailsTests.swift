import Testing

@testable import ClaimsReports

@Suite struct TextDetailsTests {
    @Test("labels and values line up; lists and line breaks continue under the value")
    func layout() {
        let expected = """
            Claim CLM-1
            as of 2020-06-30

            Claim:          CLM-1
            Amount:         12,500.00
            In-house work:  no
            Paid on:        -
            Evidence:       kind: metrics; size: 12
                            kind: other
            Comment:        first line
                            second line

            """
        #expect(renderObject(claimDetails(), as: .table) == expected)
        #expect(renderObject(claimDetails(), as: .table, width: 40) == expected)
    }

    static let wraps: [(value: String, width: Int?, lines: [String])] = [
        ("", 40, ["A:"]), ("a  ", nil, ["A:  a"]), ("a\n\nb", nil, ["A:  a", "", "    b"]),
        ("aaaa bbbb cccc dddd eeee", 24, ["A:  aaaa bbbb cccc dddd", "    eeee"]),
        ("aaaa bbbb cccc dddd eeee", 28, ["A:  aaaa bbbb cccc dddd eeee"]),
        ("aaaa bbbb cccc dddde eeee", 24, ["A:  aaaa bbbb cccc dddde", "    eeee"]),
        ("aaaa bbbb cccc ddd  eeee", 24, ["A:  aaaa bbbb cccc ddd", "    eeee"]),
        ("aaaabbbbccccddddeeeef", 24, ["A:  aaaabbbbccccddddeeee", "    f"]),
        ("x aaaabbbbccccddddeeeeffff", 24, ["A:  x", "    aaaabbbbccccddddeeee", "    ffff"]),
        ("aaaabbbbccccddddeeeef", 23, ["A:  aaaabbbbccccddddeeeef"]),
        ("claim\u{1B}: \u{202E}x", nil, [#"A:  claim\u{1B}: \u{202E}x"#]),
    ]

    @Test("a long value wraps at blanks, a long word inside, and nothing is lost", arguments: wraps)
    func wrap(value: String, width: Int?, lines: [String]) {
        let details = Details(fields: [.init(key: "a", title: "A", value: .text(value))])
        let text = renderObject(details, as: .table, width: width)
        #expect(text == lines.map { $0 + "\n" }.joined())
    }

    @Test("any value wraps inside the width and keeps its words", arguments: UInt64(0)..<200)
    func anyValue(seed: UInt64) {
        var generator = ReportGenerator(seed: seed)
        let value = generator.text(limit: 300)
        let details = Details(fields: [.init(key: "a", title: "A", value: .text(value))])
        let wrapped = renderObject(details, as: .table, width: 40)
        let whole = renderObject(details, as: .table)
        let lines = wrapped.split(separator: "\n")
        #expect(lines.allSatisfy { displayWidth(of: $0) <= 40 })
        #expect(wrapped.unicodeScalars.allSatisfy { $0 == "\n" || !isHidden($0) })
        #expect(inked(wrapped) == inked(whole))
    }

    private func inked(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0 != " " && $0 != "\n" }
    }
}
