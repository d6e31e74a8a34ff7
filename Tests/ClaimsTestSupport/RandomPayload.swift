package import ClaimsDomain

/// A payload of a kind with random content; a program is that of `Samples`.
///
/// Optional fields are there or not, amounts are zero, one, ordinary or the largest there is, texts
/// need escapes or not.
package func randomPayload(
    _ kind: EventKind, using generator: inout SeededGenerator
) -> EventPayload {
    switch kind.subjectKind {
    case .program: .programPublished(Samples.program)
    case .partner:
        .partnerEnrolled(
            PartnerEnrolled(
                name: maybe(randomText, &generator), country: maybe({ _ in "NL" }, &generator),
                currency: maybe(randomCurrency, &generator)))
    case .period: fundPayload(kind, &generator)
    case .claim: claimPayload(kind, &generator)
    case .association: associationPayload(kind, &generator)
    }
}

/// A usage period of `Samples`, or one that no program knows.
package func randomPeriod(_ generator: inout SeededGenerator) -> PeriodLabel {
    generator.pick([Samples.firstPeriod, Samples.secondPeriod, PeriodLabel("FY99-H9")])
}

/// An amount of at least zero; one in four is the largest there is.
package func randomMoney(_ generator: inout SeededGenerator) -> Money {
    let units = generator.pick([0, 1, generator.number(1...1_000_000), Money.largestMinorUnits])
    return Money(minorUnits: units, currency: randomCurrency(&generator))
}

private func randomCurrency(_ generator: inout SeededGenerator) -> Currency {
    Samples.currency(generator.pick(["USD", "USD", "EUR", "JPY"]))
}

private func randomText(_ generator: inout SeededGenerator) -> String {
    generator.pick(["too late", "line\nbreak and \"quotes\"", "Größe \u{1F4C4}", "a\u{0}b"])
}

private func randomDay(_ generator: inout SeededGenerator) -> Day {
    Samples.day("2020-01-01").adding(days: Int(generator.number(-400...400)))
}

private func maybe<Value>(
    _ value: (inout SeededGenerator) -> Value, _ generator: inout SeededGenerator
) -> Value? {
    generator.oneIn(2) ? value(&generator) : nil
}

// MARK: - Funds

private func fundPayload(
    _ kind: EventKind, _ generator: inout SeededGenerator
) -> EventPayload {
    let amount = randomMoney(&generator)
    switch kind {
    case .fundsEarned:
        return .fundsEarned(
            FundsEarned(
                amount: amount, earnedOn: randomDay(&generator),
                reference: maybe({ _ in "S-1" }, &generator),
                lever: maybe({ _ in "core" }, &generator),
                eligible: maybe({ _ in amount }, &generator)))
    case .fundsAdjusted:
        return .fundsAdjusted(
            FundsAdjusted(
                amount: generator.oneIn(2) ? amount.negated : amount, reasonCode: "ops",
                reason: randomText(&generator), reference: maybe({ _ in "S-2" }, &generator)))
    case .fundsConverted:
        return .fundsConverted(FundsConverted(amount: amount, reason: randomText(&generator)))
    case .fundsRolledOver:
        return .fundsRolledOver(
            FundsRolledOver(
                amount: amount, toPeriod: randomPeriod(&generator), reason: randomText(&generator)))
    default:
        var balance = PeriodClosed.Balance(currency: amount.currency)
        balance.accounts = 1
        balance.earned = amount.minorUnits
        balance.unclaimed = amount.minorUnits
        var closed = PeriodClosed(
            balances: maybe({ _ in balance }, &generator).map { [$0] } ?? [],
            treeSize: generator.number(0...9), rootHash: "cm9vdA==")
        // The tree it names is not that of the history it comes to stand in.
        closed.imported = true
        return .periodClosed(closed)
    }
}

// MARK: - Claims

