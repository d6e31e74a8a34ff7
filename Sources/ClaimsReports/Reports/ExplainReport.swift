import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Why a claim stands where it stands: a line an event, then status, payment and figures.
package struct ClaimExplanationReport: Sendable {
    private let explanation: ClaimExplanation
    private let notes: [String]

    /// The report of an answer.
    package init(_ answer: Answer<ClaimExplanation>) {
        explanation = answer.value
        notes = headerNotes(answer)
    }

    /// The whole report in a format; JSON is one object, CSV the lines alone.
    package func text(
        as format: OutputFormat, width: Int?, style: TextStyle = .plain
    ) -> String {
        switch format {
        case .json: renderObject(machineDetails, as: .json)
        case .csv: render(lines(as: .csv), as: .csv)
        case .table, .markdown:
            render(lines(as: format), as: format, width: width, style: style) + "\n"
                + renderObject(closing, as: format, width: width, style: style)
        }
    }

    private func lines(as format: OutputFormat) -> Table {
        typealias Column = Table.Column
        let status: [Column] =
            isForPeople(format)
            ? [Column(key: "status", title: "Status", narrowing: .below, isStatus: true)]
            : [
                Column(key: "statusBefore", title: "Status before"),
                Column(key: "statusAfter", title: "Status after"),
            ]
        let allowed =
            isForPeople(format) ? [] : [Column(key: "allowed", title: "Allowed")]
        let columns =
            [
                Column(key: "sequence", title: "Seq", alignment: .trailing, narrowing: .keep),
                Column(key: "time", title: "When", narrowing: .keep),
                Column(key: "recordedtime", title: "Known since", narrowing: .omit),
                Column(key: "actor", title: "Who", narrowing: .omit),
                Column(key: "type", title: "What", narrowing: .keep),
            ] + status + [Column(key: "rule", title: "Rule", narrowing: .omit)] + allowed + [
                Column(key: "postings", title: "Fund", narrowing: .below),
                Column(key: "findings", title: "Findings", narrowing: .below),
            ]
        return Table(
            columns: columns,
            rows: explanation.steps.map { cells($0, as: format) }
                + (explanation.expiredBy.map { [expiry($0, as: format)] } ?? []),
            title: "Why claim \(explanation.row.claim) is \(explanation.row.status)", notes: notes)
    }

    private func isForPeople(_ format: OutputFormat) -> Bool {
        switch format {
        case .table, .markdown: true
        case .json, .csv: false
        }
    }

    private func cells(_ step: TrailStep, as format: OutputFormat) -> [Cell] {
        let isAllowed = step.transition != nil
        let words = "\(isAllowed ? "" : "breaks ")\(Self.statusRule): "
        let rule =
            isForPeople(format)
            ? words + (step.action?.rawValue ?? step.kind.rawValue) : Self.statusRule
        return [
            .integer(step.sequence), .moment(step.occurredAt), .moment(step.recordedAt),
            .text(step.actor), .text(step.kind.rawValue),
        ] + status(step.statusBefore, step.statusAfter, format)
            + [.text(rule)] + (isForPeople(format) ? [] : [.flag(isAllowed)])
            + [
                .list(step.postings.map { posting($0, as: format) }),
                .list(step.findings.map { .text($0.rawValue) }),
            ]
    }

    private func status(_ before: String, _ after: String, _ format: OutputFormat) -> [Cell] {
        guard isForPeople(format) else { return [.text(before), .text(after)] }
        return [.text(StatusMark.change(from: before, to: after))]
    }

    /// The name of the transition table among the rules.
    private static let statusRule = "claim_status"

    private func posting(_ posting: TrailPosting, as format: OutputFormat) -> Cell {
        guard format == .json else {
            let accounts = Set(explanation.steps.flatMap { $0.postings.map(\.account) })
            let place: Phrase = accounts.count > 1 ? " in \(posting.account)" : ""
            return .phrase(posting.words + place)
        }
        return .object([
            ("account", posting.account.cell), ("from", .text(posting.from.rawValue)),
            ("to", .text(posting.to.rawValue)),
            ("amount", .money(posting.amount.minorUnits, posting.amount.currency)),
        ])
    }

    /// The line of a draft that expired: no event, but a deadline and the rules that set it.
    private func expiry(_ rule: DeadlineRule, as format: OutputFormat) -> [Cell] {
        let isForPeople = isForPeople(format)
        return [
            .missing, .moment(rule.endsAt), .missing, .missing,
            isForPeople ? .text("(deadline)") : .missing,
        ] + status(ClaimStatus.editing.rawValue, ClaimRegister.expired, format)
            + [.text("claim_deadline")] + (isForPeople ? [] : [.flag(true)])
            + [.list([]), .list([])]
    }
}

