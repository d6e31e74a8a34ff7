import ClaimsDomain

/// Associations: a partner becomes a customer's partner of record.
extension LedgerGenerator {
    mutating func associate() throws(GeneratorStop) {
        numbers.association += 1
        let number = numbers.association
        let place = population.draw(&random)
        let partner = population.partners[place]
        let workload = random.pick(Phrases.workloads)
        var payload = AssociationCreated(
            customerDomain: "customer-\(number).example",
            tenantID: "00000000-0000-4000-8000-\(100_000_000_000 + number)",
            solutionArea: "Modern Work", activity: ActivityID("usage"), products: [workload])
        payload.title = "\(workload) for customer-\(number)"
        payload.customerContact = "c-\(number)"
        payload.partnerContact = partner.staff.id
        let id = AssociationID("CPOR-\(number)")
        try desk.perform(
            .createAssociation(
                id, program: GeneratedRules.ids[GeneratedRules.advisor], partner: partner.id,
                payload),
            at: tick(), by: partner.staff, as: "partner")
        let opened = associations.add(OpenAssociation(id: id, partner: place))
        try attach(toAssociation: opened)
        try act(association: opened, .submit(AssociationSubmitted()))
        later(association: opened, .review, in: 1...5)
    }

    mutating func step(association place: Int) throws(GeneratorStop) {
        guard let association = associations[place] else { return }
        switch association.step {
        case .review:
            try act(association: place, .startReview, isReviewer: true)
            later(association: place, .decide, in: 1...4)
        case .decide, .decideAgain: try decide(association: place)
        case .answer:
            try attach(toAssociation: place)
            try act(association: place, .submit(AssociationSubmitted()))
            later(association: place, .review, in: 1...5)
        case .dispute:
            try act(association: place, .dispute(reason: random.pick(Phrases.disputes)))
            later(association: place, .decideAgain, in: 2...8)
        case .leave:
            if random.chance(400) {
                try act(
                    association: place, .decline(reason: "the customer opted out"), isReviewer: true
                )
            } else {
                try act(association: place, .end(reason: random.pick(Phrases.endings)))
            }
            associations.remove(place)
        }
    }

    private mutating func decide(association place: Int) throws(GeneratorStop) {
        guard let association = associations[place] else { return }
        let isFirst = association.step == .decide
        switch random.below(1000) {
        case ..<180 where isFirst:
            let request = DocumentsRequested(
                items: [
                    .init(kind: .proofOfExecution, reason: random.pick(Phrases.shortfalls))
                ], dueOn: today.adding(days: 14))
            try act(association: place, .requestInformation(request), isReviewer: true)
            later(association: place, .answer, in: 1...13)
        case ..<330:
            try act(
                association: place, .reject(reasons: [random.pick(Phrases.rejections)]),
                isReviewer: true)
            guard isFirst, random.chance(600) else { return associations.remove(place) }
            later(association: place, .dispute, in: 1...8)
        default:
            try act(association: place, .approve(reason: nil), isReviewer: true)
            guard random.chance(300) else { return associations.remove(place) }
            later(association: place, .leave, in: 20...180)
        }
    }

    private mutating func attach(toAssociation place: Int) throws(GeneratorStop) {
        associations[place]?.documents += 1
        guard let association = associations[place] else { return }
        let document = EvidenceAttached(
            evidence: EvidenceID("EV-\(association.documents)"), kind: .proofOfExecution,
            filename: "\(association.id)-\(association.documents)-proof.pdf",
            mediaType: "application/pdf", size: random.number(20_000...4_000_000),
            sha256: desk.documentHash(), note: "signed by the customer")
        try act(association: place, .attach(document))
    }

    private mutating func act(
        association place: Int, _ command: AssociationCommand, isReviewer: Bool = false
    ) throws(GeneratorStop) {
        guard let association = associations[place] else { return }
        let reviewer = Self.reviewers[association.partner % Self.reviewers.count]
        let staff = population.partners[association.partner].staff
        try desk.perform(
            .association(association.id, command), at: tick(), by: isReviewer ? reviewer : staff,
            as: isReviewer ? "reviewer" : "partner")
    }

    private mutating func later(
        association place: Int, _ step: OpenAssociation.Step, in days: ClosedRange<Int64>
    ) {
        associations[place]?.step = step
        put(.association(place), in: days)
    }
}
