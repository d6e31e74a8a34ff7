import ClaimsDomain

@testable import ClaimsCodec

/// Payloads of types that have been given optional members since they were frozen, with all of
/// them.
enum GrownPayloads {
    static let kinds: [EventKind] = [
        .programPublished, .claimEvidenceAttached, .associationCreated,
        .associationEvidenceAttached, .associationSubmitted, .periodClosed,
    ]

    static func payload(_ kind: EventKind) -> EventPayload {
        switch (kind, FullPayloads.payload(kind)) {
        case (.programPublished, .programPublished(var program)):
            program.associations = SamplePrograms.associations
            return .programPublished(program)
        case (.claimEvidenceAttached, .claimEvidenceAttached(var document)):
            document.datedOn = day("2019-12-02")
            return .claimEvidenceAttached(document)
        case (.associationEvidenceAttached, .associationEvidenceAttached(var document)):
            document.datedOn = day("2020-02-29")
            return .associationEvidenceAttached(document)
        case (.associationCreated, .associationCreated(var created)):
            created.customerName = "Adatum \u{E9}"
            created.severalSubscriptions = true
            created.transactionOn = day("2019-10-01")
            return .associationCreated(created)
        case (.periodClosed, .periodClosed(var closed)):
            closed.imported = true
            return .periodClosed(closed)
        case (.associationSubmitted, _): return .associationSubmitted(completion)
        case (_, let payload): return payload
        }
    }

    private static var completion: AssociationSubmitted {
        var changes = AssociationSubmitted()
        changes.title = FullPayloads.text
        changes.products = ["Teams", "Exchange"]
        changes.subscriptionID = "s-2"
        changes.severalSubscriptions = false
        changes.customerName = "Adatum"
        changes.customerContact = "c-1"
        changes.partnerContact = "u-1"
        changes.technicalContact = "u-2"
        changes.solutionSeller = "u-3"
        changes.productName = "Adatum Suite"
        changes.transactionOn = day("2019-12-31")
        return changes
    }
}

extension SamplePrograms {
    /// Rules for associations with every kind of rule in them.
    static let associations: AssociationRules = {
        var rules = AssociationRules()
        rules.solutionAreas = ["Business Applications", "Microsoft 365"]
        var scope = AssociationScope()
        scope.activities = [ActivityID("conference")]
        scope.solutionAreas = ["Business Applications"]
        scope.productPrefixes = ["Dynamics 365"]
        scope.severalSubscriptions = true
        rules.requirements = [
            AssociationRequirement(fields: AssociationField.requirable),
            AssociationRequirement(fields: [.technicalContact], scope: scope),
        ]
        var subscription = AssociationExclusivity(
            per: .subscription, onSubmission: .flag, onApproval: .refuse)
        subscription.scope = scope
        subscription.heldFrom = day("2019-10-01")
        subscription.heldFromAt = instant("2019-09-30T22:00:00Z")
        rules.exclusivity = [
            AssociationExclusivity(per: .workload, onSubmission: .refuse, onApproval: .flag),
            subscription,
        ]
        rules.targets.start = Target(days: 5, unit: .business)
        rules.targets.review = Target(days: 5, unit: .business)
        rules.targets.competingReview = Target(days: 10, unit: .business)
        rules.targets.answer = Target(days: 5, unit: .business)
        rules.targets.dispute = Target(days: 5, unit: .business)
        rules.targets.disputeWithin = Target(days: 30, unit: .calendar)
        rules.consent = ConsentWindow(
            within: Target(days: 7, unit: .calendar), from: .approval)
        rules.claimWithin = Target(days: 90, unit: .calendar)
        rules.acknowledgementMonths = 12
        rules.withoutPayment = [ActivityID("conference")]
        return rules
    }()
}
