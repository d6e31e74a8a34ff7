extension LedgerState {
    mutating func applyClaim(_ fact: Fact, _ action: ClaimAction) {
        let index: Int
        if let known = claimByName[fact.subject] {
            index = known
        } else {
            index = claims.count
            claims.append(ClaimRecord(claim: fact.subject))
            dossiers.append()
            claimByName.set(fact.subject, to: index)
        }
        var broken: [FindingCode] = []
        let isFirst = claims[index].isNewToPeriod
        let position = claims[index].evolve(
            by: fact, action: action, heldIn: currencyHeld(claim: index)
        ) { broken.append($0) }
        for code in broken { note(code, fact) }
        if action == .detach { forget(documentsOf: fact, claim: index) }
        dossiers.take(fact, action: action, claim: index)
        noteItemised(fact, claim: index)
        hold(position, claim: index, fact)
        if position.paying != 0 { pay(position.paying, claim: index) }
        for code in ruleFindings(fact, action, claim: index, isFirst: isFirst) { note(code, fact) }
        // Its money stands in an account of its own programme, wherever the event comes from.
        let (program, period) = (claims[index].program, claims[index].period)
        if action == .create || action == .amend && fact.period != .none {
            noteUnknownPeriod(fact, of: program, period)
        }
        if isClosed(period, of: program) { note(.afterClosing, fact) }
    }

    /// The currency of the account in which a claim holds or was paid something; nil when nothing.
    private func currencyHeld(claim index: Int) -> Currency? {
        let claim = claims[index]
        guard claim.reserved != 0 || claim.approved != 0 || claim.paid != 0 else { return nil }
        return claim.holding.map { accounts[Int($0.index)].currency }
    }

    /// Moves money so that the claim holds `position`, out of one account and into another where
    /// the claim has changed its period or currency since; what is paid goes along.
    private mutating func hold(_ position: ClaimPosition, claim index: Int, _ fact: Fact) {
        let claim = claims[index]
        guard let currency = claim.currency else { return }
        let holdsNothing = claim.reserved == 0 && claim.approved == 0
        if holdsNothing, position.reserved == 0, position.approved == 0 { return }
        let present = position.isAnew ? account(of: claim, currency) : claim.holding
        guard let account = present ?? claim.holding else { return }
        if let old = claim.holding, old != account {
            shift(reserved: -claim.reserved, approved: -claim.approved, in: old)
            shift(reserved: position.reserved, approved: position.approved, in: account)
            postPaid(-claim.paid, in: old)
            postPaid(claim.paid, in: account)
        } else {
            shift(
                reserved: position.reserved - claim.reserved,
                approved: position.approved - claim.approved, in: account)
        }
        if let old = claim.holding {
            countApproval(-claim.approved, for: claim.approvedFor, in: old)
        }
        countApproval(position.approved, for: claim.activity, in: account)
        claims[index].approvedFor = claim.activity
        claims[index].holding = account
        claims[index].reserved = position.reserved
        claims[index].approved = position.approved
        noteOverdraft(account, claim: index, before: claim, now: position, fact)
    }

    /// The account of a claim's present period: mostly the one that it holds something in already.
    private mutating func account(of claim: ClaimRecord, _ currency: Currency) -> AccountKey {
        if let holding = claim.holding {
            let account = accounts[Int(holding.index)]
            if account.period == claim.period, account.currency == currency,
                account.program == claim.program, account.partner == claim.partner
            {
                return holding
            }
        }
        return accountKey(
            program: claim.program, partner: claim.partner, period: claim.period,
            currency: currency)
    }

    /// Posts a change of a claim's two buckets: what leaves one goes into the other first, the
    /// difference comes from or goes back to what is available.
    private mutating func shift(reserved: Int64, approved: Int64, in account: AccountKey) {
        var reserved = reserved
        var approved = approved
        if reserved < 0, approved > 0 {
            let direct = min(-reserved, approved)
            post(direct, from: .reserved, to: .approved, in: account)
            reserved += direct
            approved -= direct
        } else if reserved > 0, approved < 0 {
            let direct = min(reserved, -approved)
            post(direct, from: .approved, to: .reserved, in: account)
            reserved -= direct
            approved += direct
        }
        if reserved > 0 { post(reserved, from: .available, to: .reserved, in: account) }
        if reserved < 0 { post(-reserved, from: .reserved, to: .available, in: account) }
        if approved > 0 { post(approved, from: .available, to: .approved, in: account) }
        if approved < 0 { post(-approved, from: .approved, to: .available, in: account) }
    }

    private mutating func pay(_ amount: Int64, claim index: Int) {
        let claim = claims[index]
        guard let currency = claim.currency else { return }
        let held = claim.holding.flatMap {
            accounts[Int($0.index)].currency == currency ? $0 : nil
        }
        let account =
            held
            ?? accountKey(
                program: claim.program, partner: claim.partner, period: claim.period,
                currency: currency)
        claims[index].holding = account
        postPaid(amount, in: account)
    }

    private mutating func postPaid(_ amount: Int64, in account: AccountKey) {
        if amount > 0 {
            post(amount, from: .due, to: .paid, in: account)
        } else {
            post(-amount, from: .paid, to: .due, in: account)
        }
    }

    /// A claim that takes more than its fund has, where the programme keeps a fund; what it held in
    /// another account before is no part of what it holds in this one.
    private mutating func noteOverdraft(
        _ account: AccountKey, claim index: Int, before: ClaimRecord, now: ClaimPosition,
        _ fact: Fact
    ) {
        let took = now.reserved.addingClamped(now.approved)
        let had = before.holding == account ? before.reserved.addingClamped(before.approved) : 0
        guard took > had, accounts[Int(account.index)].balance.unclaimed < 0 else { return }
        let control = rulesInForce(of: before.program, at: fact.occurredAt)?.rules.fundControl
        guard control ?? .reserve == .reserve, !isExcepted(.withinFund, claim: index) else {
            return
        }
        note(.claimedOverAvailable, fact)
    }
}
