import ClaimsDomain

extension ProgramWriter {
    /// What is empty is left out, so that the line says no more than the rules do.
    static func associations(_ rules: AssociationRules) -> WireValue {
        var values = PayloadValues()
        if !rules.solutionAreas.isEmpty { values.list("solutionAreas", rules.solutionAreas) }
        if !rules.requirements.isEmpty {
            values.set("requirements", .list(rules.requirements.map(requirement)))
        }
        if !rules.exclusivity.isEmpty {
            values.set("exclusivity", .list(rules.exclusivity.map(exclusivity)))
        }
        if rules.targets != AssociationTargets() { values.set("targets", targets(rules.targets)) }
        if let consent = rules.consent {
            values.set(
                "consent",
                .object([
                    ("within", target(consent.within)), ("from", .text(consent.from.rawValue)),
                ]))
        }
        values.set("claimWithin", rules.claimWithin.map(target))
        values.whole("acknowledgementMonths", rules.acknowledgementMonths)
        if !rules.withoutPayment.isEmpty {
            values.list("withoutPayment", rules.withoutPayment.map(\.text))
        }
        return values.object([
            "solutionAreas", "requirements", "exclusivity", "targets", "consent", "claimWithin",
            "acknowledgementMonths", "withoutPayment",
        ])
    }

    static func target(_ target: Target) -> WireValue {
        .object([("days", .whole(target.days)), ("unit", .text(target.unit.rawValue))])
    }

    private static func requirement(_ requirement: AssociationRequirement) -> WireValue {
        .object(
            [("fields", .list(requirement.fields.map { .text($0.rawValue) }))]
                + scope(requirement.scope))
    }

    private static func exclusivity(_ rule: AssociationExclusivity) -> WireValue {
        var members: [(name: String, value: WireValue)] = [
            ("per", .text(rule.per.rawValue)),
            ("onSubmission", .text(rule.onSubmission.rawValue)),
            ("onApproval", .text(rule.onApproval.rawValue)),
        ]
        if let day = rule.heldFrom { members.append(("heldFrom", .text(day.description))) }
        if let instant = rule.heldFromAt {
            members.append(("heldFromAt", .text(instant.description)))
        }
        return .object(members + scope(rule.scope))
    }

    private static func scope(_ scope: AssociationScope) -> [(name: String, value: WireValue)] {
        var members: [(name: String, value: WireValue)] = []
        let lists = [
            ("activities", scope.activities.map(\.text)), ("solutionAreas", scope.solutionAreas),
            ("productPrefixes", scope.productPrefixes),
        ]
        for (name, texts) in lists where !texts.isEmpty {
            members.append((name, .list(texts.map(WireValue.text))))
        }
        if scope.severalSubscriptions { members.append(("severalSubscriptions", .flag(true))) }
        return members
    }

    private static func targets(_ targets: AssociationTargets) -> WireValue {
        let all = [
            ("start", targets.start), ("review", targets.review),
            ("competingReview", targets.competingReview), ("answer", targets.answer),
            ("dispute", targets.dispute), ("disputeWithin", targets.disputeWithin),
        ]
        return .object(all.compactMap { name, value in value.map { (name, target($0)) } })
    }
}
