#if PostgreSQL
    import ClaimsDomain
    import ClaimsLedger
    import ClaimsTestSupport
    import Dispatch
    import Foundation
    import Synchronization
    import Testing

    @Suite(
        "a ledger that many share", .serialized,
        .enabled(if: TestServer.address != nil, "CLAIMS_POSTGRESQL names no server"))
    struct SharedLedgerTests {
        private let program = Samples.program("csp-indirect")

        /// A new ledger without events.
        private func emptyLedger() throws -> (ledger: Ledger, address: String) {
            let address = TestServer.newAddress()
            let id = UUID().uuidString.lowercased()
            let key = "\(FileManager.default.temporaryDirectory.path)/\(id).key"
            defer { try? FileManager.default.removeItem(atPath: key) }
            let ledger = try Ledger.createShared(
                address, NewLedger(ledgerID: id, origin: "ledger.example/\(id)", keyFile: key)
            ).ledger
            return (ledger, address)
        }

        /// A new ledger with its program published.
        private func newLedger() throws -> (ledger: Ledger, address: String) {
            let (ledger, address) = try emptyLedger()
            var writer = try ledger.openWriter()
            _ = try writer.submit(.publish(program), context("program"))
            return (ledger, address)
        }

        private func context(_ id: String, expected: Int64? = nil) -> CommandContext {
            CommandContext(
                now: Samples.start, actor: Samples.reviewer, id: EventID(id), expected: expected)
        }

        private func earn(_ minorUnits: Int64) -> Command {
            .fund(
                .earn(
                    FundsEarned(
                        amount: usd(minorUnits),
                        earnedOn: Samples.day("2019-12-31"))),
                program: program.id, partner: Samples.partner, period: Samples.firstPeriod)
        }

        @Test("answers commands that come again as any ledger does", arguments: LedgerContract.all)
        func idempotency(rule: LedgerContract) throws {
            let (_, address) = try emptyLedger()
            #expect(try rule.violations { try Ledger.open(address) } == [])
        }

        @Test("several ledgers are made in one database at once")
        func together() {
            let made = Mutex(0)
            DispatchQueue.concurrentPerform(iterations: 6) { _ in
                if (try? newLedger()) != nil { made.withLock { $0 += 1 } }
            }
            #expect(made.withLock { $0 } == 6)
        }

        @Test("a writer that came too late decides anew; one that expects a head is refused")
        func late() throws {
            let (ledger, _) = try newLedger()
            var slow = try ledger.openWriter()
            var quick = try ledger.openWriter()
            _ = try quick.submit(earn(100), context("e-1"))
            #expect(try slow.submit(earn(200), context("e-2")).sequence == 3)
            #expect(throws: LedgerError.self) {
                _ = try quick.submit(earn(300), context("e-3", expected: 2))
            }
            #expect(try ledger.head() == 3)
        }

        @Test("is followed in a task, which is told of appends at once", .timeLimit(.minutes(1)))
        func follow() async throws {
            let (ledger, address) = try newLedger()
            let clock = ContinuousClock()
            // It would look again long after the test is over.
            let events = try Ledger.open(address).follow(from: 1, every: .seconds(600))
            var iterator = events.makeAsyncIterator()
            #expect(try await iterator.next()?.sequence == 1)
            for number in 2...4 {
                let start = clock.now
                let writer = Task {
                    // So that it has begun to wait.
                    try await Task.sleep(for: .milliseconds(300))
                    var writer = try ledger.openWriter()
                    _ = try writer.submit(earn(100), context("e-\(number)"))
                }
                #expect(try await iterator.next()?.sequence == Int64(number))
                #expect(clock.now - start < .seconds(20))
                try await writer.value
            }
            let start = clock.now
            let late = Task { try await events.first { $0.sequence == 99 } }
            try await Task.sleep(for: .milliseconds(200))
            late.cancel()
            #expect(try await late.value == nil)
            #expect(clock.now - start < .seconds(20))
        }

        @Test("takes the commands of several writers at once, each once")
        func writers() throws {
            let (ledger, _) = try newLedger()
            let receipts = Mutex<Set<Int64>>([])
            DispatchQueue.concurrentPerform(iterations: 4) { number in
                guard var writer = try? ledger.openWriter() else { return }
                for index in 1...5 {
                    let id = "w\(number)-\(index)"
                    guard let receipt = try? writer.submit(earn(1), context(id)) else { continue }
                    receipts.withLock { _ = $0.insert(receipt.sequence) }
                }
            }
            #expect(receipts.withLock { $0 } == Set(2...21))
            #expect(try ledger.verify().faults == [])
        }
    }
#endif
