/// Where a claim stands.
///
/// A draft past its deadline reads as expired, which is computed at the date asked and is therefore
/// no status of the log. Source: domain facts d1.
public enum ClaimStatus: String, Sendable, CaseIterable {
    /// No event of the claim is known.
    case absent
    case editing
    case submitted
    case underReview = "under_review"
    case actionRequired = "action_required"
    case approved
    case rejected
    case disputed
    case withdrawn

    /// Whether a claim in this status keeps its amount reserved in the fund.
    public var holdsReservation: Bool {
        switch self {
        case .submitted, .underReview, .actionRequired, .disputed: true
        case .absent, .editing, .approved, .rejected, .withdrawn: false
        }
    }
}

/// How far an approved amount has been paid; it stands beside the status.
public enum PaymentState: String, Sendable, CaseIterable {
    case unpaid
    case partlyPaid = "partly_paid"
    case paid
    /// Everything that was paid came back.
    case reversed

    /// The state of a claim of which `paid` of `approved` minor units are paid.
    public init(paid: Int64, approved: Int64, everPaid: Bool) {
        if paid <= 0 {
            // Also where nothing is approved any more: what came back is not paid.
            self = everPaid ? .reversed : .unpaid
        } else {
            self = paid >= approved ? .paid : .partlyPaid
        }
    }
}

/// What may be done to a claim; each action appends exactly one type of event.
public enum ClaimAction: String, Sendable, CaseIterable {
    case create
    case amend
    case requestEvidence = "request-evidence"
    case attach
    case detach
    case comment
    case submit
    case startReview = "start-review"
    case endorse
    case requestDocuments = "request-documents"
    case approve
    case reject
    case dispute
    case withdraw
    case grantException = "grant-exception"
    case requestPayment = "request-payment"
    case reimburse
    case reverseReimbursement = "reverse-reimbursement"

    /// The action that appends events of `kind`; nil for events of funds, programs and the like.
    public init?(_ kind: EventKind) {
        switch kind {
        case .claimCreated: self = .create
        case .claimAmended: self = .amend
        case .claimEvidenceRequested: self = .requestEvidence
        case .claimEvidenceAttached: self = .attach
        case .claimEvidenceWithdrawn: self = .detach
        case .claimCommentAdded: self = .comment
        case .claimSubmitted: self = .submit
        case .claimReviewStarted: self = .startReview
        case .claimEndorsed: self = .endorse
        case .claimDocumentsRequested: self = .requestDocuments
        case .claimApproved: self = .approve
        case .claimRejected: self = .reject
        case .claimDisputed: self = .dispute
        case .claimWithdrawn: self = .withdraw
        case .claimExceptionGranted: self = .grantException
        case .claimPaymentRequested: self = .requestPayment
        case .claimReimbursed: self = .reimburse
        case .claimReimbursementReversed: self = .reverseReimbursement
        case .programPublished, .partnerEnrolled, .fundsEarned, .fundsAdjusted, .fundsConverted,
            .fundsRolledOver, .associationCreated, .associationEvidenceAttached,
            .associationSubmitted, .associationReviewStarted, .associationInformationRequested,
            .associationApproved, .associationConsentDeclined, .associationRejected,
            .associationDisputed, .associationEnded, .periodClosed:
            return nil
        }
    }
}
