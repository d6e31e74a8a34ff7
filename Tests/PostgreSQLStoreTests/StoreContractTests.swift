#if PostgreSQL
    import ClaimsTestSupport
    import EventLog
    import Foundation
    import PostgreSQLStore
    import Testing

    /// A server to test on: the address of an empty database whose user may make tables.
    enum TestServer {
        static let address = ProcessInfo.processInfo.environment["CLAIMS_POSTGRESQL"]

        /// A new ledger on it, by address.
        static func newAddress() -> String {
            let separator = (address ?? "").contains("?") ? "&" : "?"
            return "\(address ?? "")\(separator)ledger=t-\(UUID().uuidString.lowercased())"
        }

        /// A new ledger on it, as a store without events.
        static func newStore() throws -> PostgreSQLStore {
            let store = PostgreSQLStore(try ServerAddress(newAddress()))
            _ = try store.create(settings: Array("settings".utf8))
            return store
        }
    }

    @Suite(
        "the contract of a store, held by PostgreSQL", .serialized,
        .enabled(if: TestServer.address != nil, "CLAIMS_POSTGRESQL names no server"))
    struct StoreContractTests {
        @Test("rule by rule", arguments: StoreContract.all)
        func contract(rule: StoreContract) throws {
            #expect(try rule.violations(try TestServer.newStore()) == [])
        }

        @Test("an id stands once, whatever the sequence")
        func ids() throws {
            let store = try TestServer.newStore()
            var writer = try store.openWriter(waitMilliseconds: 0)
            _ = try writer.append(StoreContract.lines(1...3), expecting: 0)
            #expect(throws: LogFault.self) {
                _ = try writer.append(StoreContract.line(2), expecting: 3)
            }
            #expect(try store.head() == 3)
            #expect(try writer.append(StoreContract.line(4), expecting: 3) == 4)
        }

        @Test("blocks are appended all together or not at all")
        func together() throws {
            let store = try TestServer.newStore()
            let writer = try store.openSharedWriter(waitMilliseconds: 0) { _ in }
            let blocks = [StoreContract.lines(1...5), StoreContract.lines(6...9)]
            let end = try writer.append(expecting: 0) { receive throws(LogFault) in
                for block in blocks { try receive(block) }
            }
            #expect(end == 9)
            // The second block repeats an id: the first one must not stay.
            #expect(throws: LogFault.self) {
                _ = try writer.append(expecting: 9) { receive throws(LogFault) in
                    try receive(StoreContract.lines(10...12))
                    try receive(StoreContract.lines(3...4))
                }
            }
            #expect(try store.head() == 9)
        }

        @Test("the settings and the checkpoints come back as they are; a name is taken once")
        func belongings() throws {
            let store = try TestServer.newStore()
            #expect(try store.settings() == Array("settings".utf8))
            #expect(throws: LogFault.self) { _ = try store.create(settings: []) }
            let checkpoint = StoredCheckpoint(size: 4, note: [1, 2, 0, 255])
            #expect(try store.keep(checkpoint))
            #expect(try !store.keep(StoredCheckpoint(size: 4, note: [9])))
            #expect(try store.checkpoints() == [checkpoint])
            let later = StoredCheckpoint(size: 4, version: 2, note: [1, 2])
            let other = StoredCheckpoint(size: 3, note: [3])
            #expect(try store.keep(later) && store.keep(other))
            #expect(try store.checkpoints() == [other, later])
        }

        @Test("a document is kept once, whole or not at all")
        func documents() throws {
            struct Broken: Error {}
            let store = try TestServer.newStore()
            let large = [UInt8](repeating: 0xFF, count: 3_000_000)
            #expect(try store.documents() == [])
            #expect(throws: Broken.self) {
                _ = try store.keepDocument("b") { receive in
                    try receive(large)
                    throw Broken()
                }
            }
            #expect(
                try store.keepDocument("b") { for piece in [large, [0, 1]] { try $0(piece) } })
            #expect(try !store.keepDocument("b") { try $0([7]) })
            #expect(try store.keepDocument("a") { try $0([]) })
            #expect(try store.documents() == ["a", "b"])
            var found: [UInt8] = []
            try store.readDocument("b") { found += $0 }
            #expect(found == large + [0, 1])
            try store.readDocument("c") { _ in Issue.record("there is no such document") }
        }

        @Test("a server that is not there is told without the password")
        func password() throws {
            let address = try ServerAddress("postgresql://u:s3cret@127.0.0.1:1/db")
            do {
                _ = try PostgreSQLStore(address).head()
                Issue.record("nobody listens there")
            } catch {
                #expect("\(error)".hasPrefix("postgresql://u@127.0.0.1:1/db: error: "))
                #expect(!"\(error)".contains("s3cret"))
            }
        }
    }
#endif
