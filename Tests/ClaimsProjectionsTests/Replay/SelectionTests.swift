import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("Selection")
struct SelectionTests {
    static let amounts: [(units: Int64, code: String, min: String?, max: String?, admits: Bool)] = [
        (100_00, "USD", nil, nil, true),
        (100_00, "USD", "100", nil, true), (99_99, "USD", "100", nil, false),
        (100_00, "USD", nil, "100.00", true), (100_01, "USD", nil, "100", false),
        (100_00, "USD", "100.00", "100.00", true),
        // A bound finer than the currency is compared exactly, not rounded.
        (100_00, "USD", "100.001", nil, false), (100_00, "USD", nil, "99.999", false),
        (100_01, "USD", "100.005", "100.015", true),
        (100, "JPY", "100", "100", true), (100, "JPY", "100.5", nil, false),
        (101, "JPY", "100.5", nil, true), (1, "KWD", "0.001", "0.001", true),
        (1, "KWD", "0.0011", nil, false), (12_345, "CLF", "1.2345", "1.2345", true),
        (-50_00, "USD", "0", nil, false), (-50_00, "USD", "-50.00", nil, true),
        (-50_01, "USD", "-50", nil, false), (0, "USD", nil, "0", true),
        // The ends of the range: neither side wraps around.
        (Money.largestMinorUnits, "USD", "9.000000000000000001", nil, true),
        (Money.largestMinorUnits, "JPY", "9007199254740991", "9007199254740991", true),
        (Money.largestMinorUnits, "JPY", nil, "9007199254740990", false),
        (-Money.largestMinorUnits, "CLF", nil, "-9.000000000000000001", true),
        (1, "JPY", nil, "0.999999999999999999", false),
    ]

