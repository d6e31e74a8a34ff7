package import ClaimsDomain

/// What a payment of a report and the ledger say of each other.
///
/// Source: Partner Center exports, reconciliation classes.
package enum ReconciliationClass: String, CaseIterable, Sendable {
    /// One payment, one reimbursement, the same amount.
    case matched
    case onePaymentForSeveral = "one_payment_for_several"
    case severalPaymentsForOne = "several_payments_for_one"
    /// The difference is a tax that the report itself names.
    case amountDiffersByTax = "amount_differs_by_tax"
    case amountDiffers = "amount_differs"
    case currencyDiffers = "currency_differs"
    case ledgerOnly = "ledger_only"
    case reportOnly = "report_only"
    /// One side says paid, the other does not.
    case statusDisagrees = "status_disagrees"
    case seenTwice = "seen_twice"

    /// Whether both sides say the same, or the report explains why not.
    package var agrees: Bool {
        switch self {
        case .matched, .onePaymentForSeveral, .severalPaymentsForOne, .amountDiffersByTax: true
        case .amountDiffers, .currencyDiffers, .ledgerOnly, .reportOnly, .statusDisagrees,
            .seenTwice:
            false
        }
    }
}

/// One comparison: what both sides have of a payment, and how they differ.
package struct ReconciliationRow: Equatable, Sendable {
    package var kind: ReconciliationClass
    /// The payment ids of the report, or the reference of the ledger, in their order.
    package var payments: [String]
    package var program: ProgramID?
    package var partner: PartnerID
    /// What the report says is paid; nil where it does not have the payment.
    package var reportAmount: Money?
    /// What the ledger says is paid; nil where it does not have the payment.
    package var ledgerAmount: Money?
    /// `paid`, `undone` or `waiting`; nil where the report does not have the payment.
    package var reportStatus: String?
    /// `paid` or `reversed`; nil where the ledger does not have the payment.
    package var ledgerStatus: String?
    /// By id.
    package var claims: [ClaimID] = []
    /// Lines of the report, in their order.
    package var lines: [Int64] = []
    /// What else there is to say.
    package var detail = ""

    /// The report's amount less the ledger's, one that is missing counting as nothing; nil where
    /// the currencies differ.
    package var difference: Money? {
        switch (reportAmount, ledgerAmount) {
        case (let report?, let ledger?):
            guard report.currency == ledger.currency else { return nil }
            return Money(
                minorUnits: report.minorUnits - ledger.minorUnits, currency: report.currency)
        case (let report?, nil): return report
        case (nil, let ledger?): return ledger.negated
        case (nil, nil): return nil
        }
    }
}

/// The sums of one currency.
package struct ReconciliationTotal: Equatable, Sendable {
    package let currency: Currency
    /// Minor units: what the report says is paid, as its rows stand.
    package internal(set) var report: Int64 = 0
    /// Minor units: what the ledger says is paid.
    package internal(set) var ledger: Int64 = 0

    /// The report's sum less the ledger's.
    package var difference: Int64 { report - ledger }
}

/// A payments report held against the ledger.
package struct Reconciliation: Equatable, Sendable {
    /// By class, then payment, partner, program and line.
    package internal(set) var rows: [ReconciliationRow] = []
    /// By currency; over all rows, whatever is shown.
    package internal(set) var totals: [ReconciliationTotal] = []
    /// Of the report's bytes.
    package internal(set) var reportSHA256 = ""
    /// The rows of the report that were compared.
    package internal(set) var reportRows: Int64 = 0
    /// The reimbursements of the ledger that were compared.
    package internal(set) var ledgerPayments: Int64 = 0

    init() {}

    /// How many comparisons are of each class; classes without any are left out.
    package var counts: [(kind: ReconciliationClass, count: Int)] {
        ReconciliationClass.allCases.compactMap { kind in
            let count = rows.count { $0.kind == kind }
            return count == 0 ? nil : (kind, count)
        }
    }

    /// Whether both sides say the same of every payment.
    package var agrees: Bool { rows.allSatisfy(\.kind.agrees) }
}

/// Which payments are compared.
package struct ReconciliationScope: Equatable, Sendable {
    package var program: ProgramID?
    package var partner: PartnerID?
    /// The first and the last day of payment; a row without a date is compared.
    package var from: Day?
    package var to: Day?

    /// All of them.
    package init() {}

    func admits(_ program: ProgramID?, _ partner: PartnerID, _ day: Day?) -> Bool {
        if let wanted = self.program, let program, wanted != program { return false }
        if let wanted = self.partner, wanted != partner { return false }
        guard let day else { return true }
        return (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
    }
}
