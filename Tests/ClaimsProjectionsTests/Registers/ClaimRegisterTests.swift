import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("ClaimRegister")
struct ClaimRegisterTests {
    @Test("a row tells the claim's whole state")
    func row() throws {
        var history = try History()
        let at = (0..<7).map { Samples.start.adding(milliseconds: Int64($0) * 3_600_000) }
        try history.earn(usd(100_000), at: at[0])
        try history.claim("CLM-1", draft(usd(90_000)), at: at[1])
        try history.claim("CLM-1", .claimSubmitted(amount: usd(90_000)), at: at[2])
        try history.claim(
            "CLM-1", .claimApproved(amount: usd(70_000), reason: "a part"), at: at[4],
            by: Samples.reviewer)
        let paid = Reimbursed(
            amount: usd(30_000), paymentReference: "PAY-1", paidOn: Samples.day("2020-04-17"))
        try history.claim("CLM-1", .claimReimbursed(paid), at: at[5], by: Samples.reviewer)
        try history.claim("CLM-1", .claimCommentAdded(text: "thanks"), at: at[6])
        let row = try #require(ClaimRegister(history.replay()).rows.first)
        #expect(ClaimRegister(history.replay()).rows.count == 1)
        #expect(row.claim == ClaimID("CLM-1"))
        #expect((row.program, row.partner) == (History.program.id, Samples.partner))
        #expect((row.period, row.activity) == (Samples.firstPeriod, ActivityID("flyer")))
        #expect((row.status, row.payment) == ("approved", .partlyPaid))
        #expect(row.currency == Samples.currency("USD"))
        #expect((row.amount, row.approved, row.paid) == (90_000, 70_000, 30_000))
        #expect(row.activityDate == Samples.day("2020-02-29"))
        #expect((row.createdAt, row.submittedAt) == (at[1], at[2]))
        #expect((row.decidedAt, row.updatedAt) == (at[4], at[6]))
        #expect(row.events == 5)
        #expect(ClaimRegister.row(of: ClaimID("CLM-1"), in: history.replay()) == row)
    }

    @Test("rows stand by id as text, whatever the order of the log")
    func order() throws {
        var history = try History()
        for id in ["CLM-9", "clm-1", "CLM-10", "CLM-2", "A"] {
            try history.claim(id, draft(usd(1)))
        }
        let ids = ClaimRegister(history.replay()).rows.map(\.claim.text)
        #expect(ids == ["A", "CLM-10", "CLM-2", "CLM-9", "clm-1"])
    }

    @Test("the amount is the draft's until something is submitted, then what was submitted")
    func amount() throws {
        var history = try History()
        func amount() throws -> Int64 {
            try #require(ClaimRegister(history.replay()).rows.first).amount
        }
        try history.claim("CLM-1", draft(usd(500)))
        #expect(try amount() == 500)
        try history.claim("CLM-1", .claimAmended(Samples.changes { $0.amount = usd(400) }))
        #expect(try amount() == 400)
        try history.claim("CLM-1", .claimSubmitted(amount: usd(400)))
        try history.claim("CLM-1", .claimReviewStarted)
        try history.claim("CLM-1", .claimDocumentsRequested(Samples.request))
        try history.claim("CLM-1", .claimAmended(Samples.changes { $0.amount = usd(300) }))
        #expect(try amount() == 400)
        try history.claim("CLM-1", .claimSubmitted(amount: usd(300)))
        #expect(try amount() == 300)
    }

    @Test("a claim that is only mentioned has no currency and passes no amount bound")
    func mentioned() throws {
        var history = try History()
        try history.claim("CLM-1", .claimCommentAdded(text: "lost"))
        let row = try #require(ClaimRegister(history.replay()).rows.first)
        #expect((row.currency, row.amount, row.status) == (nil, 0, "editing"))
        let bounded = selection { $0.maxAmount = ExactDecimal(unscaled: 100, scale: 0) }
        #expect(ClaimRegister(history.replay(), selection: bounded).rows.isEmpty)
    }

