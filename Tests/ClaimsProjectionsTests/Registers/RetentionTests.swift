import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

extension History {
    /// The retention of originals as of a moment, by the same steps as over a log.
    func retention(asOf instant: Instant, _ selection: Selection = Selection()) -> [RetentionRow] {
        RetentionRegister(replay(asOf: instant), selection: selection).rows
    }

    /// The retention at the start of a day.
    func retention(on day: String) -> [RetentionRow] {
        retention(asOf: Instant(startOf: Samples.day(day)))
    }

    /// A claim with a document, rejected: nothing but the period keeps it.
    mutating func rejectedClaim(_ id: String = "CLM-1", activityDate: String) throws {
        try claim(id, RetentionTests.draft(activityDate))
        try claim(id, .claimEvidenceAttached(Samples.evidence))
        try claim(id, .claimRejected(reasons: ["no invoice"]))
    }
}

@Suite("RetentionRegister")
struct RetentionTests {
    static func draft(_ activityDate: String) -> EventPayload {
        .claimCreated(
            ClaimCreated(
                period: Samples.firstPeriod, activity: ActivityID("flyer"), amount: usd(90_000),
                activityDate: Samples.day(activityDate)))
    }

    static func document(_ id: String, _ digit: String) -> EventPayload {
        .claimEvidenceAttached(
            EvidenceAttached(
                evidence: EvidenceID(id), kind: .metrics, filename: "a.pdf",
                mediaType: "application/pdf", size: 1, sha256: String(repeating: digit, count: 64)))
    }

    static let dates: [(activity: String, months: Int64, keepUntil: String)] = [
        // The worked dates of the domain facts, b2.
        ("2019-11-15", 24, "2021-11-15"), ("2020-02-29", 24, "2022-02-28"),
        ("2020-02-28", 24, "2022-02-28"), ("2020-03-01", 24, "2022-03-01"),
        ("2020-02-29", 48, "2024-02-29"), ("2019-12-31", 2, "2020-02-29"),
        ("2020-01-31", 1, "2020-02-29"), ("2020-06-30", 0, "2020-06-30"),
    ]

    @Test("originals are kept to the end of the last day, and may go after", arguments: dates)
    func lastDay(activity: String, months: Int64, keepUntil: String) throws {
        var program = History.program
        program.retentionMonths = months
        var history = try History(programs: [program])
        try history.rejectedClaim(activityDate: activity)
        let last = Samples.day(keepUntil)
        let unit = months == 1 ? "month" : "months"
        for (asOf, state, reason) in [
            (Instant(startOf: last), RetentionState.keep, "are not over"),
            (Instant(endOf: last), .keep, "are not over"),
            (Instant(startOf: last.adding(days: 1)), .mayGo, "are over"),
        ] where asOf > history.ledger.now {
            let row = try #require(history.retention(asOf: asOf).first)
            #expect((row.activityDate, row.keepUntil) == (Samples.day(activity), last))
            #expect(row.state == state)
            #expect(row.reason == "\(months) \(unit) from the activity date \(reason)")
        }
        let before = history.replay(asOf: history.ledger.now)
        #expect(ClaimRegister(before).rows.map(\.status) == ["rejected"])
    }

    static let byStatus: [(status: ClaimStatus, asShown: String, keeps: Bool)] = [
        (.editing, "expired", true), (.submitted, "submitted", true),
        (.underReview, "under_review", true), (.actionRequired, "action_required", true),
        (.approved, "approved", true), (.rejected, "rejected", false),
        (.disputed, "disputed", true), (.withdrawn, "withdrawn", false),
    ]

    @Test("an open claim keeps its originals however old it is", arguments: byStatus)
    func status(status: ClaimStatus, asShown: String, keeps: Bool) throws {
        var history = try History()
        try history.bring("CLM-1", to: status)
        try history.claim("CLM-1", .claimEvidenceAttached(Samples.evidence))
        let row = try #require(history.retention(on: "2030-01-01").first)
        #expect((row.status, row.state) == (asShown, keeps ? .keep : .mayGo))
        let reason =
            switch status {
            case .approved: "the payment is not final: 0.00 USD paid, 700.00 USD approved"
            case .rejected, .withdrawn: "24 months from the activity date are over"
            default: "the claim is open: \(asShown)"
            }
        #expect(row.reason == reason)
    }

    static let payments: [(approved: Int64?, paid: [Int64], keeps: Bool)] = [
        (70_000, [], true), (70_000, [69_999], true), (70_000, [70_000], false),
        (70_000, [30_000, 40_000], false), (70_000, [70_001], true),
        (70_000, [70_000, -70_000], true), (70_000, [70_000, -70_000, 70_000], false),
        (0, [], false), (nil, [], false), (nil, [1], true), (nil, [1, -1], false),
    ]

