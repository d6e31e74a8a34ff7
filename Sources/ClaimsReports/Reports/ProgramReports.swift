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
            Column(key: "activities", title: "Activities", alignment: .trailing, narrowing: .omit),
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
                key: "usagePeriods", title: "Usage periods",
                value: calendar(rules, isWhole: true).asCell),
            Details.Field(
                key: "activities", title: "Activities",
                value: activities(rules, isWhole: true).asCell),
            Details.Field(
                key: "associations", title: "Associations",
                value: rules.associations.map { associationRules($0).asCell } ?? .missing),
        ]
        return renderObject(Details(fields: terms + more), as: format)
    case .table, .markdown:
        let overview = Details(fields: terms, title: "Program \(rules.id)", notes: notes)
        return [
            renderObject(overview, as: format, width: width),
            render(
                calendar(rules, isWhole: rules.countsFromActivities), as: format, width: width),
            render(
                activities(rules, isWhole: rules.limitsExpenses), as: format, width: width),
        ].joined(separator: "\n")
            + (rules.associations.map {
                "\n" + render(associationRules($0), as: format, width: width)
            } ?? "")
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
        ("thresholdBasis", "Threshold tested on", .text(rules.thresholdBasis.rawValue)),
        ("rounding", "Rounding", .text(rules.rounding.rawValue)),
        ("retentionMonths", "Originals kept, months", .integer(rules.retentionMonths)),
        ("reviewTarget", "Review within", target(rules.targets.review)),
        ("disputeTarget", "Dispute within", target(rules.targets.dispute)),
        ("paymentTarget", "Payment within", target(rules.targets.payment)),
        ("separationOfDuties", "Two persons decide", .flag(rules.separationOfDuties)),
        ("documentsAnswered", "Requests answered in full", .flag(rules.documentsAnswered)),
        ("evidenceOnce", "Evidence used once", .flag(rules.evidenceOnce)),
        (
            "paymentCutoffDay", "Payment cut-off, day",
            rules.paymentCutoffDay.map(Cell.integer) ?? .missing
        ),
        ("holidays", "Holidays", .list(rules.holidays.map { .day($0) })),
    ]
    return facts.map { Details.Field(key: $0, title: $1, value: $2) }
}

extension Program {
    /// Whether any of its periods counts days from the activity.
    fileprivate var countsFromActivities: Bool {
        usagePeriods.contains { $0.activityDeadlineDays != nil }
    }

    /// Whether any of its activities says what expenses it covers.
    fileprivate var limitsExpenses: Bool { activities.contains { !$0.expenses.isEmpty } }
}

/// The usage periods; the whole table has the columns that are empty nearly always, too.
private func calendar(_ rules: Program, isWhole: Bool) -> Table {
    let dates = [
        ("label", "Period"), ("earnedFrom", "Earned from"), ("earnedTo", "to"),
        ("usageFrom", "Used from"), ("usageTo", "to"), ("claimFrom", "Claimed from"),
        ("claimDeadline", "Deadline"),
    ]
    let columns = dates + (isWhole ? [("activityDeadlineDays", "Days after activity")] : [])
    return Table(
        columns: columns.map { key, title in
            Table.Column(
                key: key, title: title, narrowing: key == "claimFrom" ? .below : .keep)
        },
        rows: rules.usagePeriods.map { period in
            let cells: [Cell] = [
                .text(period.label.text), .day(period.earned.first), .day(period.earned.last),
                .day(period.usage.first), .day(period.usage.last), .day(period.claiming.first),
                .day(period.claiming.last),
            ]
            return cells
                + (isWhole ? [period.activityDeadlineDays.map(Cell.integer) ?? .missing] : [])
        }, title: "Usage periods", emptyText: "no usage periods")
}

private func activities(_ rules: Program, isWhole: Bool) -> Table {
    typealias Column = Table.Column
    let columns = [
        Column(key: "activity", title: "Activity", narrowing: .keep),
        Column(key: "category", title: "Category"), Column(key: "evidence", title: "Evidence"),
        Column(key: "metrics", title: "Metrics"), Column(key: "caps", title: "Caps"),
    ]
    let expenses = Column(key: "expenses", title: "Expenses covered", narrowing: .omit)
    return Table(
        columns: columns + (isWhole ? [expenses] : []),
        rows: rules.activities.map { activity in
            let cells: [Cell] = [
                .text(activity.id.text), .text(activity.category),
                .list(activity.evidence.map { .text($0.text) }),
                .list(activity.metrics.map { .text($0) }),
                .list(activity.caps.map { .phrase($0.words) }),
            ]
            return cells + (isWhole ? [.list(activity.expenses.map { .text($0) })] : [])
        }, title: "Activities", emptyText: "any activity may be claimed")
}

extension EvidenceRequirement {
    /// Kind, condition and what it has to show.
    fileprivate var text: String {
        when == .always
            ? "\(kind.rawValue): \(item)" : "\(kind.rawValue) (\(when.rawValue)): \(item)"
    }
}
