extension ClaimsDesk {
    /// An amount to be paid in the claim's currency: at most what is due, all of it by default.
    func due(_ amount: Money?, _ file: ClaimFile) throws(Refusal) -> Money {
        let due = file.due
        guard amount != nil || due.minorUnits > 0 else {
            throw .nothingDue(file.id, approved: file.approved, paid: file.paid)
        }
        let amount = amount ?? due
        try same(amount, as: due.currency)
        try positive(amount)
        guard amount.minorUnits <= due.minorUnits else {
            throw .exceedsDue(amount: amount, due: due)
        }
        return amount
    }

    /// What a payment settles of the claim, and what was paid out where that was another currency.
    ///
    /// The claim's currency is what the fund is kept in, so only what is settled touches the fund:
    /// amounts of two currencies never meet. Conversions are rounded as the programme rounds. A
    /// payout that is exactly what is due at the rate settles all of it, also where converting it
    /// back would end a minor unit beside.
    func settled(
        _ amount: Money?, _ rate: Reimbursed.Rate?, _ file: ClaimFile, _ state: LedgerState
    ) throws(Refusal) -> (amount: Money, payout: Money?) {
        let currency = file.due.currency
        guard let rate else {
            if let amount, amount.currency != currency {
                throw .needsRate(amount, claim: currency)
            }
            return (try due(amount, file), nil)
        }
        guard let other = rate.other(than: currency), rate.value.unscaled > 0,
            amount.map({ $0.currency == other || $0.currency == currency }) ?? true
        else { throw .rateDoesNotFit(rate, given: amount?.currency, claim: currency) }
        let rounding = state.rules(of: file.program, at: instant)?.rounding ?? .halfUp
        func converted(_ amount: Money) throws(Refusal) -> Money {
            guard let result = rate.converted(amount, rounding: rounding) else {
                throw .beyondRange(amount, rate)
            }
            return result
        }
        guard let payout = amount, payout.currency == other else {
            let amount = try due(amount, file)
            return (amount, try converted(amount))
        }
        try positive(payout)
        let all = try due(nil, file)
        if try converted(all) == payout { return (all, payout) }
        let settled = try converted(payout)
        try positive(settled)
        guard settled.minorUnits <= all.minorUnits else {
            throw .payoutExceedsDue(payout: payout, amount: settled, due: all, rate)
        }
        return (settled, payout)
    }
}

extension Refusal {
    /// Why a payment is refused, with its figures.
    var paymentSentence: String {
        switch self {
        case .needsRate(let amount, let claim):
            "the payment is \(amount), the claim is in \(claim); give the rate it was paid at"
        case .rateDoesNotFit(let rate, let given, let claim):
            "the rate is \(rate.words); it has to be above zero, between \(claim) of the claim and "
                + (given.flatMap { $0 == claim ? nil : "\($0) of the payment" }
                    ?? "another currency")
        case .beyondRange(let amount, let rate):
            "\(amount) at \(rate.words) is beyond the largest amount this ledger keeps"
        case .nothingDue(let id, let approved, let paid):
            "nothing is due on claim '\(id)': \(approved) approved, \(paid) paid"
        case .exceedsDue(let amount, let due):
            "the amount is \(amount); it can be at most the \(due) due"
        case .payoutExceedsDue(let payout, let amount, let due, let rate):
            "the payment of \(payout) is \(amount) at \(rate.words); "
                + "it can be at most the \(due) due"
        default: ""
        }
    }
}
