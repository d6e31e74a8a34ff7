/// A rule of the programme that an association can break, by the name refusals and `check` use.
///
/// No exception can be granted from them: no event of an association carries one.
public enum AssociationRule: String, Sendable, CaseIterable {
    /// The fields its kind needs are given.
    case fields = "association_fields"
    /// The documents its activity needs are attached.
    case proof = "association_proof"
    /// The customer's acknowledgement is not too old.
    case acknowledgement = "association_acknowledgement"
    /// It is handed in soon enough after the transaction.
    case claimWindow = "association_claim_window"
    /// One partner per workload or subscription.
    case exclusive = "association_exclusive"
    /// Who submits does not decide.
    case separationOfDuties = "association_duties"
    /// A rejection is disputed soon enough.
    case disputeWindow = "association_dispute_window"
    /// The customer opts out soon enough.
    case consentWindow = "association_consent_window"

    /// Where the rule stands in the programme's rules.
    public var source: String {
        switch self {
        case .fields: "associations.requirements"
        case .proof: "activities.evidence"
        case .acknowledgement: "associations.acknowledgementMonths"
        case .claimWindow: "associations.claimWithin"
        case .exclusive: "associations.exclusivity"
        case .separationOfDuties: "separationOfDuties"
        case .disputeWindow: "associations.targets.disputeWithin"
        case .consentWindow: "associations.consent"
        }
    }
}

/// How an association breaks a rule, with what was compared.
public enum AssociationBreach: Equatable, Sendable {
    /// The partner and the association that hold it.
    public struct Holder: Equatable, Sendable {
        /// The association that stands in the way.
        public let association: AssociationID
        /// Whose it is.
        public let partner: PartnerID

        /// A holder.
        package init(association: AssociationID, partner: PartnerID) {
            self.association = association
            self.partner = partner
        }
    }

    case missingFields([AssociationField])
    case missingDocument(EvidenceKind, items: [String])
    case undatedProof(months: Int64)
    case oldProof(latest: Day, from: Day, to: Day)
    case claimedLate(transactionOn: Day, last: Day, at: Instant)
    case taken(Holder, item: String, per: AssociationExclusivity.Item)
    case heldAlready(Holder, item: String, per: AssociationExclusivity.Item)
    case sameActor(String)
    case disputedLate(rejectedOn: Day, last: Day, at: Instant)
    case declinedLate(last: Day, at: Instant)

    /// The rule it breaks.
    public var rule: AssociationRule {
        switch self {
        case .missingFields: .fields
        case .missingDocument: .proof
        case .undatedProof, .oldProof: .acknowledgement
        case .claimedLate: .claimWindow
        case .taken, .heldAlready: .exclusive
        case .sameActor: .separationOfDuties
        case .disputedLate: .disputeWindow
        case .declinedLate: .consentWindow
        }
    }
}

extension AssociationBreach: CustomStringConvertible {
    /// What was found and what the rule expects, in words.
    public var description: String {
        switch self {
        case .missingFields(let fields):
            "missing: " + fields.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        case .missingDocument(let kind, let items):
            "no document of kind '\(kind.rawValue)' is attached; it has to show "
                + items.joined(separator: "; ")
        case .undatedProof(let months):
            """
            no proof document says when it is dated; one has to be dated at most \(months) \
            months before it is handed in
            """
        case .oldProof(let latest, let from, let to):
            "the proof is dated \(latest); it has to be dated from \(from) to \(to)"
        case .claimedLate(let transactionOn, let last, let at):
            "it is \(at), a transaction of \(transactionOn) could be claimed to the end of \(last)"
        case .taken(let holder, let item, let per):
            """
            partner '\(holder.partner)' holds \(per.rawValue) '\(item)' with association \
            '\(holder.association)'
            """
        case .heldAlready(let holder, let item, let per):
            "the partner has \(per.rawValue) '\(item)' already, with association "
                + "'\(holder.association)'"
        case .sameActor(let actor): "'\(actor)' submitted the association and cannot decide it"
        case .disputedLate(let rejectedOn, let last, let at):
            """
            it is \(at), the rejection of \(rejectedOn) could be disputed to the end of \(last); \
            create a new association
            """
        case .declinedLate(let last, let at):
            "it is \(at), the customer could opt out to the end of \(last)"
        }
    }
}
