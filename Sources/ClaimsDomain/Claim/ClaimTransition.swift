/// The transition table of claims, as data: it drives `decide`, `evolve`, the exhaustive tests and
/// the documentation.
///
/// Source: design section 6, domain facts d2 and d3.
public struct ClaimTransition: Equatable, Sendable {
    /// What is done.
    public let action: ClaimAction
    /// Where it comes from.
    public let from: ClaimStatus
    /// Where it goes.
    public let to: ClaimStatus

    /// Every allowed transition, by action and then in the order of the claim's life.
    public static let table: [ClaimTransition] = rules.flatMap { action, moves in
        moves.map { ClaimTransition(action: action, from: $0, to: $1) }
    }

    /// The status after an allowed action; nil when the table does not allow it.
    ///
    /// O(1).
    public static func next(_ action: ClaimAction, from status: ClaimStatus) -> ClaimStatus? {
        nextByPair[index(action, status)]
    }

    /// The statuses in which an action is allowed.
    public static func statuses(allowing action: ClaimAction) -> [ClaimStatus] {
        table.filter { $0.action == action }.map(\.from)
    }

    /// What history is taken to have meant when it acts outside the table: the status the action
    /// leads to wherever it is allowed, or the status it found where it leads nowhere new.
    static func asHistorySays(_ action: ClaimAction, from status: ClaimStatus) -> ClaimStatus {
        switch action {
        case .create: status == .absent ? .editing : status
        case .submit: .submitted
        case .startReview: .underReview
        case .requestDocuments: .actionRequired
        case .approve: .approved
        case .reject: .rejected
        case .dispute: .disputed
        case .withdraw: .withdrawn
        case .amend, .requestEvidence, .attach, .detach, .comment, .endorse, .grantException,
            .requestPayment, .reimburse, .reverseReimbursement:
            status == .absent ? .editing : status
        }
    }

    private static func index(_ action: ClaimAction, _ status: ClaimStatus) -> Int {
        action.ordinal * ClaimStatus.allCases.count + status.ordinal
    }

    private static let nextByPair: [ClaimStatus?] = {
        let pairs = ClaimAction.allCases.count * ClaimStatus.allCases.count
        var next = [ClaimStatus?](repeating: nil, count: pairs)
        for row in table { next[index(row.action, row.from)] = row.to }
        return next
    }()

    /// The partner may change a claim only while drafting it or when asked for more.
    private static let stayInEditable: [(ClaimStatus, ClaimStatus)] = [
        (.editing, .editing), (.actionRequired, .actionRequired),
    ]

    private static let stayInEveryStatus: [(ClaimStatus, ClaimStatus)] =
        ClaimStatus.allCases.filter { $0 != .absent }.map { ($0, $0) }

    private static let stayApproved: [(ClaimStatus, ClaimStatus)] = [(.approved, .approved)]

    private static let rules: [(ClaimAction, [(ClaimStatus, ClaimStatus)])] = [
        (.create, [(.absent, .editing)]),
        (.amend, stayInEditable),
        (.requestEvidence, stayInEditable),
        (.attach, stayInEditable),
        (.detach, stayInEditable),
        (.comment, stayInEveryStatus),
        (.submit, [(.editing, .submitted), (.actionRequired, .submitted)]),
        (.startReview, [(.submitted, .underReview)]),
        // An endorsement is itself a step of the review: it starts one that nobody announced.
        (
            .endorse,
            [(.submitted, .underReview), (.underReview, .underReview), (.disputed, .disputed)]
        ),
        (
            .requestDocuments,
            [(.underReview, .actionRequired), (.disputed, .actionRequired)]
        ),
        (.approve, [(.underReview, .approved), (.disputed, .approved)]),
        (.reject, [(.underReview, .rejected), (.disputed, .rejected)]),
        (.dispute, [(.rejected, .disputed)]),
        (
            .withdraw,
            [.editing, .submitted, .underReview, .actionRequired, .disputed]
                .map { ($0, .withdrawn) }
        ),
        (.grantException, stayInEveryStatus.filter { $0.0 != .withdrawn }),
        (.requestPayment, stayApproved),
        (.reimburse, stayApproved),
        (.reverseReimbursement, stayApproved),
    ]
}

extension ClaimAction {
    /// The place in `allCases`, from 0: the row of the transition table.
    package var ordinal: Int {
        switch self {
        case .create: 0
        case .amend: 1
        case .requestEvidence: 2
        case .attach: 3
        case .detach: 4
        case .comment: 5
        case .submit: 6
        case .startReview: 7
        case .endorse: 8
        case .requestDocuments: 9
        case .approve: 10
        case .reject: 11
        case .dispute: 12
        case .withdraw: 13
        case .grantException: 14
        case .requestPayment: 15
        case .reimburse: 16
        case .reverseReimbursement: 17
        }
    }
}

extension ClaimStatus {
    /// The place in `allCases`, from 0: the column of the transition table.
    package var ordinal: Int {
        switch self {
        case .absent: 0
        case .editing: 1
        case .submitted: 2
        case .underReview: 3
        case .actionRequired: 4
        case .approved: 5
        case .rejected: 6
        case .disputed: 7
        case .withdrawn: 8
        }
    }
}
