/// The numbers of fund accounts by their four parts.
///
/// Two pairs of parts are brought to a number each, and the pair of these to the account.
struct AccountTable: Sendable {
    private var owners = WordTable()
    private var periods = WordTable()
    private var accounts = WordTable()

    /// Makes room for so many accounts.
    mutating func reserve(_ count: Int) { accounts.reserve(count) }

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
struct ApprovalSums: Sendable {
    private struct Entry {
        var amount: Int64 = 0
        let activity: NameKey
        /// The next entry of the account + 1; 0 = none.
        let next: UInt32
    }

    private var entries: [Entry] = []
    /// The entries by account and activity.
    private var places = WordTable()
    /// The first entry of each account + 1; 0 = none.
    private var heads: [UInt32] = []

    /// Adds to the sum of an activity; returns its place, which it keeps.
    mutating func add(_ amount: Int64, activity: NameKey, account: AccountKey) -> Int {
        let place = places.placeOrAdd(Self.key(account, activity))
        if place == entries.count { append(activity, Int(account.index)) }
        entries[place].amount = entries[place].amount.addingClamped(amount)
        return place
    }

    /// The sum at a place.
    func sum(at place: Int) -> Int64 { entries[place].amount }

    private mutating func append(_ activity: NameKey, _ account: Int) {
        if account >= heads.count {
            let size = max(64, max(account + 1, heads.count + heads.count / 2))
            heads.append(contentsOf: repeatElement(0, count: size - heads.count))
        }
        entries.append(Entry(activity: activity, next: heads[account]))
        heads[account] = UInt32(entries.count)
    }

    private static func key(_ account: AccountKey, _ activity: NameKey) -> UInt64 {
        UInt64(UInt32(bitPattern: account.index)) << 32 | UInt64(activity.index)
    }

    /// What stands where the sum of an activity is looked for first.
    func touch(_ account: Int, _ activity: NameKey) -> UInt64 {
        places.touch(Self.key(AccountKey(index: Int32(account)), activity))
    }

    /// The sums of an account, by activity.
    ///
    /// O(activities of the account).
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
