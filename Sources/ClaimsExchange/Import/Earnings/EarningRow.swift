import ClaimsCodec
import ClaimsDomain

/// One row of an earnings report, with its program, partner and period found.
struct EarningRow {
    /// `earningId`: the id of the event.
    let id: String
    let kind: EventKind
    let program: ProgramID
    let partner: PartnerID
    /// `participantName`, for a partner that has to be enrolled first.
    let partnerName: String
    let period: PeriodLabel
    /// Of a rollover: where it moves to.
    var toPeriod: PeriodLabel?
    /// Signed for earnings and adjustments; what moves, for a rollover or a conversion.
    let amount: Money
    let earnedOn: Day
    let occurredAt: Instant
    let reasonCode: String
    let lever: String
    /// `transactionId`: what the event belongs to.
    var transaction = ""
    /// What the report says beside and the ledger keeps, never interprets.
    var details: [ForeignMember] = []

    /// The event of a row that the ledger does not have.
    func event(by actor: Actor) -> ProposedEvent {
        var event = ProposedEvent(
            id: EventID(id), source: Source(program: program, partner: partner),
            subject: period.text, occurredAt: occurredAt, actor: actor,
            correlationID: transaction.isEmpty ? nil : transaction, payload: payload)
        event.foreignData = details
        return event
    }

    /// The event by which an earning that the ledger has with another amount becomes the row's.
    func restatement(from total: Int64, revision: Int64, by actor: Actor) -> ProposedEvent {
        let old = Money(minorUnits: total, currency: amount.currency)
        let difference = Money(
            minorUnits: amount.minorUnits - total, currency: amount.currency)
        var event = ProposedEvent(
            id: EventID("restated:\(id):\(revision)"),
            source: Source(program: program, partner: partner), subject: period.text,
            occurredAt: occurredAt, actor: actor,
            payload: .fundsAdjusted(
                FundsAdjusted(
                    amount: difference, reasonCode: EarningsBook.restated,
                    reason: "earning '\(id)' restated from \(old) to \(amount)", reference: id)))
        event.foreignData = details
        return event
    }

    private var payload: EventPayload {
        switch kind {
        case .fundsRolledOver:
            .fundsRolledOver(
                FundsRolledOver(
                    amount: amount, toPeriod: toPeriod ?? period, reason: reasonCode))
        case .fundsConverted: .fundsConverted(FundsConverted(amount: amount, reason: reasonCode))
        case .fundsAdjusted:
            .fundsAdjusted(
                FundsAdjusted(
                    amount: amount,
                    reasonCode: reasonCode.isEmpty ? Self.negativeEarning : reasonCode,
                    reason: "reported for earnings of \(earnedOn)", reference: id))
        default:
            .fundsEarned(
                FundsEarned(
                    amount: amount, earnedOn: earnedOn, reference: id,
                    lever: lever.isEmpty ? nil : lever))
        }
    }

    /// The reason code of an earning below zero that the report gives none for: earnings cannot be
    /// negative in the log, and the sum has to be the report's.
    static let negativeEarning = "Negative earning"
}
