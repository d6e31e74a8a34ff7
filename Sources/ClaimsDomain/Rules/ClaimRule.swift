/// A rule of the programme that a claim can break, by the name refusals, `check` and exceptions
/// use.
///
/// Structural rules (status, currency, order in time) are no part of this list: nobody can grant an
/// exception from them. Figures come from the programme's rules, never from here.
public enum ClaimRule: String, Sendable, CaseIterable {
    /// The activity took place in the usage period it is claimed for.
    case activityInUsagePeriod = "activity_in_usage_period"
    /// Handed in once the claim window is open.
    case claimWindow = "claim_window"
    /// Handed in by the end of the deadline's day in the programme's zone.
    case claimDeadline = "claim_deadline"
    /// Approved beforehand, where the activity demands it.
    case preapproval
    /// The facts the activity has to show are documented.
    case coreRequirements = "core_requirements"
    /// The invoice of the outside vendor, where there is one.
    case thirdPartyInvoice = "third_party_invoice"
    /// The certification statement for work of the partner's own staff.
    case certificationStatement = "certification_statement"
    /// Proof that the activity took place.
    case proofOfExecution = "proof_of_execution"
    /// An explanatory note on each proof document, where the programme wants one.
    case proofNote = "proof_note"
    /// What the activity has to report is reported.
    case metrics
    /// Each expense is of a type the activity covers.
    case eligibleExpenses = "eligible_expenses"
    /// All that the last request asked for came, where the programme wants that.
    case documentsAnswered = "documents_answered"
    /// The file proves no other claim, where the programme wants that.
    case documentOnce = "document_once"
    /// The invoice, by number and vendor, proves no other claim, where the programme wants that.
    case invoiceOnce = "invoice_once"
    /// Who submits does not decide.
    case separationOfDuties = "separation_of_duties"
    /// The role may do this.
    case roleAllowed = "role_allowed"
    /// The number of attendees is reported where a cap counts them.
    case attendeesReported = "attendees_reported"
    /// The amount stays within the activity's caps.
    case withinCap = "within_cap"
    /// The amount stays within what the fund has.
    case withinFund = "within_fund"

    /// Where the rule stands in the programme's rules.
    public var source: String {
        switch self {
        case .activityInUsagePeriod, .claimWindow, .claimDeadline: "usagePeriods"
        case .preapproval: "activities.preapproval"
        case .coreRequirements, .thirdPartyInvoice, .certificationStatement, .proofOfExecution,
            .proofNote:
            "activities.evidence"
        case .eligibleExpenses: "activities.expenses"
        case .metrics: "activities.metrics"
        case .documentsAnswered: "documentsAnswered"
        case .documentOnce, .invoiceOnce: "evidenceOnce"
        case .separationOfDuties: "separationOfDuties"
        case .roleAllowed: "roles"
        case .attendeesReported, .withinCap: "activities.caps"
        case .withinFund: "fundControl"
        }
    }

    /// The rule that a missing document of a kind breaks; nil for kinds no rule asks for by name.
    init?(missing kind: EvidenceKind) {
        switch kind {
        case .coreRequirement: self = .coreRequirements
        case .thirdPartyInvoice: self = .thirdPartyInvoice
        case .certificationStatement: self = .certificationStatement
        case .proofOfExecution: self = .proofOfExecution
        case .metrics: self = .metrics
        case .other: return nil
        }
    }
}
