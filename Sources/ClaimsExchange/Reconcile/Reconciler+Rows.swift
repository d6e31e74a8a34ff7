import ClaimsDomain

extension Reconciler {
    /// Lists a comparison of what the report has under some ids with some payments of the ledger.
    mutating func list(
        _ kind: ReconciliationClass, _ sides: [Int], _ payments: [Int], _ detail: String = ""
    ) {
        result.rows.append(row(kind, sides, payments, detail))
    }

    /// The comparison as a row.
    func row(
        _ kind: ReconciliationClass, _ places: [Int], _ payments: [Int], _ detail: String
    ) -> ReconciliationRow {
        let claims = payments.map { book.claims[book.payments[$0].claim] }
        let owner = places.first.map { (sides[$0].program, sides[$0].partner) }
        var row = ReconciliationRow(
            kind: kind, payments: [], program: owner?.0 ?? claims.first?.program,
            partner: owner?.1 ?? claims.first?.partner ?? PartnerID(""))
        var ids = Set(places.map { sides[$0].payment })
        ids.formUnion(payments.map { book.payments[$0].reference })
        row.payments = ids.sorted()
        row.claims = Set(claims.map(\.id)).sorted()
        row.detail = detail
        if let first = places.first {
            let amounts = places.compactMap { sides[$0].amount }
            if let currency = amounts.first?.currency {
                row.reportAmount = Money(
                    minorUnits: amounts.reduce(0) { $0 + $1.minorUnits }, currency: currency)
            }
            row.lines = places.flatMap { sides[$0].rows.map(\.line) }.sorted()
            row.reportStatus = "\(sides[first].status)"
            row.claims = Set(
                row.claims + places.flatMap { sides[$0].rows.compactMap(\.claim) }
            ).sorted()
        }
        if let ledger = sum(payments) {
            row.ledgerAmount = ledger
            row.ledgerStatus = ledger.minorUnits > 0 ? "paid" : "reversed"
        }
        return row
    }

    /// What the report alone says of a payment, to be filled in.
    func row(
        _ kind: ReconciliationClass, _ places: [Int], _ payments: [Int]
    ) -> ReconciliationRow {
        row(kind, places, payments, "")
    }
}

extension Reconciliation {
    /// Puts the rows in their order and adds them up.
    mutating func sort() {
        let order = Dictionary(
            uniqueKeysWithValues: ReconciliationClass.allCases.enumerated().map { ($1, $0) })
        rows.sort { left, right in
            let (first, second) = (order[left.kind] ?? 0, order[right.kind] ?? 0)
            if first != second { return first < second }
            if left.payments != right.payments {
                return left.payments.lexicographicallyPrecedes(right.payments)
            }
            if left.partner != right.partner { return left.partner < right.partner }
            if left.program != right.program {
                return (left.program?.text ?? "") < (right.program?.text ?? "")
            }
            if left.lines != right.lines {
                return left.lines.lexicographicallyPrecedes(right.lines)
            }
            return left.claims.lexicographicallyPrecedes(right.claims)
        }
        var sums: [Currency: ReconciliationTotal] = [:]
        for row in rows {
            if let amount = row.reportAmount {
                sums[amount.currency, default: .init(currency: amount.currency)].report +=
                    amount.minorUnits
            }
            if let amount = row.ledgerAmount {
                sums[amount.currency, default: .init(currency: amount.currency)].ledger +=
                    amount.minorUnits
            }
        }
        totals = sums.values.sorted { $0.currency < $1.currency }
    }
}
