/// The least width that long text is cut to, so that what is left still says something.
private let leastTextWidth = 8

/// The same where the column may be left out instead: of a time the date is left.
private let leastOmittableWidth = 12

/// The table as aligned lines for people, with underlined titles and no trailing blanks.
func textTable(_ table: Table, width: Int?, _ style: TextStyle = .plain) -> String {
    let head = textHead(title: table.title, notes: table.notes, width: width)
    if table.rows.isEmpty, let emptyText = table.emptyText {
        return head + withoutEndBlanks(visibleText(emptyText)) + "\n"
    }
    let titles = table.columns.map { SizedText($0.title) }
    let rows = table.rows.map { row in
        zip(table.columns, row).map { SizedText($1, isStatus: $0.isStatus, style) }
    }
    let sizes = table.columns.indices.map { index in
        columnSize(table, titles[index], index, rows: rows)
    }
    let chart = style.isDecorated ? table.chart : nil
    let (layout, chartWidth) = fit(sizes, chart, into: width)
    var text = head + textLine(titles, table.columns, layout, style).text
    let underlines = layout.widths.map { String(repeating: "-", count: $0) }
    var underline = underlines.joined(separator: String(repeating: " ", count: ColumnLayout.gap))
    if let chart, let chartWidth {
        text += blanks(layout.total - textLine(titles, table.columns, layout, style).width)
        text += blanks(ColumnLayout.gap) + chart.title
        underline += blanks(ColumnLayout.gap) + String(repeating: "-", count: chartWidth)
    }
    text += "\n" + underline + "\n"
    for (place, row) in rows.enumerated() {
        let line = textLine(row, table.columns, layout, style)
        let room = chartWidth ?? min(TextChart.widths.upperBound, layout.total)
        let drawing = chart?.text(row: place, width: room, style) ?? ""
        let gap =
            chartWidth == nil ? "\n" : blanks(layout.total + ColumnLayout.gap - line.width)
        text += line.text + (drawing.isEmpty ? "" : gap + drawing) + "\n"
        text += belowLines(
            layout.below.map { (table.columns[$0], table.rows[place][$0]) }, width, style)
    }
    return text + foot(titles, layout, chart, width, style)
}

/// The columns, and how wide drawings beside them are; nil where there is no room for them, or no
/// drawing: they are then put below their rows.
private func fit(
    _ sizes: [ColumnSize], _ chart: TextChart?, into width: Int?
) -> (layout: ColumnLayout, chartWidth: Int?) {
    guard chart != nil else { return (fitColumns(sizes, into: width), nil) }
    let least = ColumnLayout.gap + TextChart.widths.lowerBound
    let layout = fitColumns(sizes, into: width.map { max(0, $0 - least) })
    let room = width.map { $0 - layout.total - ColumnLayout.gap } ?? TextChart.widths.upperBound
    guard room >= TextChart.widths.lowerBound else { return (fitColumns(sizes, into: width), nil) }
    return (layout, min(room, TextChart.widths.upperBound))
}

/// What stands below its row is moved in by this much.
private let belowIndent = 4

/// The cells that found no room in their row, each after its title; what is missing is not told.
private func belowLines(
    _ cells: [(column: Table.Column, value: Cell)], _ width: Int?, _ style: TextStyle
) -> String {
    let items = cells.filter { $0.value != .missing && $0.value != .list([]) }.map {
        column, value in
        let sized = SizedText(value, isStatus: column.isStatus, style)
        return SizedText("\(column.title.lowercased()): \(sized.text)", colour: sized.colour)
    }
    var lines: [(text: String, width: Int)] = []
    let room = width.map { $0 - belowIndent }
    for item in items {
        let lastWidth = lines.last.map { $0.width + ColumnLayout.gap + item.width } ?? .max
        if let room, lastWidth <= room {
            lines[lines.count - 1].text += blanks(ColumnLayout.gap)
            lines[lines.count - 1].text += style.coloured(item.text, item.colour)
            lines[lines.count - 1].width = lastWidth
        } else {
            lines += wrapped(item.text, into: room.map { max(leastTextWidth, $0) })
                .map { (style.coloured($0, item.colour), displayWidth(of: $0)) }
        }
    }
    return lines.map { blanks(belowIndent) + $0.text + "\n" }.joined()
}

private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

/// What is below a table: what the drawings mean, what was left out.
private func foot(
    _ titles: [SizedText], _ layout: ColumnLayout, _ chart: TextChart?, _ width: Int?,
    _ style: TextStyle
) -> String {
    var text = ""
    if let chart, !chart.names.isEmpty { text += "\n\(chart.title): \(chart.legend(style))\n" }
    let omitted = titles.indices.filter { !(layout.shown + layout.below).contains($0) }
    if !omitted.isEmpty {
        let names = omitted.map { titles[$0].text }.joined(separator: ", ")
        text += "\n" + wrappedLines("(left out at this width: \(names))", into: width)
    }
    return text
}

/// Title and notes, each on a line of its own, and an empty line after them; nothing if there are
/// none.
func textHead(title: String?, notes: [String], width: Int?) -> String {
    let lines = (title.map { [$0] } ?? []) + notes
    let text = lines.map { wrappedLines(visibleText($0), into: width) }.joined()
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
    let isOmittable = table.columns[index].narrowing == .omit
    let least = isOmittable ? leastOmittableWidth : leastTextWidth
    return ColumnSize(
        natural: natural, floor: max(floor, min(natural, least)),
        narrowing: table.columns[index].narrowing)
}

private func textLine(
    _ cells: [SizedText], _ columns: [Table.Column], _ layout: ColumnLayout, _ style: TextStyle
) -> (text: String, width: Int) {
    var line = (text: "", width: 0)
    var blanks = 0  // owed before the next visible character, so that no line ends with them
    for (index, width) in zip(layout.shown, layout.widths) {
        let cell = cells[index].cut(to: width, style)
        let padding = width - cell.width
        let isTrailing = columns[index].alignment == .trailing
        blanks += isTrailing ? padding : 0
        if !cell.text.isEmpty {
            line.text += String(repeating: " ", count: blanks)
            line.text += style.coloured(cell.text, cell.colour)
            line.width += blanks + cell.width
            blanks = 0
        }
        blanks += (isTrailing ? 0 : padding) + ColumnLayout.gap
    }
    return line
}

/// A text made safe for the terminal, with the columns it takes.
private struct SizedText {
    let text: String
    let width: Int
    let colour: TextColour?

    /// Blanks at the end of the text are not shown.
    init(_ raw: String, colour: TextColour? = nil) {
        text = withoutEndBlanks(visibleText(raw))
        width = displayWidth(of: text)
        self.colour = colour
    }

    /// A cell, with its mark when it is a status and marks are shown.
    init(_ cell: Cell, isStatus: Bool, _ style: TextStyle) {
        let text = cell.flatText(for: .people)
        let marked = isStatus ? StatusMark.marked(text, style) : (text: text, colour: nil)
        self.init(marked.text, colour: marked.colour)
    }

    private init(text: String, width: Int, colour: TextColour?) {
        self.text = text
        self.width = width
        self.colour = colour
    }

    /// The text, or as much of it as fits with an ellipsis after it.
    func cut(to limit: Int, _ style: TextStyle) -> SizedText {
        guard width > limit else { return self }
        var kept = ""
        var keptWidth = 0
        for character in text {
            let next = keptWidth + displayWidth(of: character)
            guard next < limit else { break }
            kept.append(character)
            keptWidth = next
        }
        return SizedText(text: kept + style.ellipsis, width: keptWidth + 1, colour: colour)
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
