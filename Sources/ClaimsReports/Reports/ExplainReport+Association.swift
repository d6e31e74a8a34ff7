import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Why an association stands where it stands: a line an event, then status, clock and rivals.
package struct AssociationExplanationReport: Sendable {
    private let explanation: AssociationExplanation
    private let notes: [String]

    /// The report of an answer.
    package init(_ answer: Answer<AssociationExplanation>) {
        explanation = answer.value
        notes = headerNotes(answer)
    }

    /// The whole report in a format; JSON is one object, CSV the lines alone.
    package func text(
        as format: OutputFormat, width: Int?, style: TextStyle = .plain
    ) -> String {
        switch format {
        case .json: renderObject(machineDetails, as: .json)
        case .csv: render(lines, as: .csv)
        case .table, .markdown:
            render(lines, as: format, width: width, style: style) + "\n"
                + renderObject(closing, as: format, width: width, style: style)
        }
    }

    private var lines: Table {
        typealias Column = Table.Column
        return Table(
            columns: [
                Column(key: "sequence", title: "Seq", alignment: .trailing, narrowing: .keep),
                Column(key: "time", title: "When", narrowing: .keep),
                Column(key: "recordedtime", title: "Known since", narrowing: .omit),
                Column(key: "actor", title: "Who", narrowing: .omit),
                Column(key: "type", title: "What", narrowing: .keep),
                Column(key: "statusBefore", title: "Before", narrowing: .omit),
                Column(key: "statusAfter", title: "After", narrowing: .keep, isStatus: true),
                Column(key: "rule", title: "Rule", narrowing: .omit),
                Column(key: "allowed", title: "Allowed", narrowing: .below),
                Column(key: "version", title: "Version", narrowing: .omit),
                Column(
                    key: "publishedAt", title: "Rules at", alignment: .trailing, narrowing: .below),
                Column(key: "clock", title: "Clock from then on", narrowing: .below),
                Column(key: "due", title: "Due", narrowing: .below),
                Column(key: "findings", title: "Findings", narrowing: .below),
            ], rows: explanation.steps.map(cells),
            title: "Why association \(explanation.row.association) is "
                + explanation.row.status.rawValue, notes: notes)
    }

    private func cells(_ step: AssociationStep) -> [Cell] {
        let trail = step.trail
        return [
            .integer(trail.sequence), .moment(trail.occurredAt), .moment(trail.recordedAt),
            .text(trail.actor), .text(trail.kind.rawValue), .text(trail.statusBefore),
            .text(trail.statusAfter), .text("association_status"),
            .flag(step.transition != nil), .text(step.rules?.version),
            step.rules.map { .integer($0.sequence) } ?? .missing, .text(step.clock?.rule),
            step.clock.map { .day($0.due) } ?? .missing,
            .list(trail.findings.map { .text($0.rawValue) }),
        ]
    }

    private var closing: Details {
        let row = explanation.row
        let since = explanation.statusSince.map { " since sequence \($0)" } ?? ""
        return Details(
            fields: [
                Details.Field(
                    key: "status", title: "Status", value: .text(row.status.rawValue + since),
                    isStatus: true),
                Details.Field(key: "clock", title: "Clock", value: .text(row.clock?.text)),
                Details.Field(
                    key: "competing", title: "Competing",
                    value: .list(row.competing.map { .text($0.text) })),
            ])
    }

    private var machineDetails: Details {
        let row = explanation.row
        func field(_ key: String, _ value: Cell) -> Details.Field {
            Details.Field(key: key, title: key.capitalizedWord, value: value)
        }
        return Details(fields: [
            field("association", .text(row.association.text)),
            field("program", .text(row.program.text)), field("partner", .text(row.partner.text)),
            field("activity", .text(row.activity.text)),
            field("status", .text(row.status.rawValue)),
            field("statusSince", explanation.statusSince.map { .integer($0) } ?? .missing),
            field("clock", row.clock?.cell ?? .missing),
            field("competing", .list(row.competing.map { .text($0.text) })),
            field("addsUp", .flag(explanation.addsUp)), field("lines", lines.asCell),
        ])
    }
}

extension AssociationRowClock {
    /// The clock, its last day and how it reads.
    var text: String { "\(clock.rule): \(state.rawValue) \(clock.due)" }

    /// The same for programs.
    var cell: Cell {
        .object([
            ("kind", .text(clock.kind.rawValue)), ("startedAt", .moment(clock.startedAt)),
            ("due", .day(clock.due)), ("state", .text(state.rawValue)),
            ("rule", .text(clock.rule)), ("source", .text(clock.source)),
            ("version", .text(clock.version)),
        ])
    }
}
