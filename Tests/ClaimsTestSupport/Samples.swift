package import ClaimsDomain

/// The one set of values that tests build on: two programs, two partners, two usage periods.
package enum Samples {
    /// A program with a fund: a claim may not exceed what is available; its times are those of UTC.
    package static let program = program("csp-indirect", fundControl: .reserve)
    /// A program that keeps no fund.
    package static let programWithoutFund = program("osa-sell", fundControl: .none)

    package static let partner = PartnerID("4567890")
    package static let otherPartner = PartnerID("7654321")
    /// Who acts for the partner.
    package static let partnerUser = Actor(kind: .user, id: "u-17")
    /// Who reviews.
    package static let reviewer = Actor(kind: .user, id: "r-4")
    /// Where the events of `partner` in `program` come from.
    package static let source = Source(program: program.id, partner: partner)

    package static let claim = ClaimID("CLM-1")
    package static let association = AssociationID("ASC-1")
    package static let activity = ActivityID("print-advertising")
    package static let otherActivity = ActivityID("seminars")

    /// Earned July to December 2019, used January to June 2020, claimed until 2020-08-15.
    package static let firstPeriod = PeriodLabel("FY20-H1")
    /// Earned January to June 2020, used January to December 2020, claimed until 2021-02-15.
    package static let secondPeriod = PeriodLabel("FY20-H2")
    /// The fund of `partner` in `firstPeriod`, in USD.
    package static let account = FundAccount(
        program: program.id, partner: partner, period: firstPeriod, currency: currency("USD"))

    /// When the programs are published and take effect.
    package static let publishedAt = Instant(startOf: day("2019-07-01"))
    /// Where the clock of a `TestLedger` starts: inside the first claim window.
    package static let start = instant("2020-03-02T09:00:00Z")
    /// The first moment at which claims of `firstPeriod` are late.
    package static let firstDeadline = Instant(startOf: day("2020-08-16"))

    /// The rules of a program: two usage periods, two activities, US holidays of 2020.
    package static func program(
        _ id: String, version: String = "1", fundControl: FundControl = .reserve,
        effectiveFrom: Day = day("2019-07-01")
    ) -> Program {
        Program(
            id: ProgramID(id), name: "Program \(id)", version: version,
            effectiveFrom: effectiveFrom, effectiveAt: Instant(startOf: effectiveFrom),
            currency: currency("USD"), timeZone: "Etc/UTC", fundControl: fundControl,
            coopShare: ExactDecimal(unscaled: 40, scale: 2), threshold: nil,
            rounding: .halfUp, retentionMonths: 24, usagePeriods: usagePeriods,
            targets: Targets(
                review: Target(days: 2, unit: .business), dispute: Target(days: 5, unit: .business),
                payment: Target(days: 45, unit: .calendar)),
            holidays: [day("2020-01-20"), day("2020-02-17"), day("2020-05-25")],
            separationOfDuties: false, activities: [activity(activity), activity(otherActivity)])
    }

    private static let usagePeriods = [
        usagePeriod(
            firstPeriod, earned: ("2019-07-01", "2019-12-31"), usage: ("2020-01-01", "2020-06-30"),
            claiming: ("2020-02-16", "2020-08-15")),
        usagePeriod(
            // Its use and claim window overlap the first one's, so that both can be claimed now.
            secondPeriod, earned: ("2020-01-01", "2020-06-30"), usage: ("2020-01-01", "2020-12-31"),
            claiming: ("2020-02-16", "2021-02-15")),
    ]

    /// A usage period by its first and last days; its moments are those of UTC.
    package static func usagePeriod(
        _ label: PeriodLabel, earned: (String, String), usage: (String, String),
        claiming: (String, String)
    ) -> UsagePeriod {
        func days(_ texts: (String, String)) -> DayRange {
            DayRange(first: day(texts.0), last: day(texts.1))
        }
        func start(_ range: DayRange) -> Instant { Instant(startOf: range.first) }
        func after(_ range: DayRange) -> Instant { Instant(startOf: range.last.adding(days: 1)) }
        let (earned, usage, claiming) = (days(earned), days(usage), days(claiming))
        return UsagePeriod(
            label: label, earned: earned, usage: usage, claiming: claiming,
            instants: UsagePeriod.Instants(
                earnedFrom: start(earned), earnedBefore: after(earned), usageFrom: start(usage),
                usageBefore: after(usage), claimFrom: start(claiming), claimBefore: after(claiming)
            ))
    }

    /// An activity that needs nothing and is not capped.
    private static func activity(_ id: ActivityID) -> Activity {
        Activity(
            id: id, name: "Activity \(id)", category: "demand generation", evidence: [],
            metrics: [], caps: [], preapproval: false)
    }

    /// The rules of `program` with one activity that needs every kind of evidence, reports a metric
    /// and is capped at half of what was earned.
    package static let strictProgram: Program = {
        var strict = program("csp-strict")
        strict.separationOfDuties = true
        strict.activities = [
            Activity(
                id: activity, name: "Print advertising", category: "demand generation",
                evidence: [
                    EvidenceRequirement(kind: .coreRequirement, item: "the brand", when: .always),
                    EvidenceRequirement(
                        kind: .thirdPartyInvoice, item: "the invoice", when: .thirdPartyVendor),
                    EvidenceRequirement(
                        kind: .certificationStatement, item: "the hours", when: .inHouseWork),
                    EvidenceRequirement(
                        kind: .proofOfExecution, item: "a sample", when: .always, needsNote: true),
                ],
                metrics: ["number of leads"],
                caps: [
                    Cap(
                        limit: .percentOfEarned(ExactDecimal(unscaled: 50, scale: 0)),
                        per: .usagePeriod)
                ], preapproval: false)
        ]
        return strict
    }()
}

// MARK: - Values from texts

extension Samples {
    /// A currency that exists.
    package static func currency(_ code: String) -> Currency {
        guard let currency = Currency(code: code) else {
            preconditionFailure("no currency \(code)")
        }
        return currency
    }

    /// A date that exists, `YYYY-MM-DD`.
    package static func day(_ text: String) -> Day {
        guard let day = Day(text) else { preconditionFailure("no day \(text)") }
        return day
    }

    /// A moment, in RFC 3339.
    package static func instant(_ text: String) -> Instant {
        guard let instant = Instant(text) else { preconditionFailure("no instant \(text)") }
        return instant
    }
}

/// US dollars, in cents.
package func usd(_ cents: Int64) -> Money {
    Money(minorUnits: cents, currency: Samples.currency("USD"))
}

/// Euros, in cents.
package func eur(_ cents: Int64) -> Money {
    Money(minorUnits: cents, currency: Samples.currency("EUR"))
}
