import ClaimsTestSupport
import EventLog
import Testing

@Suite("a log that many append to")
struct SharedStoreTests {
    /// A shared log with lines, and a folder for what is held back.
    private static func filled(
        _ count: Int
    ) throws -> (store: MemorySharedStore, log: any SharedWriter, folder: TempFolder) {
        let store = MemorySharedStore()
        let log = store.openSharedWriter(waitMilliseconds: 0) { _ in }
        if count > 0 {
            _ = try log.append(expecting: 0) { (receive) throws(LogFault) in
                try receive(recordLines(1...count))
            }
        }
        return (store, log, try TempFolder())
    }

    @Test("holds to the contract of a store", arguments: StoreContract.all)
    func contract(rule: StoreContract) throws {
        #expect(try rule.violations(MemorySharedStore()) == [])
    }

    @Test("its writer is one of any store, and has nothing to make durable")
    func writer() throws {
        let (store, _, _) = try Self.filled(3)
        var writer = try store.openWriter(waitMilliseconds: 0)
        #expect(writer.head == 3)
        #expect(try writer.append(recordLines(4...5), expecting: 3) == 5)
        try writer.makeDurable()
        #expect(try texts(store) == recordTexts(1...5))
    }

    @Test("single lines are found in whatever order they are asked for")
    func locator() throws {
        let (store, _, _) = try Self.filled(250)
        var locator = LineLocator(store)
        for sequence in [1, 2, 250, 7, 7, 120, 99] as [Int64] {
            var found = ""
            let isThere = try locator.line(at: sequence) { line in
                found = String(decoding: (0..<line.count).map { line[$0] }, as: UTF8.self)
            }
            #expect(isThere && found == recordTexts(Int(sequence)...Int(sequence)).first)
        }
        for sequence in [0, 251] as [Int64] {
            #expect(try !locator.line(at: sequence) { _ in Issue.record("no such line") })
        }
    }

    @Test("who is late is told once, and appends behind the new head")
    func conflict() throws {
        let (store, log, folder) = try Self.filled(2)
        let writer = BackgroundWriter(log, holdingIn: folder.store(segmentBytes: 900))
        writer.expect(2)
        try writer.appendNow(recordLines(3...3))
        #expect(writer.head == 3)
        _ = try store.openSharedWriter(waitMilliseconds: 0) { _ in }
            .append(expecting: 3) { (receive) throws(LogFault) in try receive(recordLines(4...4)) }
        let late = fault { try writer.appendNow(recordLines(5...5)) }
        #expect(late == LogFault(.headMoved(expected: 3, head: 4), in: "memory"))
        writer.expect(4)
        try writer.appendNow(recordLines(5...5))
        try writer.makeDurable()
        #expect(try texts(store) == recordTexts(1...5))
    }

    @Test("what is held back becomes its end all at once, or is forgotten")
    func held() throws {
        let (store, log, folder) = try Self.filled(1)
        let files = folder.store(segmentBytes: 900)
        try files.create()
        let writer = BackgroundWriter(log, holdingIn: files)
        writer.expect(1)
        try writer.hold()
        try writer.hold()
        for number in 2...90 { try writer.append(recordLines(number...number)) }
        var line: [UInt8] = []
        #expect(try writer.heldLine(at: 40) { span in line = (0..<span.count).map { span[$0] } })
        #expect(line == record(40))
        var held: [UInt8] = []
        try writer.forEachHeldBlock { held += $0 }
        #expect(held == recordLines(2...90))
        #expect(store.head() == 1)
        try writer.keepHeld()
        #expect(try texts(store) == recordTexts(1...90))
        try writer.hold()
        try writer.append(recordLines(91...95))
        writer.dropHeld()
        try writer.finish()
        #expect(store.head() == 90)
    }

    @Test("what is held back behind a head that moved is refused whole")
    func heldTooLong() throws {
        let (store, log, folder) = try Self.filled(1)
        let files = folder.store(segmentBytes: 900)
        try files.create()
        let writer = BackgroundWriter(log, holdingIn: files)
        writer.expect(1)
        try writer.hold()
        try writer.append(recordLines(2...9))
        _ = try store.openSharedWriter(waitMilliseconds: 0) { _ in }
            .append(expecting: 1) { (receive) throws(LogFault) in try receive(recordLines(2...2)) }
        let late = fault { try writer.keepHeld() }
        #expect(late == LogFault(.headMoved(expected: 1, head: 2), in: "memory"))
        #expect(fault { try writer.finish() } == late)
        #expect(store.head() == 2)
    }
}
