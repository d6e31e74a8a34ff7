/// Rows under named columns: what every listing command answers with.
///
/// Rows stay in the order given; whoever builds a table sorts it.
package struct Table: Equatable, Sendable {
    /// The columns, in the order they are shown and written.
    package let columns: [Column]
    /// The rows, each with one cell a column.
    package private(set) var rows: [[Cell]]
    /// What the table is; shown in the table and Markdown formats only.
    package var title: String?
    /// Lines under the title, such as "as of 2020-06-30"; table and Markdown formats only.
    package var notes: [String]
    /// Said when there are no rows; table and Markdown formats only.
    package var emptyText: String?
    /// Drawings beside the rows, one each; the table format on a terminal only.
    package var chart: TextChart?

    /// A table of these columns, whose keys differ, and rows, each with a cell a column.
    package init(
        columns: [Column], rows: [[Cell]] = [], title: String? = nil, notes: [String] = [],
        emptyText: String? = nil
    ) {
        precondition(!columns.isEmpty, "a table has at least one column")
        precondition(
            Set(columns.map(\.key)).count == columns.count, "two columns have the same key")
        precondition(
            rows.allSatisfy { $0.count == columns.count }, "a row has one cell a column")
        self.columns = columns
        self.rows = rows
        self.title = title
        self.notes = notes
        self.emptyText = emptyText
    }

    /// Adds a row at the end; it has one cell a column.
    package mutating func append(_ row: [Cell]) {
        precondition(row.count == columns.count, "a row has one cell a column")
        rows.append(row)
    }
}

extension Table {
    /// One column: its names, its side, and what happens to it where space is short.
    package struct Column: Equatable, Sendable {
        /// The side on which the cells of a column line up.
        package enum Alignment: Sendable {
            /// Left: text.
            case leading
            /// Right: amounts and counts.
            case trailing
        }

        /// What may happen to a column when the table is wider than the terminal.
        ///
        /// Numbers, amounts, flags and missing values are never cut, whatever the column says.
        package enum Narrowing: Sendable {
            /// Always whole: ids and amounts.
            case keep
            /// Long text may be cut: to a comfortable width before `omit` columns are left out,
            /// to the least only after that.
            case shorten
            /// Cut first, then left out, the last such column first; a line below names it.
            case omit
            /// Whole: where there is no room beside the others it stands below its row, under its
            /// title.
            case below
        }

        /// The camelCase name in JSON and CSV.
        package let key: String
        /// The name for people.
        package let title: String
        /// The side the cells line up on.
        package let alignment: Alignment
        /// What may happen to the column in a narrow terminal.
        package let narrowing: Narrowing
        /// Whether its cells are statuses, which a terminal shows with a mark and in colour.
        package let isStatus: Bool

        /// A column; text on the left that may be cut, unless said otherwise.
        package init(
            key: String, title: String, alignment: Alignment = .leading,
            narrowing: Narrowing = .shorten, isStatus: Bool = false
        ) {
            self.key = key
            self.title = title
            self.alignment = alignment
            self.narrowing = narrowing
            self.isStatus = isStatus
        }
    }
}

extension Table {
    /// The rows as objects, for a table that is a part of something larger.
    package var asCell: Cell {
        .list(rows.map { row in .object(zip(columns, row).map { ($0.key, $1) }) })
    }
}
