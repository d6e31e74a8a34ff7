/// Drawings beside the rows of a table, on terminals only: data formats have the figures.
package struct TextChart: Equatable, Sendable {
    /// What is drawn for one row.
    package enum Drawing: Equatable, Sendable {
        /// What became of a whole: its parts in the order of `names`.
        case bar([Int64])
        /// One value after the other; `most` is the full height.
        case line([Int64], most: Int64)
    }

    /// The title of the column.
    package let title: String
    /// What the parts of bars are; empty for lines.
    package let names: [String]
    /// One drawing a row.
    package let drawings: [Drawing]

    /// Drawings of a table's rows.
    package init(title: String, names: [String] = [], drawings: [Drawing]) {
        self.title = title
        self.names = names
        self.drawings = drawings
    }

    /// The least width a drawing is worth, and the greatest it gains from.
    static let widths = 10...24

    private static let blocks = ["\u{2588}", "\u{2593}", "\u{2592}", "\u{2591}", "\u{00B7}"]
    private static let asciiBlocks = ["#", "=", "+", "-", "."]
    private static let colours: [TextColour] = [.good, .good, .waiting, .other, .faint]
    private static let heights = Array(
        "\u{2581}\u{2582}\u{2583}\u{2584}\u{2585}\u{2586}\u{2587}\u{2588}")
    private static let asciiHeights = Array("_.-:=+*#")

    /// The drawing of a row, as wide as asked or narrower.
    func text(row: Int, width: Int, _ style: TextStyle) -> String {
        switch drawings[row] {
        case .bar(let parts): Self.bar(parts, width: width, style)
        case .line(let values, let most): Self.line(values, most: most, width: width, style)
        }
    }

    /// What the parts of bars are, on one line.
    func legend(_ style: TextStyle) -> String {
        zip(names, zip(Self.marks(style), Self.colours)).map { name, look in
            "\(style.coloured(look.0, look.1)) \(name)"
        }.joined(separator: "  ")
    }

    private static func marks(_ style: TextStyle) -> [String] {
        style.isUnicode ? blocks : asciiBlocks
    }

    /// Parts below zero are not drawn; each boundary is rounded, so that all fill the width.
    private static func bar(_ parts: [Int64], width: Int, _ style: TextStyle) -> String {
        let sizes = parts.map { Int128(max(0, $0)) }
        let whole = sizes.reduce(0, +)
        guard whole > 0 else { return "" }
        var text = ""
        var sum: Int128 = 0
        var drawn = 0
        for (place, size) in sizes.enumerated() {
            sum += size
            let end = Int((sum * Int128(width) * 2 + whole) / (whole * 2))
            let piece = String(repeating: marks(style)[place % blocks.count], count: end - drawn)
            text += style.coloured(piece, colours[place % colours.count])
            drawn = end
        }
        return text
    }

    /// The last values that fit, from an empty base line up.
    private static func line(
        _ values: [Int64], most: Int64, width: Int, _ style: TextStyle
    ) -> String {
        let marks = style.isUnicode ? heights : asciiHeights
        return String(
            values.suffix(width).map { value in
                guard most > 0, value > 0 else { return marks[0] }
                let height = Int128(value) * Int128(marks.count - 1) / Int128(most)
                return marks[min(marks.count - 1, max(1, Int(height)))]
            })
    }
}
