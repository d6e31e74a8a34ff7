import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("explanations add up")
struct ExplanationHistoryTests {
    @Test("in any valid history, at any point, on both axes", arguments: UInt64(0)..<300)
    func valid(seed: UInt64) throws {
        try check(try SeededHistory(valid: seed))
    }

    @Test("in any history at all, at any point, on both axes", arguments: UInt64(0)..<100)
    func broken(seed: UInt64) throws {
        try check(try SeededHistory(broken: seed))
    }

    private func check(_ history: SeededHistory) throws {
        var history = history
        for viewpoint in history.viewpoints() {
            let plain = history.replay(viewpoint)
            let (claims, funds) = (ClaimRegister(plain).rows, FundBalances(plain).rows)
            var claimExplainers = claims.map { ClaimExplainer(of: $0.claim) }
            let bucket = history.generator.pick(Bucket.allCases)
            let questions = try funds.flatMap { try Self.questions($0, bucket) }
            var fundExplainers = questions.map { AccountExplainer(of: $0) }
            let replay = history.replay(viewpoint) { state, fact in
                for index in claimExplainers.indices {
                    claimExplainers[index].note(fact, in: state)
                }
                for index in fundExplainers.indices { fundExplainers[index].note(fact, in: state) }
            }
            for (row, explainer) in zip(claims, claimExplainers) {
                let explanation = try #require(explainer.explanation(in: replay))
                try require(explanation.addsUp, "claim \(row.claim) at \(viewpoint)")
                try require(explanation.row == row, "claim \(row.claim) at \(viewpoint)")
                try require(explanation.steps.count == Int(row.events), "claim \(row.claim)")
                try require(
                    (explanation.expiredBy != nil) == (row.status == ClaimRegister.expired),
                    "claim \(row.claim) at \(viewpoint)")
            }
            for (question, explainer) in zip(questions, fundExplainers) {
                let explanations = explainer.explanations(in: replay)
                try require(explanations.count == 1, "\(question)")
                try check(explanations[0], against: funds, viewpoint)
            }
        }
    }

    /// All buckets at once, then one of them alone.
    private static func questions(_ row: BalanceRow, _ bucket: Bucket) throws -> [FundQuestion] {
        let (partner, period) = (try #require(row.partner), try #require(row.period))
        return [nil, bucket].map { bucket in
            FundQuestion(
                partner: partner, period: period, program: row.program, currency: row.currency,
                bucket: bucket)
        }
    }

    /// The figures are those of the balances, computed without any explanation.
    private func check(
        _ explanation: AccountExplanation, against rows: [BalanceRow], _ viewpoint: Viewpoint
    ) throws {
        let account = explanation.account
        let row = try #require(
            rows.first {
                $0.program == account.program && $0.partner == account.partner
                    && $0.period == account.period && $0.currency == account.currency
            })
        let lines = explanation.lines
        for bucket in explanation.buckets {
            let figure = row.figure(of: bucket)
            let place = "\(bucket) of \(account) at \(viewpoint)"
            try require(explanation.sum(of: bucket) == figure, place)
            try require((lines.last?.total(of: bucket) ?? 0) == figure, place)
        }
        try require(explanation.addsUp && explanation.row == row, "\(account) at \(viewpoint)")
        try require(lines.allSatisfy { $0.rule != nil }, "\(account) at \(viewpoint)")
        let isDerived = lines.map { $0.cause == nil }
        try require(!isDerived.dropLast().contains(true), "\(account) at \(viewpoint)")
    }

    /// One expectation for all that hold: a million of them would take most of the time.
    private func require(_ holds: Bool, _ place: String) throws {
        if !holds { try #require(holds, "\(place)") }
    }
}

/// A random history, and random points to ask it from.
struct SeededHistory {
    let ledger: TestLedger
    var generator: SeededGenerator

    /// A history in which every rule was kept.
    init(valid seed: UInt64) throws {
        ledger = try randomHistory(seed: seed, events: 50)
        generator = SeededGenerator(seed: seed ^ 0x5EED)
    }

    /// A history that no rule was asked about.
    init(broken seed: UInt64) throws {
        ledger = try randomBrokenHistory(seed: seed, events: 50)
        generator = SeededGenerator(seed: seed ^ 0x5EED)
    }

    /// The end of the log, then one limited on the one axis, the other, and both.
    mutating func viewpoints() -> [Viewpoint] {
        [
            Viewpoint(), Viewpoint(asOf: moment()), Viewpoint(knownAt: known()),
            Viewpoint(asOf: moment(), knownAt: known()),
        ]
    }

    /// A moment at, or up to a year around, an event; or at the first deadline.
    mutating func moment() -> Instant {
        if generator.oneIn(4) {
            return Samples.firstDeadline.adding(milliseconds: generator.number(-1...1))
        }
        let event = generator.pick(ledger.entries).fact.occurredAt
        return generator.oneIn(2)
            ? event
            : event.adding(milliseconds: generator.number(-31_536_000...31_536_000) * 1000)
    }

    /// Known at a sequence, or when an event was recorded.
    mutating func known() -> KnownAt {
        let fact = generator.pick(ledger.entries).fact
        return generator.oneIn(2) ? .sequence(fact.sequence) : .instant(fact.recordedAt)
    }

    /// The replay from a viewpoint by the same steps as over a log, each fact shown to `visit`.
    func replay(
        _ viewpoint: Viewpoint, visit: (LedgerState, Fact) -> Void = { _, _ in }
    ) -> Replay {
        var state = ledger.emptyState
        var last: Fact?
        for entry in ledger.entries {
            guard viewpoint.knows(entry.fact) else { break }
            last = entry.fact
            guard viewpoint.includes(entry.fact) else { continue }
            state.apply(entry.fact, rules: entry.rules)
            visit(state, entry.fact)
        }
        return Replay(
            state: state, viewpoint: viewpoint,
            moment: viewpoint.moment(lastRecordedAt: last?.recordedAt),
            lastSequence: last?.sequence ?? 0, eventsKnown: last?.sequence ?? 0, bytesRead: 0,
            unknownTypes: [:])
    }

    /// What changed between two viewpoints.
    func difference(
        _ from: Viewpoint, _ to: Viewpoint, _ selection: Selection = Selection()
    ) -> LedgerDifference {
        var before = DifferenceNotes(besides: to)
        var after = DifferenceNotes(besides: from)
        let old = replay(from) { before.note($1, in: $0) }
        let new = replay(to) { after.note($1, in: $0) }
        return LedgerDifference(
            from: DifferenceSide(replay: old, notes: before),
            to: DifferenceSide(replay: new, notes: after), selection: selection)
    }
}
