import ClaimsDomain

/// What accounts hold while an index is built, and which of them the present run touches.
struct RunningBalances {
    /// By the place of the account; nil where it is not known.
    private var balances: [FundBalance?] = []
    private var isTouched: [Bool] = []
    private var touched: [UInt32] = []

    func knows(_ account: UInt32) -> Bool {
        let place = AccountNumber.place(account)
        return place < balances.count && balances[place] != nil
    }

    /// Sets what an account holds before its first posting here.
    mutating func begin(_ account: UInt32, with balance: FundBalance) {
        let place = AccountNumber.place(account)
        while balances.count <= place {
            balances.append(nil)
            isTouched.append(false)
        }
        balances[place] = balance
    }

    /// Posts to an account that is known.
    mutating func apply(_ posting: StoredPosting, to account: UInt32) {
        let place = AccountNumber.place(account)
        balances[place]?.apply(posting)
        guard !isTouched[place] else { return }
        isTouched[place] = true
        touched.append(account)
    }

    /// What the accounts that the run touched hold now; begins the next run.
    mutating func endRun() -> [UInt32: FundBalance] {
        var ended: [UInt32: FundBalance] = [:]
        ended.reserveCapacity(touched.count)
        for account in touched {
            let place = AccountNumber.place(account)
            ended[account] = balances[place]
            isTouched[place] = false
        }
        touched.removeAll(keepingCapacity: true)
        return ended
    }
}

extension FundBalance {
    fileprivate mutating func apply(_ posting: StoredPosting) { posting.apply(to: &self) }
}
