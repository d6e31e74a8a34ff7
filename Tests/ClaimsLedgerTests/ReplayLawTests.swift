import ClaimsCodec
import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import EventLog
import Testing

@testable import ClaimsLedger

@Suite("Laws of replay, over random histories")
struct ReplayLawTests {
    static let seeds = UInt64(0)..<300

    /// Kept rules for even seeds, any events for odd ones.
    private static func history(_ seed: UInt64) throws -> TestLedger {
        try seed.isMultiple(of: 2)
            ? randomHistory(seed: seed, events: 40) : randomBrokenHistory(seed: seed, events: 40)
    }

    /// A ledger folder with the lines of a history, written without the care of a real one.
    private struct Shelf {
        let scratch: ScratchFolder
        let ledger: Ledger
        let history: TestLedger

        init(_ seed: UInt64) throws {
            scratch = try ScratchFolder()
            history = try ReplayLawTests.history(seed)
            try scratch.makeFolder("ledger")
            let settings = LedgerSettings(
                ledgerID: "L-1", origin: "law.example",
                publicKey: "law.example+9df7bd9b+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs",
                iso4217: Currency.tableVersion, segmentBytes: 1 << 20)
            try scratch.write(settings.text, to: "ledger/ledger.json")
            ledger = try Ledger.open(scratch.path("ledger"))
            try setLines(history.entries.map(\.line))
        }

        func setLines(_ lines: [[UInt8]]) throws {
            try scratch.write(lines.flatMap { $0 + [0x0A] }, to: Office.segment)
        }
    }

    /// What every report is made of.
    private func answers(_ ledger: Ledger, _ viewpoint: Viewpoint) throws -> ToldState {
        ToldState(try ledger.replay(viewpoint).replay)
    }

    @Test("as of the end, and as known at the head, all is as it is now", arguments: seeds)
    func end(seed: UInt64) throws {
        let shelf = try Shelf(seed)
        let history = shelf.history
        let head = Int64(history.entries.count)
        let last = try #require(history.entries.last?.event.recordedAt)
        let now = try answers(shelf.ledger, Viewpoint())
        #expect(!now.claims.isEmpty)
        for viewpoint in [
            Viewpoint(asOf: last), Viewpoint(knownAt: .sequence(head)),
            Viewpoint(knownAt: .instant(last)), Viewpoint(asOf: last, knownAt: .sequence(head)),
        ] {
            #expect(try answers(shelf.ledger, viewpoint) == now)
        }
    }

    @Test("what was known at a sequence is what the first so many lines say", arguments: seeds)
    func prefix(seed: UInt64) throws {
        let shelf = try Shelf(seed)
        let history = shelf.history
        var generator = SeededGenerator(seed: seed &+ 1_000)
        let count = generator.number(1...Int64(history.entries.count))
        let known = try answers(shelf.ledger, Viewpoint(knownAt: .sequence(count)))
        try shelf.setLines(history.entries.prefix(Int(count)).map(\.line))
        #expect(try answers(shelf.ledger, Viewpoint()) == known)
    }

    @Test("the first lines and then the rest are the whole", arguments: seeds)
    func resumed(seed: UInt64) throws {
        let shelf = try Shelf(seed)
        let history = shelf.history
        var generator = SeededGenerator(seed: seed &+ 2_000)
        let count = Int(generator.number(0...Int64(history.entries.count)))
        let part = try shelf.ledger.replay(Viewpoint(knownAt: .sequence(Int64(count))))
        var state = part.replay.state
        var reader = FactReader()
        for entry in history.entries.dropFirst(count) {
            guard
                case .fact(let fact, let rules) = try reader.read(
                    entry.line.span, into: &state)
            else { continue }
            state.apply(fact, rules: rules)
        }
        let whole = try shelf.ledger.replay().replay.state
        #expect(part.order.head == Int64(count))
        #expect(ToldState(state, as: part.replay) == ToldState(whole, as: part.replay))
    }

    private static func isBalanced(_ row: BalanceRow) -> Bool {
        let balance = row.balance
        return balance.earned + balance.adjusted + balance.rolledIn - balance.rolledOut
            - balance.converted == row.available + balance.reserved + balance.approved + row.expired
    }

    @Test("at any point of both axes the buckets add up to what came in", arguments: seeds)
    func identity(seed: UInt64) throws {
        let shelf = try Shelf(seed)
        let history = shelf.history
        var generator = SeededGenerator(seed: seed &+ 3_000)
        for _ in 0..<4 {
            let viewpoint = Self.viewpoint(history, &generator)
            let replay = try shelf.ledger.replay(viewpoint).replay
            let rows = FundBalances(replay).rows
            #expect(rows.allSatisfy(Self.isBalanced), "\(viewpoint)")
            for grouping in BalanceGrouping.allCases {
                let sums = FundBalances(replay, grouping: grouping).rows
                #expect(sums.allSatisfy(Self.isBalanced), "\(viewpoint)")
                #expect(Self.totals(sums) == Self.totals(rows))
            }
            // What accounts hold for claims is what the claims say they hold.
            let claims = replay.state.claims
            let approved = rows.reduce(Int64(0)) { $0 + $1.balance.approved }
            let reserved = rows.reduce(Int64(0)) { $0 + $1.balance.reserved }
            #expect(approved == claims.reduce(0) { $0 + $1.approved })
            #expect(reserved == claims.reduce(0) { $0 + $1.reserved })
        }
    }

