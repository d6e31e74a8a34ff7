/// The number of a fund account in a replay's state.
package struct AccountKey: Hashable, Sendable {
    package let index: Int32

    package init(index: Int32) { self.index = index }
}

/// What a fold needs of one event: fixed size, ids interned.
///
/// A replayed line and an event that `decide` has just made are both reduced to this and take the
/// same path.
package struct Fact: Equatable, Sendable {
    package var sequence: Int64 = 0
    package var occurredAt = Instant(millisecondsSince1970: 0)
    package var recordedAt = Instant(millisecondsSince1970: 0)
    /// Signed minor units; meaningless without `currency`.
    package var amount: Int64 = 0
    /// Of an attached document; `evidence` is then its id in the claim.
    package var document: DocumentFact?
    package var program: NameKey = .none
    package var partner: NameKey = .none
    package var subject: NameKey = .none
    package var actor: NameKey = .none
    /// The usage period of a claim; `toPeriod` of a rollover.
    package var period: NameKey = .none
    package var activity: NameKey = .none
    /// The payment reference of a reimbursement, the rule of an exception, the step of an
    /// endorsement, the name of a partner.
    package var reference: NameKey = .none
    /// The id of a document that is attached or withdrawn.
    package var evidence: DocumentKey = .none
    package var currency: Currency?
    /// Earned, activity, paid or due date, or the date of a document, by kind.
    package var day: Day?
    package var kind: EventKind
    package var inHouseWork: Bool?
    package var thirdPartyVendor: Bool?
    /// What few events carry beside; in a box, so that a fact stays small and is copied in no time.
    private var box: FactBox?

    package init(kind: EventKind) { self.kind = kind }
}

/// An event's place on both axes.
package struct EventPoint: Equatable, Sendable {
    package let sequence: Int64
    package let kind: EventKind
    package let occurredAt: Instant
    package let recordedAt: Instant

    package init(_ fact: Fact) {
        sequence = fact.sequence
        kind = fact.kind
        occurredAt = fact.occurredAt
        recordedAt = fact.recordedAt
    }
}

/// One pointer to a fact's details.
private indirect enum FactBox: Equatable, Sendable {
    case details(FactDetails)
}

/// What few events carry beside the fields that nearly all have.
private struct FactDetails: Equatable, Sendable {
    var eligible: Int64?
    var expenses: [ExpenseFact]?
    var request: RequestFact?
    var association: AssociationFact?
}

extension Fact {
    private var details: FactDetails {
        get {
            if case .details(let details)? = box { details } else { FactDetails() }
        }
        set { box = newValue == FactDetails() ? nil : .details(newValue) }
    }

    /// Whether there is anything beside the fixed part.
    package var hasDetails: Bool { box != nil }

    /// Of earnings: the eligible minor units that `amount` is the share of.
    package var eligible: Int64? {
        get { box == nil ? nil : details.eligible }
        set { details.eligible = newValue }
    }

    /// Of a draft or its amendment: what the amount is made up of.
    package var expenses: [ExpenseFact]? {
        get { box == nil ? nil : details.expenses }
        set { details.expenses = newValue }
    }

    /// Of a request for documents.
    package var request: RequestFact? {
        get { box == nil ? nil : details.request }
        set { details.request = newValue }
    }

    /// Of an association created or handed in.
    package var association: AssociationFact? {
        get { box == nil ? nil : details.association }
        set { details.association = newValue }
    }

    /// Puts other keys in the place of those in the details.
    package mutating func mapDetails(_ key: (NameKey) -> NameKey) {
        expenses = expenses?.map {
            ExpenseFact(type: key($0.type), traveller: key($0.traveller), amount: $0.amount)
        }
        association?.mapKeys(key)
    }

    /// Puts other keys in the place of those of documents.
    package mutating func mapDocuments(_ key: (DocumentKey) -> DocumentKey) {
        evidence = key(evidence)
        if document != nil { document?.mapKeys(key) }
        guard box != nil, var request else { return }
        request.items = request.items.map {
            RequestFact.Item(kind: $0.kind, evidence: key($0.evidence))
        }
        self.request = request
    }
}
