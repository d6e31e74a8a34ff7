extension EventKind {
    /// All kinds by their ordinal: the order of tables that are read by it.
    package static let byOrdinal: [EventKind] = {
        let kinds = allCases.sorted { $0.ordinal < $1.ordinal }
        precondition(
            kinds.enumerated().allSatisfy { $0.offset == $0.element.ordinal },
            "EventKind.ordinal has to give each number from 0 on once")
        return kinds
    }()

    /// A number of its own, from 0 on and without gaps: tables by kind are arrays, which a replay
    /// reads for each event.
    ///
    /// In the order in which the types came to be: a new one gets the next number, wherever it
    /// stands in `allCases`.
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
