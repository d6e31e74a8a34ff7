import ClaimsDomain

@testable import ClaimsCodec

/// Payloads with the optional fields that were added to wire version 1 after its first lines were
/// frozen; nil for types nothing was added to.
enum AddedPayloads {
    static func payload(_ kind: EventKind) -> EventPayload? {
        switch kind {
        case .programPublished: .programPublished(program)
        case .fundsEarned:
            .fundsEarned(
                FundsEarned(
                    amount: money(2_449_383), earnedOn: day("2019-12-31"),
                    eligible: money(6_123_457)))
        case .claimCreated:
            .claimCreated(
                ClaimCreated(
                    period: PeriodLabel("FY20-H2"), activity: ActivityID("conference"),
                    amount: money(720_000), activityDate: day("2020-03-20"), expenses: expenses))
        case .claimAmended: .claimAmended(amendment)
        case .claimEvidenceAttached: .claimEvidenceAttached(original)
        case .associationEvidenceAttached: .associationEvidenceAttached(original)
        case .claimReimbursed:
            .claimReimbursed(
                Reimbursed(
                    amount: money(400_000), paymentReference: "PAY/2", paidOn: day("2020-03-09"),
                    rate: Reimbursed.Rate(
                        from: currency("USD"), to: currency("EUR"),
                        value: ExactDecimal(unscaled: 9_023, scale: 4), date: day("2020-03-06")),
                    payout: money(360_920, "EUR"), payer: "MSFT-IE"))
        default: nil
        }
    }

    private static let expenses = [
        ClaimExpense(type: "hotel: room rate", amountMinorUnits: 620_000, traveller: "t-1"),
        ClaimExpense(type: "registration", amountMinorUnits: 100_000),
    ]

    private static var amendment: ClaimAmended {
        var changes = ClaimAmended()
        changes.expenses = expenses
        return changes
    }

    private static let original = EvidenceAttached(
        evidence: EvidenceID("EV-4"), kind: .proofOfExecution, filename: "page-14.pdf",
        mediaType: "application/pdf", size: 1,
        sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", original: true)

    /// A cut-off in place of a payment target, and caps by expense.
    private static var program: Program {
        var program = SamplePrograms.full
        program.version = "FY20.2"
        program.thresholdBasis = .unrounded
        program.documentsAnswered = true
        program.evidenceOnce = true
        program.targets.payment = nil
        program.paymentCutoffDay = 15
        program.usagePeriods[0].activityDeadlineDays = 45
        program.activities[1].expenses = ["hotel: room rate", "registration"]
        program.activities[1].caps = [
            Cap(
                limit: .fixedAmount(money(500_000, "EUR")), per: .person,
                expenses: ["hotel: room rate"])
        ]
        return program
    }
}
