/// The numbers of fund accounts by their four parts.
///
/// Two pairs of parts are brought to a number each, and the pair of these to the account.
struct AccountTable: Sendable {
    private var owners = WordTable()
    private var periods = WordTable()
    private var accounts = WordTable()

    /// The account of four parts; nil when it was never needed.
    func key(
        program: NameKey, partner: NameKey, period: NameKey, currency: Currency
    ) -> AccountKey? {
        guard let owner = owners.place(of: WordTable.key(program, partner)),
            let period = periods.place(of: Self.key(period, currency)),
            let account = accounts.place(of: Self.key(owner, period))
        else { return nil }
        return AccountKey(index: Int32(account))
    }

    /// The account of four parts; when it is new, its number is the count of those before it.
    mutating func keyOrAdd(
        program: NameKey, partner: NameKey, period: NameKey, currency: Currency
    ) -> AccountKey {
        let owner = owners.placeOrAdd(WordTable.key(program, partner))
        let period = periods.placeOrAdd(Self.key(period, currency))
        return AccountKey(index: Int32(accounts.placeOrAdd(Self.key(owner, period))))
    }

    private static func key(_ owner: Int, _ period: Int) -> UInt64 {
        UInt64(owner) << 32 | UInt64(period)
    }

    private static func key(_ period: NameKey, _ currency: Currency) -> UInt64 {
        UInt64(period.index) << 32 | UInt64(currency.number)
    }
}

/// What is approved of each account, by activity: what caps are taken over.
///
/// An account has a handful of activities, so its list is walked.
struct ApprovalSums: Sendable {
    private struct Entry {
        let activity: NameKey
        var amount: Int64
        /// The next entry of the account + 1; 0 = none.
        let next: UInt32
    }

    private var entries: [Entry] = []
    /// The first entry of each account + 1; 0 = none.
    private var heads: [UInt32] = []

    /// Adds to the sum of an activity.
    ///
    /// O(activities of the account).
    mutating func add(_ amount: Int64, activity: NameKey, account: AccountKey) {
        let index = Int(account.index)
        if index >= heads.count {
            let size = max(64, max(index + 1, heads.count + heads.count / 2))
            heads.append(contentsOf: repeatElement(0, count: size - heads.count))
        }
        var cursor = heads[index]
        while cursor != 0 {
            let place = Int(cursor) - 1
            if entries[place].activity == activity {
                entries[place].amount = entries[place].amount.addingClamped(amount)
                return
            }
            cursor = entries[place].next
        }
        entries.append(Entry(activity: activity, amount: amount, next: heads[index]))
        heads[index] = UInt32(entries.count)
    }

    /// What stands where an account's sums begin.
    func touch(_ account: Int) -> UInt64 {
        guard account < heads.count, heads[account] != 0 else { return 0 }
        return UInt64(bitPattern: entries[Int(heads[account]) - 1].amount)
    }

    /// The sums of an account, by activity.
    func sums(of account: AccountKey) -> [NameKey: Int64] {
        var sums: [NameKey: Int64] = [:]
        guard Int(account.index) < heads.count else { return sums }
        var cursor = heads[Int(account.index)]
        while cursor != 0 {
            let entry = entries[Int(cursor) - 1]
            sums[entry.activity] = entry.amount
            cursor = entry.next
        }
        return sums
    }
}
