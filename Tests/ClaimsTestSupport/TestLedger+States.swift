package import ClaimsDomain

extension TestLedger {
    /// Funds earned for a period.
    package mutating func earn(
        _ amount: Money, period: PeriodLabel = Samples.firstPeriod,
        in program: Program = Samples.program,
        at instant: Instant? = nil
    ) throws {
        let earned = FundsEarned(amount: amount, earnedOn: Samples.day("2019-12-31"))
        try perform(
            .fund(.earn(earned), program: program.id, partner: Samples.partner, period: period),
            at: instant)
    }

    /// Performs a command on a claim that exists.
    @discardableResult
    package mutating func perform(
        _ command: ClaimCommand, on id: ClaimID = Samples.claim, at instant: Instant? = nil,
        by actor: Actor = Samples.partnerUser
    ) throws -> [Entry] {
        try perform(.claim(id, command), at: instant, by: actor)
    }

    /// Grants a claim an exception from a rule.
    package mutating func grantException(
        from rule: ClaimRule, to id: ClaimID = Samples.claim
    ) throws {
        try perform(
            .grantException(rule: rule.rawValue, reason: "agreed with the program"), on: id,
            by: Samples.reviewer)
    }

    /// Brings a claim that is not there yet into a status, by the shortest way the rules allow.
    ///
    /// It has the documents its activity needs, and another decides than who submits where the
    /// program separates the two.
    package mutating func bring(
        _ id: ClaimID = Samples.claim, to status: ClaimStatus,
        _ draft: ClaimCreated = Samples.draft(),
        in program: Program = Samples.program
    ) throws {
        guard status != .absent else { return }
        try perform(Samples.create(id, draft, in: program))
        if status == .editing { return }
        for document in Samples.documents(of: id, draft, in: program) {
            try perform(.attach(document), on: id)
        }
        for action in Self.way(to: status) {
            let decides = action == .approve || action == .reject
            try perform(
                Samples.command(for: action, on: id),
                by: decides && program.separationOfDuties ? Samples.reviewer : Samples.partnerUser)
        }
    }

    /// Brings a claim that is not there yet to be approved and paid as far as `payment` says; a
    /// part is a third.
    package mutating func bring(
        _ id: ClaimID = Samples.claim, to payment: PaymentState,
        _ draft: ClaimCreated = Samples.draft()
    ) throws {
        try bring(id, to: .approved, draft)
        let part = Money(minorUnits: draft.amount.minorUnits / 3, currency: draft.amount.currency)
        switch payment {
        case .unpaid: return
        case .partlyPaid: try perform(Samples.reimburse(part), on: id)
        case .paid: try perform(Samples.reimburse(nil), on: id)
        case .reversed:
            try perform(Samples.reimburse(nil), on: id)
            try perform(Samples.reverse(nil), on: id)
        }
    }

    /// Brings an association that is not there yet into a status.
    package mutating func bring(
        _ id: AssociationID, to status: AssociationStatus
    ) throws {
        for action in Self.way(to: status) { try perform(Samples.command(for: action, on: id)) }
    }

    private static func way(to status: ClaimStatus) -> [ClaimAction] {
        switch status {
        case .absent, .editing: []
        case .submitted: [.submit]
        case .underReview: [.submit, .startReview]
        case .actionRequired: [.submit, .startReview, .requestDocuments]
        case .approved: [.submit, .startReview, .approve]
        case .rejected: [.submit, .startReview, .reject]
        case .disputed: [.submit, .startReview, .reject, .dispute]
        case .withdrawn: [.withdraw]
        }
    }

    private static func way(to status: AssociationStatus) -> [AssociationAction] {
        switch status {
        case .absent: []
        case .editing: [.create]
        case .submitted: [.create, .submit]
        case .underReview: [.create, .submit, .startReview]
        case .actionRequired: [.create, .submit, .startReview, .requestInformation]
        case .approved: [.create, .submit, .startReview, .approve]
        case .rejected: [.create, .submit, .startReview, .reject]
        case .disputed: [.create, .submit, .startReview, .reject, .dispute]
        case .ended: [.create, .submit, .startReview, .approve, .end]
        }
    }
}
