import ClaimsDomain
package import ClaimsLedger

/// What a write did: where its event stands, what changed, what moved in the fund.
///
/// For programs everything is taken apart; for people movements are sentences.
package func receiptDetails(
    _ receipt: Receipt, isRehearsal: Bool, isForPeople: Bool
) -> Details {
    let event = receipt.event
    let outcome =
        if isRehearsal { "rehearsed" } else if receipt.isRepeated { "recorded_before" } else {
            "recorded"
        }
    let status = receipt.statusBefore.map { before in
        isForPeople
            ? Cell.text(StatusMark.change(from: before, to: receipt.statusAfter ?? before))
            : .object([("from", .text(before)), ("to", .text(receipt.statusAfter))])
    }
    let movements = receipt.postings.map { isForPeople ? Cell.phrase($0.words) : movement($0) }
    let fields: [(String, String, Cell)] =
        [
            ("outcome", "Outcome", .text(outcome)),
            ("sequence", "Sequence", .integer(event.sequence)),
            ("id", "Id", .text(event.content.id.text)),
            ("type", "Type", .text(event.kind.rawValue)),
            ("subject", "Subject", .text(event.content.subject)),
            ("time", "Time", .moment(event.content.occurredAt)),
            ("recordedtime", "Recorded", .moment(event.recordedAt)),
            ("status", "Status", status ?? .missing),
            ("payment", "Payment", .text(receipt.payment?.rawValue)),
            ("postings", "Fund", .list(movements)),
        ] + amountFields(event.content.payload, isForPeople: isForPeople)
    let line = ("line", "Line", Cell.text(String(decoding: receipt.line, as: UTF8.self)))
    return Details(
        fields: (isRehearsal && !isForPeople ? fields + [line] : fields)
            .filter { !isForPeople || $0.2 != .missing && $0.2 != .list([]) }
            .map { key, title, value in
                Details.Field(
                    key: key, title: title, value: value,
                    isStatus: ["status", "payment"].contains(key))
            })
}

/// The amounts an event has beside what it moves: the rebate of a split, what a payment paid out.
private func amountFields(
    _ payload: EventPayload, isForPeople: Bool
) -> [(String, String, Cell)] {
    func money(_ key: String, _ title: String, _ amount: Money?) -> [(String, String, Cell)] {
        guard let amount else { return [] }
        return [
            (
                key, title,
                isForPeople
                    ? .phrase("\(amount)")
                    : .object([
                        ("amount", .money(amount.minorUnits, amount.currency)),
                        ("currency", .text(amount.currency.code)),
                    ])
            )
        ]
    }
    switch payload {
    case .fundsEarned(let earned):
        return money("eligible", "Eligible", earned.eligible)
            + money("rebate", "Rebate", earned.rebate)
    case .fundsConverted(let converted): return [("reason", "Reason", .text(converted.reason))]
    case .claimReimbursed(let payment) where payment.payout != nil:
        return money("settled", "Settles", payment.amount)
            + money("payout", "Paid out", payment.payout)
            + [("rate", "Rate", .text(payment.rate?.words))]
    default: return []
    }
}

private func movement(_ movement: FundMovement) -> Cell {
    .object([
        ("program", .text(movement.account.program.text)),
        ("partner", .text(movement.account.partner.text)),
        ("period", .text(movement.account.period.text)),
        ("currency", .text(movement.account.currency.code)),
        ("from", .text(movement.from.rawValue)), ("to", .text(movement.to.rawValue)),
        ("amount", .money(movement.amount.minorUnits, movement.amount.currency)),
    ])
}
