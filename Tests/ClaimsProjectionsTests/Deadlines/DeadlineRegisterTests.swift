import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("DeadlineRegister")
struct DeadlineRegisterTests {
    static let byStatus: [(status: ClaimStatus, kind: DeadlineKind?, amount: Int64)] = [
        (.absent, nil, 0), (.editing, .claimDeadline, 90_000), (.submitted, .review, 90_000),
        (.underReview, .review, 90_000), (.actionRequired, .answer, 90_000),
        (.approved, .payment, 70_000), (.rejected, nil, 0), (.disputed, .dispute, 90_000),
        (.withdrawn, nil, 0),
    ]

    @Test("each status waits for one thing or nothing", arguments: byStatus)
    func status(status: ClaimStatus, kind: DeadlineKind?, amount: Int64) throws {
        var history = try History()
        try history.bring("CLM-1", to: status)
        let rows = history.deadlines().filter { $0.kind != .fundsExpiry }
        #expect(rows.map(\.kind) == (kind.map { [$0] } ?? []))
        guard let row = rows.first else { return }
        #expect(row.subject == "CLM-1")
        #expect((row.program, row.partner) == (History.program.id, Samples.partner))
        #expect((row.period, row.amount) == (Samples.firstPeriod, usd(amount)))
    }

    @Test("every status is in the table above")
    func complete() {
        #expect(Self.byStatus.map(\.status) == ClaimStatus.allCases)
    }

    static let endings: [(claimBefore: String, asOf: String, lost: Bool, daysLeft: Int64)] = [
        ("2020-08-16T00:00:00Z", "2020-08-14T23:59:59.999Z", false, 1),
        ("2020-08-16T00:00:00Z", "2020-08-15T00:00:00Z", false, 0),
        ("2020-08-16T00:00:00Z", "2020-08-15T23:59:59.999Z", false, 0),
        ("2020-08-16T00:00:00Z", "2020-08-16T00:00:00Z", true, -1),
        ("2020-08-16T00:00:00Z", "2020-08-16T23:59:59.999Z", true, -1),
        ("2020-08-16T00:00:00Z", "2020-08-17T00:00:00Z", true, -2),
        // Seattle is seven hours behind, Auckland twelve ahead: the day there counts.
        ("2020-08-16T07:00:00Z", "2020-08-15T06:59:59.999Z", false, 1),
        ("2020-08-16T07:00:00Z", "2020-08-15T07:00:00Z", false, 0),
        ("2020-08-16T07:00:00Z", "2020-08-16T06:59:59.999Z", false, 0),
        ("2020-08-16T07:00:00Z", "2020-08-16T07:00:00Z", true, -1),
        ("2020-08-15T12:00:00Z", "2020-08-15T11:59:59.999Z", false, 0),
        ("2020-08-15T12:00:00Z", "2020-08-15T12:00:00Z", true, -1),
    ]

    @Test("drafts and unclaimed funds last to the deadline's end in its zone", arguments: endings)
    func deadline(claimBefore: String, asOf: String, lost: Bool, daysLeft: Int64) throws {
        var program = History.program
        program.usagePeriods[0].instants.claimBefore = Samples.instant(claimBefore)
        var history = try History(programs: [program])
        try history.earn(usd(100_000))
        try history.claim("CLM-1", draft(usd(30_000)))
        try history.bring("CLM-2", to: .approved)
        let rows = history.deadlines(asOf: asOf, scope: .within(days: 1))
            .filter { $0.kind != .payment }
        // Expired money shows on request only.
        #expect(rows.map(\.kind) == (lost ? [.claimDeadline] : [.claimDeadline, .fundsExpiry]))
        #expect(rows.allSatisfy { $0.due == Samples.day("2020-08-15") })
        #expect(rows.allSatisfy { $0.state == (lost ? .expired : .due) })
        #expect(rows.allSatisfy { $0.daysLeft == daysLeft })
        #expect(rows.allSatisfy { $0.rule == "claim deadline of FY20-H1" })
        let late = history.deadlines(asOf: asOf, scope: .late).filter { $0.kind != .payment }
        #expect(late.map(\.kind) == (lost ? [.claimDeadline, .fundsExpiry] : []))
        // 1,000.00 earned, 700.00 of it approved.
        let money = (lost ? late : rows).last
        #expect(money?.amount == usd(30_000))
        #expect(money?.subject == "FY20-H1")
    }

    @Test("only money that nobody claimed expires")
    func funds() throws {
        var history = try History()
        try history.bring("CLM-1", to: .submitted)
        func expiring() -> [Money?] {
            history.deadlines().filter { $0.kind == .fundsExpiry }.map(\.amount)
        }
        // Claimed without funds: less than nothing is available.
        #expect(expiring().isEmpty)
        try history.earn(usd(90_000))
        #expect(expiring().isEmpty)
        try history.earn(usd(1))
        #expect(expiring() == [usd(1)])
        try history.claim("CLM-1", .claimWithdrawn(reason: nil))
        #expect(expiring() == [usd(90_001)])
        // A period that no rules know has no deadline.
        try history.earn(usd(5), period: PeriodLabel("FY99-H9"))
        #expect(expiring() == [usd(90_001)])
    }

