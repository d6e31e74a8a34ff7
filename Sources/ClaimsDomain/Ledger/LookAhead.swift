/// What the next events of a log will need from memory, loaded before they are applied.
///
/// A fold touches records all over a large state, and waits for each. Loaded for a group of events
/// at once, the accesses overlap, which makes a replay several times faster. The values mean
/// nothing; a wrong guess costs a wait and no more.
package struct LookAhead: Sendable {
    private var places: [Int] = []
    private var accounts: [Int] = []
    /// Keeps the loads from being left out.
    private var sum: UInt64 = 0

    package init() {}

    /// Begins a group with the first pass of loads: where the claim of an event is.
    ///
    /// Given what it needs of a fact, since a whole one would be copied.
    @inline(__always)
    package mutating func note(
        _ subject: NameKey, _ document: DocumentFact?, in state: LedgerState
    ) {
        places.append(state.claimByName[subject] ?? 0)
        if let document { sum ^= state.touchInvoice(document) }
    }

    /// Looks ahead for the events noted, in passes of loads that do not depend on each other.
    package mutating func load(in state: LedgerState) {
        guard !state.claims.isEmpty, !state.accounts.isEmpty else {
            places.removeAll(keepingCapacity: true)
            return
        }
        accounts.removeAll(keepingCapacity: true)
        for place in places {
            let (account, touched) = state.touchClaim(place)
            accounts.append(account)
            sum ^= touched
        }
        for index in accounts.indices {
            sum ^= state.touchAccount(accounts[index], ofClaim: places[index])
        }
        places.removeAll(keepingCapacity: true)
    }
}

extension LedgerState {
    fileprivate func touchClaim(_ place: Int) -> (account: Int, touched: UInt64) {
        // A record spans several lines of the cache: one field of each.
        let first =
            UInt64(claims[place].program.index) ^ UInt64(bitPattern: claims[place].submitted)
        let second = UInt64(bitPattern: claims[place].paid ^ claims[place].events)
        let account = claims[place].holding.map { Int($0.index) } ?? 0
        return (account, first ^ second ^ dossiers.touch(place))
    }

    fileprivate func touchAccount(_ account: Int, ofClaim place: Int) -> UInt64 {
        let first = UInt64(accounts[account].program.index)
        let second = UInt64(bitPattern: accounts[account].balance.unclaimed)
        return first ^ second ^ approvals.touch(account, claims[place].activity)
    }

    fileprivate func touchInvoice(_ document: DocumentFact) -> UInt64 {
        guard document.invoiceNumber != .none else { return 0 }
        return invoices.touch(WordTable.key(document.invoiceNumber, document.invoiceVendor))
    }
}
