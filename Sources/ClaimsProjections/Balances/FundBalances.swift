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
        let wanted = WantedAccounts(selection, replay.state.names)
        let places = replay.state.accounts.indices.filter { place in
            wanted.admits(replay.state.accounts[place])
        }
        var calendar = PeriodCalendar(of: replay)
        rows =
            grouping.map { grouping in
                let summands = places.lazy.map { place in
                    let account = replay.state.accounts[place]
                    return Summand(
                        program: account.program, partner: account.partner, period: account.period,
                        currency: account.currency, held: ControlBalance(account.balance))
                }
                return Self.summed(summands, by: grouping, replay, &calendar)
            }
            ?? Self.ordered(places, replay).map {
                Self.row(AccountKey(index: Int32($0)), replay, &calendar)
            }
    }

    /// The sums of control accounts that a selection admits, by programme or period.
    ///
    /// O(control accounts).
    package init(
        _ replay: Replay, controls: [ControlAccount: ControlBalance], selection: Selection,
        grouping: BalanceGrouping
    ) {
        let wanted = WantedAccounts(selection, replay.state.names)
        var calendar = PeriodCalendar(of: replay)
        let summands = controls.lazy.filter { wanted.admits($0.key) }.map { account, held in
            Summand(
                program: account.program, partner: nil, period: account.period,
                currency: account.currency, held: held)
        }
        rows = Self.summed(summands, by: grouping, replay, &calendar)
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

    /// What a selection asks of an account, by keys.
    private struct WantedAccounts {
        /// Of each part: nil where any will do, `none` where no account has the wanted one.
        private let program: NameKey?
        private let partner: NameKey?
        private let period: NameKey?

        init(_ selection: Selection, _ names: NameTable) {
            program = selection.program.map { names.key(of: $0.text) ?? .none }
            partner = selection.partner.map { names.key(of: $0.text) ?? .none }
            period = selection.period.map { names.key(of: $0.text) ?? .none }
        }

        func admits(_ account: AccountRecord) -> Bool {
            (program == nil || program == account.program)
                && (partner == nil || partner == account.partner)
                && (period == nil || period == account.period)
        }

        /// Of an account of all partners, what it asks of a partner is met by none.
        func admits(_ account: ControlAccount) -> Bool {
            partner == nil && (program == nil || program == account.program)
                && (period == nil || period == account.period)
        }
    }

    private struct Group: Hashable {
        let name: NameKey?
        let currency: Currency
    }

    /// An account, of one partner or of all.
    private struct Summand {
        let program: NameKey
        /// nil for all.
        let partner: NameKey?
        let period: NameKey
        let currency: Currency
        let held: ControlBalance
    }

    private static func summed(
        _ summands: some Sequence<Summand>, by grouping: BalanceGrouping, _ replay: Replay,
        _ calendar: inout PeriodCalendar
    ) -> [BalanceRow] {
        var groups: [Group: (balance: FundBalance, expired: Int64)] = [:]
        for account in summands {
            let name =
                switch grouping {
                case .program: account.program
                case .partner: account.partner
                case .period: account.period
                }
            let group = Group(name: name, currency: account.currency)
            groups[group, default: (FundBalance(), 0)].balance.add(account.held.balance)
            if calendar.isPastDeadline(account.period, of: account.program) {
                groups[group]?.expired &+= account.held.lapsing
            }
        }
        let rows = groups.map { group, sum in
            let name = group.name.map { replay.state.names.text($0) } ?? ""
            return BalanceRow(
                program: grouping == .program ? ProgramID(name) : nil,
                partner: grouping == .partner ? PartnerID(name) : nil,
                period: grouping == .period ? PeriodLabel(name) : nil,
                currency: group.currency, balance: sum.balance, expired: sum.expired,
                deadline: nil)
        }
        return rows.sorted { order($0) < order($1) }
    }

    init(rows: [BalanceRow]) { self.rows = rows }

    static func order(_ row: BalanceRow) -> FundAccount {
        FundAccount(
            program: row.program ?? ProgramID(""), partner: row.partner ?? PartnerID(""),
            period: row.period ?? PeriodLabel(""), currency: row.currency)
    }
}
