/// The buckets of one fund account, in minor units.
///
/// Every change is a posting, so the identity `earned + adjusted + rolledIn − rolledOut − converted
/// = available + reserved + approved` (with `expired` taken out of `available`) holds after each.
public struct FundBalance: Equatable, Sendable {
    /// Minor units earned.
    public private(set) var earned: Int64 = 0
    /// Minor units of adjustments, signed.
    public private(set) var adjusted: Int64 = 0
    /// Minor units moved in from other periods.
    public private(set) var rolledIn: Int64 = 0
    /// Minor units moved to other periods.
    public private(set) var rolledOut: Int64 = 0
    /// Minor units that became rebate.
    public private(set) var converted: Int64 = 0
    /// Minor units reserved for claims that wait.
    public private(set) var reserved: Int64 = 0
    /// Minor units approved.
    public private(set) var approved: Int64 = 0
    /// Part of `approved`.
    public private(set) var paid: Int64 = 0
    /// What is neither claimed nor left the fund, before expiry is considered.
    public private(set) var unclaimed: Int64 = 0
    /// Whether a sum left 64 bits: the account's figures are then not to be used.
    public private(set) var overflowed = false

    /// All zero.
    public init() {}

    /// Approved and not yet paid; negative when history paid more than was approved.
    public var due: Int64 { approved.subtractingClamped(paid) }

    /// Reserved + approved.
    public var claimed: Int64 { reserved.addingClamped(approved) }

    /// What of the unclaimed money is lost because the claim deadline has passed.
    public func expired(afterDeadline: Bool) -> Int64 { afterDeadline ? max(0, unclaimed) : 0 }

    /// What can still be claimed; negative when history claimed more than the fund had.
    public func available(afterDeadline: Bool) -> Int64 {
        unclaimed - expired(afterDeadline: afterDeadline)
    }

    /// Whether the two sides of the account agree; modulo 2^64, so that it never traps.
    public var isBalanced: Bool {
        earned &+ adjusted &+ rolledIn &- rolledOut &- converted
            == unclaimed &+ reserved &+ approved
    }

    /// Adds another account of the same currency, bucket by bucket.
    public mutating func add(_ other: FundBalance) {
        Self.add(other.earned, to: &earned, &overflowed)
        Self.add(other.adjusted, to: &adjusted, &overflowed)
        Self.add(other.rolledIn, to: &rolledIn, &overflowed)
        Self.add(other.rolledOut, to: &rolledOut, &overflowed)
        Self.add(other.converted, to: &converted, &overflowed)
        Self.add(other.reserved, to: &reserved, &overflowed)
        Self.add(other.approved, to: &approved, &overflowed)
        Self.add(other.paid, to: &paid, &overflowed)
        Self.add(other.unclaimed, to: &unclaimed, &overflowed)
        overflowed = overflowed || other.overflowed
    }

    /// Moves `amount` between two buckets.
    ///
    /// Sources and exits count what went through them.
    package mutating func move(_ amount: Int64, from: Bucket, to: Bucket) {
        switch from {
        case .earned: Self.add(amount, to: &earned, &overflowed)
        case .adjusted: Self.add(amount, to: &adjusted, &overflowed)
        case .rolledIn: Self.add(amount, to: &rolledIn, &overflowed)
        case .available: Self.add(-amount, to: &unclaimed, &overflowed)
        case .reserved: Self.add(-amount, to: &reserved, &overflowed)
        case .approved: Self.add(-amount, to: &approved, &overflowed)
        case .paid: Self.add(-amount, to: &paid, &overflowed)
        case .due, .expired, .claimed, .rolledOut, .converted: break
        }
        switch to {
        case .available: Self.add(amount, to: &unclaimed, &overflowed)
        case .reserved: Self.add(amount, to: &reserved, &overflowed)
        case .approved: Self.add(amount, to: &approved, &overflowed)
        case .paid: Self.add(amount, to: &paid, &overflowed)
        case .rolledOut: Self.add(amount, to: &rolledOut, &overflowed)
        case .converted: Self.add(amount, to: &converted, &overflowed)
        case .due, .expired, .claimed, .earned, .adjusted, .rolledIn: break
        }
    }

    /// How many sums a balance keeps.
    package static let figureCount = 9

    /// The sums it keeps, in a fixed order, for storing it.
    package var figures: [Int64] {
        [
            earned, adjusted, rolledIn, rolledOut, converted, reserved, approved, paid, unclaimed,
        ]
    }

    /// A stored balance.
    ///
    /// `figure` gives the sum of a place in the order of `figures`.
    package init(storedFigures figure: (Int) -> Int64) {
        earned = figure(0)
        adjusted = figure(1)
        rolledIn = figure(2)
        rolledOut = figure(3)
        converted = figure(4)
        reserved = figure(5)
        approved = figure(6)
        paid = figure(7)
        unclaimed = figure(8)
    }

    private static func add(_ amount: Int64, to bucket: inout Int64, _ overflowed: inout Bool) {
        let (sum, overflow) = bucket.addingReportingOverflow(amount)
        bucket = sum
        if overflow { overflowed = true }
    }
}
