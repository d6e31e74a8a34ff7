package import ClaimsDomain

extension Samples {
    /// A program with every rule for associations: two activities that need proof, of which `usage`
    /// is held by one partner per workload and `sell` by one per subscription, and one that brings
    /// no payment and needs nothing.
    package static let associationProgram: Program = {
        var rules = program("cpor", fundControl: .none)
        rules.separationOfDuties = true
        rules.activities = ["usage", "sell", "revenue"].map { id in
            Activity(
                id: ActivityID(id), name: id, category: "association",
                evidence: id == "revenue"
                    ? []
                    : [
                        EvidenceRequirement(
                            kind: .proofOfExecution, item: "a signed statement of work",
                            when: .always)
                    ], metrics: [], caps: [], preapproval: false)
        }
        rules.associations = associationRules
        return rules
    }()

    private static let associationRules: AssociationRules = {
        var rules = AssociationRules()
        rules.solutionAreas = ["Business Applications", "Microsoft 365"]
        rules.requirements = [
            AssociationRequirement(fields: [
                .customerDomain, .tenantID, .title, .products, .customerContact,
            ]),
            AssociationRequirement(
                fields: [.technicalContact], scope: scope { $0.productPrefixes = ["Dynamics 365"] }
            ),
            AssociationRequirement(
                fields: [.subscriptionID], scope: scope { $0.severalSubscriptions = true }),
            AssociationRequirement(
                fields: [.solutionSeller, .customerName, .productName],
                scope: scope { $0.activities = [ActivityID("revenue")] }),
        ]
        var workload = AssociationExclusivity(
            per: .workload, onSubmission: .flag, onApproval: .refuse)
        workload.scope = scope { $0.activities = [ActivityID("usage")] }
        var subscription = AssociationExclusivity(
            per: .subscription, onSubmission: .refuse, onApproval: .flag)
        subscription.scope = scope { $0.activities = [ActivityID("sell")] }
        rules.exclusivity = [workload, subscription]
        rules.targets.start = Target(days: 5, unit: .business)
        rules.targets.review = Target(days: 5, unit: .business)
        rules.targets.competingReview = Target(days: 10, unit: .business)
        rules.targets.answer = Target(days: 5, unit: .business)
        rules.targets.dispute = Target(days: 5, unit: .business)
        rules.targets.disputeWithin = Target(days: 30, unit: .calendar)
        rules.consent = ConsentWindow(within: Target(days: 7, unit: .calendar), from: .approval)
        rules.claimWithin = Target(days: 90, unit: .calendar)
        rules.acknowledgementMonths = 12
        rules.withoutPayment = [ActivityID("revenue")]
        return rules
    }()

    /// A scope made of what `set` limits.
    package static func scope(_ set: (inout AssociationScope) -> Void) -> AssociationScope {
        var scope = AssociationScope()
        set(&scope)
        return scope
    }

    /// The rules of `associationProgram` with those for associations changed.
    package static func associations(_ set: (inout AssociationRules) -> Void) -> Program {
        var rules = associationProgram
        var associations = associationRules
        set(&associations)
        rules.associations = associations
        return rules
    }

    /// An association of `activity` with everything that `associationProgram` asks for.
    package static func associationDraft(
        _ activity: String = "usage", _ set: (inout AssociationCreated) -> Void = { _ in }
    ) -> AssociationCreated {
        var draft = AssociationCreated(
            customerDomain: "contoso.example", tenantID: "t-1", solutionArea: "Microsoft 365",
            activity: ActivityID(activity), products: ["Exchange Online"])
        draft.title = "Contoso"
        draft.customerContact = "c-1"
        draft.solutionSeller = "s-1"
        draft.customerName = "Contoso"
        draft.productName = "Widget"
        draft.transactionOn = day("2020-02-24")
        set(&draft)
        return draft
    }

    /// A proof of execution that bears a date.
    package static func proof(_ datedOn: String? = "2020-02-28") -> EvidenceAttached {
        var document = document(.proofOfExecution, "EV-1", of: ClaimID("ASC"))
        document.datedOn = datedOn.map(day)
        return document
    }
}

extension TestLedger {
    /// A ledger whose one program has rules for associations.
    package init(ofAssociations program: Program) throws {
        try self.init(publishing: [program], earned: nil)
    }

    /// An association with its proof, not handed in yet.
    package mutating func draft(
        _ id: AssociationID = Samples.association,
        _ draft: AssociationCreated = Samples.associationDraft(),
        partner: PartnerID = Samples.partner, at instant: Instant? = nil,
        proof: EvidenceAttached? = Samples.proof()
    ) throws {
        try perform(
            .createAssociation(
                id, program: Samples.associationProgram.id, partner: partner, draft), at: instant)
        if let proof { try perform(.association(id, .attach(proof)), at: instant) }
    }

    /// Performs commands on an association, decisions by the reviewer.
    package mutating func act(
        _ commands: AssociationCommand..., on id: AssociationID = Samples.association,
        at instant: Instant? = nil
    ) throws {
        for command in commands {
            let decides = [.approve, .reject].contains(command.action)
            try perform(
                .association(id, command), at: instant,
                by: decides ? Samples.reviewer : Samples.partnerUser)
        }
    }
}
