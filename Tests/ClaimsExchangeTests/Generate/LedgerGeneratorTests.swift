import ClaimsCodec
import ClaimsDomain
import ClaimsLedger
import Testing
import TransparencyLog

@testable import ClaimsExchange

/// Synthetic ledgers.
@Suite struct LedgerGeneratorTests {
    /// The lines of a generated ledger, given out in stretches.
    private static func lines(
        _ events: Int64, seed: UInt64, stretch: Int = 1 << 16
    ) throws -> [UInt8] {
        var generator = LedgerGenerator(events: events, seed: seed)
        var lines: [UInt8] = []
        while try generator.next(bytes: stretch, { lines += $0 }) {}
        #expect(generator.eventCount == events)
        return lines
    }

    /// Reads the lines as a log and folds them.
    private static func replay(_ lines: [UInt8]) throws -> (state: LedgerState, order: LogOrder) {
        var state = LedgerState()
        var order = LogOrder()
        var reader = FactReader()
        for line in lines.split(separator: 0x0A) {
            let bytes = Array(line)
            guard
                case .fact(let fact, let rules) = try reader.read(
                    bytes.span, into: &state)
            else { continue }
            try order.accept(reader, bytes.span)
            state.apply(fact, rules: rules)
        }
        return (state, order)
    }

    @Test("size and seed decide every byte")
    func golden() throws {
        let lines = try Self.lines(2_000, seed: 1)
        #expect(lines == (try Self.lines(2_000, seed: 1, stretch: 1)))
        #expect(lines != (try Self.lines(2_000, seed: 2)))
        // The SHA-256 of what another machine made: a change of it changes every such ledger.
        #expect(
            TreeHash(leaf: lines).base64 == "S4BsdAVE5xfdr16qRca0RIZ4TQMJgyFD81AcTyfiTxg=",
            "if the change is meant, put the new hash here")
    }

    @Test(
        "a shorter ledger of the same length of time is valid too",
        arguments: 1...7 as ClosedRange<Int64>)
    func shortest(events: Int64) throws {
        let lines = try Self.lines(events, seed: 7)
        #expect(lines.count { $0 == 0x0A } == Int(events))
        #expect(try Self.replay(lines).order.head == events)
    }

    @Test(
        "every line is in order, no rule is broken, every fund adds up",
        arguments: 1...4 as ClosedRange<UInt64>)
    func valid(seed: UInt64) throws {
        let (state, order) = try Self.replay(try Self.lines(2_500, seed: seed))
        #expect(order.head == 2_500)
        #expect(state.findings.isEmpty)
        #expect(state.accounts.allSatisfy { $0.balance.isBalanced && $0.balance.unclaimed >= 0 })
        let claims = state.claims.reduce(Int64(0)) { $0 + $1.reserved + $1.approved }
        #expect(claims == state.accounts.reduce(Int64(0)) { $0 + $1.balance.claimed })
    }

    @Test("all types of event occur, books are closed at the tree's own head")
    func everyType() throws {
        let lines = try Self.lines(20_000, seed: 1)
        let (state, _) = try Self.replay(lines)
        #expect(Set(state.eventsByKind.keys) == Set(EventKind.allCases))
        #expect(state.findings.isEmpty)
        var tree = TreeBuilder()
        var reader = EventReader()
        var closings = 0
        for line in lines.split(separator: 0x0A) {
            let bytes = Array(line)
            if line.contains(where: { $0 == UInt8(ascii: "h") }),
                case .periodClosed(let closed) = try reader.read(bytes.span).content.payload
            {
                closings += 1
                #expect(closed.treeSize == Int64(tree.size))
                #expect(closed.rootHash == tree.root.base64)
            }
            tree.append(TreeHash(leaf: bytes))
        }
        #expect(closings >= 2)
    }

    @Test("a tenth of the partners has two claims in five")
    func skew() throws {
        let (state, _) = try Self.replay(try Self.lines(8_000, seed: 3))
        var counts: [NameKey: Int] = [:]
        for claim in state.claims { counts[claim.partner, default: 0] += 1 }
        let sorted = counts.values.sorted(by: >)
        let tenth = sorted.prefix(max(1, state.partners.count / 10)).reduce(0, +)
        #expect(tenth * 5 > state.claims.count * 2)
        #expect(sorted[sorted.count / 2] * 10 < sorted[0])
    }

    @Test("partners have ids of their own up to the largest ledger")
    func partnerIDs() {
        let population = Population(count: 200_000, claims: 1_200_000)
        #expect(Set(population.partners.map(\.id)).count == 200_000)
        // The walk meets itself only after as many steps as its modulus.
        var (left, right) = (2_654_435, 5_999_993)
        while right != 0 { (left, right) = (right, left % right) }
        #expect(left == 1)
        #expect(GeneratedSize(events: GeneratedLedger.mostEvents).partners < 5_999_993)
    }

    @Test("SplitMix64 gives the published numbers of seed 1234567")
    func random() {
        var random = SeededRandom(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() }
        // Source: Rosetta Code, "Pseudo-random numbers/Splitmix64".
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }
}
