import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Foundation
import Testing

/// The fast ledger held against a slow, obvious one, over 10,000 random histories a run.
///
/// A disagreement is shrunk to a small history and printed with its seed, which is all that it
/// takes to see it again: `ModelTests.history(seed)`. `CLAIMS_MODEL_HISTORIES` sets another number
/// of them, from seed 0 on, for an hour's run or a short one.
@Suite("The reference ledger")
struct ModelTests {
    private static let batches = UInt64(100)
    private static let histories =
        ProcessInfo.processInfo.environment["CLAIMS_MODEL_HISTORIES"].flatMap { UInt64($0) }
        ?? 10_000

    /// Kept rules, recorded late, under strict rules, with gaps, or any events at all.
    static func history(_ seed: UInt64, events: Int = 24) throws -> TestLedger {
        switch seed % 7 {
        case 0: try randomHistory(seed: seed, events: events)
        case 1: try randomDelayedHistory(seed: seed, events: events)
        case 2: try randomStrictHistory(seed: seed, events: events)
        case 3, 4: try randomBrokenHistory(seed: seed, events: events)
        default: try randomLossyHistory(seed: seed, events: events)
        }
    }

    @Test("agrees with the ledger on each of the histories", arguments: 0..<batches)
    func agrees(batch: UInt64) throws {
        let blockBytes = [300, 5_000, 1 << 20][Int(batch % 3)]
        let desk = try ModelDesk(blockBytes: blockBytes, threads: batch.isMultiple(of: 5) ? 2 : 1)
        for seed in stride(from: batch, to: Self.histories, by: Int(Self.batches)) {
            try check(seed, desk)
        }
    }

    private func check(_ seed: UInt64, _ desk: ModelDesk) throws {
        let history = try Self.history(seed)
        let events = history.entries.map(\.event)
        var generator = SeededGenerator(seed: seed &+ 6_000)
        try desk.write(history.entries.map(\.line))
        for viewpoint in [Viewpoint(), randomViewpoint(history, &generator)] {
            let differences = try desk.differences(events, at: viewpoint) {
                ModelQuestions(of: $0, &generator)
            }
            guard !differences.isEmpty else { continue }
            let example = try desk.counterexample(events, at: viewpoint)
            Issue.record("seed \(seed), \(example)")
            return
        }
    }

    @Test("agrees with the answers from the index", arguments: UInt64(0)..<60)
    func agreesWithIndex(seed: UInt64) throws {
        let history = try Self.history(seed)
        let desk = try IndexDesk(history.entries.map(\.line))
        let events = history.entries.map(\.event)
        var generator = SeededGenerator(seed: seed &+ 7_000)
        for viewpoint in [Viewpoint(), randomViewpoint(history, &generator)] {
            let reference = ReferenceLedger(events, from: viewpoint.ofReference)
            let questions = ModelQuestions(of: reference, &generator)
            let answers = try ModelAnswers(asking: desk.indexed, viewpoint, questions)
            let differences = ModelStatements(answers)
                .differences(from: ModelStatements(reference, questions))
            #expect(differences.isEmpty, "\(viewpoint): \(differences.first ?? "")")
        }
    }

    @Test("finds everything it models in the histories that are compared")
    func coverage() throws {
        var found: Set<FindingCode> = []
        // Of all kinds some, of any events at all many.
        for seed in UInt64(0)..<2_000 where seed < 100 || (3...4).contains(seed % 7) {
            // A cap takes several approvals, so that a few of these are longer.
            let count = seed < 1_000 ? 24 : 80
            let events = try Self.history(seed, events: count).entries.map(\.event)
            found.formUnion(ReferenceLedger(events).findings.map(\.code))
        }
        let modelled = FindingCode.allCases.filter { $0.referenceCoverage == .modelled }
        #expect(Set(modelled).subtracting(found) == [])
        #expect(modelled.count == 26)
    }

    @Test("disagrees where one amount differs by a cent, and names what differs")
    func disagrees() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: PaymentState.paid)
        var events = ledger.entries.map(\.event)
        let place = try #require(events.firstIndex { $0.kind == .claimApproved })
        events[place].content.payload = .claimApproved(amount: usd(599_999), reason: nil)
        let desk = try ModelDesk()
        try desk.write(ledger.entries.map(\.line))
        let differences = try desk.differences(events, at: Viewpoint()).map {
            String($0.prefix { $0 != "\n" })
        }
        let fund = "csp-indirect/4567890/FY20-H1/USD"
        #expect(
            differences.filter { !$0.hasPrefix("explain") } == [
                "claim CLM-1", "finding paid_over_approved at 8", "fund \(fund)",
                "fund of partner 4567890 USD", "fund of period FY20-H1 USD",
                "fund of program csp-indirect USD",
            ])
        #expect(differences.contains("explain CLM-1 approved"))
        #expect(differences.contains("explain \(fund) due"))
    }

    @Test("a failing list is shrunk to what it fails by", arguments: [2, 3, 10, 41])
    func shrinks(count: Int) {
        let first = count / 3
        let last = count - 1
        var trials = 0
        let small = shrunk(Array(0..<count)) { part in
            trials += 1
            return part.contains(first) && part.contains(last)
        }
        #expect(small == [first, last])
        #expect(trials < count * count)
    }
}