private func claimPayload(
    _ kind: EventKind, _ generator: inout SeededGenerator
) -> EventPayload {
    let amount = randomMoney(&generator)
    let text = randomText(&generator)
    switch kind {
    case .claimCreated: return .claimCreated(draft(amount, &generator))
    case .claimAmended: return .claimAmended(changes(amount, &generator))
    case .claimEvidenceRequested:
        return .claimEvidenceRequested(
            EvidenceRequested(from: "u-18", kind: .metrics, note: maybe(randomText, &generator)))
    case .claimEvidenceAttached: return .claimEvidenceAttached(evidence(&generator))
    case .claimEvidenceWithdrawn:
        return .claimEvidenceWithdrawn(evidence: evidenceID(&generator), reason: text)
    case .claimCommentAdded: return .claimCommentAdded(text: text)
    case .claimSubmitted: return .claimSubmitted(amount: amount)
    case .claimEndorsed: return .claimEndorsed(step: "regional lead")
    case .claimDocumentsRequested: return .claimDocumentsRequested(request(&generator))
    case .claimApproved:
        return .claimApproved(amount: amount, reason: maybe(randomText, &generator))
    case .claimRejected: return .claimRejected(reasons: [text])
    case .claimDisputed: return .claimDisputed(reason: text)
    case .claimWithdrawn: return .claimWithdrawn(reason: maybe(randomText, &generator))
    case .claimExceptionGranted:
        let rules = ClaimRule.allCases.map(\.rawValue) + ["late"]
        return .claimExceptionGranted(rule: generator.pick(rules), reason: text)
    case .claimPaymentRequested: return .claimPaymentRequested(amount: amount)
    case .claimReimbursed: return .claimReimbursed(payment(amount, &generator))
    case .claimReimbursementReversed:
        return .claimReimbursementReversed(
            ReimbursementReversed(amount: amount, paymentReference: "PAY-1", reason: text))
    default: return .claimReviewStarted
    }
}

private func draft(_ amount: Money, _ generator: inout SeededGenerator) -> ClaimCreated {
    ClaimCreated(
        period: randomPeriod(&generator), activity: Samples.activity, amount: amount,
        activityDate: randomDay(&generator), title: maybe(randomText, &generator),
        location: maybe({ _ in "Rotterdam" }, &generator),
        inHouseWork: maybe({ $0.oneIn(2) }, &generator),
        thirdPartyVendor: maybe({ $0.oneIn(2) }, &generator),
        expenses: maybe(expenses, &generator))
}

private func expenses(_ generator: inout SeededGenerator) -> [ClaimExpense] {
    (1...generator.number(1...3)).map { _ in
        ClaimExpense(
            type: generator.pick(["hotel", "train", "spa"]),
            amountMinorUnits: generator.number(1...900_000),
            traveller: maybe({ "t-\($0.number(1...3))" }, &generator))
    }
}

private func changes(_ amount: Money, _ generator: inout SeededGenerator) -> ClaimAmended {
    var changes = ClaimAmended()
    changes.period = maybe(randomPeriod, &generator)
    changes.activity = maybe({ _ in Samples.otherActivity }, &generator)
    changes.amount = maybe({ _ in amount }, &generator)
    changes.activityDate = maybe(randomDay, &generator)
    changes.title = maybe(randomText, &generator)
    changes.location = maybe({ _ in "Delft" }, &generator)
    changes.inHouseWork = maybe({ $0.oneIn(2) }, &generator)
    changes.thirdPartyVendor = maybe({ $0.oneIn(2) }, &generator)
    changes.expenses = maybe(expenses, &generator)
    return changes
}

private func evidenceID(_ generator: inout SeededGenerator) -> EvidenceID {
    EvidenceID("EV-\(generator.number(1...3))")
}

