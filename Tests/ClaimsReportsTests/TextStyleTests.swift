import Testing

@testable import ClaimsReports

@Suite("Tables on a terminal")
struct TextStyleTests {
    static let unicode = TextStyle.terminal(isColoured: false, isUnicode: true)
    static let ascii = TextStyle.terminal(isColoured: false, isUnicode: false)
    static let coloured = TextStyle.terminal(isColoured: true, isUnicode: true)

    private func table(_ drawings: [TextChart.Drawing], names: [String] = []) -> Table {
        var table = Table(
            columns: [
                .init(key: "claim", title: "Claim", narrowing: .keep),
                .init(key: "status", title: "Status", narrowing: .keep, isStatus: true),
            ],
            rows: [
                [.text("CLM-1"), .text("approved")], [.text("CLM-2"), .text("action_required")],
            ])
        table.chart = TextChart(title: "Use", names: names, drawings: drawings)
        return table
    }

    private let bars: [TextChart.Drawing] = [.bar([50, 30, 20]), .bar([-5, 0, 0])]

    @Test("a pipe gets words alone: no marks, no bars")
    func plain() {
        let expected = """
            Claim  Status
            -----  ---------------
            CLM-1  approved
            CLM-2  action_required

            """
        #expect(render(table(bars), as: .table) == expected)
        #expect(render(table(bars), as: .table, width: 24) == expected)
        #expect(render(table(bars), as: .csv, style: Self.coloured).contains("CLM-1,approved\n"))
    }

    @Test("a status has a mark, a row its bar, and the bar a legend")
    func decorated() {
        let expected = """
            Claim  Status             Use
            -----  -----------------  ----------
            CLM-1  ✓ approved         █████▓▓▓▒▒
            CLM-2  ! action_required

            Use: █ a  ▓ b  ▒ c

            """
        let text = render(
            table(bars, names: ["a", "b", "c"]), as: .table, width: 36, style: Self.unicode)
        #expect(text == expected)
    }

    @Test("where there is no room beside the rows, bars stand below them")
    func narrow() {
        let expected = """
            Claim  Status
            -----  -----------------
            CLM-1  + approved
            ############=======+++++
            CLM-2  ! action_required

            """
        #expect(render(table(bars), as: .table, width: 35, style: Self.ascii) == expected)
    }

    @Test("colours stand around the words and change no width")
    func colours() {
        let lines = render(table([]).withoutChart, as: .table, style: Self.coloured)
            .split(separator: "\n")
        #expect(lines[2] == "CLM-1  \u{1B}[32m✓ approved\u{1B}[0m")
        #expect(lines[3] == "CLM-2  \u{1B}[33m! action_required\u{1B}[0m")
    }

    static let marks: [(text: String, marked: String)] = [
        ("approved", "✓ approved"), ("under_review > approved", "under_review > ✓ approved"),
        ("approved since sequence 470", "✓ approved since sequence 470"),
        ("paid, 1.00 of 1.00 approved", "✓ paid, 1.00 of 1.00 approved"),
        ("absent > editing", "absent > ○ editing"), ("none", "none"), ("", ""),
        ("Approved", "Approved"), ("approvedly", "approvedly"),
    ]

    @Test(
        "the mark stands before the status that holds, whatever is said beside it", arguments: marks
    )
    func mark(text: String, marked: String) {
        #expect(StatusMark.marked(text, Self.unicode).text == marked)
        #expect(StatusMark.marked(text, .plain) == (text, nil))
    }

    @Test("a status of a record has its mark and colour, on each of its lines")
    func record() {
        let status = "expired by claim deadline of FY20"
        let details = Details(fields: [
            .init(key: "status", title: "Status", value: .text(status), isStatus: true),
            .init(key: "title", title: "Title", value: .text("approved")),
        ])
        #expect(
            renderObject(details, as: .table, width: 30, style: Self.coloured) == """
                Status:  \u{1B}[2m× expired by claim\u{1B}[0m
                         \u{1B}[2mdeadline of FY20\u{1B}[0m
                Title:   approved

                """)
        #expect(
            renderObject(details, as: .table) == """
                Status:  expired by claim deadline of FY20
                Title:   approved

                """)
    }

    @Test("what has no room beside its row stands below it, several to a line")
    func below() {
        let table = Table(
            columns: [
                .init(key: "claim", title: "Claim of the old partner", narrowing: .keep),
                .init(key: "status", title: "Status", narrowing: .below, isStatus: true),
                .init(key: "fund", title: "Fund", narrowing: .below),
                .init(key: "findings", title: "Findings", narrowing: .below),
            ],
            rows: [
                [.text("CLM-1"), .text("editing > approved"), .text("1.00"), .list([])],
                [.text("CLM-2"), .text("editing"), .missing, .text("more than one line holds")],
            ])
        #expect(
            render(table, as: .table, width: 44, style: Self.ascii) == """
                Claim of the old partner
                ------------------------
                CLM-1
                    status: editing > + approved  fund: 1.00
                CLM-2
                    status: . editing
                    findings: more than one line holds

                """)
        #expect(!render(table, as: .table).contains("status:"))
    }

    static let lines: [(values: [Int64], unicode: String, ascii: String)] = [
        ([0, 1, 50, 100], "▁▂▄█", "_.:#"), ([], "", ""), ([0, 0], "▁▁", "__"),
        ([-5, 100], "▁█", "_#"), ([100, 100, 100, 100, 100, 100], "█████", "#####"),
    ]

    @Test("values over time are heights, the latest that fit", arguments: lines)
    func line(values: [Int64], unicode: String, ascii: String) {
        let chart = TextChart(title: "Over time", drawings: [.line(values, most: 100)])
        #expect(chart.text(row: 0, width: 5, Self.unicode) == unicode)
        #expect(chart.text(row: 0, width: 5, Self.ascii) == ascii)
    }

    @Test("the largest amounts are drawn without overflow")
    func large() {
        let chart = TextChart(
            title: "Use", drawings: [.bar([.max, .max]), .line([.max], most: .max)])
        #expect(chart.text(row: 0, width: 4, Self.ascii) == "##==")
        #expect(chart.text(row: 1, width: 4, Self.ascii) == "#")
    }

    @Test("a text is cut with an ASCII mark where there is nothing else")
    func cut() {
        let table = Table(columns: [.init(key: "a", title: "A")], rows: [[.text("abcdefghijkl")]])
        #expect(render(table, as: .table, width: 10, style: Self.ascii).contains("abcdefghi~\n"))
    }
}

extension Table {
    fileprivate var withoutChart: Table {
        var table = self
        table.chart = nil
        return table
    }
}
