extension ClaimsDesk {
    func createAssociation(
        _ id: AssociationID, program: ProgramID, partner: PartnerID,
        _ payload: AssociationCreated, _ state: LedgerState
    ) throws(Refusal) -> Decision {
        guard state.association(id) == nil else { throw .associationExists(id) }
        let rules = try rules(of: program, state)
        if let associations = rules.associations {
            try activity(payload.activity, in: rules)
            try solutionArea(payload.solutionArea, in: associations, of: program)
        }
        return Decision(
            source: Source(program: program, partner: partner), subject: id.text,
            payload: .associationCreated(payload))
    }

    func association(
        _ id: AssociationID, _ command: AssociationCommand, _ state: LedgerState
    ) throws(Refusal) -> Decision {
        guard let record = state.association(id) else {
            let known = state.associations.map { state.names.text($0.association) }.sorted()
            let nearest = NearestName.suggestion(for: id.text, among: known)
            throw .unknownAssociation(id, nearest: nearest.map { AssociationID($0) })
        }
        guard AssociationTransition.next(command.action, from: record.status) != nil else {
            throw .wrongAssociationStatus(id, record.status, command.action)
        }
        if let previous = record.updatedAt, instant < previous {
            throw .goesBackInTime(at: instant, previous: previous)
        }
        try obey(command, record, state)
        return Decision(
            source: Source(
                program: ProgramID(state.names.text(record.program)),
                partner: PartnerID(state.names.text(record.partner))),
            subject: id.text, payload: Self.payload(command))
    }

    private func solutionArea(
        _ area: String, in rules: AssociationRules, of program: ProgramID
    ) throws(Refusal) {
        guard !rules.solutionAreas.isEmpty, !rules.solutionAreas.contains(area) else { return }
        throw .unknownSolutionArea(area, program: program, known: rules.solutionAreas)
    }

    /// Holds the programme's rules for associations against a command; all that refuse are named.
    ///
    /// No exception can be granted: no event of an association carries one.
    private func obey(
        _ command: AssociationCommand, _ record: AssociationRecord, _ state: LedgerState
    ) throws(Refusal) {
        var changes: AssociationSubmitted?
        if case .submit(let given) = command { changes = given }
        guard let book = state.associationBook(for: record, at: instant, taking: changes) else {
            return
        }
        let breaches = book.refusals(
            of: command.action, at: instant, by: key(of: actor, state), in: state)
        guard !breaches.isEmpty else { return }
        throw .breaksAssociationRules(
            breaches, program: book.program.id, version: book.program.version)
    }

    private func key(of actor: Actor?, _ state: LedgerState) -> NameKey {
        actor.flatMap { state.names.key(of: $0.id) } ?? .none
    }

    static func payload(_ command: AssociationCommand) -> EventPayload {
        switch command {
        case .attach(let evidence): .associationEvidenceAttached(evidence)
        case .submit(let changes): .associationSubmitted(changes)
        case .startReview: .associationReviewStarted
        case .requestInformation(let request): .associationInformationRequested(request)
        case .approve(let reason): .associationApproved(reason: reason)
        case .decline(let reason): .associationConsentDeclined(reason: reason)
        case .reject(let reasons): .associationRejected(reasons: reasons)
        case .dispute(let reason): .associationDisputed(reason: reason)
        case .end(let reason): .associationEnded(reason: reason)
        }
    }
}
