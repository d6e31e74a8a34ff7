/// What a fold keeps of one expense of a claim.
package struct ExpenseFact: Equatable, Hashable, Sendable {
    package var type: NameKey
    /// `.none` where it is nobody's travel.
    package var traveller = NameKey.none
    /// Minor units of the claim's currency.
    package var amount: Int64

    package init(type: NameKey, traveller: NameKey = .none, amount: Int64) {
        self.type = type
        self.traveller = traveller
        self.amount = amount
    }
}

/// The expenses of a claim as caps count them.
///
/// Which travellers count where a cap takes so many of them is not said by any source (domain facts
/// c3): the first ones listed do.
struct ExpenseSheet {
    private let expenses: [ExpenseFact]
    private let names: NameTable

    /// The expenses, without those of travellers beyond the first so many that an activity's caps
    /// count.
    init(_ expenses: [ExpenseFact], caps: [Cap], _ names: NameTable) {
        self.names = names
        var kept = expenses
        for cap in caps {
            guard case .attendees(let most) = cap.limit else { continue }
            let counted = expenses.filter { cap.counts($0, names) && $0.traveller != .none }
            let admitted = Self.travellers(counted).prefix(Int(most))
            kept.removeAll {
                cap.counts($0, names) && $0.traveller != .none && !admitted.contains($0.traveller)
            }
        }
        self.expenses = kept
    }

    var total: Int64 { Self.sum(expenses) }

    /// What a cap does not count.
    func uncounted(by cap: Cap) -> Int64 { Self.sum(expenses.filter { !cap.counts($0, names) }) }

    /// What of an amount falls under a cap: what it does not count is taken first.
    func counted(of amount: Int64, by cap: Cap) -> Int64 {
        max(0, amount.subtractingClamped(uncounted(by: cap)))
    }

    /// What a limit a person leaves; nil where no traveller is named.
    func limited(by cap: Cap, toEach limit: Int64) -> Int64? {
        let counted = expenses.filter { cap.counts($0, names) }
        let travellers = Self.travellers(counted).filter { $0 != .none }
        guard !travellers.isEmpty else { return nil }
        let nobodys = Self.sum(counted.filter { $0.traveller == .none })
        return travellers.reduce(uncounted(by: cap).addingClamped(nobodys)) { sum, traveller in
            let own = Self.sum(counted.filter { $0.traveller == traveller })
            return sum.addingClamped(min(limit, own))
        }
    }

    /// In the order first named.
    private static func travellers(_ expenses: [ExpenseFact]) -> [NameKey] {
        var seen: [NameKey] = []
        for expense in expenses where !seen.contains(expense.traveller) {
            seen.append(expense.traveller)
        }
        return seen
    }

    private static func sum(_ expenses: [ExpenseFact]) -> Int64 {
        expenses.reduce(0) { $0.addingClamped($1.amount) }
    }
}

extension ClaimDossier {
    /// Whether an expense says whose travel it was.
    var namesTravellers: Bool { expenses.contains { $0.traveller != .none } }
}

extension Cap {
    /// Whether it counts an expense: all of them, or those of its types.
    func counts(_ expense: ExpenseFact, _ names: NameTable) -> Bool {
        expenses.isEmpty || expenses.contains(names.text(expense.type))
    }
}
