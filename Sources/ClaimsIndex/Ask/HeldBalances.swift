import ClaimsDomain

/// What accounts hold, by their places among all accounts.
///
/// Most places are of what is approved for an activity: only those that are asked about take the
/// memory of a balance.
struct HeldBalances {
    /// By place, that of the balance; -1 for none.
    private var rows: [Int32]
    private var balances: [FundBalance] = []

    /// None yet, for so many places and some of them held.
    init(places: Int, held: Int) {
        rows = [Int32](repeating: -1, count: places)
        balances.reserveCapacity(held)
    }

    /// How many accounts hold something.
    var count: Int { balances.count }

    func holds(_ place: Int) -> Bool { rows[place] >= 0 }

    /// What the account of a place holds; nil where nothing touched it.
    subscript(place: Int) -> FundBalance? { holds(place) ? balances[Int(rows[place])] : nil }

    /// Sets what the account of a place holds that held nothing.
    mutating func add(_ balance: FundBalance, at place: Int) {
        rows[place] = Int32(balances.count)
        balances.append(balance)
    }

    /// Posts to the account of a place.
    mutating func apply(_ posting: StoredPosting, at place: Int) {
        if !holds(place) { add(FundBalance(), at: place) }
        posting.apply(to: &balances[Int(rows[place])])
    }
}