private func evidence(_ generator: inout SeededGenerator) -> EvidenceAttached {
    var evidence = Samples.evidence
    evidence.evidence = evidenceID(&generator)
    evidence.sha256 = String(repeating: generator.pick(["0f", "1e", "2d"]), count: 32)
    evidence.kind = generator.pick(EvidenceKind.allCases)
    evidence.note = maybe(randomText, &generator)
    evidence.invoice = maybe(
        { generator in
            EvidenceAttached.Invoice(
                number: "INV-\(generator.number(1...2))", vendor: "Northwind",
                date: randomDay(&generator), amount: randomMoney(&generator))
        }, &generator)
    evidence.original = maybe({ $0.oneIn(2) }, &generator)
    evidence.metric = maybe(
        { .init(name: $0.pick(["leads", "attendees"]), value: "\($0.number(1...9))") },
        &generator)
    evidence.datedOn = maybe(randomDay, &generator)
    return evidence
}

private func request(_ generator: inout SeededGenerator) -> DocumentsRequested {
    var request = Samples.request
    request.dueOn = maybe(randomDay, &generator)
    request.originals = maybe({ $0.oneIn(2) }, &generator)
    if generator.oneIn(2) {
        request.items.append(
            .init(kind: .other, evidence: Samples.evidence.evidence, reason: "not readable"))
    }
    return request
}

private func payment(_ amount: Money, _ generator: inout SeededGenerator) -> Reimbursed {
    Reimbursed(
        amount: amount, paymentReference: "PAY-\(generator.number(1...3))",
        paidOn: randomDay(&generator),
        rate: maybe(
            { generator in
                Reimbursed.Rate(
                    from: amount.currency, to: Samples.currency("USD"),
                    value: ExactDecimal(unscaled: 110, scale: 2), date: randomDay(&generator))
            }, &generator), payout: maybe(randomMoney, &generator),
        payer: maybe({ _ in "MSFT-IE" }, &generator))
}

// MARK: - Associations

private func associationPayload(
    _ kind: EventKind, _ generator: inout SeededGenerator
) -> EventPayload {
    let text = randomText(&generator)
    switch kind {
    case .associationCreated:
        var created = Samples.associationCreated
        created.title = maybe(randomText, &generator)
        created.subscriptionID = maybe({ _ in "sub-1" }, &generator)
        created.customerContact = maybe({ _ in "c-1" }, &generator)
        created.partnerContact = maybe({ _ in "c-2" }, &generator)
        created.technicalContact = maybe({ _ in "c-3" }, &generator)
        created.solutionSeller = maybe({ _ in "c-4" }, &generator)
        created.productName = maybe({ _ in "Widget" }, &generator)
        created.customerName = maybe({ _ in "Contoso" }, &generator)
        created.severalSubscriptions = maybe({ $0.oneIn(2) }, &generator)
        created.transactionOn = maybe(randomDay, &generator)
        return .associationCreated(created)
    case .associationEvidenceAttached: return .associationEvidenceAttached(evidence(&generator))
    case .associationReviewStarted: return .associationReviewStarted
    case .associationInformationRequested:
        return .associationInformationRequested(request(&generator))
    case .associationApproved: return .associationApproved(reason: maybe(randomText, &generator))
    case .associationConsentDeclined:
        return .associationConsentDeclined(reason: maybe(randomText, &generator))
    case .associationRejected: return .associationRejected(reasons: [text])
    case .associationDisputed: return .associationDisputed(reason: text)
    case .associationEnded: return .associationEnded(reason: text)
    default: return .associationSubmitted(completion(&generator))
    }
}

private func completion(_ generator: inout SeededGenerator) -> AssociationSubmitted {
    var changes = AssociationSubmitted()
    changes.title = maybe(randomText, &generator)
    changes.products = maybe({ _ in ["Teams", "Exchange Online"] }, &generator)
    changes.subscriptionID = maybe({ _ in "sub-2" }, &generator)
    changes.customerContact = maybe({ _ in "c-1" }, &generator)
    changes.transactionOn = maybe(randomDay, &generator)
    return changes
}
