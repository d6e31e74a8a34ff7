/// Where the money of a fund account can stand.
///
/// Source: design, section 6.
public enum Bucket: String, Sendable, CaseIterable {
    // Where money comes from.
    case earned, adjusted, rolledIn
    // Where it leaves the account.
    case rolledOut, converted
    // Where it is meanwhile; `expired` is what of `available` is left after the deadline.
    case available, reserved, approved, expired
    // Inside `approved`.
    case due, paid
    /// Reserved and approved together.
    case claimed
}

/// A fund account: one programme, partner, usage period and currency.
public struct FundAccount: Hashable, Sendable {
    /// The programme.
    public let program: ProgramID
    /// The partner.
    public let partner: PartnerID
    /// The usage period, by its label.
    public let period: PeriodLabel
    /// ISO 4217.
    public let currency: Currency

    /// An account by its four parts.
    public init(program: ProgramID, partner: PartnerID, period: PeriodLabel, currency: Currency) {
        self.program = program
        self.partner = partner
        self.period = period
        self.currency = currency
    }
}

extension FundAccount: Comparable, CustomStringConvertible {
    /// By programme, partner, period, currency.
    public static func < (left: FundAccount, right: FundAccount) -> Bool {
        (left.program, left.partner, left.period, left.currency)
            < (right.program, right.partner, right.period, right.currency)
    }

    /// The parts with slashes between.
    public var description: String { "\(program)/\(partner)/\(period)/\(currency)" }
}

/// Money moved from one bucket of an account to another: balanced because it is one amount.
package struct Posting: Equatable, Sendable {
    package let account: AccountKey
    package let from: Bucket
    package let to: Bucket
    /// Minor units of the account's currency; negative only for an adjustment downwards.
    package let amount: Int64

    package init(account: AccountKey, from: Bucket, to: Bucket, amount: Int64) {
        self.account = account
        self.from = from
        self.to = to
        self.amount = amount
    }
}
