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

    /// Looks ahead for a group of events, in passes of loads that do not depend on each other.
    package mutating func load(_ facts: [Fact], in state: LedgerState) {
        guard !state.claims.isEmpty, !state.accounts.isEmpty else { return }
        places.removeAll(keepingCapacity: true)
        accounts.removeAll(keepingCapacity: true)
        for fact in facts {
            places.append(state.claimByName[fact.subject] ?? 0)
            if let document = fact.document { sum ^= state.touchInvoice(document) }
        }
        for place in places {
            let (account, touched) = state.touchClaim(place)
            accounts.append(account)
            sum ^= touched
        }
        for account in accounts { sum ^= state.touchAccount(account) }
    }
}

extension LedgerState {
    fileprivate func touchClaim(_ place: Int) -> (account: Int, touched: UInt64) {
        // A record spans several lines of the cache: one field of each.
        let first =
            UInt64(claims[place].program.index) ^ UInt64(bitPattern: claims[place].submitted)
        let second = UInt64(bitPattern: claims[place].paid ^ claims[place].events)
        let documents = UInt64(dossiers[place].documents.count)
        let account = claims[place].holding.map { Int($0.index) } ?? 0
        return (account, first ^ second ^ documents)
    }

    fileprivate func touchAccount(_ account: Int) -> UInt64 {
        let first = UInt64(accounts[account].program.index)
        let second = UInt64(bitPattern: accounts[account].balance.unclaimed)
        return first ^ second ^ approvals.touch(account)
    }

    fileprivate func touchInvoice(_ document: DocumentFact) -> UInt64 {
        invoices.touch(WordTable.key(document.invoiceNumber, document.invoiceVendor))
    }
}
