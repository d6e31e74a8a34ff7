package import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// The columns of a check, whatever is checked.
private let checkColumns = [
    Table.Column(key: "step", title: "To", narrowing: .keep),
    Table.Column(key: "rule", title: "Rule", narrowing: .keep),
    Table.Column(key: "state", title: "State", narrowing: .keep, isStatus: true),
    Table.Column(key: "detail", title: "Why"),
    Table.Column(key: "source", title: "Source", narrowing: .omit),
    Table.Column(key: "program", title: "Program", narrowing: .omit),
    Table.Column(key: "version", title: "Version", narrowing: .omit),
    Table.Column(key: "publishedAt", title: "Seq", alignment: .trailing, narrowing: .omit),
]

/// What stands between a claim and its next steps, a row a rule.
package func checkTable(_ answer: Answer<[CheckedRule]>, claim: ClaimID) -> Table {
    return Table(
        columns: checkColumns,
        rows: answer.value.map { checked in
            [
                .text(checked.step.rawValue), .text(checked.rule.rawValue),
                .text(checked.state.rawValue),
                .phrase(checked.breach?.words ?? checked.remark.map { Phrase($0) }),
                .text(checked.rule.source), .text(checked.program.text), .text(checked.version),
                .integer(checked.publishedAt),
            ]
        }, title: "Check of claim \(claim)", notes: headerNotes(answer),
        emptyText: "no rule stands before this claim: it is decided, or its program has no rules")
}

/// What stands between an association and its next steps, a row a rule.
package func checkTable(
    _ answer: Answer<[CheckedAssociationRule]>, association: AssociationID
) -> Table {
    return Table(
        columns: checkColumns,
        rows: answer.value.map { checked in
            [
                .text(checked.step.rawValue), .text(checked.rule.rawValue),
                .text(checked.state.rawValue), .text(checked.detail),
                .text(checked.rule.source), .text(checked.program.text), .text(checked.version),
                .integer(checked.publishedAt),
            ]
        }, title: "Check of association \(association)", notes: headerNotes(answer),
        emptyText: "no rule stands before this association: it has ended, or its program has no "
            + "rules for associations")
}

/// What history did against the rules, a row a finding.
package func findingTable(_ answer: Answer<FindingRegister>) -> Table {
    typealias Column = Table.Column
    return Table(
        columns: [
            Column(key: "finding", title: "Finding", narrowing: .keep),
            Column(key: "subject", title: "Subject", narrowing: .keep),
            Column(key: "program", title: "Program", narrowing: .omit),
            Column(key: "partner", title: "Partner", narrowing: .omit),
            Column(key: "sequence", title: "Seq", alignment: .trailing, narrowing: .keep),
            Column(key: "time", title: "When", narrowing: .keep),
            Column(key: "type", title: "Event", narrowing: .omit),
            Column(key: "meaning", title: "Meaning"),
            Column(key: "falsePositive", title: "Look at first"),
        ],
        rows: answer.value.rows.map { row in
            [
                .text(row.code.rawValue), .text(row.subject), .text(row.program.text),
                .text(row.partner.text), .integer(row.sequence), .moment(row.time),
                .text(row.kind?.rawValue), .text(row.code.sentence),
                .text(row.code.falsePositive),
            ]
        }, title: "Findings", notes: headerNotes(answer),
        emptyText: "no findings: history broke no rule")
}

/// How many findings there are of each code, in the order of the catalogue.
package func findingCountTable(_ answer: Answer<FindingRegister>) -> Table {
    var counts: [FindingCode: Int] = [:]
    for row in answer.value.rows { counts[row.code, default: 0] += 1 }
    return Table(
        columns: [
            Table.Column(key: "finding", title: "Finding", narrowing: .keep),
            Table.Column(key: "count", title: "Count", alignment: .trailing),
            Table.Column(key: "meaning", title: "Meaning"),
            Table.Column(key: "falsePositive", title: "Look at first"),
        ],
        rows: FindingCode.allCases.compactMap { code in
            counts[code].map {
                [
                    .text(code.rawValue), .integer(Int64($0)), .text(code.sentence),
                    .text(code.falsePositive),
                ]
            }
        }, title: "Findings by code", notes: headerNotes(answer),
        emptyText: "no findings: history broke no rule")
}
