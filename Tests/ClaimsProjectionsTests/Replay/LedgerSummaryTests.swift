import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("LedgerSummary")
struct LedgerSummaryTests {
    private static func history() throws -> History {
        var history = try History()
        let other = Samples.otherPartner
        try history.earn(usd(900), period: Samples.secondPeriod)
        try history.earn(usd(1_000))
        try history.earn(usd(50), partner: other)
        try history.earn(money(700, "JPY"), partner: other)
        try history.claim("CLM-1", draft(usd(300)))
        try history.claim("CLM-1", .claimSubmitted(amount: usd(300)))
        try history.claim("CLM-1", .claimReviewStarted, by: Samples.reviewer)
        try history.claim(
            "CLM-1", .claimApproved(amount: usd(200), reason: nil), by: Samples.reviewer)
        try history.claim("CLM-2", draft(usd(11)))
        try history.claim("CLM-3", draft(usd(12)))
        try history.claim("CLM-4", draft(money(70, "JPY")), partner: other)
        try history.claim("CLM-5", draft(usd(13), period: Samples.secondPeriod))
        try history.association(
            "ASC-1", .associationCreated(Samples.associationCreated), by: Samples.partnerUser)
        return history
    }

    @Test("it counts what the log holds")
    func counts() throws {
        let history = try Self.history()
        let summary = LedgerSummary(history.replay())
        #expect(summary.events == 15)
        #expect((summary.programs, summary.partners) == (2, 2))
        #expect((summary.claims, summary.associations) == (5, 1))
        #expect(summary.first?.sequence == 1)
        #expect(summary.first?.kind == .programPublished)
        #expect(summary.first?.occurredAt == Samples.publishedAt)
        #expect(summary.last?.sequence == 15)
        #expect(summary.last?.kind == .associationCreated)
        #expect(summary.last?.recordedAt == history.ledger.entries.last?.event.recordedAt)
    }

    @Test("events are counted by type, in the order of the catalogue, those that occur only")
    func kinds() throws {
        let kinds = LedgerSummary(try Self.history().replay()).eventsByKind
        #expect(
            kinds.map { "\($0.kind.rawValue) \($0.count)" } == [
                "program.published 2", "funds.earned 4", "claim.created 5", "claim.submitted 1",
                "claim.review_started 1", "claim.approved 1", "association.created 1",
            ])
    }

    private static func statuses(_ replay: Replay) -> [String] {
        LedgerSummary(replay).claimsByStatus.map {
            let code = $0.currency?.code ?? "-"
            return "\($0.status) \(code) \($0.claims) \($0.amount) \($0.approved) \($0.paid)"
        }
    }

    @Test("claims are summed by status in the order of a claim's life, expired last, by currency")
    func statuses() throws {
        let history = try Self.history()
        #expect(
            Self.statuses(history.replay()) == [
                "editing JPY 1 70 0 0", "editing USD 3 36 0 0", "approved USD 1 300 200 0",
            ])
        #expect(
            Self.statuses(history.replay(asOf: Samples.firstDeadline)) == [
                "editing USD 1 13 0 0", "approved USD 1 300 200 0", "expired JPY 1 70 0 0",
                "expired USD 2 23 0 0",
            ])
    }

    @Test("funds are summed by program, period and currency")
    func funds() throws {
        let funds = LedgerSummary(try Self.history().replay(asOf: Samples.firstDeadline)).funds
        let texts = funds.map {
            """
            \($0.program) \($0.period) \($0.currency) \($0.accounts) \($0.balance.earned) \
            \($0.balance.claimed) \($0.expired)
            """
        }
        #expect(
            texts == [
                "csp-indirect FY20-H1 JPY 1 700 0 700", "csp-indirect FY20-H1 USD 2 1050 200 850",
                "csp-indirect FY20-H2 USD 1 900 0 0",
            ])
    }

    @Test("findings are counted by code, in the order of the catalogue")
    func findings() throws {
        var history = try Self.history()
        for _ in 0..<2 { try history.claim("CLM-2", .claimReviewStarted) }
        try history.earn(usd(1), period: PeriodLabel("FY99-H9"))
        let summary = LedgerSummary(history.replay())
        #expect(
            summary.findings.map { "\($0.code.rawValue) \($0.count)" } == [
                "out_of_order 2", "unknown_period 1",
            ])
        #expect(summary.findingCount == 3)
        #expect(LedgerSummary(try Self.history().replay()).findings.isEmpty)
    }

    @Test("before the first event there is nothing")
    func nothing() throws {
        let replay = try Self.history().replay(Viewpoint(knownAt: .sequence(0)))
        let summary = LedgerSummary(replay)
        #expect(
            (summary.events, summary.claims, summary.partners, summary.programs) == (0, 0, 0, 0))
        #expect(summary.first == nil)
        #expect(summary.last == nil)
        #expect(summary.eventsByKind.isEmpty)
        #expect(summary.claimsByStatus.isEmpty)
        #expect(summary.funds.isEmpty)
        #expect(summary.findingCount == 0)
    }
}

