extension LedgerState {
    mutating func applyAssociation(_ fact: Fact, _ action: AssociationAction) {
        let index = associationPlaces.placeOrAdd(UInt64(fact.subject.index))
        if index == associations.count {
            associations.append(AssociationRecord(association: fact.subject))
        }
        let before = associations[index]
        var broken: [FindingCode] = []
        associations[index].evolve(by: fact, action: action) { broken.append($0) }
        // Apart, since one call that reads the state in its arguments, too, copies all of it.
        let after = associations[index]
        broken += associationFindings(fact, action, before: before, after: after)
        for code in broken { note(code, fact) }
        claim(as: index, before: before)
    }

    /// Keeps track of who claims what.
    private mutating func claim(as index: Int, before: AssociationRecord) {
        let after = associations[index]
        guard before.isLive != after.isLive || (after.isLive && before.customer != after.customer)
        else { return }
        if before.isLive {
            associationClaims.remove(
                index, from: AssociationItem.all(of: AssociationFile(before, names)))
        }
        if after.isLive {
            associationClaims.add(index, to: AssociationItem.all(of: AssociationFile(after, names)))
        }
    }

    /// The programme's rules for associations that an event broke.
    private func associationFindings(
        _ fact: Fact, _ action: AssociationAction, before: AssociationRecord,
        after: AssociationRecord
    ) -> [FindingCode] {
        switch action {
        case .create, .attach, .requestInformation, .end: return []
        case .submit, .startReview, .approve, .decline, .reject, .dispute: break
        }
        guard let book = associationBook(for: after, at: fact.occurredAt) else { return [] }
        var codes: [FindingCode] = []
        let clock = clock(of: before).flatMap { fact.occurredAt >= $0.before ? $0.kind : nil }
        switch action {
        case .create, .attach, .requestInformation, .end: break
        case .submit:
            if isIncomplete(book, at: fact.occurredAt) { codes.append(.associationIncomplete) }
            if book.windowBreach(at: fact.occurredAt) != nil { codes.append(.associationLate) }
            if book.holderAnswers(in: self, \.onSubmission).contains(where: \.isRefused) {
                codes.append(.associationTaken)
            }
            if clock == .answer { codes.append(.associationAnswerLate) }
        case .startReview: if clock == .start { codes.append(.associationReviewLate) }
        case .approve, .reject:
            if book.dutyBreach(actor: fact.actor, in: self) != nil {
                codes.append(.submitterDecided)
            }
            if clock == .review || clock == .dispute { codes.append(.associationReviewLate) }
            guard action == .approve else { break }
            if !book.completenessBreaches().isEmpty { codes.append(.associationIncomplete) }
            if !book.holderAnswers(in: self, \.onApproval).isEmpty {
                codes.append(.associationTaken)
            }
        case .dispute: if clock == .disputeWindow { codes.append(.associationDisputeLate) }
        case .decline:
            let consent = consentClock(of: before)
            if let consent, fact.occurredAt >= consent.before {
                codes.append(.associationConsentLate)
            }
        }
        return codes
    }

    private func isIncomplete(_ book: AssociationBook, at instant: Instant) -> Bool {
        !book.completenessBreaches().isEmpty || book.acknowledgementBreach(at: instant) != nil
    }
}
