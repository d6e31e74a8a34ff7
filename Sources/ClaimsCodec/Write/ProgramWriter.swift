import ClaimsDomain

/// A programme's rules as the fields of `program.published`, everything resolved.
enum ProgramWriter {
    static func values(_ program: Program) -> PayloadValues {
        var values = PayloadValues()
        values.text("id", program.id.text)
        values.text("name", program.name)
        values.text("version", program.version)
        values.text("effectiveFrom", program.effectiveFrom.description)
        values.text("effectiveAt", program.effectiveAt.description)
        values.text("currency", program.currency.code)
        values.text("timeZone", program.timeZone)
        values.text("fundControl", program.fundControl.rawValue)
        values.text("coopShare", program.coopShare.description)
        values.text("threshold", program.threshold?.decimal)
        if program.thresholdBasis != .rounded {
            values.text("thresholdBasis", program.thresholdBasis.rawValue)
        }
        values.text("rounding", program.rounding.rawValue)
        values.whole("retentionMonths", program.retentionMonths)
        values.set("usagePeriods", .list(program.usagePeriods.map(usagePeriod)))
        values.set("targets", targets(program.targets))
        values.list("holidays", program.holidays.map(\.description))
        values.flag("separationOfDuties", program.separationOfDuties)
        if program.documentsAnswered { values.flag("documentsAnswered", true) }
        if program.evidenceOnce { values.flag("evidenceOnce", true) }
        values.whole("paymentCutoffDay", program.paymentCutoffDay)
        if !program.roles.isEmpty { values.set("roles", roles(program.roles)) }
        values.set("activities", .list(program.activities.map(activity)))
        values.set("associations", program.associations.map(associations))
        return values
    }

    private static func usagePeriod(_ period: UsagePeriod) -> WireValue {
        let instants = period.instants
        let days = [
            ("earnedFrom", period.earned.first), ("earnedTo", period.earned.last),
            ("usageFrom", period.usage.first), ("usageTo", period.usage.last),
            ("claimFrom", period.claiming.first), ("claimDeadline", period.claiming.last),
        ]
        let moments = [
            ("earnedFromAt", instants.earnedFrom), ("usageFromAt", instants.usageFrom),
            ("claimFromAt", instants.claimFrom), ("earnedBefore", instants.earnedBefore),
            ("usageBefore", instants.usageBefore), ("claimBefore", instants.claimBefore),
        ]
        return .object(
            [("label", .text(period.label.text))]
                + days.map { ($0, .text($1.description)) }
                + (period.activityDeadlineDays.map { [("activityDeadlineDays", .whole($0))] } ?? [])
                + moments.map { ($0, .text($1.description)) })
    }

    /// By action in the order of the list of actions, so that the line is always the same.
    private static func roles(_ roles: [ClaimAction: [String]]) -> WireValue {
        .list(
            ClaimAction.allCases.compactMap { action in
                roles[action].map { allowed in
                    .object([
                        ("action", .text(action.rawValue)),
                        ("roles", .list(allowed.map(WireValue.text))),
                    ])
                }
            })
    }

    private static func targets(_ targets: Targets) -> WireValue {
        var values = PayloadValues()
        for (name, target) in [
            ("review", targets.review), ("dispute", targets.dispute), ("payment", targets.payment),
        ] {
            values.set(
                name,
                target.map(Self.target))
        }
        return values.object(["review", "dispute", "payment"])
    }

    private static func activity(_ activity: Activity) -> WireValue {
        let evidence = activity.evidence.map { requirement in
            WireValue.object(
                [
                    ("kind", .text(requirement.kind.rawValue)), ("item", .text(requirement.item)),
                    ("when", .text(requirement.when.rawValue)),
                ] + (requirement.needsNote ? [("note", .flag(true))] : []))
        }
        let expenses: [(String, WireValue)] =
            activity.expenses.isEmpty
            ? [] : [("expenses", .list(activity.expenses.map(WireValue.text)))]
        return .object(
            [
                ("id", .text(activity.id.text)), ("name", .text(activity.name)),
                ("category", .text(activity.category)), ("evidence", .list(evidence)),
                ("metrics", .list(activity.metrics.map(WireValue.text))),
                ("caps", .list(activity.caps.map(cap))),
            ] + expenses + [("preapproval", .flag(activity.preapproval))])
    }

    private static func cap(_ cap: Cap) -> WireValue {
        var values = PayloadValues()
        switch cap.limit {
        case .fixedAmount(let amount):
            values.text("kind", "fixed_amount")
            values.text("amount", amount.decimal)
        case .percentOfEarned(let percent):
            values.text("kind", "percent_of_earned")
            values.text("percent", percent.description)
        case .greaterOf(let percent, let amount):
            values.text("kind", "greater_of")
            values.text("percent", percent.description)
            values.text("amount", amount.decimal)
        case .attendees(let count):
            values.text("kind", "attendees")
            values.whole("count", count)
        }
        values.text("per", cap.per.rawValue)
        if !cap.sharedWith.isEmpty { values.list("sharedWith", cap.sharedWith.map(\.text)) }
        if !cap.expenses.isEmpty { values.list("expenses", cap.expenses) }
        return values.object(
            ["kind", "amount", "percent", "count", "per", "sharedWith", "expenses"])
    }
}
