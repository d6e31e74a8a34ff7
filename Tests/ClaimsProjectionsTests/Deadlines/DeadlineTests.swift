import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

extension History {
    /// The deadlines from a viewpoint, gathered by the same steps as over a log.
    func deadlines(
        _ viewpoint: Viewpoint = Viewpoint(), _ selection: Selection = Selection(),
        scope: DeadlineScope = .open
    ) -> [DeadlineRow] {
        var notes = DeadlineNotes()
        for entry in ledger.entries {
            guard viewpoint.knows(entry.fact) else { break }
            guard viewpoint.includes(entry.fact) else { continue }
            notes.note(entry.fact)
        }
        return DeadlineRegister(replay(viewpoint), notes, selection: selection, scope: scope).rows
    }

    /// The deadlines as of a moment.
    func deadlines(asOf text: String, scope: DeadlineScope = .open) -> [DeadlineRow] {
        deadlines(Viewpoint(asOf: Samples.instant(text)), scope: scope)
    }

    /// A claim that has been brought into a status; all its steps are taken at `instant`.
    mutating func bring(
        _ id: String, to status: ClaimStatus, at instant: Instant? = nil,
        program: Program = History.program
    ) throws {
        for step in DeadlineSamples.steps(to: status) {
            try claim(id, step, program: program, at: instant)
        }
    }
}

/// Values of the tests of deadlines and retention.
enum DeadlineSamples {
    /// The events that lead to a status, by the shortest way.
    static func steps(to status: ClaimStatus) -> [EventPayload] {
        let draft = draft(usd(90_000))
        let review: [EventPayload] = [
            draft, .claimSubmitted(amount: usd(90_000)), .claimReviewStarted,
        ]
        return switch status {
        case .absent: []
        case .editing: [draft]
        case .submitted: Array(review.dropLast())
        case .underReview: review
        case .actionRequired: review + [request(dueOn: "2020-03-20")]
        case .approved: review + [.claimApproved(amount: usd(70_000), reason: nil)]
        case .rejected: review + [.claimRejected(reasons: ["no invoice"])]
        case .disputed:
            review + [
                .claimRejected(reasons: ["no invoice"]), .claimDisputed(reason: "it is there"),
            ]
        case .withdrawn: [draft, .claimWithdrawn(reason: nil)]
        }
    }

    /// A request for documents by a day.
    static func request(dueOn: String?) -> EventPayload {
        var request = Samples.request
        request.dueOn = dueOn.map { Samples.day($0) }
        return .claimDocumentsRequested(request)
    }

    /// The program with other targets and holidays.
    static func program(
        _ targets: Targets = History.program.targets, holidays: [String] = [],
        version: String = "1"
    ) -> Program {
        var program = History.program
        program.version = version
        program.targets = targets
        program.holidays = holidays.map { Samples.day($0) }
        return program
    }
}

