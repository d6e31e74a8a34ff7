/// The rules of a programme held against one association.
///
/// The same book serves `decide`, `check` and the fold. Whoever asks it brings the state: to keep
/// one would copy it for each event.
struct AssociationBook {
    let program: Program
    let rules: AssociationRules
    let record: AssociationRecord
    let file: AssociationFile

    /// A breach, and whether the programme refuses what breaks it or only shows it.
    struct Answer: Equatable {
        let breach: AssociationBreach
        let isRefused: Bool
    }

    // MARK: - Handing in

    /// What the association still has to give, all of it.
    func completenessBreaches() -> [AssociationBreach] {
        var breaches: [AssociationBreach] = []
        let missing = requiredFields.filter { !file.given.has($0) }
        if !missing.isEmpty { breaches.append(.missingFields(missing)) }
        for kind in neededKinds where !record.documents.contains(where: { $0.kind == kind }) {
            breaches.append(.missingDocument(kind, items: items(of: kind)))
        }
        return breaches
    }

    /// The fields its kind has to give, in the order of the fields.
    var requiredFields: [AssociationField] {
        var needed = Set(rules.requirements.filter { file.isIn($0.scope) }.flatMap(\.fields))
        if rules.claimWithin != nil { needed.insert(.transactionOn) }
        return AssociationField.allCases.filter(needed.contains)
    }

    /// The kinds of document its activity always needs.
    var neededKinds: [EvidenceKind] {
        EvidenceKind.allCases.filter { !items(of: $0).isEmpty }
    }

    private func items(of kind: EvidenceKind) -> [String] {
        program.activity(file.activity)?.evidence.filter { $0.kind == kind && $0.when == .always }
            .map(\.item) ?? []
    }

    /// Whether the customer's acknowledgement is recent enough on the day it is handed in.
    ///
    /// Nothing to say where the activity needs no proof, or none is there yet.
    func acknowledgementBreach(at instant: Instant) -> AssociationBreach? {
        guard let months = rules.acknowledgementMonths, asksForProof else { return nil }
        let proofs = record.documents.filter { $0.kind == .proofOfExecution }
        guard !proofs.isEmpty else { return nil }
        guard let latest = proofs.compactMap(\.datedOn).max() else {
            return .undatedProof(months: months)
        }
        let (from, to) = (instant.day.adding(months: -Int(months)), instant.day)
        let isRecent = proofs.contains { $0.datedOn.map { from <= $0 && $0 <= to } ?? false }
        return isRecent ? nil : .oldProof(latest: latest, from: from, to: to)
    }

    /// Whether its activity always needs proof of execution.
    var asksForProof: Bool { neededKinds.contains(.proofOfExecution) }

    /// Whether it is handed in soon enough after the transaction; days are those of UTC.
    func windowBreach(at instant: Instant) -> AssociationBreach? {
        guard let within = rules.claimWithin, let day = file.transactionOn else { return nil }
        let last = within.due(from: day, holidays: program.holidays)
        return instant.day > last
            ? .claimedLate(transactionOn: day, last: last, at: instant) : nil
    }

    // MARK: - One partner

    /// Who holds what it claims already, for a step the programme asks this at.
    ///
    /// The partner's own hold is named only where no other partner's stands in the way.
    func holderAnswers(
        in state: LedgerState, _ answer: (AssociationExclusivity) -> AssociationExclusivity.Answer
    ) -> [Answer] {
        exclusivity.flatMap { rule in
            let holders = state.contenders(of: file, per: rule.per)
                .filter { $0.record.status == .approved && Self.counts($0.record, rule) }
            let others = holders.filter { $0.record.partner != record.partner }
            if others.isEmpty {
                return holders.prefix(1).map { contender in
                    Answer(
                        breach: .heldAlready(
                            holder(contender, state), item: contender.item, per: contender.unit),
                        isRefused: true)
                }
            }
            return others.map { contender in
                Answer(
                    breach: .taken(
                        holder(contender, state), item: contender.item, per: contender.unit),
                    isRefused: answer(rule) == .refuse)
            }
        }
    }

    private func holder(
        _ contender: AssociationContender, _ state: LedgerState
    ) -> AssociationBreach.Holder {
        AssociationBreach.Holder(
            association: AssociationID(state.names.text(contender.record.association)),
            partner: PartnerID(state.names.text(contender.record.partner)))
    }

