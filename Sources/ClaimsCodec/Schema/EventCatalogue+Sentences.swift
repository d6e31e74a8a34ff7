package import ClaimsDomain

extension EventKind {
    /// What an event of the type says, in one sentence for people.
    package var sentence: String {
        switch self {
        case .programPublished: "A program publishes a version of its rules, complete and resolved."
        case .partnerEnrolled: "A partner takes part in a program."
        case .fundsEarned: "A partner earns co-op funds for a usage period."
        case .fundsAdjusted: "A fund is corrected, up or down, with the reason."
        case .fundsConverted: "Funds leave the fund and are paid out as rebate."
        case .fundsRolledOver: "Unused funds move to a later usage period."
        case .periodClosed: "A program closes the books of a usage period; later facts are late."
        case .claimCreated, .claimAmended, .claimEvidenceRequested, .claimEvidenceAttached,
            .claimEvidenceWithdrawn, .claimCommentAdded, .claimSubmitted, .claimReviewStarted,
            .claimEndorsed, .claimDocumentsRequested, .claimApproved, .claimRejected,
            .claimDisputed, .claimWithdrawn, .claimExceptionGranted, .claimPaymentRequested,
            .claimReimbursed, .claimReimbursementReversed:
            claimSentence
        case .associationCreated, .associationEvidenceAttached, .associationSubmitted,
            .associationReviewStarted, .associationInformationRequested, .associationApproved,
            .associationConsentDeclined, .associationRejected, .associationDisputed,
            .associationEnded:
            associationSentence
        }
    }

    private var claimSentence: String {
        switch self {
        case .claimCreated: "A partner begins a claim: one activity, one amount."
        case .claimAmended: "A partner changes a draft; only the fields that change are given."
        case .claimEvidenceRequested: "A colleague is asked for a document."
        case .claimEvidenceAttached:
            "A document is attached; the log keeps its hash, not its bytes."
        case .claimEvidenceWithdrawn: "An attached document no longer counts."
        case .claimCommentAdded: "Someone leaves a comment on a claim."
        case .claimSubmitted: "A partner hands the claim in; the amount is reserved in the fund."
        case .claimReviewStarted: "A reviewer takes up the claim."
        case .claimEndorsed: "One approval of several is given, where a program asks for several."
        case .claimDocumentsRequested: "A reviewer asks for documents; it is the partner's turn."
        case .claimApproved: "The claim is approved, at most at the amount submitted."
        case .claimRejected: "The claim is rejected; what it had reserved is free again."
        case .claimDisputed: "The partner disputes a rejection; the amount is reserved again."
        case .claimWithdrawn: "The partner takes the claim back."
        case .claimExceptionGranted: "A named rule is set aside for this claim, for all to see."
        case .claimPaymentRequested: "The payment of an approved claim is asked for."
        case .claimReimbursed: "Money is paid to the partner for an approved claim."
        case .claimReimbursementReversed: "A payment came back or is recouped."
        default: ""
        }
    }

    private var associationSentence: String {
        switch self {
        case .associationCreated: "A partner claims to be the partner of record of a customer."
        case .associationEvidenceAttached: "A document proves the association."
        case .associationSubmitted:
            "The association is handed in, with the fields that complete or correct it."
        case .associationReviewStarted: "A reviewer takes up the association."
        case .associationInformationRequested: "A reviewer asks for more information."
        case .associationApproved: "The association is approved."
        case .associationConsentDeclined: "The customer does not consent; the association ends."
        case .associationRejected: "The association is rejected."
        case .associationDisputed: "The partner disputes a rejection."
        case .associationEnded: "An approved association ends."
        default: ""
        }
    }
}

extension Attribute {
    /// What the attribute says, for the catalogue and the JSON Schemas.
    package var summary: String {
        switch self {
        case .specversion: "the version of CloudEvents"
        case .id: "the event's id, unique together with the source"
        case .source: "the program, and the partner where it concerns one"
        case .type: "the type of the event"
        case .subject: "the id of what it is about"
        case .time: "when it happened in the world"
        case .recordedtime: "when the ledger took it, never before 'time', never decreasing"
        case .sequence: "the place in the ledger, from 1 without gaps"
        case .authtype: "the kind of principal who did it"
        case .authid: "who did it, an opaque id"
        case .correlationid: "what belongs together, across events"
        case .causationid: "the event that led to this one"
        case .data: "what the event says, by type"
        }
    }
}