    /// What can be claimed, is claimed and is lost, by currency.
    private static func totals(_ rows: [BalanceRow]) -> [Currency: [Int64]] {
        Dictionary(grouping: rows, by: \.currency).mapValues { rows in
            [
                rows.reduce(0) { $0 + $1.available }, rows.reduce(0) { $0 + $1.balance.claimed },
                rows.reduce(0) { $0 + $1.expired },
            ]
        }
    }

    private static func viewpoint(
        _ history: TestLedger, _ generator: inout SeededGenerator
    ) -> Viewpoint {
        let event = generator.pick(history.entries).event
        let nudge: Int64 = generator.pick([-1, 0, 1, 86_400_000])
        let asOf = event.content.occurredAt.adding(milliseconds: nudge)
        let other = generator.pick(history.entries).event
        let knownAt: KnownAt =
            generator.oneIn(2)
            ? .sequence(other.sequence)
            : .instant(other.recordedAt.adding(milliseconds: generator.number(-1...0)))
        switch generator.number(1...3) {
        case 1: return Viewpoint(asOf: asOf)
        case 2: return Viewpoint(knownAt: knownAt)
        default: return Viewpoint(asOf: asOf, knownAt: knownAt)
        }
    }

    @Test("the sum over a program's partners is the program's", arguments: seeds)
    func partners(seed: UInt64) throws {
        let shelf = try Shelf(seed)
        let history = shelf.history
        var generator = SeededGenerator(seed: seed &+ 4_000)
        let viewpoint = Self.viewpoint(history, &generator)
        let replay = try shelf.ledger.replay(viewpoint).replay
        let all = try shelf.ledger.balances(at: viewpoint).value.rows
        let programs = FundBalances(replay, grouping: .program).rows
        for program in programs {
            let partners = Set(
                all.filter { $0.program == program.program }.compactMap(\.partner))
            var sum = FundBalance()
            var expired: Int64 = 0
            for partner in partners {
                let own = selection {
                    $0.program = program.program
                    $0.partner = partner
                }
                let rows = FundBalances(replay, selection: own, grouping: .partner).rows
                for row in rows where row.currency == program.currency {
                    sum.add(row.balance)
                    expired += row.expired
                }
            }
            #expect(sum == program.balance)
            #expect(expired == program.expired)
        }
    }

    @Test("an answer is the same on 1, 2, 3 and 8 threads", arguments: 0..<12)
    func threads(seed: Int) throws {
        let shelf = try Shelf(UInt64(seed))
        let history = shelf.history
        var ledger = shelf.ledger
        ledger.scanThreads = 1
        let alone = try answers(ledger, Viewpoint())
        // Chunks of a few lines, so that many are under way at once.
        let folder = try #require(ledger.folder)
        let store = FolderStore(
            folder: folder.folder, fileSystem: folder.fileSystem,
            segmentBytes: folder.segmentBytes, blockBytes: 1_000)
        for threads in [1, 2, 3, 8] {
            var events = 0
            var lines: [[UInt8]] = []
            _ = try store.read(scanningOn: threads) { chunk in
                events += chunk.events.count
                for event in chunk.events {
                    chunk.withBytes(of: event) { bytes in
                        lines.append(bytes.indices.map { bytes[$0] })
                    }
                }
                return .next
            }
            #expect(events == history.entries.count)
            #expect(lines == history.entries.map(\.line))
            ledger.scanThreads = threads
            #expect(try answers(ledger, Viewpoint()) == alone)
        }
    }

    @Test("an answer is the same however the lines are cut into segments", arguments: 0..<20)
    func segments(seed: Int) throws {
        let shelf = try Shelf(UInt64(seed))
        let history = shelf.history
        let whole = try answers(shelf.ledger, Viewpoint())
        let root = try shelf.ledger.treeHead()
        var generator = SeededGenerator(seed: UInt64(seed) &+ 5_000)
        var files: [(first: Int, bytes: [UInt8])] = [(1, [])]
        for (index, entry) in history.entries.enumerated() {
            if index > 0, generator.oneIn(6) { files.append((index + 1, [])) }
            files[files.count - 1].bytes += entry.line + [0x0A]
        }
        for (first, bytes) in files {
            let digits = String(first)
            let name = String(repeating: "0", count: 12 - digits.count) + digits
            try shelf.scratch.write(bytes, to: "ledger/\(name).jsonl")
        }
        #expect(files.count > 1)
        #expect(try answers(shelf.ledger, Viewpoint()) == whole)
        #expect(try shelf.ledger.treeHead() == root)
        let faults = try shelf.ledger.verify().faults
        #expect(faults == [])
    }
}