    @Test("a payment that is not final keeps them too", arguments: payments)
    func payment(approved: Int64?, paid: [Int64], keeps: Bool) throws {
        var history = try History()
        for step in DeadlineSamples.steps(to: .underReview) { try history.claim("CLM-1", step) }
        try history.claim("CLM-1", .claimEvidenceAttached(Samples.evidence))
        let decision: EventPayload =
            approved.map { .claimApproved(amount: usd($0), reason: nil) }
            ?? .claimRejected(reasons: ["no invoice"])
        try history.claim("CLM-1", decision)
        for amount in paid {
            let payment = Reimbursed(
                amount: usd(amount), paymentReference: "PAY", paidOn: Samples.day("2020-04-17"))
            let reversal = ReimbursementReversed(
                amount: usd(-amount), paymentReference: "PAY", reason: "returned")
            try history.claim(
                "CLM-1",
                amount > 0 ? .claimReimbursed(payment) : .claimReimbursementReversed(reversal))
        }
        let row = try #require(history.retention(on: "2030-01-01").first)
        #expect(row.state == (keeps ? .keep : .mayGo))
        #expect(row.reason.hasPrefix("the payment is not final") == keeps)
    }

    @Test("documents are told in the order attached, without those withdrawn")
    func documents() throws {
        var history = try History()
        try history.claim("CLM-1", Self.draft("2019-11-15"))
        try history.claim("CLM-2", Self.document("EV-1", "c"))
        for (id, digit) in [("EV-2", "a"), ("EV-1", "b"), ("EV-3", "c")] {
            try history.claim("CLM-1", Self.document(id, digit))
        }
        let now = history.ledger.now
        try history.claim(
            "CLM-1", .claimEvidenceWithdrawn(evidence: EvidenceID("EV-1"), reason: "wrong file"))
        func told(_ instant: Instant) -> [String] {
            history.retention(asOf: instant).flatMap(\.documents)
                .map { "\($0.evidence) \($0.sha256.prefix(2))" }
        }
        #expect(told(now) == ["EV-2 aa", "EV-3 cc"])
        #expect(told(now.adding(milliseconds: -1)) == ["EV-2 aa", "EV-1 bb", "EV-3 cc"])
    }

    @Test("without a document or an activity date there is no row")
    func none() throws {
        var history = try History()
        try history.claim("CLM-1", Self.draft("2019-11-15"))
        try history.claim("CLM-2", Self.document("EV-1", "a"))
        try history.claim("CLM-3", Self.draft("2019-11-15"))
        try history.claim("CLM-3", Self.document("EV-1", "a"))
        try history.claim(
            "CLM-3", .claimEvidenceWithdrawn(evidence: EvidenceID("EV-1"), reason: "wrong file"))
        #expect(history.retention(on: "2030-01-01").isEmpty)
    }

    @Test("the rules in force at the claim's creation say how long, else the latest")
    func rulesInForce() throws {
        var history = try History(programs: [])
        try history.rejectedClaim("CLM-1", activityDate: "2020-01-15")
        var row = try #require(history.retention(on: "2040-01-01").first)
        #expect((row.keepUntil, row.state) == (nil, .keep))
        #expect(row.reason == "no rules of the program say how long")
        for (version, months) in [("1", Int64(24)), ("2", 60)] {
            var program = History.program
            program.version = version
            program.retentionMonths = months
            try history.publish(program, at: history.ledger.now)
            try history.rejectedClaim("CLM-\(version)x", activityDate: "2020-01-15")
        }
        let until = history.retention(on: "2040-01-01").map {
            "\($0.claim) \($0.keepUntil?.description ?? "-")"
        }
        #expect(until == ["CLM-1 2025-01-15", "CLM-1x 2022-01-15", "CLM-2x 2025-01-15"])
        row = try #require(history.retention(on: "2025-01-16").last)
        #expect(row.state == .mayGo)
    }

    @Test("filters are those of the claims, and rows stand by claim")
    func filters() throws {
        var history = try History()
        for id in ["CLM-2", "CLM-10", "CLM-1"] {
            try history.rejectedClaim(id, activityDate: "2020-01-15")
        }
        try history.claim("CLM-1", .claimDisputed(reason: "it is there"))
        func claims(_ set: (inout Selection) -> Void) -> [String] {
            history.retention(asOf: history.ledger.now, selection(set)).map(\.claim.text)
        }
        #expect(claims { _ in } == ["CLM-1", "CLM-10", "CLM-2"])
        #expect(claims { $0.status = "disputed" } == ["CLM-1"])
        #expect(claims { $0.claim = ClaimID("CLM-2") } == ["CLM-2"])
        #expect(claims { $0.partner = Samples.otherPartner } == [])
    }
}
