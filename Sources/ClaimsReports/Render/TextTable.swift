/// The least width that long text is cut to, so that what is left still says something.
private let leastTextWidth = 12

/// Marks that a text was cut; one column wide.
private let ellipsis = "\u{2026}"

/// The table as aligned lines for people, with underlined titles and no trailing blanks.
func textTable(_ table: Table, width: Int?) -> String {
    let head = textHead(title: table.title, notes: table.notes)
    if table.rows.isEmpty, let emptyText = table.emptyText {
        return head + withoutEndBlanks(visibleText(emptyText)) + "\n"
    }
    let titles = table.columns.map { SizedText($0.title) }
    let rows = table.rows.map { row in row.map { SizedText($0.flatText(for: .people)) } }
    let sizes = table.columns.indices.map { index in
        columnSize(table, titles[index], index, rows: rows)
    }
    let layout = fitColumns(sizes, into: width)

    var text = head + textLine(titles, table.columns, layout)
    let underlines = layout.widths.map { String(repeating: "-", count: $0) }
    text += underlines.joined(separator: String(repeating: " ", count: ColumnLayout.gap)) + "\n"
    for row in rows {
        text += textLine(row, table.columns, layout)
    }
    let omitted = table.columns.indices.filter { !layout.shown.contains($0) }
    if !omitted.isEmpty {
        let names = omitted.map { titles[$0].text }.joined(separator: ", ")
        text += "\n(left out at this width: \(names))\n"
    }
    return text
}

/// Title and notes, a line each, and an empty line after them; nothing if there are none.
func textHead(title: String?, notes: [String]) -> String {
    let lines = (title.map { [$0] } ?? []) + notes
    let text = lines.map { withoutEndBlanks(visibleText($0)) + "\n" }.joined()
    return lines.isEmpty ? "" : text + "\n"
}

private func columnSize(
    _ table: Table, _ title: SizedText, _ index: Int, rows: [[SizedText]]
) -> ColumnSize {
    var natural = max(title.width, 1)  // an underline shows that there is a column
    var floor = 0
    for (cells, texts) in zip(table.rows, rows) {
        natural = max(natural, texts[index].width)
        if !cells[index].isCuttable {
            floor = max(floor, texts[index].width)
        }
    }
    return ColumnSize(
        natural: natural, floor: max(floor, min(natural, leastTextWidth)),
        narrowing: table.columns[index].narrowing)
}

private func textLine(
    _ cells: [SizedText], _ columns: [Table.Column], _ layout: ColumnLayout
) -> String {
    var line = ""
    var blanks = 0  // owed before the next visible character, so that no line ends with them
    for (index, width) in zip(layout.shown, layout.widths) {
        let cell = cells[index].cut(to: width)
        let padding = width - cell.width
        let isTrailing = columns[index].alignment == .trailing
        blanks += isTrailing ? padding : 0
        if !cell.text.isEmpty {
            line += String(repeating: " ", count: blanks) + cell.text
            blanks = 0
        }
        blanks += (isTrailing ? 0 : padding) + ColumnLayout.gap
    }
    return line + "\n"
}

/// A text made safe for the terminal, with the columns it takes.
private struct SizedText {
    let text: String
    let width: Int

    /// Blanks at the end of the text are not shown.
    init(_ raw: String) {
        text = withoutEndBlanks(visibleText(raw))
        width = displayWidth(of: text)
    }

    private init(text: String, width: Int) {
        self.text = text
        self.width = width
    }

    /// The text, or as much of it as fits with an ellipsis after it.
    func cut(to limit: Int) -> SizedText {
        guard width > limit else { return self }
        var kept = ""
        var keptWidth = 0
        for character in text {
            let next = keptWidth + displayWidth(of: character)
            guard next < limit else { break }
            kept.append(character)
            keptWidth = next
        }
        return SizedText(text: kept + ellipsis, width: keptWidth + 1)
    }
}

/// The text without blanks at its end.
func withoutEndBlanks(_ text: String) -> String {
    guard text.last == " " else { return text }
    var rest = text[...]
    while rest.last == " " {
        rest.removeLast()
    }
    return String(rest)
}
