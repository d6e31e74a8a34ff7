import ClaimsDomain

/// A history in which things went missing: the events of a history that kept the rules, of which
/// some were never recorded, some twice, some with twice the amount or by somebody else.
///
/// So amounts, periods and documents are those of real claims, while any rule may be broken; what
/// `randomBrokenHistory` does with amounts out of nowhere. The same for the same seed.
package func randomLossyHistory(seed: UInt64, events: Int = 60) throws -> TestLedger {
    let source =
        try seed.isMultiple(of: 2)
        ? randomStrictHistory(seed: seed, events: events)
        : randomHistory(seed: seed, events: events)
    var generator = SeededGenerator(seed: seed &+ 99)
    var ledger = try TestLedger(publishing: [], earned: nil)
    for entry in source.entries {
        let content = entry.event.content
        let isRules = content.payload.kind.subjectKind == .program
        if generator.oneIn(isRules ? 20 : 8) { continue }
        let payload = generator.oneIn(8) ? doubled(content.payload) : content.payload
        let actor = generator.oneIn(8) ? Samples.reviewer : content.actor
        for _ in 0..<(generator.oneIn(10) ? 2 : 1) {
            ledger.now = content.occurredAt
            try ledger.record(
                payload, subject: content.subject, source: content.source,
                at: content.occurredAt, by: actor)
        }
    }
    return ledger
}

/// The payload with twice the amount, where it has one that may be anything.
private func doubled(_ payload: EventPayload) -> EventPayload {
    func twice(_ money: Money) -> Money {
        Money(minorUnits: money.minorUnits * 2, currency: money.currency)
    }
    switch payload {
    case .claimSubmitted(let amount): return .claimSubmitted(amount: twice(amount))
    case .claimApproved(let amount, let reason):
        return .claimApproved(amount: twice(amount), reason: reason)
    case .claimReimbursed(var payment):
        payment.amount = twice(payment.amount)
        return .claimReimbursed(payment)
    case .claimReimbursementReversed(var reversal):
        reversal.amount = twice(reversal.amount)
        return .claimReimbursementReversed(reversal)
    case .fundsConverted(var part):
        part.amount = twice(part.amount)
        return .fundsConverted(part)
    case .fundsRolledOver(var part):
        part.amount = twice(part.amount)
        return .fundsRolledOver(part)
    default: return payload
    }
}
