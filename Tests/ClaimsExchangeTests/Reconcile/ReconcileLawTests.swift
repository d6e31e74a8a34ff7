import ClaimsDomain
import ClaimsTestSupport
import Testing

@testable import ClaimsExchange

@Suite("Laws of a reconciliation")
struct ReconcileLawTests {
    /// A report and a ledger that agree, each payment for a partner of its own.
    private struct World {
        var rows: [PaymentRow] = []
        var payments: [(claim: Int, paid: Reimbursed)] = []
        var book = PaymentBook()

        init(_ count: Int, using generator: inout SeededGenerator) {
            for index in 0..<count {
                let amount = usd(Int64.random(in: 100...1_000_000, using: &generator))
                let day = Samples.day("2020-03-10")
                book.add(
                    PaymentBook.Claim(
                        id: ClaimID("C-\(index)"), program: Samples.program.id,
                        partner: PartnerID("\(index)"), period: Samples.firstPeriod,
                        currency: amount.currency, approved: amount.minorUnits, paid: 0,
                        updatedAt: Samples.start))
                payments.append(
                    (
                        index,
                        Reimbursed(amount: amount, paymentReference: "P-\(index)", paidOn: day)
                    ))
                rows.append(Self.row("P-\(index)", amount, partner: index, line: index))
            }
        }

        static func row(
            _ id: String, _ amount: Money, status: PaymentStatus = .sent, tax: Money? = nil,
            partner: Int, line: Int
        ) -> PaymentRow {
            PaymentRow(
                id: id, status: status, note: "", program: Samples.program.id,
                partner: PartnerID("\(partner)"), earned: amount, total: nil, withheldTax: tax,
                salesTax: nil, serviceFeeTax: nil,
                time: try? ReportTime("2020-03-10", column: "paymentDate", order: .iso),
                claim: nil, line: Int64(line + 2))
        }

        /// The comparison; the rows in an order of their own.
        func reconciled(using generator: inout SeededGenerator) -> Reconciliation {
            var book = book
            for (claim, paid) in payments { book.add(paid, to: claim) }
            var reconciler = Reconciler(book, ReconciliationScope())
            for row in rows.shuffled(using: &generator) { reconciler.add(row) }
            return reconciler.finish()
        }
    }

    private enum Mutation: CaseIterable {
        case none, withoutRow, withoutPayment, otherAmount, taxed, otherCurrency, waiting, undone
        case rowTwice, paymentTwice, severalReimbursements, severalPayments

        var kinds: [ReconciliationClass] {
            switch self {
            case .none: [.matched]
            case .withoutRow: [.ledgerOnly]
            case .withoutPayment: [.reportOnly]
            case .otherAmount: [.amountDiffers]
            case .taxed: [.amountDiffersByTax]
            case .otherCurrency: [.currencyDiffers]
            case .waiting, .undone: [.statusDisagrees]
            case .rowTwice, .paymentTwice: [.matched, .seenTwice]
            case .severalReimbursements: [.onePaymentForSeveral]
            case .severalPayments: [.severalPaymentsForOne]
            }
        }
    }

    /// Changes one payment.
    private static func apply(
        _ mutation: Mutation, to index: Int, of world: inout World,
        using generator: inout SeededGenerator
    ) {
        let amount = world.rows[index].earned
        let part = usd(Int64.random(in: 1..<amount.minorUnits, using: &generator))
        let rest = usd(amount.minorUnits - part.minorUnits)
        func row(_ id: String, _ amount: Money, _ status: PaymentStatus = .sent, tax: Money? = nil)
            -> PaymentRow
        {
            World.row(id, amount, status: status, tax: tax, partner: index, line: index)
        }
        switch mutation {
        case .none: break
        case .withoutRow: world.rows.remove(at: index)
        case .withoutPayment: world.payments.remove(at: index)
        case .otherAmount: world.rows[index] = row("P-\(index)", rest)
        case .taxed:
            world.rows[index] = row("P-\(index)", amount, tax: part)
            world.payments[index].paid.amount = rest
        case .otherCurrency:
            world.rows[index] = row("P-\(index)", eur(amount.minorUnits))
        case .waiting: world.rows[index] = row("P-\(index)", amount, .inProgress)
        case .undone: world.rows[index] = row("P-\(index)", amount, .reversed)
        case .rowTwice: world.rows.append(row("P-\(index)", amount))
        case .paymentTwice: world.payments.append(world.payments[index])
        case .severalReimbursements:
            world.payments[index].paid.amount = part
            var other = world.payments[index]
            other.paid.amount = rest
            // Two equal halves on one day are the same fact twice.
            other.paid.paidOn = Samples.day("2020-03-11")
            world.payments.append(other)
        case .severalPayments:
            world.rows[index] = row("P-\(index)", part)
            world.rows.append(row("Q-\(index)", rest))
        }
    }

    @Test("of 10,000 worlds with one change each, every change is seen for what it is")
    func changes() {
        for seed in UInt64(0)..<10_000 {
            var generator = SeededGenerator(seed: seed)
            var world = World(Int.random(in: 1...5, using: &generator), using: &generator)
            let count = world.rows.count
            let index = Int.random(in: 0..<count, using: &generator)
            let mutation = Mutation.allCases[Int(seed) % Mutation.allCases.count]
            Self.apply(mutation, to: index, of: &world, using: &generator)
            let found = world.reconciled(using: &generator)
            let changed = found.rows.filter { $0.partner.text == "\(index)" }
            guard changed.map(\.kind) == mutation.kinds,
                found.rows.count == count - 1 + mutation.kinds.count,
                found.agrees == mutation.kinds.allSatisfy(\.agrees)
            else {
                Issue.record("seed \(seed), \(mutation): \(changed)")
                return
            }
            Self.check(found, world, seed: seed)
        }
    }

    @Test("with many changes at once, the totals are those of both sides", arguments: 0..<300)
    func totals(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var world = World(12, using: &generator)
        // From the last on, so that what is taken out moves nothing that is still to be changed.
        for index in world.rows.indices.reversed() {
            let mutation = Mutation.allCases[
                Int.random(in: 0..<Mutation.allCases.count, using: &generator)]
            guard world.rows[index].partner.text == "\(index)",
                world.payments.indices.contains(index), world.payments[index].claim == index
            else { continue }
            Self.apply(mutation, to: index, of: &world, using: &generator)
        }
        let found = world.reconciled(using: &generator)
        Self.check(found, world, seed: seed)
        var other = SeededGenerator(seed: seed + 1)
        let again = world.reconciled(using: &other)
        // Which of two equal rows is the repeat follows the file; all else is the same.
        #expect(again.totals == found.totals)
        #expect(again.rows.map(\.kind) == found.rows.map(\.kind))
    }

    /// Every row and payment is compared once, and the sums are those of the two sides.
    private static func check(_ found: Reconciliation, _ world: World, seed: UInt64) {
        for currency in [Samples.currency("USD"), Samples.currency("EUR")] {
            let report = world.rows.filter { $0.status == .sent && $0.earned.currency == currency }
                .reduce(0) { $0 + $1.earned.minorUnits }
            let ledger = world.payments.filter { $0.paid.amount.currency == currency }
                .reduce(0) { $0 + $1.paid.amount.minorUnits }
            let total = found.totals.first { $0.currency == currency }
            #expect(total?.report ?? 0 == report, "seed \(seed)")
            #expect(total?.ledger ?? 0 == ledger, "seed \(seed)")
        }
        #expect(found.reportRows == Int64(world.rows.count), "seed \(seed)")
        #expect(found.ledgerPayments == Int64(world.payments.count), "seed \(seed)")
    }
}