    /// The rules about one partner that are about this association.
    var exclusivity: [AssociationExclusivity] { rules.exclusivity.filter { file.isIn($0.scope) } }

    /// The associations of other partners that claim or hold the same, by id.
    func rivals(in state: LedgerState) -> [AssociationID] {
        let found = exclusivity.flatMap { rule in
            state.contenders(of: file, per: rule.per).map(\.record)
                .filter { $0.partner != record.partner }
                .filter { $0.status != .approved || Self.counts($0, rule) }
        }
        return Set(found.map { AssociationID(state.names.text($0.association)) }).sorted()
    }

    /// Whether an approval counts as a hold: not where it is from before the day it has to be from.
    private static func counts(
        _ holder: AssociationRecord, _ rule: AssociationExclusivity
    ) -> Bool {
        guard let from = rule.heldFromAt, let approvedAt = holder.decidedAt else { return true }
        return approvedAt >= from
    }

    // MARK: - Deciding

    /// Who may decide: not who submitted, where the programme separates the two.
    func dutyBreach(actor: NameKey, in state: LedgerState) -> AssociationBreach? {
        guard program.separationOfDuties, actor != .none, actor == record.submittedBy else {
            return nil
        }
        return .sameActor(state.names.text(actor))
    }

    /// Whether a right to act is gone: to dispute a rejection, or to opt out.
    func windowBreach(
        of action: AssociationAction, at instant: Instant, in state: LedgerState
    ) -> AssociationBreach? {
        switch action {
        case .dispute:
            guard let clock = state.clock(of: record), clock.kind == .disputeWindow,
                instant >= clock.before
            else { return nil }
            return .disputedLate(rejectedOn: clock.startedAt.day, last: clock.due, at: instant)
        case .decline:
            guard let clock = state.consentClock(of: record), instant >= clock.before else {
                return nil
            }
            return .declinedLate(last: clock.due, at: instant)
        case .create, .attach, .submit, .startReview, .requestInformation, .approve, .reject, .end:
            return nil
        }
    }
}

extension LedgerState {
    /// The rules for associations held against one, with what is about to change; nil where the
    /// programme has none in force.
    func associationBook(
        for record: AssociationRecord, at instant: Instant,
        taking changes: AssociationSubmitted? = nil
    ) -> AssociationBook? {
        // Asked before any text is made of a key: most programmes have none.
        guard let program = rulesInForce(of: record.program, at: instant)?.rules,
            let rules = program.associations
        else { return nil }
        var file = AssociationFile(record, names)
        if let changes { file.take(changes) }
        return AssociationBook(
            program: program, rules: rules, record: record, file: file)
    }

    /// The rules for associations in force for one at a moment.
    func associationRules(
        of record: AssociationRecord, at instant: Instant
    ) -> AssociationRules? {
        rulesInForce(of: record.program, at: instant)?.rules.associations
    }

    /// The associations of other partners that claim or hold the same, by id.
    ///
    /// O(associations that claim the same).
    package func rivals(of record: AssociationRecord, at instant: Instant) -> [AssociationID] {
        guard record.isLive || record.status == .editing else { return [] }
        return associationBook(for: record, at: instant)?.rivals(in: self) ?? []
    }

    /// The other associations that wait or are approved and claim the same, each once.
    ///
    /// By subscription, two associations claim the same where they name the same one; where one of
    /// them names none, the product has one only, so that the same product is the same claim.
    fileprivate func contenders(
        of file: AssociationFile, per unit: AssociationExclusivity.Item
    ) -> [AssociationContender] {
        var found: [AssociationContender] = []
        var seen = Set([associationPlace(of: file.id)].compactMap(\.self))
        func take(
            _ item: String, _ unit: AssociationExclusivity.Item,
            where admits: (AssociationRecord) -> Bool
        ) {
            for place in associationClaims[AssociationItem(item, per: unit, of: file)]
            where !seen.contains(place) && admits(associations[place]) {
                seen.insert(place)
                found.append(
                    AssociationContender(unit: unit, item: item, record: associations[place]))
            }
        }
        if unit == .subscription, let subscription = file.subscription {
            take(subscription, .subscription) { _ in true }
        }
        for product in file.products {
            take(product, .workload) { other in
                unit == .workload || file.subscription == nil
                    || other.customer.subscription == .none
            }
        }
        return found
    }
}

/// Another association that claims the same, and what it is that both claim.
struct AssociationContender {
    let unit: AssociationExclusivity.Item
    let item: String
    let record: AssociationRecord
}
