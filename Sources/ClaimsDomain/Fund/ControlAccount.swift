/// The accounts of all partners of one programme, usage period and currency together: in the words
/// of bookkeeping, their control account.
package struct ControlAccount: Hashable, Sendable {
    package let program: NameKey
    package let period: NameKey
    package let currency: Currency

    package init(program: NameKey, period: NameKey, currency: Currency) {
        self.program = program
        self.period = period
        self.currency = currency
    }

    /// The one that an account is part of.
    package init(_ account: AccountRecord) {
        self.init(program: account.program, period: account.period, currency: account.currency)
    }
}

/// What a control account holds.
///
/// The claim deadline of its accounts is the same, so that sums by programme or period need no
/// single one of them.
package struct ControlBalance: Equatable, Sendable {
    /// The sums of their buckets.
    package var balance = FundBalance()
    /// What the deadline takes, in minor units modulo 2^64: the sum of what each of those accounts
    /// has unclaimed, where that is positive.
    package private(set) var lapsing: Int64 = 0

    /// Of no account.
    package init() {}

    /// Of one account.
    package init(_ account: FundBalance) { add(account) }

    /// Adds an account.
    package mutating func add(_ account: FundBalance) {
        balance.add(account)
        settle(unclaimed: 0, as: account.unclaimed)
    }

    /// Takes what an account of theirs has unclaimed as changed: the sum of the buckets does not
    /// tell how much of it lapses.
    package mutating func settle(unclaimed before: Int64, as after: Int64) {
        lapsing &+= max(0, after) &- max(0, before)
    }

    /// Takes an account of theirs as changed.
    package mutating func replace(_ before: FundBalance, with after: FundBalance) {
        let (old, new) = (before.figures, after.figures)
        balance.add(FundBalance { new[$0] &- old[$0] })
        settle(unclaimed: before.unclaimed, as: after.unclaimed)
    }
}

extension ControlBalance {
    /// How many sums it keeps.
    package static let figureCount = FundBalance.figureCount + 1

    /// The sums it keeps, in a fixed order, for storing it.
    package var figures: [Int64] { balance.figures + [lapsing] }

    /// A stored balance.
    ///
    /// `figure` gives the sum of a place in the order of `figures`.
    package init(storedFigures figure: (Int) -> Int64) {
        balance = FundBalance(storedFigures: figure)
        lapsing = figure(FundBalance.figureCount)
    }
}
