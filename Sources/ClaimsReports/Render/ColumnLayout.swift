/// What a column asks for, in terminal columns.
struct ColumnSize: Equatable, Sendable {
    /// The widest cell or title.
    let natural: Int
    /// The least it can be cut to; at most `natural`.
    let floor: Int
    /// What may happen to it when space is short.
    let narrowing: Table.Column.Narrowing
}

/// Which columns are shown, and how wide.
struct ColumnLayout: Equatable, Sendable {
    /// The spaces between two columns.
    static let gap = 2

    /// The index of each column shown, in order.
    var shown: [Int]
    /// The width of each column shown.
    var widths: [Int]
    /// The index of each column that stands on lines of its own below the rows, in order.
    var below: [Int] = []

    /// The width of a whole line.
    var total: Int {
        widths.reduce(0, +) + Self.gap * (widths.count - 1)
    }
}

/// The width up to which a long text is worth more than a column that may be left out.
private let comfortableWidth = 32

/// Fits columns into `width` terminal columns (nil: as wide as they ask for).
///
/// In this order, each step only if the last was not enough: cut the `omit` columns, the widest
/// first; cut the `shorten` columns likewise, to a comfortable width; leave out the `omit` columns
/// from the last on; move the `below` columns below their rows, from the last on; cut the
/// `shorten` columns further. Then the lines are longer than `width`: what is left is ids and
/// numbers, which are never cut.
func fitColumns(_ sizes: [ColumnSize], into width: Int?) -> ColumnLayout {
    var layout = ColumnLayout(shown: Array(sizes.indices), widths: sizes.map(\.natural))
    guard let width else { return layout }
    while true {
        layout.widths = layout.shown.map { sizes[$0].natural }
        shrink(&layout, sizes, .omit, into: width)
        shrink(&layout, sizes, .shorten, into: width, atLeast: comfortableWidth)
        guard layout.total > width else { return layout }
        guard layout.shown.count > 1,
            let last = layout.shown.lastIndex(where: { sizes[$0].narrowing == .omit })
                ?? layout.shown.lastIndex(where: { sizes[$0].narrowing == .below })
        else { break }
        let column = layout.shown.remove(at: last)
        if sizes[column].narrowing == .below { layout.below.insert(column, at: 0) }
    }
    shrink(&layout, sizes, .shorten, into: width)
    return layout
}

/// Takes from the widest column of a kind until the line fits or all are at their floor.
private func shrink(
    _ layout: inout ColumnLayout, _ sizes: [ColumnSize], _ narrowing: Table.Column.Narrowing,
    into width: Int, atLeast least: Int = 0
) {
    var excess = layout.total - width
    while excess > 0 {
        let candidates = layout.shown.indices.filter { position in
            let size = sizes[layout.shown[position]]
            return size.narrowing == narrowing && layout.widths[position] > max(size.floor, least)
        }
        guard let widest = candidates.max(by: { layout.widths[$0] < layout.widths[$1] }) else {
            return
        }
        layout.widths[widest] -= 1
        excess -= 1
    }
}
