/// A claimable activity with what proves it and what limits it.
public struct Activity: Equatable, Sendable {
    /// Its id.
    public var id: ActivityID
    /// Its name.
    public var name: String
    /// Its group.
    public var category: String
    /// The document's id.
    public var evidence: [EvidenceRequirement]
    /// What the activity has to report, in words.
    public var metrics: [String]
    /// What limits it.
    public var caps: [Cap]
    /// Whether an approval must have been given before the activity.
    public var preapproval: Bool
    /// The types of expenses it covers; empty: any.
    public var expenses: [String]

    /// An activity of a programme's catalogue.
    public init(
        id: ActivityID, name: String, category: String, evidence: [EvidenceRequirement],
        metrics: [String], caps: [Cap], preapproval: Bool, expenses: [String] = []
    ) {
        self.id = id
        self.name = name
        self.category = category
        self.evidence = evidence
        self.metrics = metrics
        self.caps = caps
        self.preapproval = preapproval
        self.expenses = expenses
    }
}

/// A document an activity needs.
public struct EvidenceRequirement: Equatable, Sendable {
    /// When the document is needed.
    public enum Condition: String, Sendable, CaseIterable {
        case always
        case thirdPartyVendor = "third_party_vendor"
        case inHouseWork = "in_house_work"
        /// Wanted where it applies; its absence is not counted as missing.
        case whereApplicable = "where_applicable"
    }

    /// Its kind.
    public var kind: EvidenceKind
    /// What the document has to show, in words.
    public var item: String
    /// When it is needed.
    public var when: Condition
    /// Whether each document of the kind needs an explanatory note.
    public var needsNote: Bool

    /// A requirement.
    public init(kind: EvidenceKind, item: String, when: Condition, needsNote: Bool = false) {
        self.kind = kind
        self.item = item
        self.when = when
        self.needsNote = needsNote
    }
}

/// A limit on what an activity is paid.
///
/// Source: domain facts, section f.
public struct Cap: Equatable, Sendable {
    /// What the limit is taken over.
    public enum Scope: String, Sendable, CaseIterable {
        case usagePeriod = "usage_period"
        case claim
        case person
    }

    /// How the limit is computed.
    public enum Limit: Equatable, Sendable {
        case fixedAmount(Money)
        case percentOfEarned(ExactDecimal)
        case greaterOf(percent: ExactDecimal, amount: Money)
        case attendees(Int64)
    }

    /// How it is computed.
    public var limit: Limit
    /// What it is taken over.
    public var per: Scope
    /// Activities that share this limit with this one; empty when it has it alone.
    public var sharedWith: [ActivityID]
    /// The types of expenses it counts; empty: all of them.
    public var expenses: [String]

    /// A cap.
    public init(
        limit: Limit, per: Scope, sharedWith: [ActivityID] = [], expenses: [String] = []
    ) {
        self.limit = limit
        self.per = per
        self.sharedWith = sharedWith
        self.expenses = expenses
    }
}
