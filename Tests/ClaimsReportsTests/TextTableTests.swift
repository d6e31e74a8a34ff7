import Testing

@testable import ClaimsReports

@Suite struct TextTableTests {
    @Test("columns line up under underlined titles, amounts on the right")
    func layout() {
        let expected = """
            Claims
            as of 2020-06-30, known at 000000000412

            Claim   Title                                               Amount  Updated
            ------  ------------------------------------------------  --------  ----------
            CLM-1   Spring fair, stand and printing of the catalogue  1,250.00  2020-02-03
            CLM-22  -                                                    -0.05  2020-02-29

            """
        #expect(render(claimsTable(), as: .table) == expected)
        #expect(render(claimsTable(), as: .table, width: 200) == expected)
        #expect(render(claimsTable(), as: .table, width: 78) == expected)
    }

    @Test("one column less cuts the longest text with an ellipsis")
    func cut() {
        let lines = render(claimsTable(), as: .table, width: 77).split(separator: "\n")
        #expect(
            lines[4]
                == "CLM-1   Spring fair, stand and printing of the catalog…  1,250.00  2020-02-03")
    }

    @Test("a column that may go is left out, named, and gives its room to the rest")
    func omit() {
        let expected = """
            Claims
            as of 2020-06-30, known at
            000000000412

            Claim   Title                Amount
            ------  -----------------  --------
            CLM-1   Spring fair, sta…  1,250.00
            CLM-22  -                     -0.05

            (left out at this width: Updated)

            """
        #expect(render(claimsTable(), as: .table, width: 35) == expected)
    }

    @Test("a table without rows says so, or shows its titles")
    func empty() {
        let text = render(emptyClaimsTable(), as: .table)
        #expect(text == "Claims\nas of 2020-06-30, known at 000000000412\n\nno claims match\n")
        #expect(render(column(), as: .table) == "A\n-\n")
    }

    @Test("wide and combining characters take their columns")
    func wide() {
        let table = Table(
            columns: [
                .init(key: "a", title: "Name"), .init(key: "b", title: "N", alignment: .trailing),
            ],
            rows: [
                [.text("\u{4E2D}\u{6587}\u{5B57}"), .integer(1)],
                [.text("cafe\u{301}"), .integer(22)], [.text("\u{1F600}"), .missing],
            ])
        let expected = """
            Name     N
            ------  --
            \u{4E2D}\u{6587}\u{5B57}   1
            cafe\u{301}    22
            \u{1F600}       -

            """
        #expect(render(table, as: .table) == expected)
    }

    @Test("a cut never splits a wide character")
    func wideCut() {
        let text = String(repeating: "\u{4E2D}", count: 20)
        let lines = render(column(.text(text)), as: .table, width: 16).split(separator: "\n")
        #expect(lines[2] == String(repeating: "\u{4E2D}", count: 7) + "…")
    }

    @Test("numbers are never cut, and nothing ends in blanks")
    func numbers() {
        let table = Table(
            columns: [
                .init(key: "a", title: "A long title over a number"), .init(key: "b", title: "B"),
            ],
            rows: [
                [.integer(123_456_789_012_345), .text("x  ")],
                [.money(minorUnits: 5, fractionDigits: 2), .text("")],
            ])
        let expected = """
            A long title o…  B
            ---------------  -
            123456789012345  x
            0.05

            """
        #expect(render(table, as: .table, width: 4) == expected)
    }

    @Test("terminal controls never reach the terminal")
    func hostile() {
        let table = Table(
            columns: [.init(key: "a", title: "A\u{1B}]0;x\u{7}")],
            rows: [[.text("\u{1B}[2J\u{202E}x\ny")], [.list([.text("\u{9B}1m")])]],
            title: "t\u{1B}", notes: ["n\r"], emptyText: nil)
        let expected = #"""
            t\u{1B}
            n\r

            A\u{1B}]0;x\u{7}
            ---------------------
            \u{1B}[2J\u{202E}x\ny
            \u{9B}1m

            """#
        #expect(render(table, as: .table) == expected)
    }

    @Test(
        "any table fits its width if its floors do, and has no hidden character",
        arguments: UInt64(0)..<200)
    func anyTable(seed: UInt64) {
        var generator = ReportGenerator(seed: seed)
        let table = generator.table()
        var bare = table
        (bare.title, bare.notes) = (nil, [])
        let least = grid(of: bare, width: 0).map { displayWidth(of: $0) }.max() ?? 0
        for width in [0, 20, 80, 200] {
            let text = render(table, as: .table, width: width)
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !isHidden($0) })
            #expect(!text.contains(" \n"))
            let lines = grid(of: bare, width: width)
            #expect(lines.allSatisfy { displayWidth(of: $0) <= max(width, least) })
        }
        #expect(render(table, as: .table) == render(table, as: .table, width: 100_000))
    }

    @Test("what is said above and below a table wraps at the width, and is whole without one")
    func notesWrap() {
        let columns = ["One", "Two", "Three", "Four"].map { title in
            Table.Column(key: title, title: "\(title) of the columns", narrowing: .omit)
        }
        let table = Table(
            columns: columns, rows: [columns.map { _ in .text(String(repeating: "x", count: 30)) }],
            title: "Claims", notes: ["as of 2020-02-26T09:00:00Z, known at sequence 10"])
        let lines = render(table, as: .table, width: 32).split(separator: "\n")
        #expect(
            lines.prefix(3) == ["Claims", "as of 2020-02-26T09:00:00Z,", "known at sequence 10"])
        #expect(lines.suffix(2) == ["of the columns, Four of the", "columns)"])
        #expect(lines.allSatisfy { displayWidth(of: $0) <= 32 })
        #expect(render(table, as: .table).contains("\n\(table.notes[0])\n"))
    }

    /// The titles, their underlines and the rows.
    private func grid(of table: Table, width: Int) -> ArraySlice<Substring> {
        render(table, as: .table, width: width)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .prefix(table.rows.count + 2)
    }

    @Test("80 and 200 columns hold a table of texts", arguments: [80, 200], [1, 5])
    func widths(width: Int, columnCount: Int) {
        let columns = (0..<columnCount).map { Table.Column(key: "k\($0)", title: "T\($0)") }
        let long = String(repeating: "word \u{4E2D} ", count: 60)
        let table = Table(columns: columns, rows: [columns.map { _ in .text(long) }])
        let lines = render(table, as: .table, width: width).split(separator: "\n")
        #expect(lines.allSatisfy { displayWidth(of: $0) <= width })
        #expect(displayWidth(of: lines[1]) == width)
    }
}
