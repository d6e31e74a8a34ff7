import ClaimsDomain

// Samples of decisions, payments and associations, and the program of all samples.
extension EventCatalogue {
    static var reimbursement: Reimbursed {
        Reimbursed(
            amount: usd(580_000), paymentReference: "PAY-20200131-88", paidOn: day(1, 31),
            rate: Reimbursed.Rate(
                from: dollar, to: Currency(code: "EUR") ?? dollar,
                value: ExactDecimal(unscaled: 9_023, scale: 4), date: day(1, 30)),
            payout: Money(minorUnits: 523_334, currency: Currency(code: "EUR") ?? dollar),
            payer: "MSFT-IE")
    }

    static var reversal: ReimbursementReversed {
        ReimbursementReversed(
            amount: usd(580_000), paymentReference: "PAY-20200131-88",
            reason: "the bank returned the payment")
    }

    static var documentsRequest: DocumentsRequested {
        DocumentsRequested(
            items: [
                DocumentsRequested.Item(
                    kind: .proofOfExecution, evidence: EvidenceID("EV-3"),
                    reason: "the scan of page 14 is cut off")
            ], dueOn: day(2, 15), originals: false)
    }

    static var statementOfWork: EvidenceAttached {
        EvidenceAttached(
            evidence: EvidenceID("EV-1"), kind: .proofOfExecution,
            filename: "statement-of-work.pdf", mediaType: "application/pdf", size: 91_402,
            sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            datedOn: day(1, 14))
    }

    static var completion: AssociationSubmitted {
        var changes = AssociationSubmitted()
        changes.customerContact = "c-1"
        return changes
    }

    static var association: AssociationCreated {
        var association = AssociationCreated(
            customerDomain: "adatum.example", tenantID: "5d1f4c0e-7a52-4a0e-9a55-1c2b3d4e5f60",
            solutionArea: "Microsoft 365", activity: ActivityID("usage"), products: ["Teams"])
        association.title = "Adatum, usage of Teams"
        association.partnerContact = "u-17"
        return association
    }

    static let sampleProgram = Program(
        id: ProgramID("csp-indirect"), name: "CSP indirect reseller", version: "FY20.1",
        effectiveFrom: day(7, 1, year: 2019), effectiveAt: midnight(7, 1, utcHour: 7),
        currency: Currency(code: "USD") ?? Currency.all[0],
        timeZone: "America/Los_Angeles", fundControl: .reserve,
        coopShare: ExactDecimal(unscaled: 40, scale: 2), threshold: nil, rounding: .halfUp,
        retentionMonths: 24, usagePeriods: [samplePeriod],
        targets: Targets(
            review: Target(days: 2, unit: .business), dispute: Target(days: 5, unit: .business)),
        holidays: [day(1, 1)], separationOfDuties: true, activities: [sampleActivity])

    private static func midnight(
        _ month: Int, _ date: Int, year: Int = 2019, utcHour: Int64
    ) -> Instant {
        Instant(startOf: day(month, date, year: year)).adding(milliseconds: utcHour * 3_600_000)
    }

    private static let samplePeriod = UsagePeriod(
        label: PeriodLabel("FY20-H1"),
        earned: DayRange(first: day(1, 1, year: 2019), last: day(6, 30, year: 2019)),
        usage: DayRange(first: day(7, 1, year: 2019), last: day(12, 31, year: 2019)),
        claiming: DayRange(first: day(8, 16, year: 2019), last: day(2, 15)),
        instants: UsagePeriod.Instants(
            earnedFrom: midnight(1, 1, utcHour: 8), earnedBefore: midnight(7, 1, utcHour: 7),
            usageFrom: midnight(7, 1, utcHour: 7),
            usageBefore: midnight(1, 1, year: 2020, utcHour: 8),
            claimFrom: midnight(8, 16, utcHour: 7),
            claimBefore: midnight(2, 16, year: 2020, utcHour: 8)))

    private static let sampleActivity = Activity(
        id: ActivityID("print-advertising"), name: "Print advertising",
        category: "demand-generation",
        evidence: [
            EvidenceRequirement(
                kind: .proofOfExecution, item: "copy of the final advertisement", when: .always),
            EvidenceRequirement(
                kind: .thirdPartyInvoice, item: "the vendor's invoice", when: .thirdPartyVendor),
        ], metrics: ["estimated customer or partner reach"],
        caps: [
            Cap(
                limit: .percentOfEarned(ExactDecimal(unscaled: 50, scale: 0)), per: .usagePeriod)
        ], preapproval: false)
}
