/// Where an association stands.
///
/// Source: domain facts, section h.
public enum AssociationStatus: String, Sendable, CaseIterable {
    /// No event of the association is known.
    case absent
    case editing
    case submitted
    case underReview = "under_review"
    case actionRequired = "action_required"
    case approved
    case rejected
    case disputed
    case ended
}

/// What may be done to an association; each action appends exactly one type of event.
public enum AssociationAction: String, Sendable, CaseIterable {
    case create
    case attach
    case submit
    case startReview = "start-review"
    case requestInformation = "request-information"
    case approve
    /// The customer opts out of an association: approved or still waiting, it ends as rejected.
    case decline
    case reject
    case dispute
    case end

    /// The action that appends events of `kind`; nil for events of claims, funds and the like.
    public init?(_ kind: EventKind) {
        switch kind {
        case .associationCreated: self = .create
        case .associationEvidenceAttached: self = .attach
        case .associationSubmitted: self = .submit
        case .associationReviewStarted: self = .startReview
        case .associationInformationRequested: self = .requestInformation
        case .associationApproved: self = .approve
        case .associationConsentDeclined: self = .decline
        case .associationRejected: self = .reject
        case .associationDisputed: self = .dispute
        case .associationEnded: self = .end
        case .programPublished, .partnerEnrolled, .fundsEarned, .fundsAdjusted, .fundsConverted,
            .fundsRolledOver, .claimCreated, .claimAmended, .claimEvidenceRequested,
            .claimEvidenceAttached, .claimEvidenceWithdrawn, .claimCommentAdded, .claimSubmitted,
            .claimReviewStarted, .claimEndorsed, .claimDocumentsRequested, .claimApproved,
            .claimRejected, .claimDisputed, .claimWithdrawn, .claimExceptionGranted,
            .claimPaymentRequested, .claimReimbursed, .claimReimbursementReversed, .periodClosed:
            return nil
        }
    }
}

/// The transition table of associations, as data.
///
/// Source: domain facts, section h.
public struct AssociationTransition: Equatable, Sendable {
    /// What is done.
    public let action: AssociationAction
    /// Where it comes from.
    public let from: AssociationStatus
    /// Where it goes.
    public let to: AssociationStatus

    /// Every allowed transition.
    public static let table: [AssociationTransition] = rules.flatMap { action, moves in
        moves.map { AssociationTransition(action: action, from: $0, to: $1) }
    }

    /// The status after an allowed action; nil when the table does not allow it.
    public static func next(
        _ action: AssociationAction, from status: AssociationStatus
    ) -> AssociationStatus? {
        table.first { $0.action == action && $0.from == status }?.to
    }

    /// The statuses in which an action is allowed.
    public static func statuses(allowing action: AssociationAction) -> [AssociationStatus] {
        table.filter { $0.action == action }.map(\.from)
    }

    /// What history is taken to have meant when it acts outside the table.
    static func asHistorySays(
        _ action: AssociationAction, from status: AssociationStatus
    ) -> AssociationStatus {
        switch action {
        case .create, .attach: status == .absent ? .editing : status
        case .submit: .submitted
        case .startReview: .underReview
        case .requestInformation: .actionRequired
        case .approve: .approved
        case .decline, .reject: .rejected
        case .dispute: .disputed
        case .end: .ended
        }
    }

    private static let rules: [(AssociationAction, [(AssociationStatus, AssociationStatus)])] = [
        (.create, [(.absent, .editing)]),
        // More proof may be added before a decision and when it is asked for.
        (
            .attach,
            [.editing, .submitted, .actionRequired, .disputed].map { ($0, $0) }
        ),
        (.submit, [(.editing, .submitted), (.actionRequired, .submitted)]),
        (.startReview, [(.submitted, .underReview)]),
        (
            .requestInformation,
            [(.underReview, .actionRequired), (.disputed, .actionRequired)]
        ),
        (.approve, [(.underReview, .approved), (.disputed, .approved)]),
        (
            .decline,
            [.submitted, .underReview, .actionRequired, .approved].map { ($0, .rejected) }
        ),
        (
            .reject,
            [.underReview, .actionRequired, .disputed].map { ($0, .rejected) }
        ),
        (.dispute, [(.rejected, .disputed)]),
        (.end, [(.approved, .ended)]),
    ]
}
