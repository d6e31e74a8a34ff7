import ClaimsReports
import Testing

@Suite struct OutputFormatTests {
    @Test("the formats are named as on the command line")
    func names() {
        #expect(OutputFormat.allCases.map(\.rawValue) == ["table", "json", "csv", "markdown"])
    }

    @Test("every format ends with exactly one line end", arguments: OutputFormat.allCases)
    func lineEnd(format: OutputFormat) {
        let texts = [
            render(claimsTable(), as: format), render(emptyClaimsTable(), as: format),
            renderObject(claimDetails(), as: format),
        ]
        for text in texts {
            #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
        }
    }

    @Test("the width matters to the table format alone", arguments: OutputFormat.allCases)
    func width(format: OutputFormat) {
        let isSame =
            render(claimsTable(), as: format, width: 30) == render(claimsTable(), as: format)
        #expect(isSame == (format != .table))
    }

    @Test("rows appended read like rows given")
    func append() {
        let whole = claimsTable()
        var table = emptyClaimsTable()
        for row in whole.rows {
            table.append(row)
        }
        #expect(table == whole)
    }
}
