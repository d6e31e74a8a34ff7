extension ClaimsDesk {
    func createAssociation(
        _ id: AssociationID, program: ProgramID, partner: PartnerID, _ payload: AssociationCreated
    ) throws(Refusal) -> Decision {
        guard state.association(id) == nil else { throw .associationExists(id) }
        _ = try rules(of: program)
        return Decision(
            source: Source(program: program, partner: partner), subject: id.text,
            payload: .associationCreated(payload))
    }

    func association(
        _ id: AssociationID, _ command: AssociationCommand
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
        return Decision(
            source: Source(
                program: ProgramID(state.names.text(record.program)),
                partner: PartnerID(state.names.text(record.partner))),
            subject: id.text, payload: Self.payload(command))
    }

    static func payload(_ command: AssociationCommand) -> EventPayload {
        switch command {
        case .attach(let evidence): .associationEvidenceAttached(evidence)
        case .submit: .associationSubmitted
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
