extension ClaimsDesk {
    /// The co-op part of eligible earnings, by the programme's share and rounding.
    func share(of eligible: Money, _ rules: Program) throws(Refusal) -> Money {
        try positive(eligible)
        let parts = try? eligible.split(coopShare: rules.coopShare, rounding: rules.rounding)
        let coop = parts?.coop ?? Money(minorUnits: 0, currency: eligible.currency)
        try positive(coop)
        return coop
    }

    /// The conversion of all co-op funds of a period that stayed below the threshold.
    ///
    /// Only once the earning period is over: until then more may be earned. Refuses funds at or
    /// above the threshold; an explicit amount with a reason converts those too. Source: domain
    /// facts c1, rule 2.
    func belowThreshold(
        _ rules: Program, _ partner: PartnerID, _ period: UsagePeriod, _ reason: String?,
        _ state: LedgerState
    ) throws(Refusal) -> FundsConverted {
        let account = FundAccount(
            program: rules.id, partner: partner, period: period.label, currency: rules.currency)
        let record =
            state.account(account)
            ?? AccountRecord(
                program: .none, partner: .none, period: .none, currency: rules.currency)
        guard let standing = rules.threshold(of: record) else {
            throw .noThreshold(rules.id, version: rules.version, rules.currency)
        }
        guard instant >= period.instants.earnedBefore else {
            throw .earningPeriodOpen(period.label, until: period.earned.last, at: instant)
        }
        guard standing.isBelow else { throw .notBelowThreshold(standing, account) }
        guard standing.convertible.minorUnits > 0 else {
            throw .nothingToConvert(standing, account)
        }
        let why = "\(standing.words) (program \(rules.id), version \(rules.version))"
        return FundsConverted(amount: standing.convertible, reason: reason ?? why)
    }
}

extension Refusal {
    /// Why funds are not converted, with the figures of the threshold.
    var thresholdSentence: String {
        switch self {
        case .noThreshold(let program, let version, let currency):
            """
            program '\(program)', version '\(version)', has no threshold in \(currency); \
            give the amount to convert and the reason
            """
        case .earningPeriodOpen(let label, let until, let at):
            """
            it is \(at); funds of usage period '\(label)' are earned until the end of \(until), \
            the threshold counts after that
            """
        case .notBelowThreshold(let standing, let account):
            """
            fund \(account) is not below the threshold: \(standing.words); \
            to convert it all the same, give the amount and the reason
            """
        case .nothingToConvert(let standing, let account):
            """
            fund \(account) has nothing left to convert: \(standing.words), \
            \(standing.converted) converted before
            """
        default: ""
        }
    }
}
