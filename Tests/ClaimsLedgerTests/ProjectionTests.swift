import ClaimsLedger
import ClaimsTestSupport
import Foundation
import Testing

/// A fold whose value depends on each event and on their order: it cannot be merged from halves.
private struct Chain: Projection {
    var kinds = Set(EventKind.allCases)
    var sequences: [Int64] = []
    var hash: UInt64 = 0

    mutating func apply(_ event: Event) {
        sequences.append(event.sequence)
        for byte in "\(event)".utf8 { hash = (hash &* 0x0100_0000_01B3) ^ UInt64(byte) }
    }
}

@Suite("A projection of one's own")
struct ProjectionTests {
    private static let seeds = UInt64(0)..<40
    private static let sample = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "events")
        .path(percentEncoded: false)

    /// The same by the plainest way: every line read alone, on one thread, and filtered.
    private static func folded(_ ledger: Ledger, _ chain: Chain, _ viewpoint: Viewpoint) throws
        -> Chain
    {
        var chain = chain
        _ = try ledger.events(at: viewpoint) { _, fact, _ in
            let event = try ledger.event(at: fact.sequence)
            if chain.kinds.contains(event.kind) { chain.apply(event) }
        }
        return chain
    }

    @Test("claims per reviewer per week, of the sample, as of any day and as known then")
    func reviewerWeeks() throws {
        let ledger = try Ledger.open(Self.sample)
        let weeks = try ledger.replay(into: ReviewerWeeks()).value.decided
        let monday = try #require(Day("2020-03-16"))
        #expect(weeks[monday] == ["r-11": 2, "r-12": 1])
        let decisions = weeks.values.flatMap(\.values).reduce(0, +)
        var lines = 0
        for kind in [EventKind.claimApproved, .claimRejected] {
            lines += try ledger.lines(selection { $0.kind = kind }, at: Viewpoint()) { _ in }.value
        }
        #expect(decisions == lines)
        #expect(weeks.keys.allSatisfy { $0.weekday == 1 })

        let tuesday = Viewpoint(asOf: Instant("2020-03-17T23:59:59Z"))
        let early = try ledger.replay(into: ReviewerWeeks(), at: tuesday)
        #expect(early.value.decided[monday] == ["r-11": 1])
        #expect(early.viewpoint == tuesday)
        #expect(early.moment == tuesday.asOf)
        #expect(early.lastSequence == 788)
        let known = try ledger.replay(into: ReviewerWeeks(), at: Viewpoint(knownAt: .sequence(0)))
        #expect(known.value.decided.isEmpty)
    }

    @Test("on any number of threads it is the fold of the same events in their order")
    func threads() throws {
        var ledger = try Ledger.open(Self.sample)
        let moment = try #require(Instant("2020-02-01T00:00:00Z"))
        let points = [
            Viewpoint(), Viewpoint(asOf: moment), Viewpoint(knownAt: .instant(moment)),
            Viewpoint(asOf: moment, knownAt: .sequence(500)),
        ]
        let someKinds: Set<EventKind> = [.claimSubmitted, .fundsEarned, .programPublished]
        for point in points {
            for kinds in [Set(EventKind.allCases), someKinds, []] {
                let expected = try Self.folded(ledger, Chain(kinds: kinds), point)
                for threads in 1...4 {
                    ledger.scanThreads = threads
                    let answer = try ledger.replay(into: Chain(kinds: kinds), at: point)
                    #expect(answer.value.sequences == expected.sequences)
                    #expect(answer.value.hash == expected.hash)
                }
            }
        }
    }

    @Test(
        "of made-up histories it takes the events that were known and had happened",
        arguments: seeds)
    func histories(seed: UInt64) throws {
        let history = try randomBrokenHistory(seed: seed, events: 60)
        let office = try Office(lines: history.entries.map(\.line))
        let moment = history.entries[Int(seed) * 3 % history.entries.count].event.recordedAt
        let points = [
            Viewpoint(asOf: moment), Viewpoint(knownAt: .instant(moment)),
            Viewpoint(asOf: moment, knownAt: .sequence(Int64(10 + seed))),
        ]
        for point in points {
            var expected = Chain()
            for entry in history.entries where point.knows(entry.fact) && point.includes(entry.fact)
            {
                expected.apply(entry.event)
            }
            #expect(try office.ledger.replay(into: Chain(), at: point).value.hash == expected.hash)
        }
    }

    @Test("over many segments, with more threads than there is work for")
    func segments() throws {
        var office = try Office(segmentBytes: 1_000)
        var expected = Chain()
        for number in 1...40 {
            expected.apply(try office.submit(Office.create("CLM-\(number)")).event)
        }
        var ledger = office.ledger
        for threads in [1, 2, 8] {
            ledger.scanThreads = threads
            let chain = Chain(kinds: [.claimCreated])
            #expect(try ledger.replay(into: chain).value.hash == expected.hash)
        }
    }

    @Test("a fault of the log ends it, also in a line that it does not ask for")
    func fault() throws {
        var office = try Office()
        try office.submit(Office.create("CLM-1"))
        try office.setLog(try office.log() + Array("{}\n".utf8))
        let error = ledgerError { _ = try office.ledger.replay(into: ReviewerWeeks()) }
        #expect(error?.category == .badData)
        #expect(error?.description.contains("000000000001.jsonl:4: error: ") == true)
    }
}
