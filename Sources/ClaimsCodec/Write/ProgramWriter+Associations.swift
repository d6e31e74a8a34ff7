import ClaimsDomain

extension FieldWriter {
    /// What is empty is left out, so that the line says no more than the rules do.
    mutating func associations(_ rules: AssociationRules) {
        given(rules.solutionAreas)
        objects(rules.requirements.isEmpty ? nil : rules.requirements) { $1.requirement($0) }
        objects(rules.exclusivity.isEmpty ? nil : rules.exclusivity) { $1.exclusivity($0) }
        object(rules.targets == AssociationTargets() ? nil : rules.targets) { targets, fields in
            fields.target(targets.start)
            fields.target(targets.review)
            fields.target(targets.competingReview)
            fields.target(targets.answer)
            fields.target(targets.dispute)
            fields.target(targets.disputeWithin)
        }
        object(rules.consent) { consent, fields in
            fields.target(consent.within)
            fields.text(consent.from.rawValue)
        }
        target(rules.claimWithin)
        whole(rules.acknowledgementMonths)
        given(rules.withoutPayment.map(\.text))
    }

    private mutating func requirement(_ requirement: AssociationRequirement) {
        texts(requirement.fields.map(\.rawValue))
        scope(requirement.scope)
    }

    private mutating func exclusivity(_ rule: AssociationExclusivity) {
        text(rule.per.rawValue)
        text(rule.onSubmission.rawValue)
        text(rule.onApproval.rawValue)
        day(rule.heldFrom)
        instant(rule.heldFromAt)
        scope(rule.scope)
    }

    private mutating func scope(_ scope: AssociationScope) {
        given(scope.activities.map(\.text))
        given(scope.solutionAreas)
        given(scope.productPrefixes)
        flag(scope.severalSubscriptions ? true : nil)
    }
}
