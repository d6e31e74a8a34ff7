public import ClaimsDomain

/// The buckets of one account, or of several summed within a currency, in minor units.
public struct BalanceRow: Equatable, Sendable {
    /// nil where the row sums over programmes; likewise below.
    public let program: ProgramID?
    /// The partner.
    public let partner: PartnerID?
    /// The usage period, by its label.
    public let period: PeriodLabel?
    /// ISO 4217.
    public let currency: Currency
    /// The buckets.
    public let balance: FundBalance
    /// What of the unclaimed money was lost at the deadline.
    public let expired: Int64
    /// The last day to claim; nil where the row sums over periods or none is known.
    public let deadline: Day?

    /// What can still be claimed.
    public var available: Int64 { balance.unclaimed - expired }
}

/// What balances are summed by.
public enum BalanceGrouping: String, Sendable, CaseIterable {
    case program, partner, period
}

/// Earned versus claimed funds of a ledger at a viewpoint.
public struct FundBalances: Sendable {
    /// By programme, partner, period, currency.
    public let rows: [BalanceRow]

    /// The accounts of a replay that a selection admits, or their sums by `grouping`.
    ///
    /// O(accounts log accounts).
    package init(
        _ replay: Replay, selection: Selection = Selection(), grouping: BalanceGrouping? = nil
    ) {
        var calendar = PeriodCalendar(of: replay)
        let accounts = replay.state.accounts.indices
            .map { Self.row(AccountKey(index: Int32($0)), replay, &calendar) }
            .filter { Self.admits(selection, $0) }
        rows = Self.summed(accounts, by: grouping).sorted { Self.order($0) < Self.order($1) }
    }

    private static func row(
        _ key: AccountKey, _ replay: Replay, _ calendar: inout PeriodCalendar
    ) -> BalanceRow {
        let record = replay.state.accounts[Int(key.index)]
        let account = replay.state.account(key)
        let period = calendar.period(record.period, of: record.program)
        let isPast = period.map { replay.moment >= $0.instants.claimBefore } ?? false
        return BalanceRow(
            program: account.program, partner: account.partner, period: account.period,
            currency: account.currency, balance: record.balance,
            expired: record.balance.expired(afterDeadline: isPast),
            deadline: period?.claimDeadline)
    }

    private static func admits(_ selection: Selection, _ row: BalanceRow) -> Bool {
        if let program = selection.program, program != row.program { return false }
        if let partner = selection.partner, partner != row.partner { return false }
        if let period = selection.period, period != row.period { return false }
        return true
    }

    private struct Group: Hashable {
        let name: String
        let currency: Currency
    }

    private static func summed(
        _ rows: [BalanceRow], by grouping: BalanceGrouping?
    ) -> [BalanceRow] {
        guard let grouping else { return rows }
        var groups: [Group: [BalanceRow]] = [:]
        for row in rows {
            let name: String? =
                switch grouping {
                case .program: row.program?.text
                case .partner: row.partner?.text
                case .period: row.period?.text
                }
            groups[Group(name: name ?? "", currency: row.currency), default: []].append(row)
        }
        return groups.map { group, rows in
            var balance = FundBalance()
            for row in rows { balance.add(row.balance) }
            return BalanceRow(
                program: grouping == .program ? ProgramID(group.name) : nil,
                partner: grouping == .partner ? PartnerID(group.name) : nil,
                period: grouping == .period ? PeriodLabel(group.name) : nil,
                currency: group.currency, balance: balance,
                expired: rows.reduce(0) { $0 + $1.expired }, deadline: nil)
        }
    }

    private static func order(_ row: BalanceRow) -> FundAccount {
        FundAccount(
            program: row.program ?? ProgramID(""), partner: row.partner ?? PartnerID(""),
            period: row.period ?? PeriodLabel(""), currency: row.currency)
    }
}
