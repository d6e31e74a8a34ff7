import ClaimsDomain
import ClaimsIndex
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("Laws of the index, over random histories")
struct IndexLawTests {
    static let seeds = UInt64(0)..<24

    /// Kept rules, recorded late, under strict rules, or any events at all.
    static func history(_ seed: UInt64, events: Int = 50) throws -> TestLedger {
        switch seed % 4 {
        case 0: try randomHistory(seed: seed, events: events)
        case 1: try randomDelayedHistory(seed: seed, events: events)
        case 2: try randomStrictHistory(seed: seed, events: events)
        default: try randomBrokenHistory(seed: seed, events: events)
        }
    }

    @Test("every answer from the index is the replay's", arguments: seeds)
    func answers(seed: UInt64) throws {
        let history = try Self.history(seed)
        let desk = try IndexDesk(history.entries.map(\.line))
        var generator = SeededGenerator(seed: seed &+ 1)
        for _ in 0..<6 {
            let viewpoint = randomViewpoint(history, &generator)
            try desk.expectSame(viewpoint, history, &generator)
        }
        #expect(desk.remarks().isEmpty)
        #expect(try !desk.files().isEmpty)
    }

    @Test("its files are the same bytes, whatever the number of threads", arguments: seeds)
    func threads(seed: UInt64) throws {
        let desk = try IndexDesk(try Self.history(seed).entries.map(\.line))
        var files: [[String: [UInt8]]] = []
        for threads in [1, 2, 8] {
            try? desk.removeCache()
            var ledger = desk.indexed
            ledger.scanThreads = threads
            _ = try ledger.balances(Selection(), at: Viewpoint())
            var bytes: [String: [UInt8]] = [:]
            for name in try desk.files() {
                bytes[name] = try desk.scratch.bytes(of: "ledger/cache/index/\(name)")
            }
            files.append(bytes)
        }
        #expect(files[0].count > 1)
        #expect(files[1] == files[0] && files[2] == files[0])
    }

    @Test("what was appended is folded on top, or extends the index", arguments: seeds)
    func appended(seed: UInt64) throws {
        let history = try Self.history(seed)
        var generator = SeededGenerator(seed: seed &+ 2)
        var rest = history.entries.map(\.line)
        let first = Int(generator.number(1...20))
        // Extended at once; after a few events; never.
        let leastTailBytes = [0, 3000, 1 << 20][Int(seed / 4) % 3]
        let desk = try IndexDesk(Array(rest.prefix(first)), leastTailBytes: leastTailBytes)
        rest.removeFirst(first)
        while true {
            let viewpoint =
                generator.oneIn(2)
                ? Viewpoint() : randomViewpoint(history, &generator)
            try desk.expectSame(viewpoint, history, &generator)
            if rest.isEmpty { break }
            let count = min(rest.count, Int(generator.number(1...12)))
            let sequence = history.entries.count - rest.count + 1
            try desk.append(
                Array(rest.prefix(count)), newSegmentAt: generator.oneIn(4) ? sequence : nil)
            rest.removeFirst(count)
        }
        #expect(desk.remarks().isEmpty)
    }

    @Test("an index that was extended ends as one that was built at once", arguments: 0..<20)
    func extended(seed: Int) throws {
        let history = try Self.history(UInt64(seed), events: 80)
        let lines = history.entries.map(\.line)
        let whole = try IndexDesk(lines)
        _ = try whole.indexed.balances()
        let grown = try IndexDesk(Array(lines.prefix(10)))
        _ = try grown.indexed.balances()
        var done = 10
        while done < lines.count {
            let next = min(lines.count, done + 7)
            try grown.append(Array(lines[done..<next]))
            done = next
            _ = try grown.indexed.balances()
        }
        let ends = try [whole, grown].map { desk in
            try #require(try desk.open()).last
        }
        #expect(ends == [Int64(lines.count), Int64(lines.count)])
        #expect(grown.remarks().isEmpty)
        // Short runs are merged on the way.
        #expect(try grown.files().count <= 8)
    }

    @Test("an ordinary history needs the replay for nothing", arguments: 0..<20)
    func certain(seed: Int) throws {
        let history = try randomHistory(seed: UInt64(seed))
        let desk = try IndexDesk(history.entries.map(\.line))
        _ = try desk.indexed.balances()
        let index = try #require(try desk.open())
        for entry in history.entries {
            let viewpoint = Viewpoint(asOf: entry.event.content.occurredAt)
            var fold = try IndexedFold(index, at: viewpoint)
            try fold.foldFunds(of: Selection())
            fold = try IndexedFold(index, at: viewpoint)
            _ = try fold.foldControls()
            guard entry.fact.kind.subjectKind == .claim else { continue }
            var events = 0
            fold = try IndexedFold(index, at: viewpoint)
            let isKnown = try fold.fold(.claim, entry.event.content.subject) { _, _, _ in
                events += 1
            }
            #expect(isKnown && events > 0)
        }
    }

    @Test("control accounts hold what the accounts of a replay do", arguments: seeds)
    func controls(seed: UInt64) throws {
        let history = try Self.history(seed, events: 240)
        let lines = history.entries.map(\.line)
        var generator = SeededGenerator(seed: seed &+ 3)
        // Built at once or extended on the way, with some events behind it or none.
        let indexed = lines.count - Int(generator.number(0...9))
        let step = seed / 4 % 2 == 0 ? indexed : 7
        let desk = try IndexDesk([])
        var done = 0
        while done < indexed {
            let next = min(indexed, done + step)
            try desk.append(Array(lines[done..<next]))
            done = next
            _ = try desk.indexed.balances()
        }
        if done < lines.count { try desk.append(Array(lines[done...])) }
        let index = try #require(try desk.open())
        for _ in 0..<40 {
            let viewpoint = randomViewpoint(history, &generator)
            var fold = try IndexedFold(index, at: viewpoint)
            let found: [ControlAccount: ControlBalance]
            do throws(IndexProblem) {
                found = try fold.foldControls()
            } catch {
                #expect(error == .needsReplay)
                continue
            }
            let names = fold.finished().state.names
            let replay = try desk.replayed.summary(at: viewpoint).replay
            #expect(
                Self.texts(found, names)
                    == Self.texts(Self.summed(replay.state), replay.state.names),
                "\(viewpoint)")
        }
    }

    private static func summed(_ state: LedgerState) -> [ControlAccount: ControlBalance] {
        var sums: [ControlAccount: ControlBalance] = [:]
        for account in state.accounts {
            sums[ControlAccount(account), default: ControlBalance()].add(account.balance)
        }
        return sums
    }

    private static func texts(
        _ controls: [ControlAccount: ControlBalance], _ names: NameTable
    ) -> [String: [Int64]] {
        var texts: [String: [Int64]] = [:]
        for (account, held) in controls {
            let (program, period) = (names.text(account.program), names.text(account.period))
            texts["\(program)/\(period)/\(account.currency)"] = held.figures
        }
        return texts
    }
}
