import ClaimsLedger
import ClaimsTestSupport
import Foundation
import Testing

@Suite("Following a ledger in a task", .timeLimit(.minutes(10)))
struct EventStreamTests {
    private static let interval = Duration.milliseconds(1)

    /// The sequences of so many events from one on.
    private static func sequences(
        _ ledger: Ledger, from first: Int64, count: Int
    ) async throws -> [Int64] {
        var found: [Int64] = []
        for try await event in try ledger.follow(from: first, every: interval).prefix(count) {
            found.append(event.sequence)
        }
        return found
    }

    @Test("it begins at a sequence and goes on with what is committed", arguments: 1...6)
    func follow(from first: Int) async throws {
        // Small segments, so that it has to go on into new ones.
        var office = try Office(segmentBytes: first.isMultiple(of: 2) ? nil : 600)
        try office.submit(Office.create("CLM-1"))
        let ledger = office.ledger
        let follower = Task {
            try await Self.sequences(ledger, from: Int64(first), count: 8 - first)
        }
        for number in 2...5 {
            try await Task.sleep(for: .milliseconds(3))
            try office.submit(Office.create("CLM-\(number)"))
        }
        #expect(try await follower.value == Array(Int64(first)...7))
    }

    @Test("the events are those that were submitted")
    func events() async throws {
        var office = try Office()
        let receipt = try office.submit(Office.create("CLM-1"))
        var iterator = try office.ledger.follow(from: 3).makeAsyncIterator()
        #expect(try await iterator.next() == receipt.event)
    }

    @Test("half a line is not told until it is whole, and a torn tail never")
    func halves() async throws {
        var office = try Office()
        try office.submit(Office.create("CLM-1"))
        let whole = try office.log()
        let lines = try office.lines()
        try office.setLog(Array(whole.dropLast(20)))
        var iterator = try office.ledger.follow(from: 2, every: Self.interval).makeAsyncIterator()
        #expect(try await iterator.next()?.sequence == 2)
        let (path, scratch) = (Office.segment, office.scratch)
        let writer = Task {
            try await Task.sleep(for: .milliseconds(20))
            try scratch.write(whole, to: path)
        }
        #expect(try await iterator.next()?.sequence == 3)
        try await writer.value
        #expect(lines.count == 3)
    }

    @Test("cancelling the task ends it without an error, also before the first event")
    func cancelled() async throws {
        let office = try Office(publishes: false)
        let ledger = office.ledger
        let clock = ContinuousClock()
        let start = clock.now
        // It would look again in an hour.
        let follower = Task { () -> Int in
            var count = 0
            for try await _ in try ledger.follow(from: 1, every: .seconds(3_600)) { count += 1 }
            return count
        }
        try await Task.sleep(for: .milliseconds(20))
        follower.cancel()
        #expect(try await follower.value == 0)
        #expect(clock.now - start < .seconds(1_800))
    }

    @Test("a cancelled task gets no event, though there are some")
    func cancelledEarly() async throws {
        let office = try Office()
        let ledger = office.ledger
        let follower = Task { () -> Int in
            withUnsafeCurrentTask { unsafe $0?.cancel() }
            var count = 0
            for try await _ in try ledger.follow(from: 1) { count += 1 }
            return count
        }
        #expect(try await follower.value == 0)
    }

    @Test("without an interval it still sleeps between two looks, and can be ended")
    func sleeps() async throws {
        let office = try Office()
        let ledger = office.ledger
        let follower = Task { () -> Int in
            var looks = 0
            for try await _ in try ledger.follow(from: 3, every: .zero) { looks += 1 }
            return looks
        }
        // With no interval at all it still gives way to others, and can be ended.
        try await Task.sleep(for: .milliseconds(50))
        follower.cancel()
        #expect(try await follower.value == 0)
    }

    @Test("the events before a faulty line come, then its error, then nothing")
    func fault() async throws {
        let office = try Office()
        try office.setLog(try office.log() + Array("{}\n".utf8))
        var iterator = try office.ledger.follow(from: 1).makeAsyncIterator()
        #expect(try await iterator.next()?.sequence == 1)
        #expect(try await iterator.next()?.sequence == 2)
        let error = await #expect(throws: LedgerError.self) { _ = try await iterator.next() }
        let path = office.scratch.path(Office.segment)
        #expect(error?.description.hasPrefix("\(path):3: error: the event has no ") == true)
        #expect(try await iterator.next() == nil)
    }

    @Test("a line out of its order is an error")
    func order() async throws {
        let office = try Office()
        let lines = try office.lines()
        try office.setLines([lines[0], lines[1], lines[0]])
        var iterator = try office.ledger.follow(from: 2).makeAsyncIterator()
        #expect(try await iterator.next()?.sequence == 2)
        let error = await #expect(throws: LedgerError.self) { _ = try await iterator.next() }
        #expect(error?.category == .badData)
    }

    @Test("no plain file can be followed")
    func plainFile() throws {
        let office = try Office()
        let ledger = try Ledger.open(office.scratch.path(Office.segment))
        let error = ledgerError { _ = try ledger.follow(from: 1) }
        #expect(
            error?.description == "error: only a ledger folder or a shared ledger can be followed")
    }
}
