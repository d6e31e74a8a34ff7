/// What history did against a rule.
///
/// Found on replay, listed by `findings`, never thrown.
public enum FindingCode: String, Sendable, CaseIterable {
    /// An event in a status that does not allow its action.
    case outOfOrder = "out_of_order"
    /// An event earlier than the one before it of the same claim.
    case timeWentBack = "time_went_back"
    /// An event of a claim from another programme or partner than its own.
    case otherAccount = "other_account"
    /// An amount in another currency than the claim's.
    case currencyDiffers = "currency_differs"
    /// No rules of the programme were in force at the event's time.
    case noRulesInForce = "no_rules_in_force"
    /// The programme has no such usage period.
    case unknownPeriod = "unknown_period"
    /// An approval of more than was submitted.
    case approvedOverSubmitted = "approved_over_submitted"
    /// A claim that took more than its fund had.
    case claimedOverAvailable = "claimed_over_available"
    /// Money left a fund, or was corrected downwards, beyond what was available.
    case fundOverdrawn = "fund_overdrawn"
    /// A payment on a claim that was not approved.
    case paidWithoutApproval = "paid_without_approval"
    /// Payments of more than was approved.
    case paidOverApproved = "paid_over_approved"
    /// A reversal of more than was paid.
    case reversedOverPaid = "reversed_over_paid"
    /// A fact for a usage period whose books were closed.
    case afterClosing = "after_closing"

    /// One sentence for people.
    public var sentence: String {
        switch self {
        case .outOfOrder: "the claim's status did not allow this"
        case .timeWentBack: "it is dated before the claim's previous event"
        case .otherAccount: "it comes from another program or partner than the claim's own"
        case .currencyDiffers: "its currency is not the claim's"
        case .noRulesInForce: "no rules of the program were in force then"
        case .unknownPeriod: "the program's rules know no such usage period"
        case .approvedOverSubmitted: "more was approved than was submitted"
        case .claimedOverAvailable: "more was claimed than the fund had"
        case .fundOverdrawn: "more was taken from the fund than it had"
        case .paidWithoutApproval: "it was paid although it was not approved"
        case .paidOverApproved: "more was paid than was approved"
        case .reversedOverPaid: "more was reversed than was paid"
        case .afterClosing: "the books of its usage period were closed before"
        }
    }
}

/// One finding: which rule, at which event, on what.
package struct Finding: Equatable, Sendable {
    package let code: FindingCode
    package let sequence: Int64
    package let kind: EventKind
    /// The claim or association; the period of a fund event.
    package let subject: NameKey
}
