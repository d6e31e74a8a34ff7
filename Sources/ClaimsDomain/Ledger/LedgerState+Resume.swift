/// A change of the sum that caps are taken over: what is approved of an account for an activity.
package struct ApprovalCount: Equatable, Sendable {
    package let account: AccountKey
    package let activity: NameKey
    /// Signed minor units of the account's currency.
    package let amount: Int64
    /// The place of the sum among all, in the order first approved.
    package let place: Int
}

// What a derived index puts in place of events that it does not fold again. An ordinary replay
// uses none of it.

extension LedgerState {
    /// Sets what an account holds, whatever was posted to it before.
    package mutating func resume(_ account: FundAccount, holding balance: FundBalance) {
        let key = key(of: account)
        accounts[Int(key.index)].balance = balance
    }

    /// The same by the keys of its names.
    package mutating func resume(
        program: NameKey, partner: NameKey, period: NameKey, currency: Currency,
        holding balance: FundBalance
    ) {
        let key = accountKey(
            program: program, partner: partner, period: period, currency: currency)
        // No event touched it.
        lastAccounts.removeAll(keepingCapacity: true)
        accounts[Int(key.index)].balance = balance
    }

    /// Sets what is approved of an account for an activity.
    package mutating func resume(
        _ account: FundAccount, approved amount: Int64, for activity: ActivityID
    ) {
        let key = key(of: account)
        let activity = names.intern(activity.text)
        let before = approvals.sums(of: key)[activity] ?? 0
        _ = approvals.add(amount.subtractingClamped(before), activity: activity, account: key)
    }

    /// Sets what the events since `count` findings broke.
    ///
    /// `codes` are those that a replay of the whole log had found at the event.
    package mutating func resume(
        findingsAfter count: Int, as codes: [FindingCode], of fact: Fact
    ) {
        findings.removeSubrange(count...)
        for code in codes { note(code, fact) }
    }

    private mutating func key(of account: FundAccount) -> AccountKey {
        accountKey(
            program: names.intern(account.program.text),
            partner: names.intern(account.partner.text),
            period: names.intern(account.period.text), currency: account.currency)
    }
}
