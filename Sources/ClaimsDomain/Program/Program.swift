/// Whether a claim may exceed what its fund has.
public enum FundControl: String, Sendable, CaseIterable {
    /// A claim may not exceed what is available.
    case reserve
    /// There is no fund to exceed.
    case none
}

/// Which figure a threshold is tested on: no source says whether rounding comes first.
///
/// Source: domain facts c3 and j1.
public enum ThresholdBasis: String, Sendable, CaseIterable {
    /// The co-op funds as recorded, each brought to minor units.
    case rounded
    /// The exact share of the eligible earnings, where those were recorded.
    case unrounded
}

/// One version of a programme's rules: data of `program.published`, never constants.
///
/// Rules in force are those published before an event's `time`. Source: design, section 5.
public struct Program: Equatable, Sendable {
    /// Its id.
    public var id: ProgramID
    /// Its name.
    public var name: String
    /// Its version.
    public var version: String
    /// The first day these rules apply.
    public var effectiveFrom: Day
    /// The start of `effectiveFrom` in the programme's zone, resolved when published.
    public var effectiveAt: Instant
    /// ISO 4217.
    public var currency: Currency
    /// An IANA name; only its resolved instants are used, so a replay needs no zone database.
    public var timeZone: String
    /// Whether a claim may exceed its fund.
    public var fundControl: FundControl
    /// The part of earnings that becomes co-op funds, such as 0.40.
    public var coopShare: ExactDecimal
    /// Co-op earned below this in a period converts to rebate; nil when there is no threshold.
    public var threshold: Money?
    /// On which figure the threshold is tested.
    public var thresholdBasis: ThresholdBasis
    /// Of shares and percentages.
    public var rounding: Rounding
    /// How long originals are kept after the activity.
    public var retentionMonths: Int64
    /// Its calendar.
    public var usagePeriods: [UsagePeriod]
    /// How long answers may take.
    public var targets: Targets
    /// No business days.
    public var holidays: [Day]
    /// Whether submitting and deciding a claim must be two persons' work.
    public var separationOfDuties: Bool
    /// Whether a claim sent back may be handed in again only once all that was asked for came.
    public var documentsAnswered: Bool
    /// Whether a file or an invoice proves one claim only.
    public var evidenceOnce: Bool
    /// The last day of a month whose approvals are paid by the month's end; nil: no cut-off.
    public var paymentCutoffDay: Int64?
    /// The roles that may do an action; an action not listed is open to every role.
    public var roles: [ClaimAction: [String]]
    /// The claimable activities; none listed means any.
    public var activities: [Activity]
    /// The rules for associations; nil where the programme has none.
    public var associations: AssociationRules?

    /// The whole rule set.
    public init(
        id: ProgramID, name: String, version: String, effectiveFrom: Day, effectiveAt: Instant,
        currency: Currency, timeZone: String, fundControl: FundControl, coopShare: ExactDecimal,
        threshold: Money?,
        rounding: Rounding, retentionMonths: Int64, usagePeriods: [UsagePeriod], targets: Targets,
        holidays: [Day], separationOfDuties: Bool, roles: [ClaimAction: [String]] = [:],
        activities: [Activity], thresholdBasis: ThresholdBasis = .rounded,
        documentsAnswered: Bool = false, evidenceOnce: Bool = false,
        paymentCutoffDay: Int64? = nil, associations: AssociationRules? = nil
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.effectiveFrom = effectiveFrom
        self.effectiveAt = effectiveAt
        self.currency = currency
        self.timeZone = timeZone
        self.fundControl = fundControl
        self.coopShare = coopShare
        self.threshold = threshold
        self.rounding = rounding
        self.retentionMonths = retentionMonths
        self.usagePeriods = usagePeriods
        self.targets = targets
        self.holidays = holidays
        self.separationOfDuties = separationOfDuties
        self.roles = roles
        self.activities = activities
        self.thresholdBasis = thresholdBasis
        self.documentsAnswered = documentsAnswered
        self.evidenceOnce = evidenceOnce
        self.paymentCutoffDay = paymentCutoffDay
        self.associations = associations
    }

    /// The usage period of a label.
    public func usagePeriod(_ label: PeriodLabel) -> UsagePeriod? {
        usagePeriods.first { $0.label == label }
    }

