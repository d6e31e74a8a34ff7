package import ClaimsDomain

extension Samples {
    /// A draft of `activity` for `firstPeriod`.
    package static func draft(
        _ amount: Money = usd(600_000), period: PeriodLabel = firstPeriod
    ) -> ClaimCreated {
        ClaimCreated(
            period: period, activity: activity, amount: amount, activityDate: day("2020-02-29"))
    }

    /// The creation of a claim of `partner`.
    package static func create(
        _ id: ClaimID = claim, _ draft: ClaimCreated = draft(), in program: Program = program
    ) -> Command {
        .create(id, program: program.id, partner: partner, draft)
    }

    /// The command of an action with ordinary values; amounts are all there is.
    package static func command(for action: ClaimAction, on id: ClaimID = claim) -> Command {
        claimCommand(for: action).map { .claim(id, $0) } ?? create(id)
    }

    /// The same without the claim's id; nil for `create`, which is no command on a claim.
    package static func claimCommand(for action: ClaimAction) -> ClaimCommand? {
        switch action {
        case .create: nil
        case .amend: .amend(changes { $0.title = "Spring flyer" })
        case .requestEvidence: .requestEvidence(EvidenceRequested(from: "u-18", kind: .metrics))
        case .attach: .attach(evidence)
        case .detach: .detach(evidence: evidence.evidence, reason: "wrong file")
        case .comment: .comment(text: "see the invoice")
        case .submit: .submit(amount: nil)
        case .startReview: .startReview
        case .endorse: .endorse(step: "regional lead")
        case .requestDocuments: .requestDocuments(request)
        case .approve: .approve(amount: nil, reason: nil)
        case .reject: .reject(reasons: ["no invoice"])
        case .dispute: .dispute(reason: "the invoice is attached")
        case .withdraw: .withdraw(reason: nil)
        case .grantException: .grantException(rule: "claim_deadline", reason: "the portal was down")
        case .requestPayment: .requestPayment(amount: nil)
        case .reimburse: reimburse(nil)
        case .reverseReimbursement: reverse(nil)
        }
    }

    /// The command of an action on an association, with ordinary values.
    package static func command(
        for action: AssociationAction, on id: AssociationID = association
    ) -> Command {
        switch action {
        case .create:
            .createAssociation(id, program: program.id, partner: partner, associationCreated)
        case .attach: .association(id, .attach(evidence))
        case .submit: .association(id, .submit())
        case .startReview: .association(id, .startReview)
        case .requestInformation: .association(id, .requestInformation(request))
        case .approve: .association(id, .approve(reason: nil))
        case .decline: .association(id, .decline(reason: nil))
        case .reject: .association(id, .reject(reasons: ["no consent"]))
        case .dispute: .association(id, .dispute(reason: "consent is attached"))
        case .end: .association(id, .end(reason: "the partner left"))
        }
    }

    /// A payment of an amount, or of all that is due.
    package static func reimburse(_ amount: Money?, reference: String = "PAY-1") -> ClaimCommand {
        .reimburse(
            amount: amount, paymentReference: reference, paidOn: day("2020-04-17"), rate: nil)
    }

    /// The reversal of an amount, or of all that is paid.
    package static func reverse(_ amount: Money?, reference: String = "PAY-1") -> ClaimCommand {
        .reverseReimbursement(
            amount: amount, paymentReference: reference, reason: "returned by the bank")
    }

    /// An amendment made of what `set` changes.
    package static func changes(_ set: (inout ClaimAmended) -> Void) -> ClaimAmended {
        var changes = ClaimAmended()
        set(&changes)
        return changes
    }

    /// One document.
    package static let evidence = EvidenceAttached(
        evidence: EvidenceID("EV-1"), kind: .thirdPartyInvoice, filename: "invoice.pdf",
        mediaType: "application/pdf", size: 48_213, sha256: String(repeating: "0f", count: 32))

    /// A request for one document.
    package static let request = DocumentsRequested(
        items: [DocumentsRequested.Item(kind: .proofOfExecution, reason: "the page is missing")])

    /// An association with its required fields.
    package static let associationCreated = AssociationCreated(
        customerDomain: "contoso.example", tenantID: "t-1", solutionArea: "Microsoft 365",
        activity: ActivityID("usage"), products: ["Exchange Online"])
}