    @Test("a payment is due until all that is approved is paid, and again when it came back")
    func payment() throws {
        var history = try History()
        func due() -> [Money?] { history.deadlines().map(\.amount) }
        func pay(_ amount: Money) throws {
            try history.claim(
                "CLM-1",
                .claimReimbursed(
                    Reimbursed(
                        amount: amount, paymentReference: "PAY-1", paidOn: Samples.day("2020-04-17")
                    )))
        }
        try history.bring("CLM-1", to: .approved)
        #expect(due() == [usd(70_000)])
        try pay(usd(69_999))
        #expect(due() == [usd(1)])
        try pay(usd(1))
        #expect(due().isEmpty)
        try pay(usd(1))
        #expect(due().isEmpty)
        let reversed = ReimbursementReversed(
            amount: usd(70_001), paymentReference: "PAY-1", reason: "returned by the bank")
        try history.claim("CLM-1", .claimReimbursementReversed(reversed))
        #expect(due() == [usd(70_000)])
    }

    @Test("an answer is due on the day of the last request, if that names one")
    func answer() throws {
        var history = try History()
        try history.bring("CLM-1", to: .actionRequired, at: Samples.start)
        func states(_ asOf: String) -> [String] {
            history.deadlines(asOf: asOf).map { "\($0.due) \($0.state) \($0.daysLeft)" }
        }
        #expect(states("2020-03-20T23:59:59.999Z") == ["2020-03-20 due 0"])
        #expect(states("2020-03-21T00:00:00Z") == ["2020-03-20 overdue -1"])
        #expect(
            history.deadlines().map(\.rule) == [
                "due date of the request of 2020-03-02, round 1: 1 of 1 outstanding"
            ])
        let next = Samples.instant("2020-03-10T09:00:00Z")
        for (minute, step) in [
            EventPayload.claimSubmitted(amount: usd(90_000)), .claimReviewStarted,
            DeadlineSamples.request(dueOn: nil),
        ].enumerated() {
            try history.claim("CLM-1", step, at: next.adding(milliseconds: Int64(minute)))
        }
        #expect(states("2020-03-21T00:00:00Z") == [])
        #expect(states("2020-03-10T08:59:59Z") == ["2020-03-20 due 10"])
        try history.claim("CLM-1", DeadlineSamples.request(dueOn: "2020-02-29"))
        #expect(states("2020-03-21T00:00:00Z") == ["2020-02-29 overdue -21"])
    }

    @Test("a resubmission starts the review's clock again, a second dispute the dispute's")
    func again() throws {
        var history = try History()
        try history.bring("CLM-1", to: .actionRequired, at: Samples.start)
        let later = Samples.instant("2020-03-09T09:00:00Z")
        try history.claim("CLM-1", .claimSubmitted(amount: usd(90_000)), at: later)
        #expect(history.deadlines().map(\.due.description) == ["2020-03-11"])
        try history.bring("CLM-2", to: .disputed, at: Samples.start)
        try history.claim("CLM-2", .claimRejected(reasons: ["still none"]), at: later)
        try history.claim("CLM-2", .claimDisputed(reason: "look again"), at: later)
        #expect(history.deadlines().last?.due.description == "2020-03-16")
    }

    @Test("associations have the same targets; they have no period and no amount")
    func associations() throws {
        var history = try History()
        var request = Samples.request
        request.dueOn = Samples.day("2020-03-09")
        let review: [EventPayload] = [
            .associationCreated(Samples.associationCreated),
            .associationSubmitted(AssociationSubmitted()),
            .associationReviewStarted,
        ]
        let rejected = EventPayload.associationRejected(reasons: ["no consent"])
        let ways: [(String, [EventPayload])] = [
            ("ASC-1", Array(review.prefix(1))), ("ASC-2", Array(review.prefix(2))),
            ("ASC-3", review), ("ASC-4", review + [.associationInformationRequested(request)]),
            ("ASC-5", review + [rejected]),
            ("ASC-6", review + [rejected, .associationDisputed(reason: "it is there")]),
            ("ASC-7", review + [.associationApproved(reason: nil)]),
        ]
        for (id, steps) in ways {
            for step in steps { try history.association(id, step, by: Samples.reviewer) }
        }
        let rows = history.deadlines()
        #expect(
            rows.map { "\($0.kind.rawValue) \($0.subject) \($0.due)" } == [
                "association_review ASC-2 2020-03-04", "association_review ASC-3 2020-03-04",
                "association_answer ASC-4 2020-03-09", "association_dispute ASC-6 2020-03-09",
            ])
        #expect(rows.allSatisfy { $0.period == nil && $0.amount == nil })
    }

    @Test("a claim and an association of the same id have a clock each")
    func sameID() throws {
        var history = try History()
        try history.bring("X-1", to: .disputed, at: Samples.start)
        let later = Samples.instant("2020-03-09T09:00:00Z")
        try history.claim("X-2", .claimCommentAdded(text: "a week later"), at: later)
        try history.association(
            "X-1", .associationDisputed(reason: "it is there"), by: Samples.partnerUser)
        #expect(
            history.deadlines().map { "\($0.kind.rawValue) \($0.due)" }
                == ["dispute 2020-03-09", "association_dispute 2020-03-16"])
    }
}

