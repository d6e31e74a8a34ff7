public import ClaimsDomain

/// Which claims, accounts or events a question is about.
///
/// What is nil does not limit.
public struct Selection: Equatable, Sendable {
    /// The programme.
    public var program: ProgramID?
    /// The partner.
    public var partner: PartnerID?
    /// The usage period, by its label.
    public var period: PeriodLabel?
    /// The claim.
    public var claim: ClaimID?
    /// The activity of the programme's catalogue.
    public var activity: ActivityID?
    /// A status as shown, so `expired` too.
    public var status: String?
    /// Its kind.
    public var kind: EventKind?
    /// The opaque id of who did it.
    public var actor: String?
    /// The first moment, by `time`.
    public var from: Instant?
    /// The last moment, by `time`.
    public var to: Instant?
    /// The least amount.
    public var minAmount: ExactDecimal?
    /// The greatest amount.
    public var maxAmount: ExactDecimal?

    /// No limits.
    public init() {}

    /// Whether it asks for something about single events; a claim is then selected when one of its
    /// events fits all of it.
    package var limitsEvents: Bool { kind != nil || actor != nil || from != nil || to != nil }

    /// Whether an amount lies between the bounds, compared exactly.
    package func admits(_ amount: Money) -> Bool {
        let digits = amount.currency.fractionDigits
        func compare(_ bound: ExactDecimal) -> Int {
            // Brought to a common scale; 128 bits hold any 64-bit number at 18 more digits.
            let scale = max(digits, bound.scale)
            let left = Int128(amount.minorUnits) * Self.power(scale - digits)
            let right = Int128(bound.unscaled) * Self.power(scale - bound.scale)
            return left < right ? -1 : (left > right ? 1 : 0)
        }
        if let minAmount, compare(minAmount) < 0 { return false }
        if let maxAmount, compare(maxAmount) > 0 { return false }
        return true
    }

    private static func power(_ exponent: Int) -> Int128 {
        (0..<exponent).reduce(Int128(1)) { product, _ in product * 10 }
    }
}

/// A selection in the keys of one replay, for testing many facts quickly.
package struct FactFilter {
    private let program: NameKey?
    private let partner: NameKey?
    private let period: NameKey?
    private let claim: NameKey?
    private let actor: NameKey?
    private let selection: Selection
    /// Whether it names something this log has not seen (so far).
    private let isImpossible: Bool

    package init(_ selection: Selection, names: NameTable) {
        var isImpossible = false
        func key(_ text: String?) -> NameKey? {
            guard let text else { return nil }
            guard let key = names.key(of: text) else {
                isImpossible = true
                return nil
            }
            return key
        }
        program = key(selection.program?.text)
        partner = key(selection.partner?.text)
        period = key(selection.period?.text)
        claim = key(selection.claim?.text)
        actor = key(selection.actor)
        self.selection = selection
        self.isImpossible = isImpossible
    }

    /// Whether the event-level part of the selection admits a fact.
    package func admitsEvent(_ fact: Fact) -> Bool {
        if isImpossible { return false }
        if let kind = selection.kind, kind != fact.kind { return false }
        if let actor, actor != fact.actor { return false }
        if let from = selection.from, fact.occurredAt < from { return false }
        if let to = selection.to, fact.occurredAt > to { return false }
        return true
    }

    /// Whether the whole selection admits a fact; `claimRecord` is its claim after it.
    package func admits(_ fact: Fact, claimRecord: ClaimRecord?) -> Bool {
        guard admitsEvent(fact) else { return false }
        if let program, program != fact.program { return false }
        if let partner, partner != fact.partner { return false }
        if let claim, fact.kind.subjectKind != .claim || claim != fact.subject { return false }
        if let period {
            let own = fact.kind.subjectKind == .period ? fact.subject : claimRecord?.period
            if own != period, fact.period != period { return false }
        }
        if selection.minAmount != nil || selection.maxAmount != nil {
            guard let currency = fact.currency,
                selection.admits(Money(minorUnits: fact.amount, currency: currency))
            else { return false }
        }
        return true
    }
}
