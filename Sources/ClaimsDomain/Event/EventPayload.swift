/// What an event says, typed.
///
/// One case a type of event; fields are those of the event catalogue.
public enum EventPayload: Equatable, Sendable {
    case programPublished(Program)
    case partnerEnrolled(PartnerEnrolled)
    case fundsEarned(FundsEarned)
    case fundsAdjusted(FundsAdjusted)
    case fundsConverted(FundsConverted)
    case fundsRolledOver(FundsRolledOver)
    case claimCreated(ClaimCreated)
    case claimAmended(ClaimAmended)
    case claimEvidenceRequested(EvidenceRequested)
    case claimEvidenceAttached(EvidenceAttached)
    case claimEvidenceWithdrawn(evidence: EvidenceID, reason: String)
    case claimCommentAdded(text: String)
    case claimSubmitted(amount: Money)
    case claimReviewStarted
    case claimEndorsed(step: String)
    case claimDocumentsRequested(DocumentsRequested)
    case claimApproved(amount: Money, reason: String?)
    case claimRejected(reasons: [String])
    case claimDisputed(reason: String)
    case claimWithdrawn(reason: String?)
    case claimExceptionGranted(rule: String, reason: String)
    case claimPaymentRequested(amount: Money)
    case claimReimbursed(Reimbursed)
    case claimReimbursementReversed(ReimbursementReversed)
    case associationCreated(AssociationCreated)
    case associationEvidenceAttached(EvidenceAttached)
    case associationSubmitted(AssociationSubmitted)
    case associationReviewStarted
    case associationInformationRequested(DocumentsRequested)
    case associationApproved(reason: String?)
    case associationConsentDeclined(reason: String?)
    case associationRejected(reasons: [String])
    case associationDisputed(reason: String)
    case associationEnded(reason: String)
    case periodClosed(PeriodClosed)

    /// The type of the event.
    public var kind: EventKind {
        switch self {
        case .programPublished: .programPublished
        case .partnerEnrolled: .partnerEnrolled
        case .fundsEarned: .fundsEarned
        case .fundsAdjusted: .fundsAdjusted
        case .fundsConverted: .fundsConverted
        case .fundsRolledOver: .fundsRolledOver
        case .claimCreated: .claimCreated
        case .claimAmended: .claimAmended
        case .claimEvidenceRequested: .claimEvidenceRequested
        case .claimEvidenceAttached: .claimEvidenceAttached
        case .claimEvidenceWithdrawn: .claimEvidenceWithdrawn
        case .claimCommentAdded: .claimCommentAdded
        case .claimSubmitted: .claimSubmitted
        case .claimReviewStarted: .claimReviewStarted
        case .claimEndorsed: .claimEndorsed
        case .claimDocumentsRequested: .claimDocumentsRequested
        case .claimApproved: .claimApproved
        case .claimRejected: .claimRejected
        case .claimDisputed: .claimDisputed
        case .claimWithdrawn: .claimWithdrawn
        case .claimExceptionGranted: .claimExceptionGranted
        case .claimPaymentRequested: .claimPaymentRequested
        case .claimReimbursed: .claimReimbursed
        case .claimReimbursementReversed: .claimReimbursementReversed
        case .associationCreated: .associationCreated
        case .associationEvidenceAttached: .associationEvidenceAttached
        case .associationSubmitted: .associationSubmitted
        case .associationReviewStarted: .associationReviewStarted
        case .associationInformationRequested: .associationInformationRequested
        case .associationApproved: .associationApproved
        case .associationConsentDeclined: .associationConsentDeclined
        case .associationRejected: .associationRejected
        case .associationDisputed: .associationDisputed
        case .associationEnded: .associationEnded
        case .periodClosed: .periodClosed
        }
    }
}