    @Test("amounts are compared with their bounds exactly, both bounds inside", arguments: amounts)
    func admits(units: Int64, code: String, min: String?, max: String?, admits: Bool) throws {
        let bounds = try selection {
            $0.minAmount = try min.map { try #require(ExactDecimal($0)) }
            $0.maxAmount = try max.map { try #require(ExactDecimal($0)) }
        }
        #expect(bounds.admits(money(units, code)) == admits)
    }

    static let eventLevel: [(name: String, selection: Selection, limits: Bool)] =
        [
            ("nothing", Selection(), false),
            ("program", selection { $0.program = Samples.program.id }, false),
            ("partner", selection { $0.partner = Samples.partner }, false),
            ("period", selection { $0.period = Samples.firstPeriod }, false),
            ("claim", selection { $0.claim = Samples.claim }, false),
            ("activity", selection { $0.activity = Samples.activity }, false),
            ("status", selection { $0.status = "approved" }, false),
            ("least", selection { $0.minAmount = ExactDecimal(unscaled: 1, scale: 0) }, false),
            ("most", selection { $0.maxAmount = ExactDecimal(unscaled: 1, scale: 0) }, false),
            ("type", selection { $0.kind = .claimApproved }, true),
            ("actor", selection { $0.actor = "u-17" }, true),
            ("from", selection { $0.from = Samples.start }, true),
            ("to", selection { $0.to = Samples.start }, true),
        ]

    @Test("type, actor and times are about events, all else about claims", arguments: eventLevel)
    func limitsEvents(name: String, selection: Selection, limits: Bool) {
        #expect(selection.limitsEvents == limits, "\(name)")
    }
}

@Suite("FactFilter")
struct FactFilterTests {
    private static let start = Samples.start

    /// One event a minute: 3 earned, 4 earned by another, 5 created, 6 submitted, 7 rolled over,
    /// 8 a comment of the reviewer.
    private static func history() throws -> History {
        var history = try History()
        try history.earn(usd(500), at: start)
        try history.earn(
            usd(700), program: History.programWithoutFund, partner: Samples.otherPartner,
            period: Samples.secondPeriod, at: start.adding(milliseconds: 60_000))
        try history.claim("CLM-1", draft(usd(300)), at: start.adding(milliseconds: 120_000))
        try history.claim(
            "CLM-1", .claimSubmitted(amount: usd(300)), at: start.adding(milliseconds: 180_000))
        let rolled = FundsRolledOver(
            amount: usd(100), toPeriod: Samples.secondPeriod, reason: "unused")
        try history.fund(.fundsRolledOver(rolled), at: start.adding(milliseconds: 240_000))
        try history.claim(
            "CLM-1", .claimCommentAdded(text: "seen"), at: start.adding(milliseconds: 300_000),
            by: Samples.reviewer)
        return history
    }

    /// The sequences a selection admits, each fact looked at with its claim after it.
    private static func admitted(_ selection: Selection) throws -> [Int64] {
        let history = try history()
        var state = history.ledger.emptyState
        return history.ledger.entries.compactMap { entry in
            state.apply(entry.fact, rules: entry.rules)
            let isOfClaim = entry.fact.kind.subjectKind == .claim
            let record = isOfClaim ? state.claim(ClaimID(entry.event.content.subject)) : nil
            let filter = FactFilter(selection, names: state.names)
            return filter.admits(entry.fact, claimRecord: record) ? entry.fact.sequence : nil
        }
    }

    private static let least = ExactDecimal(unscaled: 3, scale: 0)

    static let filters: [(name: String, selection: Selection, sequences: [Int64])] = [
        ("nothing", Selection(), [1, 2, 3, 4, 5, 6, 7, 8]),
        ("program", selection { $0.program = History.program.id }, [1, 3, 5, 6, 7, 8]),
        ("partner", selection { $0.partner = Samples.otherPartner }, [4]),
        // The claim's own period, the fund's, and the one a rollover goes to.
        ("period", selection { $0.period = Samples.firstPeriod }, [3, 5, 6, 7, 8]),
        ("other period", selection { $0.period = Samples.secondPeriod }, [4, 7]),
        ("claim", selection { $0.claim = ClaimID("CLM-1") }, [5, 6, 8]),
        ("type", selection { $0.kind = .fundsEarned }, [3, 4]),
        ("actor", selection { $0.actor = Samples.reviewer.id }, [1, 2, 8]),
        ("from", selection { $0.from = start.adding(milliseconds: 180_000) }, [6, 7, 8]),
        ("from after", selection { $0.from = start.adding(milliseconds: 180_001) }, [7, 8]),
        ("to", selection { $0.to = start.adding(milliseconds: 60_000) }, [1, 2, 3, 4]),
        ("to before", selection { $0.to = start.adding(milliseconds: 59_999) }, [1, 2, 3]),
        ("least", selection { $0.minAmount = least }, [3, 4, 5, 6]),
        ("most", selection { $0.maxAmount = least }, [5, 6, 7]),
        ("unknown program", selection { $0.program = ProgramID("nobody") }, []),
        ("unknown actor", selection { $0.actor = "nobody" }, []),
        // A name that is known, but as something else.
        ("a period for a claim", selection { $0.claim = ClaimID("FY20-H1") }, []),
    ]

    @Test("each part of a selection admits exactly its events", arguments: filters)
    func single(name: String, selection: Selection, sequences: [Int64]) throws {
        #expect(try Self.admitted(selection) == sequences, "\(name)")
    }

    @Test("two parts together admit what both admit")
    func pairs() throws {
        let parts: [(name: String, set: (inout Selection) -> Void)] = [
            ("program", { $0.program = History.program.id }),
            ("partner", { $0.partner = Samples.partner }),
            ("period", { $0.period = Samples.secondPeriod }),
            ("claim", { $0.claim = ClaimID("CLM-1") }), ("type", { $0.kind = .claimSubmitted }),
            ("actor", { $0.actor = Samples.partnerUser.id }),
            ("from", { $0.from = Self.start.adding(milliseconds: 60_000) }),
            ("to", { $0.to = Self.start.adding(milliseconds: 180_000) }),
            ("least", { $0.minAmount = Self.least }),
        ]
        for first in parts.indices {
            for second in parts.indices where second > first {
                let one = try Self.admitted(selection(parts[first].set))
                let other = try Self.admitted(selection(parts[second].set))
                let both = try Self.admitted(
                    selection {
                        parts[first].set(&$0)
                        parts[second].set(&$0)
                    })
                #expect(
                    both == one.filter(other.contains),
                    "\(parts[first].name) and \(parts[second].name)")
            }
        }
    }
}
