import ClaimsDomain
import ClaimsExchange
import ClaimsReports

/// How many records left out are shown to people; all of them go to --rejects and to JSON.
private let shownAtMost = 20

/// What became of an import, in a format.
func importText(_ summary: ImportSummary, as format: OutputFormat, width: Int?) -> String {
    let fields = countFields(summary)
    switch format {
    case .json, .csv:
        return renderObject(Details(fields: fields + partFields(summary)), as: format)
    case .table, .markdown:
        var parts = [
            renderObject(Details(fields: fields, title: "Import"), as: format, width: width)
        ]
        parts.append(
            render(
                summary.isReport ? sumTable(summary) : typeTable(summary), as: format,
                width: width))
        if !summary.skipped.isEmpty {
            parts.append(render(skippedTable(summary), as: format, width: width))
        }
        if summary.listedCount > 0 {
            parts.append(render(reasonTable(summary), as: format, width: width))
            parts.append(
                render(listedTable(summary, atMost: shownAtMost), as: format, width: width))
        }
        return parts.joined(separator: "\n")
    }
}

private func countFields(_ summary: ImportSummary) -> [Details.Field] {
    let isRehearsal = summary.isRehearsal
    var counts: [(String, String, Cell)] = [
        ("records", "Records read", .integer(Int64(summary.records))),
        (
            "taken", isRehearsal ? "To be recorded" : "Recorded now",
            .integer(Int64(summary.taken))
        ),
        ("repeated", "Recorded before", .integer(Int64(summary.repeated))),
        ("listed", "Listed with a reason", .integer(Int64(summary.listedCount))),
        (
            "appended", isRehearsal ? "Events to append" : "Events appended",
            .integer(Int64(summary.appendedCount))
        ),
        ("interrupted", "Interrupted", .flag(summary.isInterrupted)),
        ("rehearsal", "Rehearsal", .flag(isRehearsal)),
    ]
    let skipped = summary.skipped.values.reduce(0, +)
    counts.insert(("skipped", "Left alone", .integer(Int64(skipped))), at: 3)
    if summary.isReport {
        counts.append(
            ("ignoredColumns", "Columns not read", .list(summary.ignoredColumns.map { .text($0) })))
    }
    return counts.map { Details.Field(key: $0, title: $1, value: $2) }
}

/// What is nested in JSON: the tables.
private func partFields(_ summary: ImportSummary) -> [Details.Field] {
    var fields = [
        Details.Field(
            key: "appendedByType", title: "By type",
            value: .object(
                byType(summary).map { (key: $0.kind, value: .integer(Int64($0.count))) })),
        Details.Field(key: "reasons", title: "Reasons", value: reasonTable(summary).asCell),
        Details.Field(
            key: "rejects", title: "Rejects", value: listedTable(summary, atMost: nil).asCell),
    ]
    fields.insert(
        Details.Field(
            key: "skippedByKind", title: "Left alone", value: skippedTable(summary).asCell), at: 1)
    if summary.isReport {
        fields.insert(
            Details.Field(key: "sums", title: "Sums", value: sumTable(summary).asCell), at: 1)
    }
    return fields
}

/// The records left out, with place and reason.
func listedTable(_ summary: ImportSummary, atMost limit: Int?) -> Table {
    let rows = limit.map { summary.listed.prefix($0) } ?? summary.listed[...]
    let rest = summary.listedCount - rows.count
    let whole =
        limit == nil ? "--rejects FILE has all" : "--rejects FILE or --format json gives all"
    return Table(
        columns: [
            Table.Column(key: "place", title: "Place", narrowing: .keep),
            Table.Column(key: "what", title: "What"),
            Table.Column(key: "reason", title: "Reason"),
        ], rows: rows.map { [.text($0.place), .text($0.what), .text($0.reason)] },
        title: "Left out", notes: rest > 0 ? ["\(rest) more; \(whole)"] : [])
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
        title: summary.isRehearsal ? "Events to append" : "Events appended",
        emptyText: summary.isRehearsal ? "nothing would be appended" : "nothing was appended")
}

/// The events of a report with their amounts, by type and currency; enrolments move nothing.
private func sumTable(_ summary: ImportSummary) -> Table {
    var rows: [[Cell]] = []
    for kind in EventKind.allCases {
        guard let count = summary.appended[kind] else { continue }
        let sums = summary.sums.filter { $0.kind == kind }.sorted { $0.currency < $1.currency }
        if sums.isEmpty {
            rows.append([.text(kind.rawValue), .missing, .integer(Int64(count)), .missing])
        }
        for sum in sums {
            rows.append([
                .text(kind.rawValue), .text(sum.currency.code), .integer(Int64(sum.events)),
                .money(sum.minorUnits, sum.currency),
            ])
        }
    }
    return Table(
        columns: [
            Table.Column(key: "type", title: "Type", narrowing: .keep),
            Table.Column(key: "currency", title: "Currency", narrowing: .keep),
            Table.Column(key: "events", title: "Events", alignment: .trailing),
            Table.Column(key: "amount", title: "Amount", alignment: .trailing),
        ], rows: rows, title: summary.isRehearsal ? "Events to append" : "Events appended",
        emptyText: summary.isRehearsal ? "nothing would be appended" : "nothing was appended")
}

/// The rows that are none of this ledger's, by what they are.
private func skippedTable(_ summary: ImportSummary) -> Table {
    Table(
        columns: [
            Table.Column(key: "kind", title: "Kind"),
            Table.Column(key: "count", title: "Count", alignment: .trailing),
        ],
        rows: summary.skipped.sorted { $0.key < $1.key }.map {
            [.text($0.key), .integer(Int64($0.value))]
        }, title: "Left alone")
}

/// The records left out, counted by what they are and why.
private func reasonTable(_ summary: ImportSummary) -> Table {
    var counts: [[String]: Int] = [:]
    for record in summary.listed { counts[[record.what, record.reason], default: 0] += 1 }
    for (reason, count) in summary.unlistedReasons {
        counts[[summary.noun, reason], default: 0] += count
    }
    return Table(
        columns: [
            Table.Column(key: "what", title: "What"),
            Table.Column(key: "reason", title: "Reason"),
            Table.Column(key: "count", title: "Count", alignment: .trailing),
        ],
        rows: counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, count in
            [.text(key[0]), .text(key[1]), .integer(Int64(count))]
        }, title: "Left out, by reason")
}