@Suite("What deadlines are asked about")
struct DeadlineScopeTests {
    /// Reviews due on 4, 5 and 6 March, a draft and funds due on 15 August.
    private static func history() throws -> History {
        var history = try History()
        try history.earn(usd(500_000))
        for (id, at) in [("CLM-3", "02"), ("CLM-2", "03"), ("CLM-1", "04")] {
            try history.bring(id, to: .submitted, at: Samples.instant("2020-03-\(at)T09:00:00Z"))
        }
        try history.bring("CLM-0", to: .editing, at: Samples.instant("2020-03-04T10:00:00Z"))
        return history
    }

    static let scopes: [(scope: DeadlineScope, subjects: [String])] = [
        (.open, ["CLM-3", "CLM-2", "CLM-1", "CLM-0", "FY20-H1"]),
        (.within(days: 163), ["CLM-3", "CLM-2", "CLM-1", "CLM-0", "FY20-H1"]),
        (.within(days: 162), ["CLM-3", "CLM-2", "CLM-1"]),
        (.within(days: 1), ["CLM-3", "CLM-2", "CLM-1"]),
        (.within(days: 0), ["CLM-3", "CLM-2"]),
        (.late, ["CLM-3"]),
    ]

    @Test("so many days ahead, and what is overdue always", arguments: scopes)
    func scope(scope: DeadlineScope, subjects: [String]) throws {
        let rows = try Self.history().deadlines(asOf: "2020-03-05T12:00:00Z", scope: scope)
        #expect(rows.map(\.subject) == subjects)
    }

    static let selections: [(set: @Sendable (inout Selection) -> Void, rows: [String])] = [
        (
            { _ in },
            [
                "review CLM-3", "review CLM-2", "review CLM-1", "claim_deadline CLM-0",
                "funds_expiry FY20-H1",
            ]
        ),
        (
            { $0.program = History.program.id },
            [
                "review CLM-3", "review CLM-2", "review CLM-1",
                "claim_deadline CLM-0", "funds_expiry FY20-H1",
            ]
        ),
        ({ $0.program = History.programWithoutFund.id }, []),
        ({ $0.partner = Samples.otherPartner }, []),
        ({ $0.period = Samples.secondPeriod }, []),
        ({ $0.claim = ClaimID("CLM-2") }, ["review CLM-2"]),
        // A claim is asked for, so the money of a period of that name is not.
        ({ $0.claim = ClaimID("FY20-H1") }, []),
        (
            {
                $0.partner = Samples.partner
                $0.period = Samples.firstPeriod
                $0.claim = ClaimID("CLM-0")
            }, ["claim_deadline CLM-0"]
        ),
    ]

    @Test("each filter admits exactly its rows")
    func filters() throws {
        let history = try Self.history()
        let viewpoint = Viewpoint(asOf: Samples.instant("2020-03-05T12:00:00Z"))
        for (set, expected) in Self.selections {
            let rows = history.deadlines(viewpoint, selection(set))
            #expect(rows.map { "\($0.kind.rawValue) \($0.subject)" } == expected)
        }
    }

    @Test("rows stand by due date, kind, subject, program, partner and currency")
    func order() throws {
        var history = try History()
        for program in [History.programWithoutFund, History.program] {
            for partner in [Samples.otherPartner, Samples.partner] {
                for code in ["USD", "EUR"] {
                    let earned = FundsEarned(
                        amount: money(100, code), earnedOn: Samples.day("2019-12-31"))
                    try history.fund(.fundsEarned(earned), program: program, partner: partner)
                }
            }
        }
        for id in ["CLM-2", "CLM-10"] { try history.bring(id, to: .editing) }
        let rows = history.deadlines()
        #expect(rows.prefix(2).map(\.subject) == ["CLM-10", "CLM-2"])
        let keys = rows.dropFirst(2)
            .map { "\($0.program) \($0.partner) \($0.amount?.currency.code ?? "-")" }
        #expect(keys.count == 8)
        #expect(keys == keys.sorted())
    }

    @Test("what was not known or had not happened yet is not due")
    func viewpoints() throws {
        let history = try Self.history()
        let known = history.deadlines(Viewpoint(knownAt: .sequence(5)))
        #expect(known.map(\.subject) == ["CLM-3", "FY20-H1"])
        let before = history.deadlines(asOf: "2020-03-03T08:00:00Z")
        #expect(before.map(\.subject) == ["CLM-3", "FY20-H1"])
    }
}
