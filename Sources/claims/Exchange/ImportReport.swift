import ClaimsDomain
import ClaimsExchange
import ClaimsReports

/// How many records left out are shown to people; all of them go to --rejects and to JSON.
private let shownAtMost = 20

/// What became of an import, in a format.
func importText(_ summary: ImportSummary, as format: OutputFormat, width: Int?) -> String {
    let counts: [(String, String, Cell)] = [
        ("records", "Records read", .integer(Int64(summary.records))),
        ("taken", "Recorded now", .integer(Int64(summary.taken))),
        ("repeated", "Recorded before", .integer(Int64(summary.repeated))),
        ("listed", "Listed with a reason", .integer(Int64(summary.listed.count))),
        ("appended", "Events appended", .integer(Int64(summary.appendedCount))),
        ("interrupted", "Interrupted", .flag(summary.isInterrupted)),
    ]
    let fields = counts.map { Details.Field(key: $0, title: $1, value: $2) }
    switch format {
    case .json, .csv:
        let more = [
            Details.Field(
                key: "appendedByType", title: "By type",
                value: .object(
                    byType(summary).map { (key: $0.kind, value: .integer(Int64($0.count))) })),
            Details.Field(
                key: "reasons", title: "Reasons",
                value: reasonTable(summary).asCell),
            Details.Field(
                key: "rejects", title: "Rejects",
                value: listedTable(summary, atMost: nil).asCell),
        ]
        return renderObject(Details(fields: fields + more), as: format)
    case .table, .markdown:
        var parts = [
            renderObject(Details(fields: fields, title: "Import"), as: format, width: width)
        ]
        parts.append(render(typeTable(summary), as: format, width: width))
        if !summary.listed.isEmpty {
            parts.append(render(reasonTable(summary), as: format, width: width))
            parts.append(
                render(listedTable(summary, atMost: shownAtMost), as: format, width: width))
        }
        return parts.joined(separator: "\n")
    }
}

/// The records left out, with place and reason.
func listedTable(_ summary: ImportSummary, atMost limit: Int?) -> Table {
    let rows = limit.map { summary.listed.prefix($0) } ?? summary.listed[...]
    let rest = summary.listed.count - rows.count
    return Table(
        columns: [
            Table.Column(key: "place", title: "Place", narrowing: .keep),
            Table.Column(key: "what", title: "What"),
            Table.Column(key: "reason", title: "Reason"),
        ], rows: rows.map { [.text($0.place), .text($0.what), .text($0.reason)] },
        title: "Left out",
        notes: rest > 0 ? ["\(rest) more; --rejects FILE or --format json gives all"] : [])
}

private func byType(_ summary: ImportSummary) -> [(kind: String, count: Int)] {
    EventKind.allCases.compactMap { kind in
        summary.appended[kind].map { (kind.rawValue, $0) }
    }
}

private func typeTable(_ summary: ImportSummary) -> Table {
    Table(
        columns: [
            Table.Column(key: "type", title: "Type", narrowing: .keep),
            Table.Column(key: "events", title: "Events", alignment: .trailing),
        ], rows: byType(summary).map { [.text($0.kind), .integer(Int64($0.count))] },
        title: "Events appended", emptyText: "nothing was appended")
}

/// The records left out, counted by what they are and why.
private func reasonTable(_ summary: ImportSummary) -> Table {
    let groups = Dictionary(grouping: summary.listed) { [$0.what, $0.reason] }
    return Table(
        columns: [
            Table.Column(key: "what", title: "What"),
            Table.Column(key: "reason", title: "Reason"),
            Table.Column(key: "count", title: "Count", alignment: .trailing),
        ],
        rows: groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, items in
            [.text(key[0]), .text(key[1]), .integer(Int64(items.count))]
        }, title: "Left out, by reason")
}