@Suite("Due dates of answers")
struct DeadlineTargetTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let status: ClaimStatus
        let start: String
        let target: Target
        var holidays: [String] = []
        let due: String
        var testDescription: String { "\(status) \(start) + \(target.days) \(target.unit)" }
    }

    static func business(_ days: Int64) -> Target { Target(days: days, unit: .business) }
    static func calendar(_ days: Int64) -> Target { Target(days: days, unit: .calendar) }
    static let presidentsDay = ["2020-02-17"]

    static let cases = [
        // The worked dates of the domain facts, b2.
        Case(status: .submitted, start: "2020-01-31", target: business(2), due: "2020-02-04"),
        Case(status: .submitted, start: "2020-01-31", target: business(3), due: "2020-02-05"),
        Case(status: .underReview, start: "2020-02-13", target: business(2), due: "2020-02-17"),
        Case(
            status: .submitted, start: "2020-02-13", target: business(2), holidays: presidentsDay,
            due: "2020-02-18"),
        Case(status: .disputed, start: "2020-02-10", target: business(5), due: "2020-02-17"),
        Case(
            status: .disputed, start: "2020-02-10", target: business(5), holidays: presidentsDay,
            due: "2020-02-18"),
        Case(status: .approved, start: "2020-02-14", target: business(45), due: "2020-04-17"),
        Case(
            status: .approved, start: "2020-02-14", target: business(45), holidays: presidentsDay,
            due: "2020-04-20"),
        Case(status: .approved, start: "2020-02-14", target: calendar(45), due: "2020-03-30"),
        Case(status: .approved, start: "2020-03-02", target: calendar(30), due: "2020-04-01"),
        Case(status: .submitted, start: "2020-02-10", target: calendar(180), due: "2020-08-08"),
        // A clock that starts on a weekend or a holiday counts from the next business day on.
        Case(status: .submitted, start: "2020-02-01", target: business(1), due: "2020-02-03"),
        Case(
            status: .submitted, start: "2020-02-17", target: business(1), holidays: presidentsDay,
            due: "2020-02-18"),
        // Calendar days end on weekends and holidays as on any other day.
        Case(
            status: .submitted, start: "2020-02-16", target: calendar(1), holidays: presidentsDay,
            due: "2020-02-17"),
        // Over a leap day, and none at all.
        Case(status: .submitted, start: "2020-02-28", target: calendar(1), due: "2020-02-29"),
        Case(status: .submitted, start: "2020-02-28", target: business(1), due: "2020-03-02"),
        Case(status: .submitted, start: "2020-02-28", target: business(0), due: "2020-02-28"),
    ]

    @Test("it is due to the end of the target's last day and overdue after", arguments: cases)
    func boundary(_ example: Case) throws {
        let targets = Targets(
            review: example.target, dispute: example.target, payment: example.target)
        let program = DeadlineSamples.program(targets, holidays: example.holidays)
        var history = try History(programs: [program])
        try history.bring(
            "CLM-1", to: example.status, at: Samples.instant("\(example.start)T23:59:59.999Z"))
        let due = Samples.day(example.due)
        let kinds: [ClaimStatus: DeadlineKind] = [.disputed: .dispute, .approved: .payment]
        for (asOf, state, daysLeft) in [
            (Instant(startOf: due), DeadlineState.due, Int64(0)),
            (Instant(endOf: due), .due, 0),
            (Instant(startOf: due.adding(days: 1)), .overdue, -1),
            (Instant(endOf: due.adding(days: 1)), .overdue, -1),
            (Instant(startOf: due.adding(days: 2)), .overdue, -2),
        ] where asOf >= Samples.instant("\(example.start)T23:59:59.999Z") {
            let row = try #require(history.deadlines(Viewpoint(asOf: asOf)).first)
            #expect((row.due, row.state, row.daysLeft) == (due, state, daysLeft))
            #expect(row.kind == kinds[example.status] ?? .review)
            // A clock that ran out changes nothing else.
            let claims = ClaimRegister(history.replay(asOf: asOf)).rows
            #expect(claims.map(\.status) == [example.status.rawValue])
        }
    }

    @Test("the rules in force when the clock starts set the target, whatever comes later")
    func rulesInForce() throws {
        var history = try History(programs: [
            DeadlineSamples.program(Targets(review: Self.business(2)))
        ])
        func version(_ version: String, _ effective: String) -> Program {
            var rules = DeadlineSamples.program(
                Targets(review: Self.business(5)), holidays: ["2020-03-12"], version: version)
            rules.effectiveFrom = Samples.day(effective)
            rules.effectiveAt = Instant(startOf: rules.effectiveFrom)
            return rules
        }
        try history.publish(
            version("2", "2020-03-09"), at: Samples.instant("2020-03-03T00:00:00Z"))
        for (id, at) in [
            ("CLM-1", "2020-03-02T09:00:00Z"), ("CLM-2", "2020-03-06T23:59:59Z"),
            ("CLM-3", "2020-03-09T00:00:00Z"),
        ] { try history.bring(id, to: .submitted, at: Samples.instant(at)) }
        let rows = history.deadlines()
        #expect(rows.map(\.subject) == ["CLM-1", "CLM-2", "CLM-3"])
        #expect(rows.map(\.due.description) == ["2020-03-04", "2020-03-10", "2020-03-17"])
        #expect(
            rows.map(\.rule) == [
                "review within 2 business days of 2020-03-02 (version 1)",
                "review within 2 business days of 2020-03-06 (version 1)",
                "review within 5 business days of 2020-03-09 (version 2)",
            ])
    }

    @Test("without a target, or without rules in force, there is no row")
    func noTarget() throws {
        for (targets, statuses) in [
            (Targets(), [ClaimStatus.submitted, .disputed, .approved]),
            (Targets(dispute: Self.business(5), payment: Self.business(5)), [.submitted]),
            (Targets(review: Self.business(5), payment: Self.business(5)), [.disputed]),
            (Targets(review: Self.business(5), dispute: Self.business(5)), [.approved]),
        ] {
            var history = try History(programs: [DeadlineSamples.program(targets)])
            for status in statuses { try history.bring("CLM-\(status)", to: status) }
            #expect(history.deadlines().isEmpty)
        }
        var unruled = try History(programs: [])
        try unruled.bring("CLM-1", to: .submitted)
        try unruled.publish(History.program, at: Samples.instant("2020-04-01T00:00:00Z"))
        #expect(unruled.deadlines().isEmpty)
    }

    @Test("a target of one day is told in the singular")
    func singular() throws {
        let program = DeadlineSamples.program(Targets(review: Self.calendar(1)))
        var history = try History(programs: [program])
        try history.bring("CLM-1", to: .submitted, at: Samples.start)
        #expect(
            history.deadlines().map(\.rule)
                == ["review within 1 calendar day of 2020-03-02 (version 1)"])
    }
}
