public import ClaimsDomain

/// The rules that set a claim deadline: which version of which programme, and where in the log it
/// was published.
public struct DeadlineRule: Equatable, Sendable {
    /// The programme.
    public let program: ProgramID
    /// The version of its rules.
    public let version: String
    /// The sequence of its `program.published`.
    public let sequence: Int64
    /// The usage period, by its label.
    public let period: PeriodLabel
    /// The last day to claim.
    public let deadline: Day
    /// The first moment after it, in the programme's zone.
    public let endsAt: Instant
}

extension Replay {
    /// The deadline of a period by the latest rules of its programme; nil when these know no such
    /// period.
    ///
    /// O(versions).
    package func deadlineRule(_ label: PeriodLabel, of program: ProgramID) -> DeadlineRule? {
        guard let published = state.programs.last(where: { $0.rules.id == program }),
            let period = published.rules.usagePeriod(label)
        else { return nil }
        return DeadlineRule(
            program: program, version: published.rules.version, sequence: published.sequence,
            period: label, deadline: period.claimDeadline, endsAt: period.instants.claimBefore)
    }
}

/// Why money moves between two buckets.
///
/// Source: design, section 6, the table of postings.
public enum PostingRule: String, Sendable, CaseIterable {
    case fundsEarned = "funds_earned"
    case fundsAdjusted = "funds_adjusted"
    case fundsConverted = "funds_converted"
    case fundsRolledOut = "funds_rolled_out"
    case fundsRolledIn = "funds_rolled_in"
    case claimReserved = "claim_reserved"
    case claimApproved = "claim_approved"
    case claimReleased = "claim_released"
    case approvalReopened = "approval_reopened"
    case approvalReleased = "approval_released"
    case approvalBeyondReservation = "approval_beyond_reservation"
    case paid
    case paymentReversed = "payment_reversed"
    case deadlinePassed = "deadline_passed"

    /// The rule of a posting; nil for a pair of buckets between which no event moves money.
    public init?(from: Bucket, to: Bucket) {
        switch (from, to) {
        case (.earned, .available): self = .fundsEarned
        case (.adjusted, .available): self = .fundsAdjusted
        case (.available, .converted): self = .fundsConverted
        case (.available, .rolledOut): self = .fundsRolledOut
        case (.rolledIn, .available): self = .fundsRolledIn
        case (.available, .reserved): self = .claimReserved
        case (.reserved, .approved): self = .claimApproved
        case (.reserved, .available): self = .claimReleased
        case (.approved, .reserved): self = .approvalReopened
        case (.approved, .available): self = .approvalReleased
        case (.available, .approved): self = .approvalBeyondReservation
        case (.due, .paid): self = .paid
        case (.paid, .due): self = .paymentReversed
        case (.available, .expired): self = .deadlinePassed
        default: return nil
        }
    }

    /// One sentence for people.
    public var sentence: String {
        switch self {
        case .fundsEarned: "what is earned becomes available"
        case .fundsAdjusted: "a correction changes what is available"
        case .fundsConverted: "what becomes a rebate leaves the fund"
        case .fundsRolledOut: "what is rolled over leaves this period"
        case .fundsRolledIn: "what is rolled over becomes available here"
        case .claimReserved: "a claim that waits keeps its amount reserved"
        case .claimApproved: "what is approved is taken from the reservation"
        case .claimReleased: "what a claim no longer reserves is available again"
        case .approvalReopened: "an approved amount is reserved again while the claim waits"
        case .approvalReleased: "what is no longer approved is available again"
        case .approvalBeyondReservation: "an approval takes what was not reserved"
        case .paid: "what is paid is no longer due"
        case .paymentReversed: "a payment that came back is due again"
        case .deadlinePassed: "what is left after the claim deadline is lost"
        }
    }
}

extension FundBalance {
    /// What stands in a bucket, in minor units, when `expired` of the unclaimed money is lost.
    package func figure(of bucket: Bucket, expired: Int64) -> Int64 {
        switch bucket {
        case .earned: earned
        case .adjusted: adjusted
        case .rolledIn: rolledIn
        case .rolledOut: rolledOut
        case .converted: converted
        case .reserved: reserved
        case .approved: approved
        case .paid: paid
        case .due: due
        case .claimed: claimed
        case .expired: expired
        case .available: unclaimed &- expired
        }
    }
}

extension BalanceRow {
    /// What stands in a bucket, in minor units.
    public func figure(of bucket: Bucket) -> Int64 { balance.figure(of: bucket, expired: expired) }
}

extension Bucket {
    /// The buckets in the order of balances: where money comes from, where it is, what follows.
    public static let inReportOrder: [Bucket] = [
        .earned, .adjusted, .rolledIn, .rolledOut, .converted, .reserved, .approved, .paid, .due,
        .expired, .available, .claimed,
    ]

    /// What a posting adds to this bucket, in minor units; negative where it takes away.
    ///
    /// It is what the posting does to an empty account, so that it cannot disagree with the fold.
    package func change(by amount: Int64, from: Bucket, to: Bucket) -> Int64 {
        // Expiry is computed, never stored: no account counts it.
        if self == .expired { return to == .expired ? amount : from == .expired ? -amount : 0 }
        var account = FundBalance()
        account.move(amount, from: from, to: to)
        return account.figure(of: self, expired: 0)
    }
}
