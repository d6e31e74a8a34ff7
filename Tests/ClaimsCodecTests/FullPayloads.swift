import ClaimsDomain

@testable import ClaimsCodec

/// Payloads with everything they may have, at the most of each range, in other currencies.
enum FullPayloads {
    static let text = "Line 1\nline 2\t\"\u{E9}\" \\ \u{1F600}\u{1}"

    static func payload(_ kind: EventKind) -> EventPayload {
        switch kind {
        case .programPublished: .programPublished(SamplePrograms.full)
        case .partnerEnrolled:
            .partnerEnrolled(
                PartnerEnrolled(name: text, country: "NL", currency: currency("EUR")))
        case .fundsEarned, .fundsAdjusted, .fundsConverted, .fundsRolledOver, .periodClosed:
            fund(kind)
        case .claimCreated:
            .claimCreated(
                ClaimCreated(
                    period: PeriodLabel("FY20-H2"), activity: ActivityID("print-advertising"),
                    amount: money(Money.largestMinorUnits, "JPY"), activityDate: day("9999-12-31"),
                    title: text, location: "Utrecht", inHouseWork: false, thirdPartyVendor: true))
        case .claimAmended: .claimAmended(amendment)
        case .claimEvidenceRequested:
            .claimEvidenceRequested(
                EvidenceRequested(from: "u-18", kind: .certificationStatement, note: text))
        case .claimEvidenceAttached: .claimEvidenceAttached(document)
        case .claimEvidenceWithdrawn:
            .claimEvidenceWithdrawn(evidence: EvidenceID("EV \u{E9}"), reason: text)
        case .claimCommentAdded: .claimCommentAdded(text: text)
        case .claimSubmitted: .claimSubmitted(amount: money(600_000, "KWD"))
        case .claimReviewStarted: .claimReviewStarted
        case .claimEndorsed: .claimEndorsed(step: "regional")
        case .claimDocumentsRequested: .claimDocumentsRequested(request)
        case .claimApproved: .claimApproved(amount: money(600_000, "CLF"), reason: text)
        case .claimRejected: .claimRejected(reasons: [text, "", "third"])
        case .claimDisputed: .claimDisputed(reason: text)
        case .claimWithdrawn: .claimWithdrawn(reason: text)
        case .claimExceptionGranted: .claimExceptionGranted(rule: "claim_deadline", reason: text)
        case .claimPaymentRequested: .claimPaymentRequested(amount: money(600_000, "EUR"))
        case .claimReimbursed: .claimReimbursed(payment)
        case .claimReimbursementReversed:
            .claimReimbursementReversed(
                ReimbursementReversed(
                    amount: money(600_000), paymentReference: "PAY/1", reason: text))
        case .associationCreated, .associationEvidenceAttached, .associationSubmitted,
            .associationReviewStarted, .associationInformationRequested, .associationApproved,
            .associationConsentDeclined, .associationRejected, .associationDisputed,
            .associationEnded:
            association(kind)
        }
    }

    private static func fund(_ kind: EventKind) -> EventPayload {
        switch kind {
        case .fundsEarned:
            .fundsEarned(
                FundsEarned(
                    amount: money(1_250_000), earnedOn: day("2019-06-30"), reference: "EARN/1",
                    lever: "indirect"))
        case .fundsAdjusted:
            .fundsAdjusted(
                FundsAdjusted(
                    amount: money(Money.largestMinorUnits), reasonCode: "correction",
                    reason: text, reference: "ADJ-1"))
        case .fundsConverted: .fundsConverted(FundsConverted(amount: money(90_000), reason: text))
        case .fundsRolledOver:
            .fundsRolledOver(
                FundsRolledOver(
                    amount: money(40_000), toPeriod: PeriodLabel("FY21-H1"), reason: text))
        default: .periodClosed(closing)
        }
    }

    private static var closing: PeriodClosed {
        let balances = ["EUR", "USD"].enumerated().map { index, code in
            var balance = PeriodClosed.Balance(currency: currency(code))
            balance.accounts = 1 + Int64(index)
            balance.earned = 2
            balance.adjusted = -3
            balance.rolledIn = 4
            balance.rolledOut = 5
            balance.converted = 6
            balance.reserved = 7
            balance.approved = 8
            balance.paid = 9
            balance.unclaimed = -Money.largestMinorUnits
            return balance
        }
        return PeriodClosed(
            balances: balances, treeSize: Money.largestMinorUnits, rootHash: "47DE=")
    }

    private static var amendment: ClaimAmended {
        var changes = ClaimAmended()
        changes.period = PeriodLabel("FY21-H1")
        changes.activity = ActivityID("telemarketing")
        changes.amount = money(12, "EUR")
        changes.activityDate = day("2020-02-29")
        changes.title = text
        changes.location = ""
        changes.inHouseWork = true
        changes.thirdPartyVendor = false
        return changes
    }

    private static let document = EvidenceAttached(
        evidence: EvidenceID("EV-1"), kind: .thirdPartyInvoice, filename: "invoice \u{E9}.pdf",
        mediaType: "application/pdf", size: 48_213,
        sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", note: text,
        invoice: EvidenceAttached.Invoice(
            number: "2019/311", vendor: "Fabrikam \"Print\"", date: day("2019-12-02"),
            amount: money(600_000, "EUR")),
        metric: EvidenceAttached.Metric(name: "reach", value: "12,000 readers"))

    private static let request = DocumentsRequested(
        items: [
            DocumentsRequested.Item(
                kind: .proofOfExecution, evidence: EvidenceID("EV-3"), reason: text),
            DocumentsRequested.Item(kind: .metrics, reason: "reach"),
        ], dueOn: day("2020-02-15"), originals: true)

    private static let payment = Reimbursed(
        amount: money(580_000), paymentReference: "PAY/1", paidOn: day("2020-01-31"),
        rate: Reimbursed.Rate(
            from: currency("USD"), to: currency("EUR"),
            value: ExactDecimal(unscaled: 9_023, scale: 4), date: day("2020-01-30")))

    private static func association(_ kind: EventKind) -> EventPayload {
        switch kind {
        case .associationCreated: .associationCreated(created)
        case .associationEvidenceAttached: .associationEvidenceAttached(document)
        case .associationSubmitted: .associationSubmitted(AssociationSubmitted())
        case .associationReviewStarted: .associationReviewStarted
        case .associationInformationRequested: .associationInformationRequested(request)
        case .associationApproved: .associationApproved(reason: text)
        case .associationConsentDeclined: .associationConsentDeclined(reason: text)
        case .associationRejected: .associationRejected(reasons: [text, "second"])
        case .associationDisputed: .associationDisputed(reason: text)
        default: .associationEnded(reason: text)
        }
    }

    private static var created: AssociationCreated {
        var association = AssociationCreated(
            customerDomain: "adatum.example", tenantID: "5d1f4c0e", solutionArea: "Microsoft 365",
            activity: ActivityID("usage"), products: ["Teams", "Exchange"])
        association.title = text
        association.subscriptionID = "s-1"
        association.customerContact = "c-1"
        association.partnerContact = "u-1"
        association.technicalContact = "u-2"
        association.solutionSeller = "u-3"
        association.productName = "Adatum Suite"
        return association
    }
}
