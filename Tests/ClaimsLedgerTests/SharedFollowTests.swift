import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import EventLog
import Testing

@Suite("Following a shared ledger in a task", .timeLimit(.minutes(10)))
struct SharedFollowTests {
    /// A shared ledger with the two lines of a new office.
    private func shared() throws -> (ledger: Ledger, store: MemorySharedStore, office: Office) {
        let office = try Office()
        let store = MemorySharedStore()
        let ledger = Ledger.shared(store, try #require(office.ledger.settings))
        _ = try office.ledger.copy(to: ledger)
        return (ledger, store, office)
    }

    @Test("it begins at a sequence and goes on with what is committed", arguments: 1...4)
    func follow(from first: Int) async throws {
        var (ledger, _, office) = try shared()
        let follower = Task { [ledger] in
            var found: [Int64] = []
            let events = try ledger.follow(from: Int64(first), every: .milliseconds(1))
            for try await event in events.prefix(6 - first) { found.append(event.sequence) }
            return found
        }
        var writer = try ledger.openWriter()
        for number in 1...3 {
            try await Task.sleep(for: .milliseconds(3))
            _ = try writer.submit(Office.create("CLM-\(number)"), office.context())
        }
        #expect(try await follower.value == Array(Int64(first)...5))
    }

    @Test("each iterator begins anew, and one that is let go of is no burden to the next")
    func iterators() async throws {
        let (ledger, _, _) = try shared()
        let events = try ledger.follow(from: 1)
        for _ in 1...20 {
            var iterator = events.makeAsyncIterator()
            #expect(try await iterator.next()?.sequence == 1)
        }
        var iterator = events.makeAsyncIterator()
        #expect(try await iterator.next()?.sequence == 1)
        #expect(try await iterator.next()?.sequence == 2)
    }

    @Test("many lines come in pages, each once")
    func pages() async throws {
        var (ledger, store, office) = try shared()
        var writer = try ledger.openWriter()
        for number in 1...350 {
            _ = try writer.submit(Office.create("CLM-\(number)"), office.context())
        }
        #expect(store.head() == 352)
        var found: [Int64] = []
        for try await event in try ledger.follow(from: 1).prefix(352) {
            found.append(event.sequence)
        }
        #expect(found == Array(1...352))
    }

    @Test("cancelling the task ends it without an error, also before the first event")
    func cancelled() async throws {
        let (ledger, _, _) = try shared()
        let clock = ContinuousClock()
        let start = clock.now
        let follower = Task { () -> Int in
            var count = 0
            for try await _ in try ledger.follow(from: 3, every: .seconds(3_600)) { count += 1 }
            return count
        }
        try await Task.sleep(for: .milliseconds(20))
        follower.cancel()
        #expect(try await follower.value == 0)
        #expect(clock.now - start < .seconds(1_800))
    }

    @Test("the events before a faulty line come, then its error, then nothing")
    func fault() async throws {
        let (ledger, store, _) = try shared()
        var writer = try store.openWriter(waitMilliseconds: 0)
        _ = try writer.append(Array("{}\n".utf8), expecting: 2)
        var iterator = try ledger.follow(from: 2).makeAsyncIterator()
        #expect(try await iterator.next()?.sequence == 2)
        let error = await #expect(throws: LedgerError.self) { _ = try await iterator.next() }
        #expect(error?.description.hasPrefix("memory:3: error: the event has no ") == true)
        #expect(try await iterator.next() == nil)
    }
}
