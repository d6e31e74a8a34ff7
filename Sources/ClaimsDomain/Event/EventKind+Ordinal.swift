extension EventKind {
    /// The place in `allCases`, from 0: tables by kind are arrays, which a replay reads for each
    /// event.
    package var ordinal: Int {
        switch self {
        case .programPublished: 0
        case .partnerEnrolled: 1
        case .fundsEarned: 2
        case .fundsAdjusted: 3
        case .fundsConverted: 4
        case .fundsRolledOver: 5
        case .claimCreated: 6
        case .claimAmended: 7
        case .claimEvidenceRequested: 8
        case .claimEvidenceAttached: 9
        case .claimEvidenceWithdrawn: 10
        case .claimCommentAdded: 11
        case .claimSubmitted: 12
        case .claimReviewStarted: 13
        case .claimEndorsed: 14
        case .claimDocumentsRequested: 15
        case .claimApproved: 16
        case .claimRejected: 17
        case .claimDisputed: 18
        case .claimWithdrawn: 19
        case .claimExceptionGranted: 20
        case .claimPaymentRequested: 21
        case .claimReimbursed: 22
        case .claimReimbursementReversed: 23
        case .associationCreated: 24
        case .associationEvidenceAttached: 25
        case .associationSubmitted: 26
        case .associationReviewStarted: 27
        case .associationInformationRequested: 28
        case .associationApproved: 29
        case .associationConsentDeclined: 30
        case .associationRejected: 31
        case .associationDisputed: 32
        case .associationEnded: 33
        case .periodClosed: 34
        }
    }
}
