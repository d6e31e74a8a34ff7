import ClaimsDomain
package import ClaimsLedger
import ClaimsProjections

/// What changed between two points, a row a field.
package func differenceTable(_ answer: ComparedAnswer) -> Table {
    typealias Column = Table.Column
    let columns = [
        Column(key: "kind", title: "Kind", narrowing: .keep),
        Column(key: "subject", title: "Subject", narrowing: .keep),
        Column(key: "field", title: "Field", narrowing: .keep),
        Column(key: "from", title: "From", alignment: .trailing, narrowing: .below),
        Column(key: "to", title: "To", alignment: .trailing, narrowing: .below),
        Column(key: "difference", title: "Difference", alignment: .trailing, narrowing: .below),
        Column(key: "events", title: "Events", narrowing: .below),
        Column(key: "cause", title: "Cause", narrowing: .omit),
        Column(key: "currency", title: "Cur", narrowing: .omit),
    ]
    return Table(
        columns: columns,
        rows: answer.to.value.rows.map { row in
            [
                .text(row.kind.rawValue), .text(row.subject), .text(row.field), .value(row.from),
                .value(row.to), .value(row.difference), .list(row.events.map { .integer($0) }),
                .text(row.cause.rawValue), .text(row.currency),
            ]
        }, title: "What changed",
        notes: headerNotes(answer.from).map { "from \($0)" }
            + headerNotes(answer.to).map { "to \($0)" },
        emptyText: "nothing changed")
}

extension DifferenceRow {
    /// The currency of both amounts; nil for anything else.
    fileprivate var currency: String? {
        guard case .amount(_, let currency)? = difference else { return nil }
        return currency.code
    }
}

extension Cell {
    /// What stands in a field, or missing.
    fileprivate static func value(_ value: DifferenceValue?) -> Cell {
        switch value {
        case nil: .missing
        case .text(let text): .text(text)
        case .count(let count): .integer(count)
        case .amount(let units, let currency): .money(units, currency)
        }
    }
}
