import ClaimsDomain

/// Holds the payments of a report against those of the ledger.
///
/// First by payment id; what is left then by claim, where the report names one, and by amounts that
/// add up in one way only. The same input gives the same rows, in the same order.
struct Reconciler {
    let book: PaymentBook
    private let scope: ReconciliationScope
    private(set) var sides: [ReportSide] = []
    private var sideByKey: [String: Int] = [:]
    var result = Reconciliation()
    /// What has no counterpart yet: sides of the report, payments of the ledger.
    var openSides: [Int] = []
    var openPayments: [Int] = []
    /// What has the same payment id and another amount.
    var unequal: [(side: Int, payments: [Int])] = []

    init(_ book: PaymentBook, _ scope: ReconciliationScope) {
        self.book = book
        self.scope = scope
    }

    /// Takes a row of the report.
    mutating func add(_ row: PaymentRow) {
        guard scope.admits(row.program, row.partner, row.time?.day) else { return }
        result.reportRows += 1
        let key = Self.key(row.id, row.partner, row.program)
        let place = sideByKey[key] ?? sides.count
        if place == sides.count {
            sides.append(ReportSide(row))
            sideByKey[key] = place
        }
        sides[place].add(row)
    }

    /// Compares all that was taken.
    mutating func finish() -> Reconciliation {
        for place in sides.indices { sides[place].settle() }
        let groups = paymentsBySide()
        for place in sides.indices {
            list(repeatsOf: place)
            if let payments = groups[place] {
                compare(place, payments)
            } else if sides[place].status == .paid {
                openSides.append(place)
            }
        }
        matchRest()
        for place in openSides {
            if sides[place].amount == nil {
                list(.reportOnly, mixed: place, [])
            } else {
                list(.reportOnly, [place], [])
            }
        }
        for place in openPayments { list(.ledgerOnly, [], [place]) }
        result.sort()
        return result
    }

    /// The ledger's payments by the side of the report that has them; the others are open.
    private mutating func paymentsBySide() -> [Int: [Int]] {
        var groups: [Int: [Int]] = [:]
        for (place, payment) in book.payments.enumerated() {
            let claim = book.claims[payment.claim]
            guard scope.admits(claim.program, claim.partner, payment.paidOn) else { continue }
            result.ledgerPayments += 1
            let exact = Self.key(payment.reference, claim.partner, claim.program)
            let vague = Self.key(payment.reference, claim.partner, nil)
            if let side = sideByKey[exact] ?? sideByKey[vague] {
                groups[side, default: []].append(place)
            } else if payment.standing > 0 {
                openPayments.append(place)
            }
        }
        return groups
    }

    private static func key(
        _ payment: String, _ partner: PartnerID, _ program: ProgramID?
    ) -> String {
        "\(payment)\n\(partner)\n\(program?.text ?? "")"
    }
}

// MARK: - One payment id

extension Reconciler {
    private mutating func list(repeatsOf place: Int) {
        for (row, line) in sides[place].repeats {
            var listed = self.row(
                .seenTwice, [place], [], "the report says so on line \(line) already")
            listed.reportAmount =
                row.status.meaning == .paid
                ? row.earned : Money(minorUnits: 0, currency: row.earned.currency)
            listed.lines = [row.line]
            result.rows.append(listed)
        }
    }

    private mutating func compare(_ place: Int, _ all: [Int]) {
        let payments = withoutRepeats(all)
        let standing = payments.filter { book.payments[$0].standing > 0 }
        switch (sides[place].status, standing.isEmpty) {
        case (.paid, false): compareAmounts(place, standing)
        case (.paid, true):
            list(.statusDisagrees, [place], payments, "reversed in the ledger, sent by the report")
        case (.undone, false):
            list(.statusDisagrees, [place], standing, "came back by the report")
        case (.waiting, false):
            list(.statusDisagrees, [place], standing, "not sent by the report")
        case (.undone, true): list(.matched, [place], payments, "undone on both sides")
        case (.waiting, true): list(.matched, [place], payments, "paid on neither side")
        }
    }

    /// The payments without those that say again what another one says, which are listed.
    private mutating func withoutRepeats(_ payments: [Int]) -> [Int] {
        var seen: Set<[Int64]> = []
        var kept: [Int] = []
        for place in payments {
            let payment = book.payments[place]
            let fact = [
                Int64(payment.claim), Int64(payment.paidOn.since1970), payment.amount.minorUnits,
            ]
            guard payment.standing > 0, !seen.insert(fact).inserted else {
                kept.append(place)
                continue
            }
            list(.seenTwice, [], [place], "the ledger has this payment of the claim already")
        }
        return kept
    }

    private mutating func compareAmounts(_ place: Int, _ payments: [Int]) {
        let side = sides[place]
        let kind: ReconciliationClass =
            payments.count == 1 ? .matched : .onePaymentForSeveral
        guard let amount = side.amount, let ledger = sum(payments) else {
            return list(.currencyDiffers, mixed: place, payments)
        }
        guard amount.currency == ledger.currency else {
            if let paidOut = payout(payments), paidOut == side.payout {
                list(kind, [place], payments, "\(paidOut) paid out on both sides")
            } else {
                list(.currencyDiffers, [place], payments)
            }
            return
        }
        if amount == ledger {
            list(kind, [place], payments)
        } else if let taxes = side.taxes(explaining: ledger) {
            list(.amountDiffersByTax, [place], payments, taxes)
        } else {
            unequal.append((place, payments))
        }
    }

    /// One payment in several currencies on one side: what each side has of each.
    private mutating func list(
        _ kind: ReconciliationClass, mixed place: Int, _ payments: [Int]
    ) {
        for (currency, rows) in Dictionary(grouping: sides[place].sent, by: \.earned.currency)
            .sorted(by: { $0.key < $1.key })
        {
            var listed = row(kind, [place], [])
            listed.reportAmount = Money(
                minorUnits: rows.reduce(0) { $0 + $1.earned.minorUnits }, currency: currency)
            listed.lines = rows.map(\.line)
            result.rows.append(listed)
        }
        for (_, part) in Dictionary(
            grouping: payments, by: { book.payments[$0].amount.currency }
        )
        .sorted(by: { $0.key < $1.key }) {
            list(kind, [], part)
        }
    }

    /// What the ledger has of some payments, where that is in one currency.
    func sum(_ payments: [Int]) -> Money? {
        guard let first = payments.first.map({ book.payments[$0].amount.currency }),
            payments.allSatisfy({ book.payments[$0].amount.currency == first })
        else { return nil }
        return Money(
            minorUnits: payments.reduce(0) { $0 + book.payments[$1].standing }, currency: first)
    }

    private func payout(_ payments: [Int]) -> Money? {
        guard let first = payments.first.flatMap({ book.payments[$0].payout?.currency }),
            payments.allSatisfy({
                book.payments[$0].payout?.currency == first && book.payments[$0].reversed == 0
            })
        else { return nil }
        return Money(
            minorUnits: payments.reduce(0) { $0 + (book.payments[$1].payout?.minorUnits ?? 0) },
            currency: first)
    }
}