extension ClaimExplanationReport {
    private var closing: Details {
        let row = explanation.row
        var status = row.status
        if let rule = explanation.expiredBy {
            status += " by \(rule.text)"
        } else if let since = explanation.statusSince {
            status += " since sequence \(since)"
        }
        let payment = "\(row.payment.rawValue), \(row.paidText)"
        return Details(
            fields: [
                Details.Field(
                    key: "status", title: "Status", value: .text(status), isStatus: true),
                Details.Field(
                    key: "payment", title: "Payment", value: .text(payment), isStatus: true),
                Details.Field(
                    key: "deadline", title: "Deadline", value: .text(explanation.deadline?.text)),
            ]
                + explanation.figures.map { figure in
                    Details.Field(
                        key: figure.name, title: figure.name.capitalizedWord,
                        value: .text(figure.text))
                })
    }

    private var machineDetails: Details {
        let row = explanation.row
        func field(_ key: String, _ value: Cell) -> Details.Field {
            Details.Field(key: key, title: key.capitalizedWord, value: value)
        }
        return Details(fields: [
            field("claim", .text(row.claim.text)), field("program", .text(row.program.text)),
            field("partner", .text(row.partner.text)), field("period", .text(row.period.text)),
            field("status", .text(row.status)),
            field("statusSince", explanation.statusSince.map { .integer($0) } ?? .missing),
            field("payment", .text(row.payment.rawValue)),
            field("deadline", explanation.deadline?.cell ?? .missing),
            field("addsUp", .flag(explanation.addsUp)),
            field("lines", lines(as: .json).asCell),
            field("figures", .list(explanation.figures.map(\.cell))),
        ])
    }
}

extension ClaimRow {
    /// What is paid of what is approved, in words.
    fileprivate var paidText: String {
        func text(_ units: Int64) -> String {
            Cell.money(units, currency).flatText(for: .people)
        }
        return "\(text(paid)) of \(text(approved)) approved"
    }
}

extension ExplainedFigure {
    /// The figure, the sum of its lines, and the lines.
    fileprivate var text: String {
        func text(_ units: Int64) -> String { Cell.money(units, currency).flatText(for: .people) }
        let parts = lines.enumerated().map { index, line in
            let isMinus = line.change < 0 && line.change != .min
            let sign = index == 0 ? (isMinus ? "-" : "") : (isMinus ? " - " : " + ")
            return
                "\(sign)\(text(isMinus ? -line.change : line.change)) (sequence \(line.sequence))"
        }
        let code = currency.map { " \($0.code)" } ?? ""
        let sum = addsUp ? "sum" : "but the lines do not add up to it: sum"
        return "\(text(value))\(code), \(sum) \(text(self.sum))"
            + (parts.isEmpty ? "" : " = \(parts.joined())")
    }

    fileprivate var cell: Cell {
        .object([
            ("figure", .text(name)), ("currency", .text(currency?.code)),
            ("value", .money(value, currency)), ("sum", .money(sum, currency)),
            (
                "lines",
                .list(
                    lines.map { line in
                        .object([
                            ("sequence", .integer(line.sequence)),
                            ("type", .text(line.kind.rawValue)),
                            ("change", .money(line.change, currency)),
                        ])
                    })
            ),
        ])
    }
}

extension DeadlineRule {
    /// The deadline and where it comes from, in words.
    var text: String {
        "claim deadline \(deadline) of \(period) (\(program) version \(version), "
            + "sequence \(sequence))"
    }

    /// The same for programs.
    var cell: Cell {
        .object([
            ("date", .day(deadline)), ("endsAt", .moment(endsAt)),
            ("program", .text(program.text)), ("version", .text(version)),
            ("sequence", .integer(sequence)),
        ])
    }
}

extension FundAccount {
    /// The four parts of the account.
    var cell: Cell {
        .object([
            ("program", .text(program.text)), ("partner", .text(partner.text)),
            ("period", .text(period.text)), ("currency", .text(currency.code)),
        ])
    }
}
