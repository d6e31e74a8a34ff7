import ClaimsDomain

// What one payment id does not explain: payments under other ids that add up.
extension Reconciler {
    /// How many payments of one partner are tried in all their combinations; of more, sums that
    /// fit by chance are to be expected.
    private static let mostCandidates = 12

    /// Finds counterparts for what has none, and lists what has the same id and another amount.
    mutating func matchRest() {
        var rest = OpenPayments(self)
        matchByClaim(&rest)
        for (side, payments) in unequal { complete(side, payments, &rest) }
        for payment in openPayments where rest.payments.contains(payment) {
            let wanted = book.payments[payment].standing
            let candidates = rest.sides(
                like: book.payments[payment].amount.currency, owner(of: payment), self)
            guard let sides = only(candidates, wanted, atLeast: 2, { sides[$0].amount }) else {
                continue
            }
            rest.take(sides: sides, payments: [payment])
            list(.severalPaymentsForOne, sides, [payment], Self.byAmounts)
        }
        for side in openSides where rest.sides.contains(side) {
            guard let amount = sides[side].amount else { continue }
            let candidates = rest.payments(like: amount.currency, owner(ofSide: side), self)
            guard let payments = only(candidates, amount.minorUnits, atLeast: 2, { sum([$0]) })
            else { continue }
            rest.take(sides: [side], payments: payments)
            list(.onePaymentForSeveral, [side], payments, Self.byAmounts)
        }
        openSides = openSides.filter(rest.sides.contains)
        openPayments = openPayments.filter(rest.payments.contains)
    }

    private static let byAmounts = "under different ids; the amounts add up in this way only"

    /// A report that names the claim of a payment says what it is for, whatever its id.
    private mutating func matchByClaim(_ rest: inout OpenPayments) {
        for side in openSides {
            let claims = Set(sides[side].sent.compactMap(\.claim))
            guard !claims.isEmpty, let amount = sides[side].amount else { continue }
            let payments = rest.payments(like: amount.currency, owner(ofSide: side), self)
                .filter { claims.contains(book.claims[book.payments[$0].claim].id) }
            guard !payments.isEmpty, sum(payments) == amount else { continue }
            rest.take(sides: [side], payments: payments)
            list(
                payments.count == 1 ? .matched : .onePaymentForSeveral, [side], payments,
                "by claim; the ids differ")
        }
    }

    /// What one side has more may stand under other ids on the other.
    private mutating func complete(_ side: Int, _ payments: [Int], _ rest: inout OpenPayments) {
        guard let amount = sides[side].amount, let ledger = sum(payments) else { return }
        let missing = amount.minorUnits - ledger.minorUnits
        if missing > 0 {
            let candidates = rest.payments(like: amount.currency, owner(ofSide: side), self)
            if let more = only(candidates, missing, atLeast: 1, { sum([$0]) }) {
                rest.take(sides: [], payments: more)
                return list(.onePaymentForSeveral, [side], payments + more, Self.byAmounts)
            }
        } else {
            let candidates = rest.sides(like: amount.currency, owner(ofSide: side), self)
            if let more = only(candidates, -missing, atLeast: 1, { sides[$0].amount }) {
                rest.take(sides: more, payments: [])
                return list(.severalPaymentsForOne, [side] + more, payments, Self.byAmounts)
            }
        }
        list(.amountDiffers, [side], payments)
    }

    /// The one combination of candidates that adds up to an amount; nil where there is none, or
    /// more than one.
    private func only(
        _ candidates: [Int], _ wanted: Int64, atLeast count: Int, _ amount: (Int) -> Money?
    ) -> [Int]? {
        let amounts = candidates.map { amount($0)?.minorUnits ?? 0 }
        guard candidates.count <= Self.mostCandidates else { return nil }
        var found: [Int]?
        for choice in 1..<max(1, 1 << candidates.count) where choice.nonzeroBitCount >= count {
            var sum: Int64 = 0
            for index in candidates.indices where choice & 1 << index != 0 {
                sum = sum.addingReportingOverflow(amounts[index]).partialValue
            }
            guard sum == wanted else { continue }
            guard found == nil else { return nil }
            found = candidates.indices.filter { choice & 1 << $0 != 0 }.map { candidates[$0] }
        }
        return found
    }

    func owner(of payment: Int) -> (program: ProgramID?, partner: PartnerID) {
        let claim = book.claims[book.payments[payment].claim]
        return (claim.program, claim.partner)
    }

    func owner(ofSide side: Int) -> (program: ProgramID?, partner: PartnerID) {
        (sides[side].program, sides[side].partner)
    }
}

/// What has no counterpart yet, by partner and currency.
struct OpenPayments {
    private(set) var sides: Set<Int>
    private(set) var payments: Set<Int>
    private var sidesByOwner: [String: [Int]] = [:]
    private var paymentsByOwner: [String: [Int]] = [:]

    fileprivate init(_ reconciler: Reconciler) {
        sides = Set(reconciler.openSides)
        payments = Set(reconciler.openPayments)
        for side in reconciler.openSides {
            guard let amount = reconciler.sides[side].amount else { continue }
            let key = Self.key(reconciler.sides[side].partner, amount.currency)
            sidesByOwner[key, default: []].append(side)
        }
        for payment in reconciler.openPayments {
            let found = reconciler.book.payments[payment]
            let key = Self.key(reconciler.owner(of: payment).partner, found.amount.currency)
            paymentsByOwner[key, default: []].append(payment)
        }
    }

    mutating func take(sides taken: [Int], payments paid: [Int]) {
        sides.subtract(taken)
        payments.subtract(paid)
    }

    /// The open sides of a currency and a partner, and of its program where both name one.
    func sides(
        like currency: Currency, _ owner: (program: ProgramID?, partner: PartnerID),
        _ reconciler: Reconciler
    ) -> [Int] {
        (sidesByOwner[Self.key(owner.partner, currency)] ?? []).filter { side in
            guard sides.contains(side) else { return false }
            guard let wanted = owner.program, let own = reconciler.sides[side].program else {
                return true
            }
            return wanted == own
        }
    }

    /// The open payments likewise.
    func payments(
        like currency: Currency, _ owner: (program: ProgramID?, partner: PartnerID),
        _ reconciler: Reconciler
    ) -> [Int] {
        (paymentsByOwner[Self.key(owner.partner, currency)] ?? []).filter { payment in
            guard payments.contains(payment) else { return false }
            guard let wanted = owner.program else { return true }
            return wanted == reconciler.owner(of: payment).program
        }
    }

    private static func key(_ partner: PartnerID, _ currency: Currency) -> String {
        "\(partner)\n\(currency)"
    }
}
