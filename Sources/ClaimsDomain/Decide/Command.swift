/// What somebody asks to be done.
///
/// `decide` answers with events or a refusal.
public enum Command: Equatable, Sendable {
    case publish(Program)
    case enroll(program: ProgramID, partner: PartnerID, PartnerEnrolled)
    case fund(FundCommand, program: ProgramID, partner: PartnerID, period: PeriodLabel)
    case create(ClaimID, program: ProgramID, partner: PartnerID, ClaimCreated)
    case claim(ClaimID, ClaimCommand)
    case createAssociation(
        AssociationID, program: ProgramID, partner: PartnerID, AssociationCreated)
    case association(AssociationID, AssociationCommand)
    case closePeriod(program: ProgramID, period: PeriodLabel, treeHead: TreeHead)
}

/// The tree head a period is closed at, as the caller computed it over the log.
public struct TreeHead: Equatable, Sendable {
    /// The number of events.
    public let size: Int64
    /// RFC 6962 root, base64.
    public let rootHash: String

    /// A tree head.
    public init(size: Int64, rootHash: String) {
        self.size = size
        self.rootHash = rootHash
    }
}

/// What may be done with a fund.
public enum FundCommand: Equatable, Sendable {
    case earn(FundsEarned)
    case adjust(FundsAdjusted)
    /// The co-op share of eligible earnings, by the share and rounding of the programme.
    case earnShare(of: Money, earnedOn: Day, reference: String? = nil, lever: String? = nil)
    case convert(FundsConverted)
    /// All co-op of a period that stayed below the threshold; without a reason its figures are it.
    case convertBelowThreshold(reason: String? = nil)
    case rollover(FundsRolledOver)
}

/// What may be done with a claim that exists.
///
/// An amount that is nil is the whole of what the claim has to offer: the draft's amount, the
/// submitted amount, what is due, what is paid.
public enum ClaimCommand: Equatable, Sendable {
    case amend(ClaimAmended)
    case requestEvidence(EvidenceRequested)
    case attach(EvidenceAttached)
    case detach(evidence: EvidenceID, reason: String)
    case comment(text: String)
    case submit(amount: Money?)
    case startReview
    case endorse(step: String)
    case requestDocuments(DocumentsRequested)
    case approve(amount: Money?, reason: String?)
    case reject(reasons: [String])
    case dispute(reason: String)
    case withdraw(reason: String?)
    case grantException(rule: String, reason: String)
    case requestPayment(amount: Money?)
    /// The amount is in the claim's currency, or in another one with the rate it was paid at; paid
    /// on the day it happens unless said otherwise.
    case reimburse(
        amount: Money?, paymentReference: String, paidOn: Day?, rate: Reimbursed.Rate?,
        payer: String? = nil)
    case reverseReimbursement(amount: Money?, paymentReference: String, reason: String)

    /// The row of the transition table.
    public var action: ClaimAction {
        switch self {
        case .amend: .amend
        case .requestEvidence: .requestEvidence
        case .attach: .attach
        case .detach: .detach
        case .comment: .comment
        case .submit: .submit
        case .startReview: .startReview
        case .endorse: .endorse
        case .requestDocuments: .requestDocuments
        case .approve: .approve
        case .reject: .reject
        case .dispute: .dispute
        case .withdraw: .withdraw
        case .grantException: .grantException
        case .requestPayment: .requestPayment
        case .reimburse: .reimburse
        case .reverseReimbursement: .reverseReimbursement
        }
    }
}

/// What may be done with an association that exists.
public enum AssociationCommand: Equatable, Sendable {
    case attach(EvidenceAttached)
    /// With the fields that complete or correct it.
    case submit(AssociationSubmitted = AssociationSubmitted())
    case startReview
    case requestInformation(DocumentsRequested)
    case approve(reason: String?)
    case decline(reason: String?)
    case reject(reasons: [String])
    case dispute(reason: String)
    case end(reason: String)

    /// The row of the transition table.
    public var action: AssociationAction {
        switch self {
        case .attach: .attach
        case .submit: .submit
        case .startReview: .startReview
        case .requestInformation: .requestInformation
        case .approve: .approve
        case .decline: .decline
        case .reject: .reject
        case .dispute: .dispute
        case .end: .end
        }
    }
}

/// What `decide` made of a command: an event without its id, actor and place.
public struct Decision: Equatable, Sendable {
    /// Programme and partner it comes from.
    public let source: Source
    /// What it is about.
    public let subject: String
    /// What it says.
    public let payload: EventPayload
}