    @Test("a claim nobody mentioned by then has no row")
    func none() throws {
        var history = try History()
        try history.claim("CLM-1", draft(usd(1)))
        let before = history.replay(asOf: Samples.start.adding(milliseconds: -1))
        #expect(ClaimRegister.row(of: ClaimID("CLM-1"), in: before) == nil)
        #expect(ClaimRegister(before).rows.isEmpty)
        #expect(ClaimRegister.row(of: ClaimID("CLM-2"), in: history.replay()) == nil)
    }

    static let deadline = Samples.firstDeadline

    static let expiries: [(period: String, submits: Bool, asOf: Instant, status: String)] = [
        ("FY20-H1", false, deadline.adding(milliseconds: -1), "editing"),
        ("FY20-H1", false, deadline, "expired"),
        ("FY20-H1", false, deadline.adding(milliseconds: 1), "expired"),
        ("FY20-H2", false, deadline, "editing"),
        ("FY20-H2", false, Instant(endOf: Samples.day("2021-02-15")), "editing"),
        ("FY20-H2", false, Instant(startOf: Samples.day("2021-02-16")), "expired"),
        // A period no rules know has no deadline.
        ("FY99-H9", false, Instant(startOf: Samples.day("2099-01-01")), "editing"),
        // What was handed in waits as long as it takes.
        ("FY20-H1", true, deadline, "submitted"),
    ]

    @Test("a draft is expired from the first moment after its deadline on", arguments: expiries)
    func expired(period: String, submits: Bool, asOf: Instant, status: String) throws {
        var history = try History()
        try history.claim("CLM-1", draft(usd(1), period: PeriodLabel(period)))
        if submits { try history.claim("CLM-1", .claimSubmitted(amount: usd(1))) }
        let replay = history.replay(asOf: asOf)
        #expect(ClaimRegister(replay).rows.map(\.status) == [status])
        #expect(ClaimRegister.row(of: ClaimID("CLM-1"), in: replay)?.status == status)
        let those = selection { $0.status = status }
        #expect(ClaimRegister(replay, selection: those).rows.count == 1)
        let others = selection { $0.status = status == "expired" ? "editing" : "expired" }
        #expect(ClaimRegister(replay, selection: others).rows.isEmpty)
    }

    @Test("the deadline is that of the latest rules published by then")
    func extendedDeadline() throws {
        var history = try History()
        try history.claim("CLM-1", draft(usd(1)))
        var extended = History.program
        extended.version = "2"
        extended.usagePeriods[0].claiming.last = Samples.day("2020-09-30")
        extended.usagePeriods[0].instants.claimBefore = Instant(startOf: Samples.day("2020-10-01"))
        let extendedAt = Self.deadline.adding(milliseconds: 60_000)
        try history.publish(extended, at: extendedAt)
        func status(_ instant: Instant) -> String? {
            ClaimRegister(history.replay(asOf: instant)).rows.first?.status
        }
        #expect(status(Self.deadline) == "expired")
        #expect(status(extendedAt) == "editing")
        #expect(status(Instant(endOf: Samples.day("2020-09-30"))) == "editing")
        #expect(status(Instant(startOf: Samples.day("2020-10-01"))) == "expired")
    }
}

@Suite("Filters of the claim register")
struct ClaimRegisterFilterTests {
    /// Eight claims over two programs, partners, periods, activities, statuses and currencies.
    private static func history() throws -> History {
        var history = try History()
        for number in 0..<8 {
            let isOdd = !number.isMultiple(of: 2)
            let id = "CLM-\(number)"
            let program = number < 4 ? History.program : History.programWithoutFund
            let partner = number % 4 < 2 ? Samples.partner : Samples.otherPartner
            let amount = money(Int64(number + 1) * 100, number == 6 ? "JPY" : "USD")
            try history.claim(
                id,
                draft(
                    amount, activity: isOdd ? "flyer" : "seminar",
                    period: number < 6 ? Samples.firstPeriod : Samples.secondPeriod),
                program: program, partner: partner)
            guard isOdd else { continue }
            try history.claim(
                id, .claimSubmitted(amount: amount), program: program, partner: partner)
        }
        return history
    }

