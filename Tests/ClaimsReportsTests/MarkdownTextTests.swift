import ClaimsReports
import Testing

@Suite struct MarkdownTextTests {
    @Test("a table is a heading, the notes and a pipe table with its alignments")
    func layout() {
        let expected = """
            ## Claims

            as of 2020-06-30, known at 000000000412

            | Claim | Title | Amount | Updated |
            | :--- | :--- | ---: | :--- |
            | CLM-1 | Spring fair, stand and printing of the catalogue | 1,250.00 | 2020-02-03 |
            | CLM-22 | - | -0.05 | 2020-02-29 |

            """
        #expect(render(claimsTable(), as: .markdown, width: 30) == expected)
    }

    @Test("no rows leave the header")
    func empty() {
        let table = Table(columns: [.init(key: "a", title: "A")], emptyText: "no row * here")
        #expect(render(table, as: .markdown) == "| A |\n| :--- |\n\nno row \\* here\n")
    }

    @Test("a record is a table of two columns")
    func details() {
        let expected = """
            ## Claim CLM-1

            as of 2020-06-30

            | Field | Value |
            | :--- | :--- |
            | Claim | CLM-1 |
            | Amount | 12,500.00 |
            | In-house work | no |
            | Paid on | - |
            | Evidence | kind: metrics; size: 12; kind: other |
            | Comment | first line<br>second line |

            """
        #expect(renderObject(claimDetails(), as: .markdown) == expected)
    }

    static let escapes: [(raw: String, written: String)] = [
        ("a|b", #"a\|b"#), (#"a\|b"#, #"a\\\|b"#), ("a\nb\r\nc\rd", "a<br>b<br>c<br>d"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"), ("action_required", "action_required"),
        ("_x_ 1_000", #"\_x\_ 1_000"#), ("**x** `y` ~z~", #"\*\*x\*\* \`y\` \~z\~"#),
        ("![i](u)", #"!\[i\](u)"#), ("$5$", #"\$5\$"#), ("\u{1B}\u{202E}", #"\\u{1B}\\u{202E}"#),
        ("\u{E9}\u{4E2D}", "\u{E9}\u{4E2D}"),
    ]

    @Test("a text shows as it is, whatever markup it looks like", arguments: escapes)
    func escaping(raw: String, written: String) {
        let text = render(column(.text(raw)), as: .markdown)
        #expect(text == "| A |\n| :--- |\n| \(written) |\n")
    }

    @Test("any table keeps one line a row and one border a column", arguments: UInt64(0)..<200)
    func structure(seed: UInt64) {
        var generator = ReportGenerator(seed: seed)
        let table = generator.table()
        let lines = render(table, as: .markdown).split(separator: "\n")
        let grid = lines.suffix(table.rows.count + 2)
        for line in grid {
            #expect(borders(in: line) == table.columns.count + 1)
        }
    }

    /// The pipes that no backslash escapes.
    private func borders(in line: Substring) -> Int {
        var count = 0
        var isEscaped = false
        for scalar in line.unicodeScalars {
            if scalar == "|", !isEscaped {
                count += 1
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return count
    }
}
