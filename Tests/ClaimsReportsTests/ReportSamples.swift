import ClaimsReports

/// A small repeatable generator: the same seed gives the same reports on every machine.
struct ReportGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension ReportGenerator {
    /// Characters that some format, spreadsheet or terminal takes for more than text.
    static let hostileScalars: [Unicode.Scalar] = [
        "\u{0}", "\u{7}", "\u{8}", "\t", "\n", "\u{B}", "\u{C}", "\r", "\u{1B}", "\u{7F}", "\u{85}",
        "\u{9B}", "\u{200B}", "\u{200D}", "\u{200E}", "\u{2028}", "\u{2029}", "\u{202E}",
        "\u{2066}", "\u{FEFF}", "\u{E0041}", "\"", "'", ",", ";", "\\", "/", "|", "<", "&", "`",
        "*",
        "_", "[", "]", "$", "=", "+", "-", "@", "\u{FF1D}", "\u{301}", "\u{FE0F}", "\u{1F600}",
        "\u{1F1FA}", "\u{1F1F8}", "\u{4E2D}", "\u{AC00}", "\u{E9}", "\u{FFFF}", "\u{10FFFF}",
    ]

    /// Up to `limit` characters, half of them hostile.
    mutating func text(limit: Int = 24) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...limit, using: &self) {
            let isHostile = Bool.random(using: &self)
            let plain = Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &self))
            let hostile = Self.hostileScalars.randomElement(using: &self)
            text.unicodeScalars.append(isHostile ? hostile ?? plain : plain)
        }
        return text
    }

    /// Any cell, nested at most `depth` deep.
    mutating func cell(depth: Int = 2) -> Cell {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &self) {
        case 0, 1: return .text(text())
        case 2: return .integer(Int64.random(in: .min ... .max, using: &self))
        case 3:
            return .money(
                minorUnits: Int64.random(in: -10_000_000...10_000_000, using: &self),
                fractionDigits: Int.random(in: 0...4, using: &self))
        case 4: return .flag(Bool.random(using: &self))
        case 5: return .missing
        case 6:
            return .list(
                (0..<Int.random(in: 0...3, using: &self)).map { _ in cell(depth: depth - 1) })
        default:
            return .object(
                (0..<Int.random(in: 0...3, using: &self)).map { index in
                    ("k\(index)", cell(depth: depth - 1))
                })
        }
    }

    /// A table with hostile titles and cells; its keys are plain, as the program's own are.
    mutating func table() -> Table {
        let narrowings: [Table.Column.Narrowing] = [.keep, .shorten, .omit]
        let columns = (0..<Int.random(in: 1...7, using: &self)).map { index in
            Table.Column(
                key: "column\(index)", title: text(limit: 8),
                alignment: Bool.random(using: &self) ? .leading : .trailing,
                narrowing: narrowings.randomElement(using: &self) ?? .shorten)
        }
        let rows = (0..<Int.random(in: 0...6, using: &self)).map { _ in columns.map { _ in cell() }
        }
        return Table(columns: columns, rows: rows, title: text(), notes: [text()])
    }
}

/// Two claims and their amounts, as a listing would show them.
func claimsTable() -> Table {
    Table(
        columns: [
            .init(key: "claim", title: "Claim", narrowing: .keep),
            .init(key: "title", title: "Title"),
            .init(key: "amount", title: "Amount", alignment: .trailing, narrowing: .keep),
            .init(key: "updatedAt", title: "Updated", narrowing: .omit),
        ],
        rows: [
            [
                .text("CLM-1"), .text("Spring fair, stand and printing of the catalogue"),
                .money(minorUnits: 125_000, fractionDigits: 2), .text("2020-02-03"),
            ],
            [
                .text("CLM-22"), .missing, .money(minorUnits: -5, fractionDigits: 2),
                .text("2020-02-29"),
            ],
        ],
        title: "Claims", notes: ["as of 2020-06-30, known at 000000000412"],
        emptyText: "no claims match")
}

/// The claims table without its rows.
func emptyClaimsTable() -> Table {
    let table = claimsTable()
    return Table(
        columns: table.columns, title: table.title, notes: table.notes, emptyText: table.emptyText)
}

/// A table of one cell a row under the key `a`.
func column(_ cells: Cell..., title: String = "A") -> Table {
    Table(columns: [.init(key: "a", title: title)], rows: cells.map { [$0] })
}

/// One claim with nested and long values.
func claimDetails() -> Details {
    Details(
        fields: [
            .init(key: "claim", title: "Claim", value: .text("CLM-1")),
            .init(
                key: "amount", title: "Amount",
                value: .money(minorUnits: 1_250_000, fractionDigits: 2)),
            .init(key: "inHouseWork", title: "In-house work", value: .flag(false)),
            .init(key: "paidOn", title: "Paid on", value: .missing),
            .init(
                key: "evidence", title: "Evidence",
                value: .list([
                    .object([("kind", .text("metrics")), ("size", .integer(12))]),
                    .object([("kind", .text("other")), ("size", .missing)]),
                ])),
            .init(key: "comment", title: "Comment", value: .text("first line\nsecond line")),
        ],
        title: "Claim CLM-1", notes: ["as of 2020-06-30"])
}
