import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// What a log holds: events, first and last, claims by status, funds by programme and period,
/// findings by kind.
package struct ReplayReport: Sendable {
    private let summary: LedgerSummary
    private let notes: [String]
    private let isPart: Bool

    /// `isPart`: it says too which figures every part has, so that parts can be summed.
    package init(_ answer: Answer<LedgerSummary>, isPart: Bool = false) {
        summary = answer.value
        notes = headerNotes(answer)
        self.isPart = isPart
    }

    /// The whole report in a format; JSON is one object, the others are one part under the other.
    package func text(
        as format: OutputFormat, width: Int?, style: TextStyle = .plain
    ) -> String {
        switch format {
        case .json: return renderObject(details, as: .json)
        case .csv:
            // A CSV has one table: the funds, which is what spreadsheets are for.
            return render(funds, as: .csv)
        case .table, .markdown:
            let parts = [
                renderObject(overview, as: format, width: width, style: style),
                render(claims, as: format, width: width, style: style),
                render(funds, as: format, width: width, style: style),
                render(findings, as: format, width: width, style: style),
            ]
            return parts.joined(separator: "\n")
        }
    }

    private var overview: Details {
        Details(
            fields: [
                field("events", "Events", .integer(summary.events)),
                field("first", "First event", point(summary.first)),
                field("last", "Last event", point(summary.last)),
                field("programs", "Programs", .integer(Int64(summary.programs))),
                field("partners", "Partners", .integer(Int64(summary.partners))),
                field("claimCount", "Claims", .integer(Int64(summary.claims))),
                field("associations", "Associations", .integer(Int64(summary.associations))),
                field("findingCount", "Findings", .integer(Int64(summary.findingCount))),
            ] + (isPart ? [programWide] : []),
            title: isPart ? "Part of a ledger" : "Ledger", notes: notes)
    }

    /// The events that every part has and the whole has once.
    private var programWide: Details.Field {
        field(
            "programWide", "In every part",
            .object(summary.programWide.map { ($0.kind.rawValue, .integer($0.count)) }))
    }

    /// The order in which the whole has its rows, which no part need have all of.
    private var order: Details.Field {
        func texts(_ names: [String]) -> Cell { .list(names.map { .text($0) }) }
        return field(
            "order", "Order",
            .object([
                ("eventsByType", texts(EventKind.allCases.map(\.rawValue))),
                ("claims", texts(LedgerSummary.statusOrder)),
                ("findings", texts(FindingCode.allCases.map(\.rawValue))),
            ]))
    }

    private func field(_ key: String, _ title: String, _ value: Cell) -> Details.Field {
        Details.Field(key: key, title: title, value: value)
    }

    private func point(_ point: LedgerSummary.Point?) -> Cell {
        guard let point else { return .missing }
        return .object([
            ("sequence", .integer(point.sequence)), ("type", .text(point.kind.rawValue)),
            ("time", .moment(point.occurredAt)), ("recordedtime", .moment(point.recordedAt)),
        ])
    }

    private var claims: Table {
        Table(
            columns: [
                Table.Column(key: "status", title: "Status", narrowing: .keep, isStatus: true),
                Table.Column(key: "currency", title: "Cur", narrowing: .keep),
                Table.Column(key: "claims", title: "Claims", alignment: .trailing),
                Table.Column(key: "amount", title: "Amount", alignment: .trailing),
                Table.Column(key: "approved", title: "Approved", alignment: .trailing),
                Table.Column(key: "paid", title: "Paid", alignment: .trailing),
            ],
            rows: summary.claimsByStatus.map { row in
                [
                    .text(row.status), .text(row.currency?.code), .integer(Int64(row.claims)),
                    .money(row.amount, row.currency), .money(row.approved, row.currency),
                    .money(row.paid, row.currency),
                ]
            }, title: "Claims by status", emptyText: "no claims")
    }

    private var funds: Table {
        typealias Column = Table.Column
        let amounts: [(key: String, title: String, narrowing: Column.Narrowing)] = [
            ("earned", "Earned", .keep), ("claimed", "Claimed", .keep),
            ("approved", "Approved", .omit), ("paid", "Paid", .keep),
            ("expired", "Expired", .keep), ("available", "Available", .keep),
        ]
        return Table(
            columns: [
                Column(key: "program", title: "Program"), Column(key: "period", title: "Period"),
                Column(key: "currency", title: "Cur", narrowing: .keep),
                Column(key: "accounts", title: "Accounts", alignment: .trailing, narrowing: .omit),
            ] + amounts.map { Column(key: $0, title: $1, alignment: .trailing, narrowing: $2) },
            rows: summary.funds.map { row in
                let balance = row.balance
                return [
                    .text(row.program.text), .text(row.period.text), .text(row.currency.code),
                    .integer(Int64(row.accounts)),
                ]
                    + [
                        balance.earned, balance.claimed, balance.approved, balance.paid,
                        row.expired, balance.unclaimed - row.expired,
                    ].map { .money($0, row.currency) }
            }, title: "Funds by program and period", emptyText: "no funds")
    }

    private var findings: Table {
        Table(
            columns: [
                Table.Column(key: "finding", title: "Finding", narrowing: .keep),
                Table.Column(key: "count", title: "Count", alignment: .trailing),
                Table.Column(key: "meaning", title: "Meaning"),
            ],
            rows: summary.findings.map {
                [.text($0.code.rawValue), .integer(Int64($0.count)), .text($0.code.sentence)]
            }, title: "Findings", emptyText: "no findings: history broke no rule")
    }

    private var details: Details {
        let byKind = summary.eventsByKind.map { ($0.kind.rawValue, Cell.integer($0.count)) }
        return Details(
            fields: overview.fields + [
                field(
                    "eventsByType", "Events by type", .object(byKind.map { (key: $0, value: $1) })),
                field("claims", "Claims by status", claims.asCell),
                field("funds", "Funds by program and period", funds.asCell),
                field("findings", "Findings", findings.asCell),
            ] + (isPart ? [order] : []))
    }
}
