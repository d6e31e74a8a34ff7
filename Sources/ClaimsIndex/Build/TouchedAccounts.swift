import ClaimsDomain

/// Which accounts the present run touches: the state has what they hold.
struct TouchedAccounts {
    private var funds = TouchedPlaces()
    private var activities = TouchedPlaces()

    /// Notes that the run touches a fund.
    mutating func touch(_ number: UInt32, _ key: AccountKey) {
        funds.note(Int(key.index), number)
    }

    /// Notes that the run touches what is approved of an account for an activity.
    mutating func touch(_ number: UInt32, _ count: ApprovalCount) {
        activities.note(count.place, number)
    }

    /// What those that the run touched hold now; begins the next run.
    mutating func endRun(_ state: LedgerState) -> [TouchedAccount] {
        let held = funds.endRun().map { place, number in
            TouchedAccount(account: number, balance: state.accounts[place].balance)
        }
        return held
            + activities.endRun().map { place, number in
                var balance = FundBalance()
                balance.move(state.approvedSum(at: place), from: .due, to: .approved)
                return TouchedAccount(account: number, balance: balance)
            }
    }
}

/// Which places of the state the present run touches, each once, with its account's number.
private struct TouchedPlaces {
    private var touched: [(place: Int, number: UInt32)] = []
    /// By place, the last run that touched it; runs count from 1.
    private var lastRun: [UInt32] = []
    private var run: UInt32 = 1

    mutating func note(_ place: Int, _ number: UInt32) {
        while lastRun.count <= place { lastRun.append(0) }
        guard lastRun[place] != run else { return }
        lastRun[place] = run
        touched.append((place, number))
    }

    /// Those of the run that ends, in the order first touched.
    mutating func endRun() -> [(place: Int, number: UInt32)] {
        defer { touched.removeAll(keepingCapacity: true) }
        run += 1
        return touched
    }
}
