extension LedgerState {
    /// The claim of an id; nil when no event names it.
    package func claim(_ id: ClaimID) -> ClaimRecord? {
        names.key(of: id.text).flatMap { claimByName[$0] }.map { claims[$0] }
    }

    /// The claim of an id by its key; nil when no event names it.
    package func claim(_ key: NameKey) -> ClaimRecord? { claimByName[key].map { claims[$0] } }

    /// The association of an id; nil when no event names it.
    package func association(_ id: AssociationID) -> AssociationRecord? {
        associationPlace(of: id).map { associations[$0] }
    }

    /// The place of an association among all; nil when no event names it.
    func associationPlace(of id: AssociationID) -> Int? {
        names.key(of: id.text).flatMap { associationPlaces.place(of: UInt64($0.index)) }
    }

    /// The account of four parts; nil when no posting touched it.
    package func account(_ account: FundAccount) -> AccountRecord? {
        accountKey(of: account).map { accounts[Int($0.index)] }
    }

    /// The key of an account of four parts; nil when no posting touched it.
    package func accountKey(of account: FundAccount) -> AccountKey? {
        guard let program = names.key(of: account.program.text),
            let partner = names.key(of: account.partner.text),
            let period = names.key(of: account.period.text)
        else { return nil }
        return accountTable.key(
            program: program, partner: partner, period: period, currency: account.currency)
    }

    /// The four parts of an account by their texts.
    package func account(_ key: AccountKey) -> FundAccount {
        let record = accounts[Int(key.index)]
        return FundAccount(
            program: ProgramID(names.text(record.program)),
            partner: PartnerID(names.text(record.partner)),
            period: PeriodLabel(names.text(record.period)), currency: record.currency)
    }

    /// The rules in force at a moment: of those published by then and effective by then, the latest
    /// published.
    ///
    /// O(versions).
    package func rules(of program: ProgramID, at instant: Instant) -> Program? {
        names.key(of: program.text).flatMap { rulesInForce(of: $0, at: instant)?.rules }
    }

    /// The same by the programme's key.
    func rulesInForce(of program: NameKey, at instant: Instant) -> KeyedRules? {
        keyedRules.last { $0.program == program && $0.isInForce(at: instant) }
    }

    /// The latest published rules of a programme, whenever they take effect.
    package func latestRules(of program: ProgramID) -> Program? {
        programs.last { $0.rules.id == program }?.rules
    }
}
