import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Why fund accounts hold what they hold: a section an account, a line a posting, then the sums.
package struct AccountExplanationReport: Sendable {
    private let explanations: [AccountExplanation]
    private let question: FundQuestion
    private let notes: [String]

    /// The report of an answer to a question.
    package init(_ answer: Answer<[AccountExplanation]>, to question: FundQuestion) {
        explanations = answer.value
        self.question = question
        notes = headerNotes(answer)
    }

    /// The whole report in a format; JSON is an array with an object an account, CSV the lines of
    /// all accounts.
    package func text(
        as format: OutputFormat, width: Int?, style: TextStyle = .plain
    ) -> String {
        switch format {
        case .json: return render(machineTable, as: .json)
        case .csv: return render(machineLines, as: .csv)
        case .table, .markdown:
            guard !explanations.isEmpty else {
                let empty = "partner \(question.partner) has no fund in \(question.period)"
                return render(
                    Table(
                        columns: lineColumns(for: .people), title: "Why a fund holds what it holds",
                        notes: notes, emptyText: empty), as: format, width: width, style: style)
            }
            return explanations.map { explanation in
                render(peopleLines(explanation), as: format, width: width, style: style) + "\n"
                    + render(sums(explanation), as: format, width: width, style: style)
            }.joined(separator: "\n")
        }
    }

    /// The buckets that a line shows the running total of.
    private var shown: [Bucket] {
        question.bucket.map { [$0] } ?? [.available, .reserved, .approved, .paid, .expired]
    }

    private func lineColumns(for reader: Cell.Reader) -> [Table.Column] {
        typealias Column = Table.Column
        let isOfBucket = question.bucket != nil
        let change = Column(
            key: "change", title: "Change", alignment: .trailing, narrowing: .keep)
        let totals =
            !isOfBucket
            ? shown.map { bucket in
                Column(
                    key: bucket.rawValue, title: bucket.rawValue.capitalizedWord,
                    alignment: .trailing, narrowing: .below)
            }
            : [
                change,
                Column(key: "total", title: "Total", alignment: .trailing, narrowing: .keep),
            ]
        let buckets: [Column] =
            switch reader {
            case .people: [Column(key: "moved", title: "From > to", narrowing: .below)]
            case .programs:
                [Column(key: "from", title: "From"), Column(key: "to", title: "To")]
            }
        return [
            Column(key: "sequence", title: "Seq", alignment: .trailing, narrowing: .keep),
            Column(key: "time", title: "When", narrowing: .keep),
            Column(key: "recordedtime", title: "Known since", narrowing: .omit),
            Column(key: "type", title: "What"),
            Column(key: "subject", title: "Subject", narrowing: .keep),
            Column(key: "actor", title: "Who", narrowing: .omit),
        ] + buckets + [
            Column(
                key: "amount", title: "Amount", alignment: .trailing,
                narrowing: isOfBucket ? .below : .keep)
        ] + totals + [
            Column(key: "rule", title: "Rule", narrowing: .omit),
            Column(key: "findings", title: "Findings", narrowing: .below),
        ]
    }

    private func cells(
        _ line: FundLine, _ explanation: AccountExplanation, for reader: Cell.Reader
    ) -> [Cell] {
        let currency = explanation.account.currency
        let change = question.bucket.map { [Cell.money(line.change(of: $0), currency)] } ?? []
        let rule: String? =
            switch reader {
            case .programs: line.rule?.rawValue
            case .people:
                line.cause == nil ? explanation.deadline?.text : line.rule?.sentence
            }
        let (from, to) = (line.from.rawValue, line.to.rawValue)
        let buckets: [Cell] =
            switch reader {
            case .people: [.text("\(from) > \(to)")]
            case .programs: [.text(from), .text(to)]
            }
        return [
            line.cause.map { .integer($0.sequence) } ?? .missing, .moment(line.occurredAt),
            .moment(line.cause?.recordedAt),
            .text(line.cause?.kind.rawValue ?? (reader == .people ? "(deadline)" : nil)),
            .text(line.cause?.subject), .text(line.cause?.actor),
        ] + buckets + [.money(line.amount, currency)] + change
            + shown.map { .money(line.total(of: $0), currency) } + [
                .text(rule), .list((line.cause?.findings ?? []).map { .text($0.rawValue) }),
            ]
    }
}

// MARK: - For people

extension AccountExplanationReport {
    private func peopleLines(_ explanation: AccountExplanation) -> Table {
        let account = explanation.account
        let title =
            question.bucket.map { "Why \($0.rawValue) of fund \(account) is what it is" }
            ?? "Why fund \(account) holds what it holds"
        return Table(
            columns: lineColumns(for: .people),
            rows: explanation.lines.map { cells($0, explanation, for: .people) }, title: title,
            notes: notes, emptyText: "no posting touches it")
    }

    private func sums(_ explanation: AccountExplanation) -> Table {
        let currency = explanation.account.currency
        return Table(
            columns: [
                Table.Column(key: "bucket", title: "Bucket", narrowing: .keep),
                Table.Column(key: "total", title: "Total", alignment: .trailing),
                Table.Column(key: "sum", title: "Sum of lines", alignment: .trailing),
            ],
            rows: explanation.buckets.map { bucket in
                [
                    .text(bucket.rawValue), .money(explanation.row.figure(of: bucket), currency),
                    .money(explanation.sum(of: bucket), currency),
                ]
            },
            notes: explanation.deadline.map { [$0.text] } ?? [])
    }
}

// MARK: - For programs

extension AccountExplanationReport {
    private var machineLines: Table {
        let keys = ["program", "partner", "period", "currency", "bucket"]
        var table = Table(
            columns: keys.map { Table.Column(key: $0, title: $0.capitalizedWord) }
                + lineColumns(for: .programs))
        for explanation in explanations {
            let account = explanation.account
            let head: [Cell] = [
                .text(account.program.text), .text(account.partner.text),
                .text(account.period.text), .text(account.currency.code),
                .text(question.bucket?.rawValue),
            ]
            for line in explanation.lines {
                table.append(head + cells(line, explanation, for: .programs))
            }
        }
        return table
    }

    private var machineTable: Table {
        let keys = [
            "account", "bucket", "total", "sum", "addsUp", "deadline", "lines", "buckets",
        ]
        return Table(
            columns: keys.map { Table.Column(key: $0, title: $0.capitalizedWord) },
            rows: explanations.map { explanation in
                let currency = explanation.account.currency
                let bucket = explanation.bucket
                return [
                    explanation.account.cell, .text(bucket?.rawValue),
                    bucket.map { .money(explanation.row.figure(of: $0), currency) } ?? .missing,
                    bucket.map { .money(explanation.sum(of: $0), currency) } ?? .missing,
                    .flag(explanation.addsUp), explanation.deadline?.cell ?? .missing,
                    .list(explanation.lines.map { object($0, explanation) }),
                    sums(explanation).asCell,
                ]
            })
    }

    /// A line with what it did to every bucket that is explained.
    private func object(_ line: FundLine, _ explanation: AccountExplanation) -> Cell {
        let currency = explanation.account.currency
        let changes = explanation.buckets.filter { line.change(of: $0) != 0 }.map { bucket in
            Cell.object([
                ("bucket", .text(bucket.rawValue)),
                ("change", .money(line.change(of: bucket), currency)),
                ("total", .money(line.total(of: bucket), currency)),
            ])
        }
        let cells = cells(line, explanation, for: .programs)
        let members = zip(lineColumns(for: .programs).map(\.key), cells).map {
            (key: $0, value: $1)
        }
        return .object(members + [("changes", .list(changes))])
    }
}
