/// Decides a command on the replayed state: the event to append, or the first rule that refuses.
///
/// Pure: the moment is a parameter, nothing is written. `actor` and `role` matter where the
/// programme separates duties or limits roles; nil asks as nobody in particular. A claim and its
/// fund are looked at in the same state, so both are as of the same sequence.
///
/// O(1) but for names that are not found and caps, which look at the account's other claims.
package func decide(
    _ command: Command, on state: LedgerState, at instant: Instant, by actor: Actor? = nil,
    role: String? = nil
) throws(Refusal) -> Decision {
    let desk = ClaimsDesk(instant: instant, actor: actor, role: role)
    switch command {
    case .publish(let program): return try desk.publish(program, state)
    case .enroll(let program, let partner, let payload):
        _ = try desk.rules(of: program, state)
        return Decision(
            source: Source(program: program, partner: partner), subject: partner.text,
            payload: .partnerEnrolled(payload))
    case .fund(let action, let program, let partner, let period):
        return try desk.fund(action, program: program, partner: partner, period: period, state)
    case .create(let id, let program, let partner, let draft):
        return try desk.create(id, program: program, partner: partner, draft, state)
    case .claim(let id, let action): return try desk.claim(id, action, state)
    case .createAssociation(let id, let program, let partner, let payload):
        return try desk.createAssociation(
            id, program: program, partner: partner, payload, state)
    case .association(let id, let action): return try desk.association(id, action, state)
    case .closePeriod(let program, let period, let treeHead):
        return try desk.close(program: program, period: period, treeHead: treeHead, state)
    }
}

/// When a command is to take effect, and who gives it.
///
/// The state it is decided on is handed to each step and kept by none: a copy of a value of so many
/// tables costs as much as the decision.
struct ClaimsDesk {
    let instant: Instant
    let actor: Actor?
    let role: String?

    /// The rules in force now, or why there are none.
    func rules(of program: ProgramID, _ state: LedgerState) throws(Refusal) -> Program {
        if let rules = state.rules(of: program, at: instant) { return rules }
        let versions = state.programs.filter { $0.rules.id == program }
        guard let first = versions.map({ max($0.publishedAt, $0.rules.effectiveAt) }).min() else {
            let known = Set(state.programs.map(\.rules.id.text)).sorted()
            let nearest = NearestName.suggestion(for: program.text, among: known)
            throw .unknownProgram(program, nearest: nearest.map { ProgramID($0) })
        }
        throw .noRulesInForce(program, at: instant, firstInForce: first)
    }

    func period(_ label: PeriodLabel, in rules: Program) throws(Refusal) -> UsagePeriod {
        guard let period = rules.usagePeriod(label) else {
            throw .unknownPeriod(label, program: rules.id, known: rules.usagePeriods.map(\.label))
        }
        return period
    }

    func positive(_ amount: Money) throws(Refusal) {
        guard amount.minorUnits > 0 else { throw .notPositive(amount) }
    }

    func same(_ given: Money, as currency: Currency) throws(Refusal) {
        guard given.currency == currency else {
            throw .wrongCurrency(given: given.currency, expected: currency)
        }
    }

    func publish(_ program: Program, _ state: LedgerState) throws(Refusal) -> Decision {
        let exists = state.programs.contains {
            $0.rules.id == program.id && $0.rules.version == program.version
        }
        guard !exists else { throw .versionExists(program.id, version: program.version) }
        return Decision(
            source: Source(program: program.id), subject: program.id.text,
            payload: .programPublished(program))
    }
}

// MARK: - Funds and periods

extension ClaimsDesk {
    /// The unclaimed money of an account, expired or not; zero for one no posting touched.
    func unclaimed(_ account: FundAccount, _ state: LedgerState) -> Money {
        let units = state.account(account)?.balance.unclaimed ?? 0
        return Money(minorUnits: units, currency: account.currency)
    }

    func fund(
        _ command: FundCommand, program: ProgramID, partner: PartnerID,
        period label: PeriodLabel, _ state: LedgerState
    ) throws(Refusal) -> Decision {
        let rules = try rules(of: program, state)
        let period = try period(label, in: rules)
        let payload: EventPayload
        switch command {
        case .earn(let earned):
            try positive(earned.amount)
            payload = .fundsEarned(earned)
        case .earnShare(let eligible, let earnedOn, let reference, let lever):
            payload = .fundsEarned(
                FundsEarned(
                    amount: try share(of: eligible, rules), earnedOn: earnedOn,
                    reference: reference, lever: lever, eligible: eligible))
        case .convertBelowThreshold(let reason):
            let converted = try belowThreshold(rules, partner, period, reason, state)
            try leave(converted.amount, program, partner, label, state)
            payload = .fundsConverted(converted)
        case .adjust(let adjusted): payload = .fundsAdjusted(adjusted)
        case .convert(let converted):
            try leave(converted.amount, program, partner, label, state)
            payload = .fundsConverted(converted)
        case .rollover(let rolled):
            guard rolled.toPeriod != label else { throw .rolloverIntoItself(label) }
            _ = try self.period(rolled.toPeriod, in: rules)
            try leave(rolled.amount, program, partner, label, state)
            payload = .fundsRolledOver(rolled)
        }
        return Decision(
            source: Source(program: program, partner: partner), subject: label.text,
            payload: payload)
    }

    /// What leaves a fund can be at most what is unclaimed, also after the deadline: the published
    /// rollover of 2020 moved funds whose claiming period had closed (domain facts b1).
    private func leave(
        _ amount: Money, _ program: ProgramID, _ partner: PartnerID, _ period: PeriodLabel,
        _ state: LedgerState
    ) throws(Refusal) {
        try positive(amount)
        let account = FundAccount(
            program: program, partner: partner, period: period, currency: amount.currency)
        let available = unclaimed(account, state)
        guard amount.minorUnits <= available.minorUnits else {
            throw .exceedsFund(amount: amount, available: available, account: account)
        }
    }

    func close(
        program: ProgramID, period label: PeriodLabel, treeHead: TreeHead, _ state: LedgerState
    ) throws(Refusal) -> Decision {
        _ = try period(label, in: try rules(of: program, state))
        var balances: [Currency: PeriodClosed.Balance] = [:]
        let programKey = state.names.key(of: program.text)
        let periodKey = state.names.key(of: label.text)
        for account in state.accounts
        where account.program == programKey && account.period == periodKey {
            balances[account.currency, default: .init(currency: account.currency)]
                .add(account.balance)
        }
        let closed = PeriodClosed(
            balances: balances.values.sorted { $0.currency < $1.currency },
            treeSize: treeHead.size, rootHash: treeHead.rootHash)
        return Decision(
            source: Source(program: program), subject: label.text, payload: .periodClosed(closed))
    }
}

extension PeriodClosed.Balance {
    /// Adds one account's buckets.
    mutating func add(_ balance: FundBalance) {
        accounts += 1
        earned = earned.addingClamped(balance.earned)
        adjusted = adjusted.addingClamped(balance.adjusted)
        rolledIn = rolledIn.addingClamped(balance.rolledIn)
        rolledOut = rolledOut.addingClamped(balance.rolledOut)
        converted = converted.addingClamped(balance.converted)
        reserved = reserved.addingClamped(balance.reserved)
        approved = approved.addingClamped(balance.approved)
        paid = paid.addingClamped(balance.paid)
        unclaimed = unclaimed.addingClamped(balance.unclaimed)
    }
}
