import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("LedgerDifference")
struct DifferenceTests {
    /// What changed between two viewpoints of a history.
    private static func difference(
        _ history: History, from: Viewpoint, to: Viewpoint, _ selection: Selection = Selection()
    ) -> [String] {
        var before = DifferenceNotes(besides: to)
        var after = DifferenceNotes(besides: from)
        feed(&before, history, from)
        feed(&after, history, to)
        let difference = LedgerDifference(
            from: DifferenceSide(replay: history.replay(from), notes: before),
            to: DifferenceSide(replay: history.replay(to), notes: after), selection: selection)
        return difference.rows.map(text)
    }

    private static func feed(
        _ notes: inout DifferenceNotes, _ history: History, _ viewpoint: Viewpoint
    ) {
        var state = history.ledger.emptyState
        for entry in history.ledger.entries {
            guard viewpoint.knows(entry.fact) else { break }
            guard viewpoint.includes(entry.fact) else { continue }
            state.apply(entry.fact, rules: entry.rules)
            notes.note(entry.fact, in: state)
        }
    }

    /// One row in a line: the subject's last part, field, values, difference, events, cause.
    private static func text(_ row: DifferenceRow) -> String {
        func text(_ value: DifferenceValue?) -> String {
            switch value {
            case nil: "-"
            case .text(let text): text
            case .count(let count): "\(count)"
            case .amount(let units, let currency): "\(units) \(currency)"
            }
        }
        let events = row.events.map { "#\($0)" }.joined(separator: ",")
        let values = [text(row.from), text(row.to), text(row.difference)].joined(separator: " | ")
        return "\(row.kind) \(row.subject) \(row.field): \(values) | \(events) | \(row.cause)"
    }

    /// Funds, then a claim that is submitted and approved in part.
    private static func history() throws -> History {
        var history = try History()
        try history.earn(usd(100_00))
        try history.claim("A", draft(usd(60_00)))
        try history.claim("A", .claimSubmitted(amount: usd(60_00)))
        try history.claim(
            "A", .claimApproved(amount: usd(50_00), reason: nil), by: Samples.reviewer)
        return history
    }

    private static func known(_ sequence: Int64) -> Viewpoint {
        Viewpoint(knownAt: .sequence(sequence))
    }

