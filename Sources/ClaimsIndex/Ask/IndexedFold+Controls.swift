package import ClaimsDomain
import ClaimsProjections

extension IndexedFold {
    /// Sums the funds of all partners by programme, period and currency; of the accounts only those
    /// that events behind the index may touch are in the state then.
    package mutating func foldControls() throws(IndexProblem)
        -> [ControlAccount: ControlBalance]
    {
        try applyRules()
        let asOf = viewpoint.asOf?.millisecondsSince1970
        try index.checkBreaks(asOf, upTo: cut)
        var controls = try heldControls(asOf)
        try resumeAccounts(of: try hydrate())
        let before = state.accounts
        for event in tail where viewpoint.includes(event.fact) { try apply(event) }
        for place in state.accounts.indices {
            let account = state.accounts[place]
            let held = place < before.count ? before[place].balance : FundBalance()
            controls[ControlAccount(account), default: ControlBalance()]
                .replace(held, with: account.balance)
        }
        return controls
    }

    private mutating func heldControls(
        _ asOf: Int64?
    ) throws(IndexProblem) -> [ControlAccount: ControlBalance] {
        let stored = try index.storedControls()
        let balances = try index.controlBalances(among: stored.count, asOf: asOf, upTo: cut)
        var controls: [ControlAccount: ControlBalance] = [:]
        for (stored, balance) in zip(stored, balances) {
            guard let balance else { continue }
            let key = ControlAccount(
                program: state.names.intern(stored.program),
                period: state.names.intern(stored.period), currency: stored.currency)
            controls[key] = balance
        }
        return controls
    }
}
