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
    /// A payment on a claim that was paid in full before.
    case paidTwice = "paid_twice"
    /// Approved and not paid, past the payment target where the programme sets one.
    case approvedUnpaid = "approved_unpaid"
    /// An activity outside the usage period it was submitted for.
    case activityOutsidePeriod = "activity_outside_period"
    /// A submission before the claim window opened.
    case submittedEarly = "submitted_early"
    /// A first submission after the claim deadline.
    case submittedLate = "submitted_late"
    /// An approval while evidence the activity needs was missing.
    case evidenceMissing = "evidence_missing"
    /// An approval beyond a cap of the activity.
    case approvedOverCap = "approved_over_cap"
    /// A decision by who submitted the claim.
    case submitterDecided = "submitter_decided"
    /// A document that is attached to another claim too, by its hash.
    case evidenceReused = "evidence_reused"
    /// An invoice, by number and vendor, that is attached to another claim too.
    case invoiceReused = "invoice_reused"
    /// A resubmission while something the last request asked for had not come.
    case requestUnanswered = "request_unanswered"
    /// A submission with an expense of a type the activity does not cover.
    case ineligibleExpense = "ineligible_expense"
    /// A submission of more than its invoices add up to.
    case overInvoices = "over_invoices"
    /// A fact for a usage period whose books were closed.
    case afterClosing = "after_closing"
    /// An association handed in or approved without a field or document it needs.
    case associationIncomplete = "association_incomplete"
    /// An association handed in too long after its transaction.
    case associationLate = "association_late"
    /// An association for what another, or the partner itself, holds already.
    case associationTaken = "association_taken"
    /// An answer about an association after its day.
    case associationAnswerLate = "association_answer_late"
    /// A review begun, or a review or dispute decided, after its day.
    case associationReviewLate = "association_review_late"
    /// A dispute of an association after the time for it.
    case associationDisputeLate = "association_dispute_late"
    /// A customer's opt-out after the time for it.
    case associationConsentLate = "association_consent_late"

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
        case .paidTwice: "it was paid again although it was paid in full"
        case .approvedUnpaid: "it is approved and nothing was paid in the time set for that"
        case .activityOutsidePeriod: "the activity took place outside the usage period"
        case .submittedEarly: "it was submitted before the claim window opened"
        case .submittedLate: "it was submitted after the claim deadline"
        case .evidenceMissing: "it was approved without evidence the activity needs"
        case .approvedOverCap: "more was approved than a cap of the activity allows"
        case .submitterDecided: "who submitted it decided it too"
        case .evidenceReused: "the same document is attached to another claim"
        case .invoiceReused: "an invoice of this number and vendor is attached to another claim"
        case .requestUnanswered: "it was resubmitted without all that was asked for"
        case .ineligibleExpense: "it was submitted with an expense the activity does not cover"
        case .overInvoices: "more was submitted than its invoices add up to"
        case .afterClosing: "the books of its usage period were closed before"
        case .associationIncomplete: "a field or document the association needs was missing"
        case .associationLate: "it was handed in too long after the transaction"
        case .associationTaken: "the workload or subscription had a partner of record already"
        case .associationAnswerLate: "the partner answered after the day to answer by"
        case .associationReviewLate: "it was reviewed or decided after the time set for that"
        case .associationDisputeLate: "it was disputed after the time for that"
        case .associationConsentLate: "the customer opted out after the time for that"
        }
    }
}

extension FindingCode {
    /// When the finding need not mean that anything is wrong: what to look at first.
    public var falsePositive: String {
        switch self {
        case .outOfOrder: "the other system may not record a step, such as the start of a review"
        case .timeWentBack: "clocks of two systems may differ by seconds"
        case .otherAccount: "the partner may have been renumbered"
        case .currencyDiffers: "a payment in the partner's currency; look for its rate"
        case .noRulesInForce: "the program may have been published later than it applied"
        case .unknownPeriod: "a later version of the rules may name the period"
        case .approvedOverSubmitted: "costs approved on top, such as taxes"
        case .claimedOverAvailable: "earnings of the period may be recorded later"
        case .fundOverdrawn: "a correction may have come after the funds were claimed"
        case .paidWithoutApproval: "the approval may not have been recorded"
        case .paidOverApproved: "fees or exchange differences in the payment"
        case .reversedOverPaid: "a payment of before the log began"
        case .paidTwice: "a second payment may stand for one that was returned"
        case .approvedUnpaid: "the payment may not have been recorded yet"
        case .activityOutsidePeriod: "an activity that spans two periods"
        case .submittedEarly: "programs without a window start"
        case .submittedLate: "the other system's clock or zone; an extension of the deadline"
        case .evidenceMissing: "evidence kept elsewhere and never attached here"
        case .approvedOverCap: "a cap of an earlier version of the rules"
        case .submitterDecided: "one id shared by several people"
        case .evidenceReused: "one document may prove two activities, such as a contract"
        case .invoiceReused: "one invoice may be split over two claims"
        case .requestUnanswered: "one document may answer several items; an answer in words"
        case .ineligibleExpense: "one type may go by several names"
        case .overInvoices: "work of the partner's own staff beside the invoices"
        case .afterClosing: "corrections are meant to come after closing"
        case .associationIncomplete: "fields and proof kept elsewhere and never recorded here"
        case .associationLate: "the transaction's date may be that of an order, not of a start"
        case .associationTaken: "the end of the earlier association may not have been recorded"
        case .associationAnswerLate: "a longer time may have been agreed outside the ledger"
        case .associationReviewLate: "time spent waiting for the partner may count"
        case .associationDisputeLate: "the partner may have been told of the rejection later"
        case .associationConsentLate: "the customer may have opted out in time and outside"
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
