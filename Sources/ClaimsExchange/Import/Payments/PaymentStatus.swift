import ClaimsDomain

/// The statuses of a payments report.
///
/// Source: Partner Center, payments report.
package enum PaymentStatus: String, CaseIterable, Sendable {
    case unprocessed = "Unprocessed"
    case upcoming = "Upcoming"
    case pendingTaxInvoice = "Pending tax invoice"
    case taxInvoiceUnderReview = "Tax invoice under review"
    case taxInvoiceRejected = "Tax invoice rejected"
    case rejectedDuringReview = "Rejected during review"
    case failed = "Failed"
    case inProgress = "In progress"
    case reprocessing = "Reprocessing"
    case sent = "Sent"
    /// By the bank; sent again in the next cycle.
    case reversed = "Reversed"
    /// By the bank.
    case rejected = "Rejected"
    /// Is being recouped.
    case incorrectPayment = "Incorrect payment"

    /// What it means for the money.
    package enum Meaning: Sendable { case paid, undone, waiting }

    /// Only what was sent is paid; what came back or is recouped is not.
    package var meaning: Meaning {
        switch self {
        case .sent: .paid
        case .reversed, .rejected, .incorrectPayment: .undone
        case .unprocessed, .upcoming, .pendingTaxInvoice, .taxInvoiceUnderReview,
            .taxInvoiceRejected, .rejectedDuringReview, .failed, .inProgress, .reprocessing:
            .waiting
        }
    }

    /// The status of a cell, in capitals or not.
    static func read(_ text: String) throws(CellProblem) -> PaymentStatus {
        if let status = byName[text.lowercased()] { return status }
        let nearest = NearestName.suggestion(for: text, among: allCases.map(\.rawValue))
        throw CellProblem(
            "paymentStatus is '\(text)', which is none of a payments report"
                + (nearest.map { "; the nearest is '\($0)'" } ?? ""))
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })
}
