public import ClaimsDomain

/// What has to happen by a day.
public enum DeadlineKind: String, Sendable, CaseIterable {
    /// An open draft has to be handed in.
    case claimDeadline = "claim_deadline"
    /// A claim handed in has to be decided.
    case review
    /// A dispute has to be decided.
    case dispute
    /// What is approved has to be paid.
    case payment
    /// The partner has to answer a request for documents.
    case answer
    /// Money not claimed by then is lost.
    case fundsExpiry = "funds_expiry"
    /// Co-op funds below the threshold become rebate when their earning period is over.
    case fundsConversion = "funds_conversion"
    /// The review of an association handed in has to begin.
    case associationStart = "association_start"
    /// An association in review has to be decided.
    case associationReview = "association_review"
    /// The dispute of an association has to be decided.
    case associationDispute = "association_dispute"
    /// The partner has to answer a request about an association.
    case associationAnswer = "association_answer"
    /// The partner may still dispute the rejection of an association.
    case associationDisputeWindow = "association_dispute_window"
    /// The customer may still opt out of an association.
    case associationConsent = "association_consent"

    /// What the row's subject names.
    public var subjectKind: EventKind.SubjectKind {
        switch self {
        case .claimDeadline, .review, .dispute, .payment, .answer: .claim
        case .fundsExpiry, .fundsConversion: .period
        case .associationStart, .associationReview, .associationDispute, .associationAnswer,
            .associationDisputeWindow, .associationConsent:
            .association
        }
    }

    /// What an association's clock is for.
    init(_ clock: AssociationClock.Kind) {
        self =
            switch clock {
            case .start: .associationStart
            case .review: .associationReview
            case .answer: .associationAnswer
            case .dispute: .associationDispute
            case .disputeWindow: .associationDisputeWindow
            case .consent: .associationConsent
            }
    }

    /// How the row reads once its day is over: a draft, money and a right to act are then lost, the
    /// rest is late.
    var stateAfterwards: DeadlineState {
        switch self {
        case .claimDeadline, .fundsExpiry, .associationDisputeWindow, .associationConsent: .expired
        case .review, .dispute, .payment, .answer, .fundsConversion, .associationStart,
            .associationReview, .associationDispute, .associationAnswer:
            .overdue
        }
    }
}

/// How a deadline reads at the moment asked about; no event and no status changes with it.
public enum DeadlineState: String, Sendable, CaseIterable {
    /// Its day is not over.
    case due
    /// Its day is over and it has not happened.
    case overdue
    /// Its day is over and it can no longer happen.
    case expired
}

/// One thing that has to happen by a day.
public struct DeadlineRow: Equatable, Sendable {
    /// What has to happen.
    public let kind: DeadlineKind
    /// The claim or association, or the usage period of the money, by its id or label.
    public let subject: String
    /// The programme.
    public let program: ProgramID
    /// The partner.
    public let partner: PartnerID
    /// The usage period, by its label; nil for an association, which has none.
    public let period: PeriodLabel?
    /// The last day in time.
    public let due: Day
    /// How it reads at the moment asked about.
    public let state: DeadlineState
    /// Days until `due`: 0 on the day itself, -1 on the day after.
    public let daysLeft: Int64
    /// What is asked for, to be paid or about to expire; nil where there is no amount.
    public let amount: Money?
    /// Which rule sets the day, and from when it counts.
    public let rule: String
}

/// Which deadlines a question is about.
public enum DeadlineScope: Equatable, Sendable {
    /// All that is due or late, but not money that has expired: nobody can act on it.
    case open
    /// The same, of what is due only that of the next days; 0 is today.
    case within(days: Int64)
    /// All that is late or lost, money that has expired too.
    case late

    /// Whether the question is about this row.
    func admits(_ row: DeadlineRow) -> Bool {
        switch self {
        case .open: !row.isLostMoney
        case .within(let days): !row.isLostMoney && (row.state != .due || row.daysLeft <= days)
        case .late: row.state != .due
        }
    }
}

extension DeadlineRow {
    fileprivate var isLostMoney: Bool { kind == .fundsExpiry && state == .expired }
}
