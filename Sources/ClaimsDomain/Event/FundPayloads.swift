/// A partner takes part in a programme.
public struct PartnerEnrolled: Equatable, Sendable {
    /// Its name.
    public var name: String?
    /// ISO 3166 alpha-2 where known.
    public var country: String?
    /// ISO 4217.
    public var currency: Currency?

    /// Everything is optional: an import may know the id only.
    public init(name: String? = nil, country: String? = nil, currency: Currency? = nil) {
        self.name = name
        self.country = country
        self.currency = currency
    }
}

/// Co-op funds accrued for a usage period.
public struct FundsEarned: Equatable, Sendable {
    /// The amount, in its currency.
    public var amount: Money
    /// The day the funds were earned.
    public var earnedOn: Day
    /// The id in the system it came from.
    public var reference: String?
    /// The earning rule, as the programme names it.
    public var lever: String?
    /// The eligible earnings that the amount is the co-op share of, in the same currency; the rest
    /// of them is rebate.
    public var eligible: Money?

    /// Funds earned on a day.
    public init(
        amount: Money, earnedOn: Day, reference: String? = nil, lever: String? = nil,
        eligible: Money? = nil
    ) {
        self.amount = amount
        self.earnedOn = earnedOn
        self.reference = reference
        self.lever = lever
        self.eligible = eligible
    }

    /// The part of the eligible earnings that is paid as rebate; nil where they are not known.
    ///
    /// Source: domain facts c1, rule 1.
    public var rebate: Money? {
        eligible.map {
            Money(
                minorUnits: $0.minorUnits.subtractingClamped(amount.minorUnits),
                currency: $0.currency)
        }
    }
}

/// A correction of a fund, up or down, with its reason.
public struct FundsAdjusted: Equatable, Sendable {
    /// Signed.
    public var amount: Money
    /// The kind of adjustment.
    public var reasonCode: String
    /// Why.
    public var reason: String
    /// The id in the system it came from.
    public var reference: String?

    /// An adjustment by a signed amount.
    public init(amount: Money, reasonCode: String, reason: String, reference: String? = nil) {
        self.amount = amount
        self.reasonCode = reasonCode
        self.reason = reason
        self.reference = reference
    }
}

/// Co-op funds below the threshold became rebate.
public struct FundsConverted: Equatable, Sendable {
    /// The amount, in its currency.
    public var amount: Money
    /// Why.
    public var reason: String

    /// A conversion of an amount.
    public init(amount: Money, reason: String) {
        self.amount = amount
        self.reason = reason
    }
}

/// Unused funds moved to a later usage period of the same programme and partner.
public struct FundsRolledOver: Equatable, Sendable {
    /// The amount, in its currency.
    public var amount: Money
    /// The usage period it moves to.
    public var toPeriod: PeriodLabel
    /// Why.
    public var reason: String

    /// A rollover of an amount.
    public init(amount: Money, toPeriod: PeriodLabel, reason: String) {
        self.amount = amount
        self.toPeriod = toPeriod
        self.reason = reason
    }
}

/// A programme closed the books of a usage period; later facts for it count as late.
public struct PeriodClosed: Equatable, Sendable {
    /// The sums over all accounts of the period in one currency, in minor units.
    public struct Balance: Equatable, Sendable {
        /// ISO 4217.
        public var currency: Currency
        /// How many fund accounts.
        public var accounts: Int64
        /// Minor units earned.
        public var earned: Int64
        /// Minor units of adjustments, signed.
        public var adjusted: Int64
        /// Minor units moved in from other periods.
        public var rolledIn: Int64
        /// Minor units moved to other periods.
        public var rolledOut: Int64
        /// Minor units that became rebate.
        public var converted: Int64
        /// Minor units reserved for claims that wait.
        public var reserved: Int64
        /// Minor units approved.
        public var approved: Int64
        /// Minor units paid.
        public var paid: Int64
        /// What neither is claimed nor left the fund, expired or not.
        public var unclaimed: Int64

        /// Sums that start at zero.
        public init(currency: Currency) {
            self.currency = currency
            accounts = 0
            earned = 0
            adjusted = 0
            rolledIn = 0
            rolledOut = 0
            converted = 0
            reserved = 0
            approved = 0
            paid = 0
            unclaimed = 0
        }
    }

    /// By currency.
    public var balances: [Balance]
    /// The number of events before this one.
    public var treeSize: Int64
    /// RFC 6962 root over those events' lines, base64.
    public var rootHash: String
    /// Whether it was taken over from another log: size and root are those of its tree then.
    public var imported: Bool?

    /// The closing balances and the tree head they were computed at.
    public init(balances: [Balance], treeSize: Int64, rootHash: String) {
        self.balances = balances
        self.treeSize = treeSize
        self.rootHash = rootHash
    }
}
