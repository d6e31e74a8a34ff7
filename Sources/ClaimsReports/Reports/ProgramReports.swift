package import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// The published versions of programmes, a row each.
package func programTable(_ answer: Answer<[PublishedProgram]>) -> Table {
    typealias Column = Table.Column
    return Table(
        columns: [
            Column(key: "program", title: "Program", narrowing: .keep),
            Column(key: "version", title: "Version", narrowing: .keep),
            Column(key: "name", title: "Name"),
            Column(key: "effectiveFrom", title: "Effective from", narrowing: .keep),
            Column(key: "publishedAt", title: "Published", narrowing: .omit),
            Column(key: "currency", title: "Cur", narrowing: .keep),
            Column(key: "fundControl", title: "Fund control", narrowing: .omit),
            Column(key: "usagePeriods", title: "Periods"),
            Column(key: "activities", title: "Activities", alignment: .trailing),
        ],
        rows: answer.value.map { version in
            let rules = version.rules
            return [
                .text(rules.id.text), .text(rules.version), .text(rules.name),
                .day(rules.effectiveFrom), .moment(version.publishedAt),
                .text(rules.currency.code), .text(rules.fundControl.rawValue),
                .list(rules.usagePeriods.map { .text($0.label.text) }),
                .integer(Int64(rules.activities.count)),
            ]
        }, title: "Programs", notes: headerNotes(answer), emptyText: "no program is published")
}

/// The enrolled partners, a row each.
package func partnerTable(_ answer: Answer<[PartnerRow]>) -> Table {
    Table(
        columns: [
            Table.Column(key: "program", title: "Program", narrowing: .keep),
            Table.Column(key: "partner", title: "Partner", narrowing: .keep),
            Table.Column(key: "name", title: "Name"),
            Table.Column(key: "enrolledAt", title: "Enrolled", narrowing: .omit),
        ],
        rows: answer.value.map {
            [
                .text($0.program.text), .text($0.partner.text), .text($0.name),
                .moment($0.enrolledAt),
            ]
        }, title: "Partners", notes: headerNotes(answer), emptyText: "no partner is enrolled")
}

/// A programme's rules for people: the terms, the calendar, the activities.
package func programText(
    _ version: PublishedProgram, notes: [String], as format: OutputFormat, width: Int?
) -> String {
    let rules = version.rules
    let terms = termFields(version)
    switch format {
    case .json, .csv:
        let more = [
            Details.Field(
                key: "usagePeriods", title: "Usage periods", value: calendar(rules).asCell),
            Details.Field(
                key: "activities", title: "Activities", value: activities(rules).asCell),
        ]
        return renderObject(Details(fields: terms + more), as: format)
    case .table, .markdown:
        let overview = Details(fields: terms, title: "Program \(rules.id)", notes: notes)
        return [
            renderObject(overview, as: format, width: width),
            render(calendar(rules), as: format, width: width),
            render(activities(rules), as: format, width: width),
        ].joined(separator: "\n")
    }
}

private func termFields(_ version: PublishedProgram) -> [Details.Field] {
    let rules = version.rules
    func target(_ target: Target?) -> Cell {
        .text(target.map { "\($0.days) \($0.unit.rawValue) days" })
    }
    let facts: [(String, String, Cell)] = [
        ("program", "Program", .text(rules.id.text)), ("name", "Name", .text(rules.name)),
        ("version", "Version", .text(rules.version)),
        ("effectiveFrom", "Effective from", .day(rules.effectiveFrom)),
        ("publishedAt", "Published", .moment(version.publishedAt)),
        ("sequence", "Sequence", .integer(version.sequence)),
        ("currency", "Currency", .text(rules.currency.code)),
        ("timeZone", "Time zone", .text(rules.timeZone)),
        ("fundControl", "Fund control", .text(rules.fundControl.rawValue)),
        ("coopShare", "Co-op share", .text(rules.coopShare.description)),
        (
            "threshold", "Threshold",
            .money(rules.threshold?.minorUnits ?? 0, rules.threshold?.currency)
        ),
        ("rounding", "Rounding", .text(rules.rounding.rawValue)),
        ("retentionMonths", "Originals kept, months", .integer(rules.retentionMonths)),
        ("reviewTarget", "Review within", target(rules.targets.review)),
        ("disputeTarget", "Dispute within", target(rules.targets.dispute)),
        ("paymentTarget", "Payment within", target(rules.targets.payment)),
        ("separationOfDuties", "Two persons decide", .flag(rules.separationOfDuties)),
        ("holidays", "Holidays", .list(rules.holidays.map { .day($0) })),
    ]
    return facts.map { Details.Field(key: $0, title: $1, value: $2) }
}

private func calendar(_ rules: Program) -> Table {
    let columns = [
        ("label", "Period"), ("earnedFrom", "Earned from"), ("earnedTo", "to"),
        ("usageFrom", "Used from"), ("usageTo", "to"), ("claimFrom", "Claimed from"),
        ("claimDeadline", "Deadline"),
    ]
    return Table(
        columns: columns.map { Table.Column(key: $0, title: $1, narrowing: .keep) },
        rows: rules.usagePeriods.map { period in
            [
                .text(period.label.text), .day(period.earned.first), .day(period.earned.last),
                .day(period.usage.first), .day(period.usage.last), .day(period.claiming.first),
                .day(period.claiming.last),
            ]
        }, title: "Usage periods", emptyText: "no usage periods")
}

private func activities(_ rules: Program) -> Table {
    Table(
        columns: [
            Table.Column(key: "activity", title: "Activity", narrowing: .keep),
            Table.Column(key: "category", title: "Category"),
            Table.Column(key: "evidence", title: "Evidence"),
            Table.Column(key: "metrics", title: "Metrics"),
            Table.Column(key: "caps", title: "Caps"),
        ],
        rows: rules.activities.map { activity in
            [
                .text(activity.id.text), .text(activity.category),
                .list(activity.evidence.map { .text($0.text) }),
                .list(activity.metrics.map { .text($0) }),
                .list(activity.caps.map { .text($0.words) }),
            ]
        }, title: "Activities", emptyText: "any activity may be claimed")
}

extension EvidenceRequirement {
    /// Kind, condition and what it has to show.
    fileprivate var text: String {
        when == .always
            ? "\(kind.rawValue): \(item)" : "\(kind.rawValue) (\(when.rawValue)): \(item)"
    }
}
