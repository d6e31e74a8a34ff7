/// Every type of event, by its name on the wire.
///
/// The one list: all tables are keyed by it.
public enum EventKind: String, Sendable, CaseIterable {
    case programPublished = "program.published"
    case partnerEnrolled = "partner.enrolled"
    case fundsEarned = "funds.earned"
    case fundsAdjusted = "funds.adjusted"
    case fundsConverted = "funds.converted"
    case fundsRolledOver = "funds.rolled_over"
    case claimCreated = "claim.created"
    case claimAmended = "claim.amended"
    case claimEvidenceRequested = "claim.evidence_requested"
    case claimEvidenceAttached = "claim.evidence_attached"
    case claimEvidenceWithdrawn = "claim.evidence_withdrawn"
    case claimCommentAdded = "claim.comment_added"
    case claimSubmitted = "claim.submitted"
    case claimReviewStarted = "claim.review_started"
    case claimEndorsed = "claim.endorsed"
    case claimDocumentsRequested = "claim.documents_requested"
    case claimApproved = "claim.approved"
    case claimRejected = "claim.rejected"
    case claimDisputed = "claim.disputed"
    case claimWithdrawn = "claim.withdrawn"
    case claimExceptionGranted = "claim.exception_granted"
    case claimPaymentRequested = "claim.payment_requested"
    case claimReimbursed = "claim.reimbursed"
    case claimReimbursementReversed = "claim.reimbursement_reversed"
    case associationCreated = "association.created"
    case associationEvidenceAttached = "association.evidence_attached"
    case associationSubmitted = "association.submitted"
    case associationReviewStarted = "association.review_started"
    case associationInformationRequested = "association.information_requested"
    case associationApproved = "association.approved"
    case associationConsentDeclined = "association.consent_declined"
    case associationRejected = "association.rejected"
    case associationDisputed = "association.disputed"
    case associationEnded = "association.ended"
    case periodClosed = "period.closed"

    /// What the event's `subject` names.
    public enum SubjectKind: String, Sendable {
        case program, partner, period, claim, association
    }

    /// What the event's `subject` names.
    public var subjectKind: SubjectKind {
        switch self {
        case .programPublished: .program
        case .partnerEnrolled: .partner
        case .fundsEarned, .fundsAdjusted, .fundsConverted, .fundsRolledOver, .periodClosed: .period
        case .claimCreated, .claimAmended, .claimEvidenceRequested, .claimEvidenceAttached,
            .claimEvidenceWithdrawn, .claimCommentAdded, .claimSubmitted, .claimReviewStarted,
            .claimEndorsed, .claimDocumentsRequested, .claimApproved, .claimRejected,
            .claimDisputed, .claimWithdrawn, .claimExceptionGranted, .claimPaymentRequested,
            .claimReimbursed, .claimReimbursementReversed:
            .claim
        case .associationCreated, .associationEvidenceAttached, .associationSubmitted,
            .associationReviewStarted, .associationInformationRequested, .associationApproved,
            .associationConsentDeclined, .associationRejected, .associationDisputed,
            .associationEnded:
            .association
        }
    }

    /// Whether the event's `source` names a partner beside the programme.
    public var sourceNamesPartner: Bool {
        switch subjectKind {
        case .program: false
        case .partner, .claim, .association: true
        case .period: self != .periodClosed
        }
    }
}

/// The kinds of document a claim is proved by.
///
/// Source: domain facts, section e.
public enum EvidenceKind: String, Sendable, CaseIterable {
    case coreRequirement = "core_requirement"
    case thirdPartyInvoice = "third_party_invoice"
    case certificationStatement = "certification_statement"
    case proofOfExecution = "proof_of_execution"
    case metrics
    case other
}
