import ClaimsDomain

@testable import ClaimsCodec

/// Two rule sets: the barest, and one with every kind of limit, target and condition.
enum SamplePrograms {
    static let minimal = Program(
        id: ProgramID("p"), name: "", version: "1", effectiveFrom: day("2019-07-01"),
        effectiveAt: instant("2019-07-01T00:00:00Z"), currency: currency("USD"), timeZone: "UTC",
        fundControl: .none, coopShare: ExactDecimal(unscaled: 1, scale: 0), threshold: nil,
        rounding: .down, retentionMonths: 0, usagePeriods: [], targets: Targets(), holidays: [],
        separationOfDuties: false, activities: [])

    static let full = Program(
        id: ProgramID("csp indirect/\u{E9}"), name: "CSP \"indirect\"", version: "FY20.1",
        effectiveFrom: day("2019-07-01"), effectiveAt: instant("2019-06-30T22:00:00Z"),
        currency: currency("EUR"), timeZone: "Europe/Amsterdam", fundControl: .reserve,
        coopShare: ExactDecimal(unscaled: 40, scale: 2), threshold: money(150_000, "EUR"),
        rounding: .halfEven, retentionMonths: 24, usagePeriods: [period],
        targets: Targets(
            review: Target(days: 2, unit: .business), dispute: Target(days: 5, unit: .business),
            payment: Target(days: 45, unit: .calendar)),
        holidays: [day("2020-01-01"), day("2020-12-25")], separationOfDuties: true,
        roles: [.approve: ["reviewer", "lead"], .create: ["claimant"]],
        activities: [printAdvertising, conference])

    static let period = UsagePeriod(
        label: PeriodLabel("FY20-H2"),
        earned: DayRange(first: day("2019-07-01"), last: day("2019-12-31")),
        usage: DayRange(first: day("2020-01-01"), last: day("2020-06-30")),
        claiming: DayRange(first: day("2020-02-16"), last: day("2020-08-15")),
        instants: UsagePeriod.Instants(
            earnedFrom: instant("2019-06-30T22:00:00Z"),
            earnedBefore: instant("2019-12-31T23:00:00Z"),
            usageFrom: instant("2019-12-31T23:00:00Z"),
            usageBefore: instant("2020-06-30T22:00:00Z"),
            claimFrom: instant("2020-02-15T23:00:00Z"),
            claimBefore: instant("2020-08-15T22:00:00Z")))

    private static let printAdvertising = Activity(
        id: ActivityID("print-advertising"), name: "Print advertising",
        category: "demand-generation",
        evidence: EvidenceRequirement.Condition.allCases.map {
            EvidenceRequirement(
                kind: .proofOfExecution, item: "item \($0.rawValue)", when: $0,
                needsNote: $0 == .always)
        }, metrics: ["reach", ""],
        caps: [
            Cap(
                limit: .fixedAmount(money(2_500_000, "EUR")), per: .claim,
                sharedWith: [ActivityID("conference"), ActivityID("event")]),
            Cap(
                limit: .percentOfEarned(ExactDecimal(unscaled: 125, scale: 1)), per: .usagePeriod),
        ], preapproval: true)

    private static let conference = Activity(
        id: ActivityID("conference"), name: "", category: "people", evidence: [], metrics: [],
        caps: [
            Cap(
                limit: .greaterOf(
                    percent: ExactDecimal(unscaled: 10, scale: 0), amount: money(5, "EUR")),
                per: .usagePeriod),
            Cap(limit: .attendees(12), per: .person),
        ], preapproval: false)
}