    private static func admitted(_ selection: Selection) throws -> [Int] {
        let rows = ClaimRegister(try history().replay(), selection: selection).rows
        return try rows.map { try #require(Int($0.claim.text.suffix(1))) }
    }

    typealias Part = (name: String, claims: [Int], set: @Sendable (inout Selection) -> Void)

    static let parts: [Part] = [
        ("program", [0, 1, 2, 3], { $0.program = History.program.id }),
        ("other program", [4, 5, 6, 7], { $0.program = History.programWithoutFund.id }),
        ("partner", [0, 1, 4, 5], { $0.partner = Samples.partner }),
        ("period", [6, 7], { $0.period = Samples.secondPeriod }),
        ("first period", [0, 1, 2, 3, 4, 5], { $0.period = Samples.firstPeriod }),
        ("claim", [5], { $0.claim = ClaimID("CLM-5") }),
        ("activity", [1, 3, 5, 7], { $0.activity = ActivityID("flyer") }),
        ("editing", [0, 2, 4, 6], { $0.status = "editing" }),
        ("submitted", [1, 3, 5, 7], { $0.status = "submitted" }),
        ("no status", [], { $0.status = "gone" }),
        // Claim 6 asks for 700 yen, the others for one to eight dollars.
        ("least", [3, 4, 5, 6, 7], { $0.minAmount = ExactDecimal(unscaled: 4, scale: 0) }),
        ("most", [0, 1, 2], { $0.maxAmount = ExactDecimal(unscaled: 30, scale: 1) }),
        ("a cent less", [0, 1], { $0.maxAmount = ExactDecimal(unscaled: 299, scale: 2) }),
        ("a cent more", [4, 5, 6, 7], { $0.minAmount = ExactDecimal(unscaled: 401, scale: 2) }),
    ]

    @Test("each filter alone admits exactly its claims")
    func single() throws {
        #expect(try Self.admitted(Selection()) == Array(0..<8))
        for part in Self.parts {
            #expect(try Self.admitted(selection(part.set)) == part.claims, "\(part.name)")
        }
    }

    @Test("two and three filters together admit what all of them admit")
    func combined() throws {
        // Two values of one filter cannot both be asked for: the latter replaces the former.
        let parts = Self.parts.filter {
            ["program", "partner", "first period", "activity", "submitted", "least", "most"]
                .contains($0.name)
        }
        for first in parts {
            for second in parts where second.name != first.name {
                for third in parts where third.name != first.name && third.name != second.name {
                    let all = selection {
                        first.set(&$0)
                        second.set(&$0)
                        third.set(&$0)
                    }
                    let expected = first.claims.filter {
                        second.claims.contains($0) && third.claims.contains($0)
                    }
                    let name = "\(first.name), \(second.name), \(third.name)"
                    #expect(try Self.admitted(all) == expected, "\(name)")
                }
            }
        }
    }

    @Test("only claims touched by an admitted event are shown, where that was asked")
    func touched() throws {
        let replay = try Self.history().replay()
        let keys = ["CLM-2", "CLM-3"].compactMap { replay.state.names.key(of: $0) }
        let flyers = selection { $0.activity = ActivityID("flyer") }
        func ids(_ register: ClaimRegister) -> [String] { register.rows.map(\.claim.text) }
        #expect(ids(ClaimRegister(replay, touched: Set(keys))) == ["CLM-2", "CLM-3"])
        #expect(ids(ClaimRegister(replay, selection: flyers, touched: Set(keys))) == ["CLM-3"])
        #expect(ids(ClaimRegister(replay, touched: [])).isEmpty)
    }
}
