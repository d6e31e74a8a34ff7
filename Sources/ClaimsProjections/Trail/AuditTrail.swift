public import ClaimsDomain

/// Money one event moved between two buckets of a fund account.
public struct TrailPosting: Equatable, Sendable {
    /// The fund account.
    public let account: FundAccount
    /// Where it comes from.
    public let from: Bucket
    /// Where it goes.
    public let to: Bucket
    /// The amount, in its currency.
    public let amount: Money
}

/// One event of a claim or association with what it changed.
public struct TrailStep: Equatable, Sendable {
    /// Its place in the log, from 1.
    public let sequence: Int64
    /// Its kind.
    public let kind: EventKind
    /// When it happened in the world.
    public let occurredAt: Instant
    /// When the ledger took it.
    public let recordedAt: Instant
    /// The opaque id of who did it.
    public let actor: String
    /// The status the event found.
    public let statusBefore: String
    /// The status the event led to.
    public let statusAfter: String
    /// How far it is paid.
    public let payment: PaymentState?
    /// What it moved in the funds.
    public let postings: [TrailPosting]
    /// The rules it broke.
    public let findings: [FindingCode]
}

/// Everything that happened to one claim or association, in the order recorded.
public struct AuditTrail: Sendable {
    /// In the order recorded.
    public private(set) var steps: [TrailStep] = []

    private let subject: String
    private let kind: EventKind.SubjectKind
    private var status: String
    private var findingsSeen = 0

    /// The trail of a claim, to be fed with every fact of a replay.
    package init(of claim: ClaimID) {
        subject = claim.text
        kind = .claim
        status = ClaimStatus.absent.rawValue
    }

    /// The trail of an association.
    package init(of association: AssociationID) {
        subject = association.text
        kind = .association
        status = AssociationStatus.absent.rawValue
    }

    /// Takes note of a fact that `state` has just applied, if it is about this subject.
    package mutating func note(_ fact: Fact, in state: LedgerState) {
        let firstFinding = findingsSeen
        findingsSeen = state.findings.count
        guard fact.kind.subjectKind == kind, state.names.key(of: subject) == fact.subject else {
            return
        }
        let claim = kind == .claim ? state.claim(ClaimID(subject)) : nil
        let after =
            claim?.status.rawValue
            ?? state.association(AssociationID(subject))?.status.rawValue ?? status
        steps.append(
            TrailStep(
                fact, in: state, status: (before: status, after: after), payment: claim?.payment,
                findings: state.findings[firstFinding...]))
        status = after
    }
}

extension TrailStep {
    /// The step of a fact that `state` has just applied.
    init(
        _ fact: Fact, in state: LedgerState, status: (before: String, after: String),
        payment: PaymentState?, findings: ArraySlice<Finding>
    ) {
        self.init(
            sequence: fact.sequence, kind: fact.kind, occurredAt: fact.occurredAt,
            recordedAt: fact.recordedAt, actor: state.names.text(fact.actor),
            statusBefore: status.before, statusAfter: status.after, payment: payment,
            postings: state.postingsInText, findings: findings.map(\.code))
    }
}

extension LedgerState {
    /// The postings of the last event, with accounts and currencies by name.
    package var postingsInText: [TrailPosting] {
        lastPostings.map { posting in
            let account = account(posting.account)
            return TrailPosting(
                account: account, from: posting.from, to: posting.to,
                amount: Money(minorUnits: posting.amount, currency: account.currency))
        }
    }
}
