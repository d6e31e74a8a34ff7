import ClaimsDomain

/// A programme's rules as the fields of `program.published`, everything resolved.
extension FieldWriter {
    mutating func program(_ program: Program) {
        text(program.id.text)
        text(program.name)
        text(program.version)
        day(program.effectiveFrom)
        instant(program.effectiveAt)
        text(program.currency.code)
        text(program.timeZone)
        text(program.fundControl.rawValue)
        text(program.coopShare.description)
        text(program.threshold?.decimal)
        text(program.thresholdBasis == .rounded ? nil : program.thresholdBasis.rawValue)
        text(program.rounding.rawValue)
        whole(program.retentionMonths)
        objects(program.usagePeriods) { $1.usagePeriod($0) }
        object(program.targets) { targets, fields in
            fields.target(targets.review)
            fields.target(targets.dispute)
            fields.target(targets.payment)
        }
        texts(program.holidays.map(\.description))
        flag(program.separationOfDuties)
        flag(program.documentsAnswered ? true : nil)
        flag(program.evidenceOnce ? true : nil)
        whole(program.paymentCutoffDay)
        roles(program.roles)
        objects(program.activities) { $1.activity($0) }
        object(program.associations) { $1.associations($0) }
    }

    private mutating func usagePeriod(_ period: UsagePeriod) {
        text(period.label.text)
        day(period.earned.first)
        day(period.earned.last)
        day(period.usage.first)
        day(period.usage.last)
        day(period.claiming.first)
        day(period.claiming.last)
        whole(period.activityDeadlineDays)
        instant(period.instants.earnedFrom)
        instant(period.instants.usageFrom)
        instant(period.instants.claimFrom)
        instant(period.instants.earnedBefore)
        instant(period.instants.usageBefore)
        instant(period.instants.claimBefore)
    }

    mutating func target(_ target: Target?) {
        object(target) { target, fields in
            fields.whole(target.days)
            fields.text(target.unit.rawValue)
        }
    }

    /// By action in the order of the list of actions, so that the line is always the same.
    private mutating func roles(_ roles: [ClaimAction: [String]]) {
        let listed = ClaimAction.allCases.compactMap { action in
            roles[action].map { (action: action, allowed: $0) }
        }
        objects(listed.isEmpty ? nil : listed) { entry, fields in
            fields.text(entry.action.rawValue)
            fields.texts(entry.allowed)
        }
    }

    private mutating func activity(_ activity: Activity) {
        text(activity.id.text)
        text(activity.name)
        text(activity.category)
        objects(activity.evidence) { requirement, fields in
            fields.text(requirement.kind.rawValue)
            fields.text(requirement.item)
            fields.text(requirement.when.rawValue)
            fields.flag(requirement.needsNote ? true : nil)
        }
        texts(activity.metrics)
        objects(activity.caps) { $1.cap($0) }
        given(activity.expenses)
        flag(activity.preapproval)
    }

    private mutating func cap(_ cap: Cap) {
        switch cap.limit {
        case .fixedAmount(let amount): limit("fixed_amount", amount: amount)
        case .percentOfEarned(let percent): limit("percent_of_earned", percent: percent)
        case .greaterOf(let percent, let amount):
            limit("greater_of", amount: amount, percent: percent)
        case .attendees(let count): limit("attendees", count: count)
        }
        text(cap.per.rawValue)
        given(cap.sharedWith.map(\.text))
        given(cap.expenses)
    }

    /// Texts that are left out when there are none.
    mutating func given(_ texts: [String]) { self.texts(texts.isEmpty ? nil : texts) }

    private mutating func limit(
        _ kind: String, amount: Money? = nil, percent: ExactDecimal? = nil, count: Int64? = nil
    ) {
        text(kind)
        text(amount?.decimal)
        text(percent?.description)
        whole(count)
    }
}
