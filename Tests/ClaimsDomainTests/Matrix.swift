/// A table in text with aligned columns, for goldens.
struct Matrix {
    let text: String

    init(
        rows: [String], columns: [String], cell: (_ row: Int, _ column: Int) throws -> String
    ) rethrows {
        var lines = [[""] + columns]
        for (row, name) in rows.enumerated() {
            lines.append([name] + (try columns.indices.map { try cell(row, $0) }))
        }
        let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        text = lines.map { Self.line($0, widths) + "\n" }.joined()
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (cell, width) in zip(cells, widths) {
            line += cell + String(repeating: " ", count: width - cell.count + 2)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
