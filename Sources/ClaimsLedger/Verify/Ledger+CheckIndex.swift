import ClaimsDomain
import ClaimsIndex
import ClaimsProjections

extension Ledger {
    /// Holds the index against a replay of the whole log: its bytes, its findings, and what every
    /// fund account holds.
    ///
    /// What differs is a notice and no fault, since the index is derived: it is set aside.
    func checkIndex(_ replay: Replay, into result: inout Verification) {
        guard let store = indexStore, indexing != .never else { return }
        do {
            guard let index = try LogIndex.open(store) else { return }
            try index.check(replay.state.findings)
            let indexed = try Self.funds(Selection(), Viewpoint(), index).log.replay.state
            if let account = Self.firstDifference(indexed, replay.state) {
                throw IndexProblem.differs(
                    file: store.folder, what: "a replay gives another balance of fund \(account)")
            }
        } catch let problem as IndexProblem {
            guard let text = problem.description else { return }
            store.clear()
            result.notices.append(
                "\(store.folder): warning: \(text); "
                    + "the index is derived: it is set aside, and written anew by a question")
        } catch {
            // The log itself was read before: whatever this is, it says nothing about the log.
            result.notices.append("\(store.folder): warning: the index was not checked: \(error)")
        }
    }

    /// The first account that two folds of a log do not agree on.
    private static func firstDifference(
        _ indexed: LedgerState, _ replayed: LedgerState
    ) -> FundAccount? {
        func holds(_ state: LedgerState, _ account: FundAccount, _ balance: FundBalance) -> Bool {
            (state.account(account)?.balance ?? FundBalance()) == balance
        }
        for (state, other) in [(replayed, indexed), (indexed, replayed)] {
            for (place, record) in state.accounts.enumerated() {
                let account = state.account(AccountKey(index: Int32(place)))
                if !holds(other, account, record.balance) { return account }
            }
        }
        return nil
    }
}
