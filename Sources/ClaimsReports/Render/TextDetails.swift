/// The least room for values that wrapping is worth; with less, values run past the edge.
private let leastValueWidth = 20

/// The record as `label: value` lines with the values in one column.
///
/// A list takes a line an element, a text its own line breaks; both continue under the value, so
/// that no value can pose as a label. Values wider than the room left wrap; nothing is cut.
func textDetails(_ details: Details, width: Int?, _ style: TextStyle = .plain) -> String {
    let labels = details.fields.map { visibleText($0.title) + ":" }
    let labelWidth = labels.map { displayWidth(of: $0) }.max() ?? 0
    let indent = labelWidth + ColumnLayout.gap
    let room = width.map { $0 - indent }.flatMap { $0 < leastValueWidth ? nil : $0 }

    var text = textHead(title: details.title, notes: details.notes, width: width)
    for (label, field) in zip(labels, details.fields) {
        var colour: TextColour?
        let lines = valueLines(field.value).flatMap { line in
            let marked = field.isStatus ? StatusMark.marked(line, style) : (text: line, colour: nil)
            colour = marked.colour ?? colour
            return wrapped(marked.text, into: room)
        }
        for (number, line) in lines.enumerated() {
            let start = number == 0 ? label : ""
            guard !line.isEmpty else {
                text += start + "\n"
                continue
            }
            let blanks = indent - displayWidth(of: start)
            text += start + String(repeating: " ", count: blanks)
            text += style.coloured(line, colour) + "\n"
        }
    }
    return text
}

/// The lines of a value as it is, each safe for the terminal.
private func valueLines(_ value: Cell) -> [String] {
    switch value {
    case .list(let cells):
        return cells.isEmpty ? valueLines(.missing) : cells.flatMap(valueLines)
    case .text, .phrase, .integer, .money, .flag, .missing, .object:
        let text = value.flatText(for: .people)
        return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            .map { withoutEndBlanks(visibleText(String($0))) }
    }
}

/// The line in as many lines as a terminal of `width` needs, moved in by `indent`.
func wrappedLines(_ line: String, into width: Int?, indent: Int = 0) -> String {
    let blanks = String(repeating: " ", count: indent)
    return wrapped(line, into: width.map { max(leastValueWidth, $0 - indent) })
        .map { withoutEndBlanks(blanks + $0) + "\n" }.joined()
}

/// The line broken at blanks so that each part fits `room`; a longer word is broken inside.
func wrapped(_ line: String, into room: Int?) -> [String] {
    guard let room, displayWidth(of: line) > room else { return [line] }
    var lines: [String] = []
    var start = line.startIndex
    var index = start
    var width = 0
    var lastBlank: String.Index?
    while index < line.endIndex {
        if line[index] == " ", index > start, line[line.index(before: index)] != " " {
            lastBlank = index
        }
        width += displayWidth(of: line[index])
        guard width > room else {
            index = line.index(after: index)
            continue
        }
        let end = lastBlank ?? index
        lines.append(String(line[start..<end]))
        start = line[end...].firstIndex { $0 != " " } ?? line.endIndex
        (index, width, lastBlank) = (start, 0, nil)
    }
    return start == line.endIndex ? lines : lines + [String(line[start...])]
}