    @Test("changed fields and buckets, each with the events that touched it")
    func rows() throws {
        let rows = Self.difference(
            try Self.history(), from: Self.known(5), to: Self.known(6),
            selection { $0.program = History.program.id })
        let decided = Samples.start.adding(milliseconds: 240_000)
        let fund = "fund csp-indirect/4567890/FY20-H1/USD"
        #expect(
            rows.filter { !$0.contains("decidedAt") } == [
                "claim A approved: 0 USD | 5000 USD | 5000 USD | #6 | event",
                "claim A events: 2 | 3 | 1 | #6 | event",
                "claim A status: submitted | approved | - | #6 | event",
                "\(fund) approved: 0 USD | 5000 USD | 5000 USD | #6 | event",
                "\(fund) available: 4000 USD | 5000 USD | 1000 USD | #6 | event",
                "\(fund) claimed: 6000 USD | 5000 USD | -1000 USD | #6 | event",
                "\(fund) due: 0 USD | 5000 USD | 5000 USD | #6 | event",
                "\(fund) reserved: 6000 USD | 0 USD | -6000 USD | #6 | event",
            ])
        #expect(rows.count == 9, "\(decided)")
    }

    @Test("a claim that was not there yet was absent")
    func created() throws {
        let rows = Self.difference(
            try Self.history(), from: Self.known(3), to: Self.known(4),
            selection { $0.claim = ClaimID("A") })
        #expect(
            rows == [
                "claim A activity: - | flyer | - | #4 | event",
                "claim A activityDate: - | 2020-02-29 | - | #4 | event",
                "claim A amount: 0 USD | 6000 USD | 6000 USD | #4 | event",
                "claim A currency: - | USD | - | #4 | event",
                "claim A events: 0 | 1 | 1 | #4 | event",
                "claim A partner: - | 4567890 | - | #4 | event",
                "claim A period: - | FY20-H1 | - | #4 | event",
                "claim A program: - | csp-indirect | - | #4 | event",
                "claim A status: absent | editing | - | #4 | event",
            ])
    }

    @Test("what the deadline did has no event and says so")
    func deadline() throws {
        var history = try History()
        try history.earn(usd(100_00))
        try history.claim("A", draft(usd(60_00)))
        let last = Viewpoint(asOf: Samples.firstDeadline.adding(milliseconds: -1))
        let fund = "fund csp-indirect/4567890/FY20-H1/USD"
        #expect(
            Self.difference(history, from: last, to: Viewpoint(asOf: Samples.firstDeadline)) == [
                "claim A status: editing | expired | - |  | deadline",
                "\(fund) available: 10000 USD | 0 USD | -10000 USD |  | deadline",
                "\(fund) expired: 0 USD | 10000 USD | 10000 USD |  | deadline",
            ])
    }

    @Test("what is released after the deadline expires by that event")
    func releasedLate() throws {
        var history = try Self.history()
        try history.claim("B", draft(usd(10_00)))
        try history.claim("B", .claimSubmitted(amount: usd(10_00)))
        let late = Samples.firstDeadline.adding(milliseconds: 5)
        try history.claim("B", .claimRejected(reasons: ["no invoice"]), at: late)
        let rows = Self.difference(
            history, from: Viewpoint(asOf: Samples.firstDeadline), to: Viewpoint(asOf: late))
        let fund = "fund csp-indirect/4567890/FY20-H1/USD"
        #expect(
            rows.filter { $0.contains("expired") } == [
                "\(fund) expired: 4000 USD | 5000 USD | 1000 USD | #9 | event"
            ])
    }

    @Test("a deadline that new rules moved is the work of their publishing")
    func newRules() throws {
        var history = try History()
        try history.earn(usd(100_00))
        try history.claim("A", draft(usd(60_00)))
        var later = History.program
        later.version = "2"
        later.usagePeriods = [
            Samples.usagePeriod(
                Samples.firstPeriod, earned: ("2019-07-01", "2019-12-31"),
                usage: ("2020-01-01", "2020-06-30"), claiming: ("2020-02-16", "2020-09-30"))
        ]
        let after = Samples.firstDeadline.adding(milliseconds: 5)
        try history.publish(later, at: after)
        let rows = Self.difference(
            history, from: Viewpoint(asOf: Samples.firstDeadline), to: Viewpoint(asOf: after))
        let fund = "fund csp-indirect/4567890/FY20-H1/USD"
        #expect(
            rows == [
                "claim A status: expired | editing | - | #5 | event",
                "\(fund) available: 0 USD | 10000 USD | 10000 USD | #5 | event",
                "\(fund) expired: 10000 USD | 0 USD | -10000 USD | #5 | event",
                "program csp-indirect version: 1 | 2 | - | #5 | event",
            ])
    }

    @Test("a claim that moved is compared when it fits the selection at one of the points")
    func moved() throws {
        var history = try History()
        try history.claim("A", draft(usd(60_00)))
        var changes = ClaimAmended()
        changes.period = Samples.secondPeriod
        changes.amount = eur(20_00)
        try history.claim("A", .claimAmended(changes))
        for period in [Samples.firstPeriod, Samples.secondPeriod] {
            let rows = Self.difference(
                history, from: Self.known(3), to: Self.known(4), selection { $0.period = period })
            #expect(
                rows == [
                    "claim A amount: 6000 USD | 2000 EUR | - | #4 | event",
                    "claim A currency: USD | EUR | - | #4 | event",
                    "claim A events: 1 | 2 | 1 | #4 | event",
                    "claim A period: FY20-H1 | FY20-H2 | - | #4 | event",
                ])
        }
    }

    @Test("history that goes back in time changes a fund by the event that came in between")
    func backInTime() throws {
        var history = try History()
        try history.claim("A", draft(usd(60_00)), at: Samples.start)
        var changes = ClaimAmended()
        changes.period = Samples.secondPeriod
        let late = Samples.start.adding(milliseconds: 10_000_000)
        try history.claim("A", .claimAmended(changes), at: late)
        let early = Samples.start.adding(milliseconds: 1)
        try history.claim("A", .claimSubmitted(amount: usd(60_00)), at: early)
        let rows = Self.difference(
            history, from: Viewpoint(asOf: early), to: Viewpoint(asOf: late))
        // The submission stands at both points; the amendment before it moves what it reserves.
        let reserved = rows.filter { $0.contains(" reserved: ") }
        #expect(
            reserved == [
                "fund csp-indirect/4567890/FY20-H1/USD reserved: "
                    + "6000 USD | 0 USD | -6000 USD | #4 | event",
                "fund csp-indirect/4567890/FY20-H2/USD reserved: "
                    + "0 USD | 6000 USD | 6000 USD | #4 | event",
            ])
    }
}
