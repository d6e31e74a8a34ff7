extension LedgerState {
    /// The key of an account, made when first needed.
    mutating func accountKey(
        program: NameKey, partner: NameKey, period: NameKey, currency: Currency
    ) -> AccountKey {
        let key = accountTable.keyOrAdd(
            program: program, partner: partner, period: period, currency: currency)
        lastAccounts.append(key)
        if Int(key.index) == accounts.count {
            accounts.append(
                AccountRecord(
                    program: program, partner: partner, period: period, currency: currency))
        }
        return key
    }

    mutating func post(_ amount: Int64, from: Bucket, to: Bucket, in account: AccountKey) {
        guard amount != 0 else { return }
        accounts[Int(account.index)].balance.move(amount, from: from, to: to)
        lastPostings.append(Posting(account: account, from: from, to: to, amount: amount))
    }

    mutating func applyFund(_ fact: Fact) {
        guard let currency = fact.currency else { return }
        let here = accountKey(
            program: fact.program, partner: fact.partner, period: fact.subject, currency: currency)
        let before = accounts[Int(here.index)].balance.unclaimed
        switch fact.kind {
        case .fundsEarned:
            post(fact.amount, from: .earned, to: .available, in: here)
            if let eligible = fact.eligible {
                let index = Int(here.index)
                accounts[index].eligible = accounts[index].eligible.addingClamped(eligible)
                accounts[index].share = accounts[index].share.addingClamped(fact.amount)
            }
        case .fundsAdjusted: post(fact.amount, from: .adjusted, to: .available, in: here)
        case .fundsConverted: post(fact.amount, from: .available, to: .converted, in: here)
        case .fundsRolledOver:
            let there = accountKey(
                program: fact.program, partner: fact.partner, period: fact.period,
                currency: currency)
            post(fact.amount, from: .available, to: .rolledOut, in: here)
            post(fact.amount, from: .rolledIn, to: .available, in: there)
        case .programPublished, .partnerEnrolled, .periodClosed: break
        default: break
        }
        let after = accounts[Int(here.index)].balance.unclaimed
        if after < 0, after < before { note(.fundOverdrawn, fact) }
        let target = fact.kind == .fundsRolledOver ? fact.period : fact.subject
        if isClosed(fact.subject, of: fact.program) || isClosed(target, of: fact.program) {
            note(.afterClosing, fact)
        }
        noteUnknownPeriod(fact, of: fact.program, fact.subject, target)
    }

    /// Notes a period that the programme's rules in force do not have, or its latest where none
    /// were in force; that none were is noted too, of whatever brings an account into being.
    mutating func noteUnknownPeriod(
        _ fact: Fact, of program: NameKey, _ period: NameKey, _ target: NameKey? = nil
    ) {
        let inForce = rulesInForce(of: program, at: fact.occurredAt)
        if inForce == nil, fact.kind != .claimAmended { note(.noRulesInForce, fact) }
        guard let rules = inForce ?? keyedRules.last(where: { $0.program == program }) else {
            return
        }
        let isKnown =
            rules.periods.contains(period)
            && target.map { $0 == period || rules.periods.contains($0) } ?? true
        if !isKnown { note(.unknownPeriod, fact) }
    }
}
