/// The rules of a programme for associations: data of `program.published`, never constants.
///
/// Source: domain facts, sections h and j12. No exception can be granted from them, since the list
/// of events has none for associations: a programme that does not want a rule leaves it out.
public struct AssociationRules: Equatable, Sendable {
    /// The solution areas; none listed means any.
    public var solutionAreas: [String]
    /// What an association has to give before it is handed in.
    public var requirements: [AssociationRequirement]
    /// Of what there can be one partner of record.
    public var exclusivity: [AssociationExclusivity]
    /// How long answers may take.
    public var targets: AssociationTargets
    /// How long the customer may opt out; nil means at any time.
    public var consent: ConsentWindow?
    /// How long after the transaction an association may be handed in.
    public var claimWithin: Target?
    /// How old the customer's acknowledgement may be when the association is handed in.
    public var acknowledgementMonths: Int64?
    /// Activities that bring revenue recognition and no payment: no claim can ask money for them.
    public var withoutPayment: [ActivityID]

    /// No rules; set those a programme has.
    public init() {
        solutionAreas = []
        requirements = []
        exclusivity = []
        targets = AssociationTargets()
        withoutPayment = []
    }
}

/// Which associations a rule is about: those that meet all of what is given.
public struct AssociationScope: Equatable, Sendable {
    /// Of one of these activities; none listed means any.
    public var activities: [ActivityID]
    /// Of one of these solution areas; none listed means any.
    public var solutionAreas: [String]
    /// With a product whose name begins with one of these; none listed means any.
    public var productPrefixes: [String]
    /// Only where a product has several subscriptions at the customer.
    public var severalSubscriptions: Bool

    /// All associations; set what limits them.
    public init() {
        activities = []
        solutionAreas = []
        productPrefixes = []
        severalSubscriptions = false
    }
}

/// Fields that associations of a kind have to give.
public struct AssociationRequirement: Equatable, Sendable {
    /// The fields.
    public var fields: [AssociationField]
    /// Which associations.
    public var scope: AssociationScope

    /// A requirement.
    public init(fields: [AssociationField], scope: AssociationScope = AssociationScope()) {
        self.fields = fields
        self.scope = scope
    }
}

/// Of what there can be one partner of record.
public struct AssociationExclusivity: Equatable, Sendable {
    /// What is held.
    public enum Item: String, Sendable, CaseIterable { case workload, subscription }

    /// What becomes of an association for something another partner holds.
    public enum Answer: String, Sendable, CaseIterable {
        case refuse
        /// It goes on and is shown as competing.
        case flag
    }

    /// What can have one partner only.
    public var per: Item
    /// Which associations.
    public var scope: AssociationScope
    /// What becomes of one that is handed in.
    public var onSubmission: Answer
    /// What becomes of one that is approved.
    public var onApproval: Answer
    /// What was approved before this day holds nothing: it has to be associated anew.
    public var heldFrom: Day?
    /// The start of that day in the programme's zone, resolved when published.
    public var heldFromAt: Instant?

    /// One partner per item; set the rest.
    public init(per: Item, onSubmission: Answer, onApproval: Answer) {
        self.per = per
        scope = AssociationScope()
        self.onSubmission = onSubmission
        self.onApproval = onApproval
    }
}

/// How long answers about an association may take.
public struct AssociationTargets: Equatable, Sendable {
    /// From being handed in to the start of the review.
    public var start: Target?
    /// From the start of the review to a decision.
    public var review: Target?
    /// The same where another partner claims it too; `review` without it.
    public var competingReview: Target?
    /// From a request to the partner's answer, where the request names no day.
    public var answer: Target?
    /// From a dispute to a decision.
    public var dispute: Target?
    /// How long after a rejection it may be disputed; nil means at any time.
    public var disputeWithin: Target?

    /// No targets; set those a programme has.
    public init() {}
}

/// How long the customer may opt out.
public struct ConsentWindow: Equatable, Sendable {
    /// When it begins.
    public enum Start: String, Sendable, CaseIterable { case submission, approval }

    /// How long.
    public var within: Target
    /// When it begins.
    public var from: Start

    /// A window.
    public init(within: Target, from: Start) {
        self.within = within
        self.from = from
    }
}
