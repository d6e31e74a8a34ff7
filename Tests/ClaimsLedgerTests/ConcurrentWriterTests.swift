import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Dispatch
import EventLog
import Testing

@Suite("A writer for many at once")
struct ConcurrentWriterTests {
    private static let writers = 16
    private static let commands = 20

    private static func context(_ writer: Int, _ number: Int) -> CommandContext {
        CommandContext(
            now: Samples.start, actor: Samples.reviewer, id: EventID("w\(writer)-\(number)"))
    }

    /// A ledger whose log is in memory, with a program, and where an append takes a while.
    private func shared(appendMilliseconds: Int) throws -> (Ledger, MemorySharedStore) {
        let store = MemorySharedStore(appendMilliseconds: appendMilliseconds)
        let office = try Office(publishes: false)
        let ledger = Ledger.shared(store, try #require(office.ledger.settings))
        var writer = try ledger.openWriter()
        _ = try writer.submit(.publish(Office.program), Self.context(0, 0))
        return (ledger, store)
    }

    @Test("threads: each command once, with its own answer, many of them in one append")
    func threads() throws {
        let (ledger, store) = try shared(appendMilliseconds: 2)
        let writer = ConcurrentWriter(try ledger.openWriter())
        let sequences = Guarded<[Int64]>([])
        let group = DispatchGroup()
        for number in 1...Self.writers {
            DispatchQueue(label: "writer-\(number)").async(group: group) {
                for index in 1...Self.commands {
                    let context = Self.context(number, index)
                    guard let receipt = try? writer.submitAndWait(Office.earn(usd(1)), context)
                    else { continue }
                    #expect(receipt.event.content.id == context.id)
                    sequences.withLock { $0.append(receipt.sequence) }
                }
            }
        }
        group.wait()
        let count = Self.writers * Self.commands
        #expect(sequences.withLock { $0.sorted() } == Array(2...Int64(count + 1)))
        #expect(store.appendCount < count / 2)
        #expect(try ledger.verify().isSound)
    }

    @Test("tasks: a refusal is the answer of the one it belongs to")
    func tasks() async throws {
        var office = try Office()
        try office.submit(Office.create("CLM-1"))
        let writer = ConcurrentWriter(try office.ledger.openWriter())
        let refusals = await withTaskGroup(of: Bool.self) { group in
            for number in 1...Self.writers {
                group.addTask {
                    let command = Office.claim("CLM-1", .submit(amount: nil))
                    do {
                        _ = try await writer.submit(command, Self.context(number, 1))
                        return false
                    } catch {
                        return (error as? LedgerError)?.category == .refused
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refusals == Self.writers - 1)
        #expect(try office.lines().count == 4)
    }

    @Test("who came too late reads what is new, and decides anew on it")
    func late() throws {
        let (ledger, store) = try shared(appendMilliseconds: 0)
        var slow = try ledger.openWriter()
        var quick = try ledger.openWriter()
        let amount = usd(100)
        _ = try quick.submit(Office.earn(usd(1_000)), Self.context(1, 1))
        _ = try quick.submit(Office.create("CLM-1", amount), Self.context(1, 2))
        _ = try quick.submit(Office.claim("CLM-1", .submit(amount: nil)), Self.context(1, 3))
        store.firstRead = .max
        let late = try slow.submit([
            Submission(Office.claim("CLM-1", .submit(amount: nil)), Self.context(2, 1)),
            Submission(Office.claim("CLM-1", .startReview), Self.context(2, 2)),
            Submission(Office.earn(usd(5)), Self.context(2, 3)),
        ])
        #expect(late.map { (try? $0.get())?.sequence } == [nil, 5, 6])
        #expect(store.firstRead == 2)
        // The other one knows 2 to 4 as its own.
        store.firstRead = .max
        #expect(try quick.submit(Office.earn(usd(7)), Self.context(1, 4)).sequence == 7)
        #expect(store.firstRead == 5)
        #expect(try ledger.verify().isSound)
    }

    @Test("writers over many sessions take turns, and none is left behind")
    func sessions() throws {
        let (ledger, _) = try shared(appendMilliseconds: 0)
        let done = Guarded<[Int64]>([])
        DispatchQueue.concurrentPerform(iterations: 6) { number in
            guard var writer = try? ledger.openWriter() else { return }
            for index in 1...Self.commands {
                let context = Self.context(number + 1, index)
                guard let receipt = try? writer.submit(Office.earn(usd(1)), context) else {
                    continue
                }
                done.withLock { $0.append(receipt.sequence) }
            }
        }
        #expect(done.withLock { $0.sorted() } == Array(2...Int64(6 * Self.commands + 1)))
        #expect(try ledger.verify().isSound)
    }
}
