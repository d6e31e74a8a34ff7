import ClaimsDomain

/// The rules for associations, a row each.
func associationRules(_ rules: AssociationRules) -> Table {
    Table(
        columns: [
            Table.Column(key: "rule", title: "Rule", narrowing: .keep),
            Table.Column(key: "value", title: "Says", narrowing: .keep),
            Table.Column(key: "scope", title: "For"),
        ],
        rows: (required(rules) + exclusive(rules) + timed(rules)).map { rule, value, scope in
            [.text(rule), .text(value), .text(scope)]
        }, title: "Associations", emptyText: "no rules for associations")
}

private typealias RuleRow = (rule: String, value: String, scope: String)

private func required(_ rules: AssociationRules) -> [RuleRow] {
    var rows: [RuleRow] = []
    if !rules.solutionAreas.isEmpty {
        rows.append(("solution areas", rules.solutionAreas.joined(separator: ", "), "any"))
    }
    rows += rules.requirements.map { requirement in
        (
            AssociationRule.fields.rawValue,
            requirement.fields.map(\.rawValue).joined(separator: ", "), requirement.scope.words
        )
    }
    if let months = rules.acknowledgementMonths {
        rows.append(
            (AssociationRule.acknowledgement.rawValue, "at most \(months) months old", "any"))
    }
    if let within = rules.claimWithin {
        rows.append(
            (AssociationRule.claimWindow.rawValue, "\(within.words) of the transaction", "any"))
    }
    if !rules.withoutPayment.isEmpty {
        let activities = rules.withoutPayment.map(\.text).joined(separator: ", ")
        rows.append(("without payment", activities, "any"))
    }
    return rows
}

private func exclusive(_ rules: AssociationRules) -> [RuleRow] {
    rules.exclusivity.map { rule in
        let since = rule.heldFrom.map { ", approvals from \($0) on count" } ?? ""
        let answers =
            "\(rule.onSubmission.rawValue) when handed in, "
            + "\(rule.onApproval.rawValue) when approved"
        return (
            AssociationRule.exclusive.rawValue,
            "one partner per \(rule.per.rawValue): \(answers)\(since)", rule.scope.words
        )
    }
}

private func timed(_ rules: AssociationRules) -> [RuleRow] {
    let targets = rules.targets
    let all: [(String, Target?, String)] = [
        ("start of review", targets.start, "of being handed in"),
        ("review", targets.review, "of its start"),
        ("review of competing", targets.competingReview, "of its start"),
        ("answer", targets.answer, "of the request"), ("dispute", targets.dispute, "of it"),
        (AssociationRule.disputeWindow.rawValue, targets.disputeWithin, "of the rejection"),
    ]
    var rows: [RuleRow] = all.compactMap { rule, target, start in
        target.map { (rule, "within \($0.words) \(start)", "any") }
    }
    let consent = rules.consent.map { "within \($0.within.words) of \($0.from.rawValue)" }
    rows.append((AssociationRule.consentWindow.rawValue, consent ?? "at any time", "any"))
    return rows
}

extension AssociationScope {
    /// What limits it, in words.
    fileprivate var words: String {
        let parts =
            [activities.map(\.text), solutionAreas, productPrefixes.map { "\($0)..." }]
            .filter { !$0.isEmpty }.map { $0.joined(separator: " or ") }
            + (severalSubscriptions ? ["several subscriptions"] : [])
        return parts.isEmpty ? "any" : parts.joined(separator: ", ")
    }
}
