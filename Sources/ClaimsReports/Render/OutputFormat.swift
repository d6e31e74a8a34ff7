/// The forms an answer can take; the raw value is what `--format` accepts.
package enum OutputFormat: String, CaseIterable, Sendable {
    /// Aligned columns for people at a terminal. Its layout may change between versions.
    case table
    /// An array of objects, or one object; exact, and the same bytes always.
    case json
    /// RFC 4180 with LF line ends; a header row of keys, and a guard against spreadsheet formulas.
    case csv
    /// A pipe table of GitHub Flavored Markdown.
    case markdown
}

/// The table as text that ends with one LF.
///
/// `width` is the number of terminal columns to fit (nil: never cut, as when piped into a file) and
/// matters to `OutputFormat.table` only, as `style` does. Cost: one pass over the cells, two for
/// the table format.
package func render(
    _ table: Table, as format: OutputFormat, width: Int? = nil, style: TextStyle = .plain
) -> String {
    switch format {
    case .table: textTable(table, width: width, style)
    case .json: jsonText(table)
    case .csv: csvText(table)
    case .markdown: markdownText(table)
    }
}

/// One record as text that ends with one LF: `label: value` lines, a JSON object, a CSV of one row,
/// or a Markdown table of two columns.
///
/// `width` is where long values wrap (nil: nowhere) and matters to `OutputFormat.table` only, as
/// `style` does.
package func renderObject(
    _ details: Details, as format: OutputFormat, width: Int? = nil, style: TextStyle = .plain
) -> String {
    switch format {
    case .table: textDetails(details, width: width, style)
    case .json: jsonText(details)
    case .csv: csvText(details)
    case .markdown: markdownText(details)
    }
}
