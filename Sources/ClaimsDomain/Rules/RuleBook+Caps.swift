/// What a cap is taken over: figures of the claim's fund account.
struct CapBasis {
    /// Earned for the period, in minor units of the claim's currency.
    let earned: Int64
    /// Approved so far on other claims of the same account, by activity.
    let approvedByActivity: [NameKey: Int64]
    /// Of these, the claims that say what their amount is made up of.
    var itemised: [Itemised] = []

    /// What is approved on a claim, and its expenses.
    struct Itemised {
        let activity: NameKey
        let approved: Int64
        let expenses: [ExpenseFact]
    }
}

extension RuleBook {
    /// Whether an amount stays within each cap of the activity, in the order they are listed.
    func capBreaches(_ amount: Money, _ basis: CapBasis) -> [RuleBreach] {
        guard let activity else { return [] }
        return activity.caps.compactMap { cap in
            switch allowance(of: cap, amount.currency, basis) {
            case .none: return nil
            case .attendeesUnknown: return .attendeesUnknown(activity.id)
            case .left(let units):
                guard amount.minorUnits > units else { return nil }
                let left = Money(minorUnits: max(0, units), currency: amount.currency)
                return .overCap(amount: amount, left: left, cap: cap.words)
            }
        }
    }

    private enum Allowance {
        /// The cap says nothing about an amount of this currency.
        case none
        case attendeesUnknown
        /// Minor units still within the cap; negative when it is exceeded already.
        case left(Int64)
    }

    private func allowance(
        of cap: Cap, _ currency: Currency, _ basis: CapBasis
    ) -> Allowance {
        let sheet = ExpenseSheet(dossier.expenses, caps: activity?.caps ?? [], names)
        let isItemised = !dossier.expenses.isEmpty
        guard let limit = limit(of: cap.limit, currency, basis) else {
            guard case .attendees = cap.limit, isItemised, dossier.namesTravellers else {
                return .none
            }
            return .left(sheet.total)
        }
        let apart = isItemised ? sheet.uncounted(by: cap) : 0
        switch cap.per {
        case .claim: return .left(limit.addingClamped(apart))
        case .person:
            if let left = sheet.limited(by: cap, toEach: limit) { return .left(left) }
            guard let count = attendees else { return .attendeesUnknown }
            return .left(limit.multipliedClamped(by: count).addingClamped(apart))
        case .usagePeriod:
            return .left(limit.subtractingClamped(used(of: cap, basis)).addingClamped(apart))
        }
    }

    /// What other claims of the account have used of a cap for the period.
    private func used(of cap: Cap, _ basis: CapBasis) -> Int64 {
        let sharing = [names.text(claim.activity)] + cap.sharedWith.map(\.text)
        let all = basis.approvedByActivity.reduce(Int64(0)) { sum, entry in
            sharing.contains(names.text(entry.key)) ? sum.addingClamped(entry.value) : sum
        }
        guard !cap.expenses.isEmpty else { return all }
        // Of a claim that says what it is made up of, only what the cap counts.
        return basis.itemised.reduce(all) { sum, other in
            guard sharing.contains(names.text(other.activity)) else { return sum }
            let sheet = ExpenseSheet(other.expenses, caps: activity?.caps ?? [], names)
            let counted = sheet.counted(of: other.approved, by: cap)
            return sum.subtractingClamped(other.approved.subtractingClamped(counted))
        }
    }

    /// The limit in minor units; nil where it is in another currency: no rate is ever guessed.
    private func limit(
        of limit: Cap.Limit, _ currency: Currency, _ basis: CapBasis
    ) -> Int64? {
        switch limit {
        case .fixedAmount(let amount): amount.currency == currency ? amount.minorUnits : nil
        case .percentOfEarned(let percent): share(percent, basis.earned)
        case .greaterOf(let percent, let amount):
            amount.currency == currency
                ? max(amount.minorUnits, share(percent, basis.earned)) : nil
        case .attendees: nil
        }
    }

    private func share(_ percent: ExactDecimal, _ earned: Int64) -> Int64 {
        let fraction = ExactDecimal(unscaled: percent.unscaled, scale: percent.scale + 2)
        return fraction.multiplied(by: earned, rounding: rules.rounding) ?? .max
    }

    /// The attendees reported, at most as many as an attendee cap of the activity counts.
    private var attendees: Int64? {
        guard let count = metric(Self.attendeesMetric).flatMap(Int64.init), count >= 0 else {
            return nil
        }
        let most = activity?.caps.compactMap { cap -> Int64? in
            if case .attendees(let most) = cap.limit { most } else { nil }
        }.min()
        return min(count, most ?? count)
    }
}

extension Cap {
    /// The limit and what it is taken over, in words.
    public var words: Phrase {
        let limit: Phrase =
            switch limit {
            case .fixedAmount(let amount): "\(amount)"
            case .percentOfEarned(let percent): "\(percent) % of earned"
            case .greaterOf(let percent, let amount):
                "\(percent) % of earned or \(amount), the greater"
            case .attendees(let count): "\(count) attendees"
            }
        let shared =
            sharedWith.isEmpty
            ? "" : " shared with " + sharedWith.map(\.text).joined(separator: ", ")
        let types =
            expenses.isEmpty
            ? "" : " for " + expenses.map { "'\($0)'" }.joined(separator: ", ")
        return "\(limit) per \(per.rawValue)\(types)\(shared)"
    }
}

extension Int64 {
    /// The product, held at the end of the range.
    func multipliedClamped(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
