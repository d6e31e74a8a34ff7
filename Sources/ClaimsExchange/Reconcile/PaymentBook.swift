import ClaimsCodec
import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// What the ledger has of payments: each reimbursement with what was reversed of it, and the claims
/// they are for.
package struct PaymentBook: Sendable {
    /// A claim that was approved or paid.
    struct Claim: Sendable {
        let id: ClaimID
        let program: ProgramID
        let partner: PartnerID
        let period: PeriodLabel
        let currency: Currency
        let approved: Int64
        var paid: Int64
        var updatedAt: Instant

        /// Minor units approved and not paid.
        var due: Int64 { approved - paid }
    }

    /// A reimbursement.
    struct Payment: Sendable {
        let reference: String
        /// Its place in `claims`.
        let claim: Int
        /// What it settles, in the claim's currency.
        let amount: Money
        /// What was paid out, where that was in another currency.
        let payout: Money?
        let paidOn: Day
        /// Minor units of `amount` that were reversed.
        var reversed: Int64 = 0

        /// Minor units that are still paid.
        var standing: Int64 { amount.minorUnits - reversed }
    }

    private(set) var claims: [Claim] = []
    private(set) var payments: [Payment] = []
    private var claimByID: [ClaimID: Int] = [:]
    private var paymentsByReference: [String: [Int]] = [:]
    private var claimsByOwner: [String: [Int]] = [:]

    init() {}

    /// The payments of a log as seen from a viewpoint, with the replay they were read in.
    ///
    /// One pass over the log.
    package static func read(
        _ ledger: Ledger, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> (book: PaymentBook, log: ReplayedLog) {
        var found: [(claim: String, payload: EventPayload)] = []
        var reader = EventReader()
        let log = try ledger.replay(viewpoint) { (_, fact, bytes) in
            switch fact.kind {
            case .claimReimbursed, .claimReimbursementReversed:
                let content = try reader.read(bytes).content
                found.append((content.subject, content.payload))
            default: break
            }
        }
        var book = PaymentBook()
        book.take(log.replay.state)
        for (id, payload) in found {
            guard let claim = book.claimByID[ClaimID(id)] else { continue }
            switch payload {
            case .claimReimbursed(let paid): book.add(paid, to: claim)
            case .claimReimbursementReversed(let reversed): book.reverse(reversed, of: claim)
            default: break
            }
        }
        return (book, log)
    }

    private mutating func take(_ state: LedgerState) {
        for record in state.claims {
            guard let currency = record.currency,
                record.approved != 0 || record.paid != 0 || record.everPaid
            else { continue }
            add(
                Claim(
                    id: ClaimID(state.names.text(record.claim)),
                    program: ProgramID(state.names.text(record.program)),
                    partner: PartnerID(state.names.text(record.partner)),
                    period: PeriodLabel(state.names.text(record.period)), currency: currency,
                    approved: record.approved, paid: record.paid,
                    updatedAt: record.updatedAt ?? .earliest))
        }
    }

    /// Adds a claim, which it does not have yet.
    mutating func add(_ claim: Claim) {
        claimByID[claim.id] = claims.count
        claimsByOwner["\(claim.program)\n\(claim.partner)", default: []].append(claims.count)
        claims.append(claim)
    }

    /// Adds a reimbursement of a claim at a place.
    mutating func add(_ paid: Reimbursed, to claim: Int) {
        paymentsByReference[paid.paymentReference, default: []].append(payments.count)
        payments.append(
            Payment(
                reference: paid.paymentReference, claim: claim, amount: paid.amount,
                payout: paid.payout, paidOn: paid.paidOn))
    }

    /// Takes a reversal off the payments of its reference and claim, the last one first.
    mutating func reverse(_ reversed: ReimbursementReversed, of claim: Int) {
        var rest = reversed.amount.minorUnits
        for place in (paymentsByReference[reversed.paymentReference] ?? []).reversed()
        where payments[place].claim == claim && payments[place].standing > 0 && rest > 0 {
            let part = min(rest, payments[place].standing)
            payments[place].reversed += part
            rest -= part
        }
    }
}

extension PaymentBook {
    /// The place of a claim; nil where it was neither approved nor paid.
    func place(of claim: ClaimID) -> Int? { claimByID[claim] }

    /// The places of a reference's payments, in the order recorded.
    func payments(of reference: String) -> [Int] { paymentsByReference[reference] ?? [] }

    /// The claims of a partner in a program on which something in a currency is due, by id.
    func due(_ program: ProgramID, _ partner: PartnerID, _ currency: Currency) -> [Int] {
        (claimsByOwner["\(program)\n\(partner)"] ?? [])
            .filter { claims[$0].currency == currency && claims[$0].due > 0 }
            .sorted { claims[$0].id < claims[$1].id }
    }

    /// Takes note of what a payment did to its claim.
    mutating func settle(_ claim: Int, _ minorUnits: Int64, at instant: Instant) {
        claims[claim].paid += minorUnits
        claims[claim].updatedAt = max(claims[claim].updatedAt, instant)
    }
}
