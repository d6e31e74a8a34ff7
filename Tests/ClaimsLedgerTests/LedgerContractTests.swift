import ClaimsLedger
import ClaimsTestSupport
import EventLog
import Testing

@Suite("the answers to commands that come again, whatever keeps the lines")
struct LedgerContractTests {
    private static func settings() throws -> LedgerSettings {
        try #require(try Office(publishes: false).ledger.settings)
    }

    @Test("in a folder", arguments: LedgerContract.all)
    func folder(rule: LedgerContract) throws {
        let office = try Office(publishes: false)
        let path = office.scratch.path("ledger")
        #expect(try rule.violations { try Ledger.open(path) } == [])
    }

    @Test("in a simulated folder that takes writes in pieces", arguments: LedgerContract.all)
    func pieces(rule: LedgerContract) throws {
        let fileSystem = SimulatedFileSystem()
        _ = try Ledger.create("/ledger", Self.settings(), on: fileSystem)
        fileSystem.onCall { call in
            call.name == "write" && call.number % 3 == 0 ? .takeOnly(5) : nil
        }
        #expect(try rule.violations { try Ledger.open("/ledger", on: fileSystem) } == [])
    }

    @Test("in a log that many append to", arguments: LedgerContract.all)
    func shared(rule: LedgerContract) throws {
        let store = MemorySharedStore()
        let settings = try Self.settings()
        #expect(try rule.violations { Ledger.shared(store, settings) } == [])
    }
}
