#if PostgreSQL
    import ClaimsTestSupport
    import Dispatch
    import EventLog
    import Foundation
    import PostgreSQLStore
    import Testing

    @Suite(
        "many lines at once, which are streamed into the table", .serialized,
        .enabled(if: TestServer.address != nil, "CLAIMS_POSTGRESQL names no server"))
    struct StreamedRowsTests {
        private static let count: Int64 = 3_000

        private func content(_ store: PostgreSQLStore) throws -> [UInt8] {
            var bytes: [UInt8] = []
            try store.read(from: 1) { chunk in
                bytes += chunk.bytes
                return .next
            }
            return bytes
        }

        @Test("go behind the expected head or nowhere", arguments: [0, 2_999, 3_001, 9_000])
        func head(expected: Int64) throws {
            let store = try TestServer.newStore()
            var writer = try store.openWriter(waitMilliseconds: 0)
            let lines = StoreContract.lines(1...Self.count)
            #expect(try writer.append(lines, expecting: 0) == Self.count)
            #expect(
                throws: LogFault(
                    .headMoved(expected: expected, head: Self.count), in: store.name)
            ) {
                _ = try writer.append(
                    StoreContract.lines(1...Self.count, tag: "b"), expecting: expected)
            }
            #expect(try content(store) == lines)
            let more = StoreContract.lines(Self.count + 1...2 * Self.count)
            #expect(try writer.append(more, expecting: Self.count) == 2 * Self.count)
            #expect(try content(store) == lines + more)
        }

        @Test("are none where one of them is in the log, or comes twice")
        func ids() throws {
            let store = try TestServer.newStore()
            let writer = try store.openSharedWriter(waitMilliseconds: 0) { _ in }
            func append(_ blocks: [[UInt8]], expecting head: Int64) throws(LogFault) -> Int64 {
                try writer.append(expecting: head) { receive throws(LogFault) in
                    for block in blocks { try receive(block) }
                }
            }
            let first = StoreContract.lines(1...Self.count)
            #expect(try append([first], expecting: 0) == Self.count)
            let more = StoreContract.lines(Self.count + 1...2 * Self.count)
            for blocks in [
                [more + StoreContract.line(2)], [more, StoreContract.line(2)], [more, more],
            ] {
                do {
                    _ = try append(blocks, expecting: Self.count)
                    Issue.record("an event stands twice")
                } catch {
                    #expect(error.category == .conflict)
                    #expect("\(error)".contains("an event of this id and source is in the log"))
                }
                #expect(try store.head() == Self.count)
            }
            #expect(
                try append([more, StoreContract.line(9, tag: "b")], expecting: Self.count) == 6_001)
        }

        @Test("of two writers have one winner")
        func writers() throws {
            let store = try TestServer.newStore()
            let answers = Guarded<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 2) { number in
                do throws(LogFault) {
                    var writer = try store.openWriter(waitMilliseconds: 0)
                    let lines = StoreContract.lines(1...Self.count, tag: "w\(number)")
                    let end = try writer.append(lines, expecting: 0)
                    answers.withLock { $0.append("\(end)") }
                } catch {
                    answers.withLock { $0.append("\(error.category)") }
                }
            }
            #expect(answers.withLock { $0.sorted() } == ["3000", "conflict"])
            let found = try content(store)
            #expect(
                (0...1).contains { found == StoreContract.lines(1...Self.count, tag: "w\($0)") })
        }

        @Test("and few wake who follows, long before it would look again", .timeLimit(.minutes(1)))
        func told() throws {
            let store = try TestServer.newStore()
            let ends: [Int64] = [1, 2, 1_000, 1_001]
            let seen = DispatchSemaphore(value: 0)
            let start = ContinuousClock.now
            let isOver = DispatchSemaphore(value: 0)
            DispatchQueue.global().async {
                defer { isOver.signal() }
                try? store.follow(
                    from: 1, pollMilliseconds: 20_000,
                    shouldStop: { ContinuousClock.now - start > .seconds(50) },
                    body: { chunk in
                        guard ends.contains(chunk.lastSequence) else { return .next }
                        seen.signal()
                        return chunk.lastSequence == ends.last ? .stop : .next
                    })
            }
            var writer = try store.openWriter(waitMilliseconds: 0)
            for end in ends {
                // So that it has begun to wait.
                Thread.sleep(forTimeInterval: 0.3)
                let lines = StoreContract.lines(writer.head + 1...end)
                _ = try writer.append(lines, expecting: writer.head)
                #expect(seen.wait(timeout: .now() + 10) == .success, "not told of \(end)")
            }
            isOver.wait()
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }
#endif
