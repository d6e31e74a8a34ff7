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
        let accounts = Self.ordered(
            replay.state.accounts.indices.filter { place in
                Self.admits(selection, replay.state.accounts[place], replay.state.names)
            }, replay
        ).map { Self.row(AccountKey(index: Int32($0)), replay, &calendar) }
        rows =
            grouping.map { grouping in
                Self.summed(accounts, by: grouping).sorted { Self.order($0) < Self.order($1) }
            } ?? accounts
    }

    /// Places of accounts by programme, partner, period, currency.
    ///
    /// Each name is compared as a text once, and from then on by its rank: there are far fewer
    /// names than accounts.
    private static func ordered(_ places: [Int], _ replay: Replay) -> [Int] {
        let accounts = replay.state.accounts
        func ranks(_ name: (AccountRecord) -> NameKey) -> [NameKey: UInt64] {
            let texts = Set(places.map { name(accounts[$0]) })
                .map { (key: $0, text: replay.state.names.text($0)) }
                .sorted { ($0.text, $0.key.index) < ($1.text, $1.key.index) }
            return Dictionary(
                uniqueKeysWithValues: texts.enumerated().map { ($1.key, UInt64($0)) })
        }
        let (programs, partners) = (ranks(\.program), ranks(\.partner))
        let periods = ranks(\.period)
        let ranked = places.map { place in
            let account = accounts[place]
            let owner = (programs[account.program] ?? 0) << 32 | (partners[account.partner] ?? 0)
            return (owner: owner, period: periods[account.period] ?? 0, place: place)
        }
        return ranked.sorted { left, right in
            if left.owner != right.owner { return left.owner < right.owner }
            if left.period != right.period { return left.period < right.period }
            return accounts[left.place].currency < accounts[right.place].currency
        }.map(\.place)
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

    private static func admits(
        _ selection: Selection, _ account: AccountRecord, _ names: NameTable
    ) -> Bool {
        func isSame(_ text: String?, _ name: NameKey) -> Bool {
            text.map { names.key(of: $0) == name } ?? true
        }
        return isSame(selection.program?.text, account.program)
            && isSame(selection.partner?.text, account.partner)
            && isSame(selection.period?.text, account.period)
    }

    private struct Group: Hashable {
        let name: String
        let currency: Currency
    }

    private static func summed(
        _ rows: [BalanceRow], by grouping: BalanceGrouping
    ) -> [BalanceRow] {
        var groups: [Group: (balance: FundBalance, expired: Int64)] = [:]
        for row in rows {
            let name: String? =
                switch grouping {
                case .program: row.program?.text
                case .partner: row.partner?.text
                case .period: row.period?.text
                }
            let group = Group(name: name ?? "", currency: row.currency)
            groups[group, default: (FundBalance(), 0)].balance.add(row.balance)
            groups[group]?.expired += row.expired
        }
        return groups.map { group, sum in
            BalanceRow(
                program: grouping == .program ? ProgramID(group.name) : nil,
                partner: grouping == .partner ? PartnerID(group.name) : nil,
                period: grouping == .period ? PeriodLabel(group.name) : nil,
                currency: group.currency, balance: sum.balance, expired: sum.expired,
                deadline: nil)
        }
    }

    private static func order(_ row: BalanceRow) -> FundAccount {
        FundAccount(
            program: row.program ?? ProgramID(""), partner: row.partner ?? PartnerID(""),
            period: row.period ?? PeriodLabel(""), currency: row.currency)
    }
}