    /// The usage period that earnings of a day are for.
    public func usagePeriod(earnedOn day: Day) -> UsagePeriod? {
        usagePeriods.first { $0.earned.contains(day) }
    }

    /// The usage period in which an activity of a day falls.
    public func usagePeriod(usedOn day: Day) -> UsagePeriod? {
        usagePeriods.first { $0.usage.contains(day) }
    }

    /// The activity of an id.
    public func activity(_ id: ActivityID) -> Activity? { activities.first { $0.id == id } }
}

/// Dates from the first to the last, both inside.
public struct DayRange: Equatable, Sendable {
    /// The first one.
    public var first: Day
    /// The last one.
    public var last: Day

    /// The days from `first` to `last`.
    public init(first: Day, last: Day) {
        self.first = first
        self.last = last
    }

    /// Whether the day is one of them.
    public func contains(_ day: Day) -> Bool { first <= day && day <= last }
}

/// A usage period with the days that earn for it, use it and claim from it.
public struct UsagePeriod: Equatable, Sendable {
    /// Its label, such as FY20-H2.
    public var label: PeriodLabel
    /// Minor units earned.
    public var earned: DayRange
    /// The days activities may take place.
    public var usage: DayRange
    /// From the window's first day to the claim deadline.
    public var claiming: DayRange
    /// How many days after an activity its claim may be handed in, the deadline still standing.
    ///
    /// nil where only the deadline counts.
    public var activityDeadlineDays: Int64?
    /// The same boundaries as moments of the programme's zone: the start of a first day, and the
    /// moment after the end of a last day.
    ///
    /// Resolved when the rules are published.
    public var instants: Instants

    /// The boundaries as moments; a `...Before` is the first moment outside.
    public struct Instants: Equatable, Sendable {
        /// The start of the earning period.
        public var earnedFrom: Instant
        /// The end of the earning period.
        public var earnedBefore: Instant
        /// The start of the usage period.
        public var usageFrom: Instant
        /// The end of the usage period.
        public var usageBefore: Instant
        /// The start of the claim window.
        public var claimFrom: Instant
        /// The end of the claim deadline's day.
        public var claimBefore: Instant

        /// The resolved boundaries.
        public init(
            earnedFrom: Instant, earnedBefore: Instant, usageFrom: Instant, usageBefore: Instant,
            claimFrom: Instant, claimBefore: Instant
        ) {
            self.earnedFrom = earnedFrom
            self.earnedBefore = earnedBefore
            self.usageFrom = usageFrom
            self.usageBefore = usageBefore
            self.claimFrom = claimFrom
            self.claimBefore = claimBefore
        }
    }

    /// A period with its days and moments.
    public init(
        label: PeriodLabel, earned: DayRange, usage: DayRange, claiming: DayRange,
        instants: Instants, activityDeadlineDays: Int64? = nil
    ) {
        self.label = label
        self.earned = earned
        self.usage = usage
        self.claiming = claiming
        self.instants = instants
        self.activityDeadlineDays = activityDeadlineDays
    }

    /// The last day a claim may be handed in.
    public var claimDeadline: Day { claiming.last }

    /// Days after the usage period when no explicit deadline is given.
    ///
    /// Source: domain facts b1.
    public static let fallbackDeadlineDays = 45
}

/// How long an answer may take; exceeding one makes an item overdue, never changes its state.
public struct Targets: Equatable, Sendable {
    /// From submission to a decision.
    public var review: Target?
    /// From a dispute to a decision.
    public var dispute: Target?
    /// How far it is paid.
    public var payment: Target?

    /// The targets a programme sets.
    public init(review: Target? = nil, dispute: Target? = nil, payment: Target? = nil) {
        self.review = review
        self.dispute = dispute
        self.payment = payment
    }
}

/// A number of days to answer in.
public struct Target: Equatable, Sendable {
    /// Which days count.
    public enum Unit: String, Sendable, CaseIterable { case business, calendar }

    /// How many.
    public var days: Int64
    /// Which days count.
    public var unit: Unit

    /// A target of `days`.
    public init(days: Int64, unit: Unit) {
        self.days = days
        self.unit = unit
    }
}
