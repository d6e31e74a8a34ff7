import ClaimsDomain

/// The rules of the generated programmes: two with co-op funds, one for associations.
enum GeneratedRules {
    /// Which of them is for associations; the others have funds.
    static let advisor = 2
    /// How many have funds.
    static let fundCount = 2
    static let ids = [ProgramID("coop-reseller"), ProgramID("coop-direct"), ProgramID("advisor")]
    private static let names = ["Co-op, indirect reseller", "Co-op, direct partner", "Advisor"]

    /// The rules published for a fiscal year, from 0 for FY20: all periods since the first, so that
    /// what is still open keeps its own.
    static func program(_ index: Int, fiscalYear: Int, currency: Currency) -> Program {
        let hasFund = index != advisor
        let from = FiscalHalf(index: fiscalYear * 2).usage.first.adding(days: -7)
        return Program(
            id: ids[index], name: names[index], version: "FY\(20 + fiscalYear).1",
            effectiveFrom: from, effectiveAt: Instant(startOf: from), currency: currency,
            timeZone: "UTC", fundControl: hasFund ? .reserve : .none,
            coopShare: ExactDecimal(unscaled: 40, scale: 2),
            threshold: hasFund ? Money(minorUnits: threshold, currency: currency) : nil,
            rounding: .halfUp, retentionMonths: 24,
            usagePeriods: (0...(fiscalYear * 2 + 3)).map { FiscalHalf(index: $0).usagePeriod },
            targets: Targets(
                review: Target(days: 5, unit: .business),
                dispute: Target(days: 10, unit: .business),
                payment: Target(days: 45, unit: .business)),
            holidays: [], separationOfDuties: true, roles: roles,
            activities: hasFund ? fundActivities(currency) : [proof("pre-sales"), proof("usage")])
    }

    /// Co-op earned below it may become rebate, in minor units.
    static let threshold: Int64 = 1_000_000

    private static let roles: [ClaimAction: [String]] = [
        .startReview: ["reviewer"], .requestDocuments: ["reviewer"], .endorse: ["reviewer"],
        .approve: ["reviewer"], .reject: ["reviewer"], .grantException: ["program_manager"],
        .requestPayment: ["finance"], .reimburse: ["finance"],
        .reverseReimbursement: ["finance"],
    ]

    private static func proof(_ id: String) -> Activity {
        Activity(
            id: ActivityID(id), name: id, category: "association",
            evidence: [
                EvidenceRequirement(
                    kind: .proofOfExecution, item: "proof of execution signed by the customer",
                    when: .always)
            ], metrics: [], caps: [], preapproval: false)
    }

    private static func fundActivities(_ currency: Currency) -> [Activity] {
        let fixed = Money(minorUnits: 1_875_000, currency: currency)
        let person = Money(minorUnits: 500_000, currency: currency)
        let quarter = ExactDecimal(unscaled: 25, scale: 0)
        return [
            activity("digital-advertising", "demand-generation", metrics: ["estimated reach"]),
            activity("print-advertising", "demand-generation", metrics: ["estimated reach"]),
            activity("telemarketing", "market-development", metrics: ["calls made"]),
            activity("customer-seminar", "market-development", metrics: ["registered guests"]),
            activity(
                "customer-offers", "demand-generation",
                caps: [Cap(limit: .percentOfEarned(quarter), per: .usagePeriod)]),
            activity(
                "syndicated-content", "demand-generation",
                caps: [Cap(limit: .fixedAmount(fixed), per: .usagePeriod)]),
            activity(
                "hosted-conference", "readiness",
                caps: [
                    Cap(limit: .attendees(3), per: .claim),
                    Cap(limit: .fixedAmount(person), per: .person),
                ]),
            activity("staff-training", "readiness", preapproval: true),
        ]
    }

    private static func activity(
        _ id: String, _ category: String, metrics: [String] = [], caps: [Cap] = [],
        preapproval: Bool = false
    ) -> Activity {
        let words = id.split(separator: "-").joined(separator: " ")
        return Activity(
            id: ActivityID(id), name: words, category: category,
            evidence: [
                EvidenceRequirement(
                    kind: .coreRequirement, item: "brand and contact of the partner",
                    when: .always),
                EvidenceRequirement(
                    kind: .proofOfExecution, item: "proof of the \(words)", when: .always,
                    needsNote: true),
                EvidenceRequirement(
                    kind: .thirdPartyInvoice, item: "invoice of the outside vendor",
                    when: .thirdPartyVendor),
                EvidenceRequirement(
                    kind: .certificationStatement, item: "statement of the in-house work",
                    when: .inHouseWork),
            ], metrics: metrics, caps: caps, preapproval: preapproval)
    }
}
