package import ClaimsCodec

/// What keeps a CSV or TSV file from being read as a table, with its place: the reader stops there.
package struct TableFault: Error, Equatable, Sendable {
    /// What is wrong with the file as such, its quoting, or its header.
    package enum Problem: Equatable, Sendable {
        case unreadable(reason: String)
        case empty
        case compressed
        case workbook
        case encoding(String)
        case invalidUTF8
        case nul
        case quoteInField
        case afterQuote(found: String)
        case unclosedQuote
        case loneReturn
        case recordTooLong(limit: Int)
        case tooManyColumns(Int, limit: Int)
        case separator(String)
        case missingColumn(String, nearest: String?)
        case columnTwice(String)
    }

    /// The file as it was named, `<stdin>` for the standard input.
    package let file: String
    /// From 1.
    package let line: Int64
    /// Of the problem in the file, from 0.
    package let byteOffset: Int64
    package let problem: Problem
    /// What stands around the problem; nil when there is nothing to show.
    package let excerpt: Excerpt?

    init(
        file: String, line: Int64 = 1, byteOffset: Int64 = 0, _ problem: Problem,
        excerpt: Excerpt? = nil
    ) {
        self.file = file
        self.line = line
        self.byteOffset = byteOffset
        self.problem = problem
        self.excerpt = excerpt
    }

    /// The house layout: place and problem, byte, excerpt with caret, fix.
    package var description: String {
        var lines = ["\(file):\(line): error: \(problem.what)", "  at byte \(byteOffset)"]
        if let excerpt {
            lines.append("  \(excerpt.text)")
            lines.append("  \(String(repeating: " ", count: excerpt.column))^")
        }
        lines.append("  fix: \(problem.fix(file: file))")
        return lines.joined(separator: "\n")
    }
}

extension TableFault: CustomStringConvertible {}

extension TableFault.Problem {
    /// One line: what was found and what was expected.
    var what: String {
        switch self {
        case .unreadable(let reason): "the file cannot be read: \(reason)"
        case .empty: "the file is empty, expected a header row"
        case .compressed: "the file is compressed with gzip, expected CSV or TSV"
        case .workbook: "the file is a workbook or another zip archive, expected CSV or TSV"
        case .encoding(let name): "the encoding is '\(name)', expected 'UTF-8'"
        case .invalidUTF8: "the bytes are not valid UTF-8"
        case .nul: "the file has a NUL byte, expected text in UTF-8"
        case .quoteInField: "a quote stands inside a field that does not begin with one"
        case .afterQuote(let found):
            "found \(found) after a closing quote, expected a separator or the end of the line"
        case .unclosedQuote: "the quoted field that begins here does not end"
        case .loneReturn: "a carriage return stands without its line feed"
        case .recordTooLong(let limit): "a row is longer than \(limit) bytes"
        case .tooManyColumns(let count, let limit):
            "the header has \(count) columns, expected at most \(limit)"
        case .separator(let found):
            "the columns are separated by \(found), expected a comma or a tab"
        case .missingColumn(let name, let nearest):
            "there is no column '\(name)'"
                + (nearest.map { "; the nearest one is '\($0)'" } ?? "")
        case .columnTwice(let name): "column '\(name)' stands twice in the header"
        }
    }

    /// What to do about it.
    func fix(file: String) -> String {
        switch self {
        case .unreadable: "name a file that exists and may be read, or '-' for standard input"
        case .empty: "export the report again; look at what was to write the file"
        case .compressed: "pipe it in: gzip -dc \(file) | claims import ..."
        case .workbook: "save it as CSV in UTF-8 first"
        case .encoding(let name): "convert it first: iconv -f \(name) -t UTF-8 \(file)"
        case .invalidUTF8:
            "convert it first, from the encoding it has: iconv -f WINDOWS-1252 -t UTF-8 \(file)"
        case .nul: "the file is damaged or no text; export the report again"
        case .quoteInField, .afterQuote:
            "a field with quotes stands in quotes and has each of its own twice (RFC 4180)"
        case .unclosedQuote:
            "the file is cut or a quote is missing; export the report again, or close the field"
        case .loneReturn: "end the lines with LF or CR LF"
        case .recordTooLong: "no report needs that; look for a quote that does not close"
        case .tooManyColumns: "no report needs that; look at the file before importing it"
        case .separator: "export with commas, or with tabs"
        case .missingColumn: "export the report with it, or name it under 'columns' in the mapping"
        case .columnTwice: "leave one of them out, or rename the other"
        }
    }
}
