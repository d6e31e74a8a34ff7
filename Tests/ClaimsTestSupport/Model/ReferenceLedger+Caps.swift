import ClaimsDomain

// What limits an approval. Source: domain facts, section f and c3.
extension ReferenceLedger {
    /// Whether an approval goes beyond a cap of the activity.
    func caps(
        _ amount: Money, _ id: String, _ claim: ReferenceClaim, _ rules: Program
    ) -> [FindingCode] {
        guard let activity = rules.activity(ActivityID(claim.activity)),
            !claim.exceptions.contains("within_cap"),
            // What is approved in another currency counts as nothing.
            amount.currency.code == claim.currency
        else { return [] }
        let isOver = activity.caps.contains { cap in
            let allowed = allowed(by: cap, activity, id, claim, rules)
            return allowed.map { amount.minorUnits > $0 } ?? false
        }
        return isOver ? [.approvedOverCap] : []
    }

    /// Minor units that a cap allows a claim; nil where it says nothing about it.
    private func allowed(
        by cap: Cap, _ activity: Activity, _ id: String, _ claim: ReferenceClaim, _ rules: Program
    ) -> Int64? {
        let expenses = ReferenceExpenses(claim.expenses, caps: activity.caps)
        if case .attendees = cap.limit {
            let namesTravellers = claim.expenses.contains { $0.traveller != nil }
            return namesTravellers ? expenses.total : nil
        }
        let account = ReferenceAccount(
            program: claim.program, partner: claim.partner, period: claim.period,
            currency: claim.currency ?? "")
        guard let limit = units(of: cap.limit, account, rules) else { return nil }
        // What a cap does not count is allowed beside it.
        let beside = expenses.total - expenses.counted(by: cap)
        switch cap.per {
        case .claim: return limit + beside
        case .usagePeriod:
            return limit - used(of: cap, activity, account, but: id) + beside
        case .person:
            if let each = expenses.limited(by: cap, toEach: limit) { return each + beside }
            guard let people = attendees(of: claim, activity) else { return nil }
            return limit.multipliedReportingOverflow(by: people).overflow
                ? nil : limit * people + beside
        }
    }

    private func units(
        of limit: Cap.Limit, _ account: ReferenceAccount, _ rules: Program
    ) -> Int64? {
        func share(_ percent: ExactDecimal) -> Int64 {
            var divisor: Int128 = 100
            for _ in 0..<percent.scale { divisor *= 10 }
            let product = Int128(figures(of: account).earned) * Int128(percent.unscaled)
            let (whole, rest) = product.quotientAndRemainder(dividingBy: divisor)
            let isUp =
                switch rules.rounding {
                case .down: false
                case .halfUp: rest * 2 >= divisor
                case .halfEven: rest * 2 > divisor || rest * 2 == divisor && whole % 2 == 1
                }
            return Int64(whole) + (isUp ? 1 : 0)
        }
        switch limit {
        case .fixedAmount(let amount):
            return amount.currency.code == account.currency ? amount.minorUnits : nil
        case .percentOfEarned(let percent): return share(percent)
        case .greaterOf(let percent, let amount):
            return amount.currency.code == account.currency
                ? max(amount.minorUnits, share(percent)) : nil
        case .attendees: return nil
        }
    }

    /// What other claims of the account have used of a cap for the period.
    private func used(
        of cap: Cap, _ activity: Activity, _ account: ReferenceAccount, but id: String
    ) -> Int64 {
        let sharing = [activity.id.text] + cap.sharedWith.map(\.text)
        return claims.filter { $0.key != id && $0.value.account == account }.values
            .filter { sharing.contains($0.activity) && $0.approved != 0 }
            .reduce(0) { sum, other in
                guard !cap.expenses.isEmpty, !other.expenses.isEmpty else {
                    return sum + other.approved
                }
                let expenses = ReferenceExpenses(other.expenses, caps: activity.caps)
                let beside = expenses.total - expenses.counted(by: cap)
                return sum + max(0, other.approved - beside)
            }
    }

    /// The attendees reported last, at most as many as a cap of the activity counts.
    private func attendees(of claim: ReferenceClaim, _ activity: Activity) -> Int64? {
        let reported = claim.documents.compactMap(\.evidence.metric).last { $0.name == "attendees" }
        guard let count = reported.flatMap({ Int64($0.value) }), count >= 0 else { return nil }
        return activity.caps.reduce(count) { count, cap in
            if case .attendees(let most) = cap.limit { min(count, most) } else { count }
        }
    }
}

/// The expenses of a claim, without those of travellers beyond the first so many that caps count.
private struct ReferenceExpenses {
    private let expenses: [ClaimExpense]

    init(_ all: [ClaimExpense], caps: [Cap]) {
        expenses = all.filter { expense in
            guard let traveller = expense.traveller else { return true }
            return caps.allSatisfy { cap in
                guard case .attendees(let most) = cap.limit, Self.counts(cap, expense) else {
                    return true
                }
                let travellers = Self.travellers(all.filter { Self.counts(cap, $0) })
                return travellers.prefix(Int(most)).contains(traveller)
            }
        }
    }

    var total: Int64 { Self.sum(expenses) }

    func counted(by cap: Cap) -> Int64 { Self.sum(expenses.filter { Self.counts(cap, $0) }) }

    /// What a limit a person allows of what the cap counts; nil where no traveller is named.
    func limited(by cap: Cap, toEach limit: Int64) -> Int64? {
        let counted = expenses.filter { Self.counts(cap, $0) }
        let travellers = Self.travellers(counted)
        guard !travellers.isEmpty else { return nil }
        let nobodys = Self.sum(counted.filter { $0.traveller == nil })
        return travellers.reduce(nobodys) { sum, traveller in
            sum + min(limit, Self.sum(counted.filter { $0.traveller == traveller }))
        }
    }

    private static func counts(_ cap: Cap, _ expense: ClaimExpense) -> Bool {
        cap.expenses.isEmpty || cap.expenses.contains(expense.type)
    }

    /// In the order first named.
    private static func travellers(_ expenses: [ClaimExpense]) -> [String] {
        expenses.compactMap(\.traveller).reduce(into: []) { seen, traveller in
            if !seen.contains(traveller) { seen.append(traveller) }
        }
    }

    private static func sum(_ expenses: [ClaimExpense]) -> Int64 {
        expenses.reduce(0) { $0 + $1.amountMinorUnits }
    }
}