@Suite("Partners and associations")
struct OtherRegistersTests {
    @Test("enrolled partners stand by program and partner, with their latest name")
    func partners() throws {
        var ledger = try History().ledger
        for (program, partner, name) in [
            ("osa-sell", "2", "Beta"), ("csp-indirect", "9", nil), ("csp-indirect", "10", "Old"),
            ("csp-indirect", "10", "New"),
        ] as [(String, String, String?)] {
            try ledger.record(
                .partnerEnrolled(PartnerEnrolled(name: name)), subject: partner,
                source: Source(program: ProgramID(program), partner: PartnerID(partner)))
        }
        let replay = Replay(
            state: ledger.state, viewpoint: Viewpoint(), moment: Samples.start, lastSequence: 6,
            eventsKnown: 6, bytesRead: 0, unknownTypes: [:])
        let rows = PartnerRow.rows(replay)
        #expect(
            rows.map { "\($0.program) \($0.partner) \($0.name ?? "-")" } == [
                "csp-indirect 10 New", "csp-indirect 9 -", "osa-sell 2 Beta",
            ])
        #expect(rows[0].enrolledAt == Samples.start.adding(milliseconds: 240_000))
    }

    static let filters: [(name: String, selection: Selection, ids: [String])] = [
        ("nothing", Selection(), ["ASC-1", "ASC-10", "ASC-2"]),
        ("status", selection { $0.status = "submitted" }, ["ASC-2"]),
        ("partner", selection { $0.partner = Samples.partner }, ["ASC-1", "ASC-10", "ASC-2"]),
        ("other partner", selection { $0.partner = Samples.otherPartner }, []),
        ("program", selection { $0.program = History.program.id }, ["ASC-1", "ASC-10", "ASC-2"]),
        ("other program", selection { $0.program = History.programWithoutFund.id }, []),
    ]

    @Test("associations stand by id and are filtered like claims", arguments: filters)
    func associations(name: String, selection: Selection, ids: [String]) throws {
        var history = try History()
        let actor = Samples.partnerUser
        for id in ["ASC-2", "ASC-10", "ASC-1"] {
            try history.association(
                id, .associationCreated(Samples.associationCreated), by: actor)
        }
        try history.association("ASC-2", .associationSubmitted(AssociationSubmitted()), by: actor)
        let rows = AssociationRegister(history.replay(), selection: selection).rows
        #expect(rows.map(\.association.text) == ids, "\(name)")
        if let row = rows.first(where: { $0.association.text == "ASC-2" }) {
            #expect((row.status, row.events) == (.submitted, 2))
            #expect(row.activity == ActivityID("usage"))
            #expect(row.submittedAt == row.updatedAt)
        }
    }
}
