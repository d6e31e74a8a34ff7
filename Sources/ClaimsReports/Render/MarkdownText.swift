/// The table as GitHub Flavored Markdown: a heading, the notes, and a pipe table.
func markdownText(_ table: Table) -> String {
    var text = markdownHead(title: table.title, notes: table.notes)
    text += markdownRow(table.columns.map { markdownEscaped($0.title) })
    text += markdownRow(
        table.columns.map { column in
            switch column.alignment {
            case .leading: ":---"
            case .trailing: "---:"
            }
        })
    for row in table.rows {
        text += markdownRow(row.map(markdownCell))
    }
    if table.rows.isEmpty, let emptyText = table.emptyText {
        text += "\n" + markdownEscaped(emptyText) + "\n"
    }
    return text
}

/// The record as a table of two columns.
func markdownText(_ details: Details) -> String {
    var text = markdownHead(title: details.title, notes: details.notes)
    text += markdownRow(["Field", "Value"]) + markdownRow([":---", ":---"])
    for field in details.fields {
        text += markdownRow([markdownEscaped(field.title), markdownCell(field.value)])
    }
    return text
}

private func markdownHead(title: String?, notes: [String]) -> String {
    let heading = title.map { ["## " + markdownEscaped($0)] } ?? []
    return (heading + notes.map(markdownEscaped)).map { $0 + "\n\n" }.joined()
}

private func markdownRow(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
}

private func markdownCell(_ cell: Cell) -> String {
    markdownEscaped(cell.flatText(for: .people))
}

/// The text such that a Markdown reader shows it as it is: no markup, links, HTML or cell borders.
///
/// Line breaks become `<br>`, hidden characters become visible escapes as in the table format.
/// A bare web address still becomes a link where the reader makes links of such.
private func markdownEscaped(_ text: String) -> String {
    var result = ""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
        let previous = index == 0 ? nil : scalars[index - 1]
        let next = index + 1 == scalars.count ? nil : scalars[index + 1]
        switch scalar {
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "&": result += "&amp;"
        case "\r" where next == "\n": break
        case "\r", "\n": result += "<br>"
        case "|", "\\", "`", "*", "[", "]", "~", "$":
            result += "\\"
            result.unicodeScalars.append(scalar)
        case "_":
            // `action_required` stays readable: an underscore inside a word marks nothing.
            result += isWordCharacter(previous) && isWordCharacter(next) ? "_" : "\\_"
        case _ where isHidden(scalar): result += markdownEscaped(visibleEscape(of: scalar))
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

private func isWordCharacter(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
}
