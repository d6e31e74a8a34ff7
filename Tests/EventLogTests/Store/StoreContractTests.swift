import ClaimsTestSupport
import EventLog
import Testing

@Suite("the contract of a store, held by a folder")
struct StoreContractTests {
    @Test("on the machine's disk", arguments: StoreContract.all, [300, LogLimits.segmentBytes])
    func folder(rule: StoreContract, segmentBytes: Int) throws {
        let folder = try TempFolder()
        let store = folder.store(segmentBytes: segmentBytes)
        try store.create()
        #expect(try rule.violations(store) == [])
    }

    @Test("on a simulated disk", arguments: StoreContract.all)
    func simulated(rule: StoreContract) throws {
        #expect(try rule.violations(simulatedStore().store) == [])
    }

    @Test("on a simulated disk that takes writes in pieces", arguments: StoreContract.all)
    func pieces(rule: StoreContract) throws {
        let (store, fileSystem) = try simulatedStore()
        fileSystem.onCall { call in
            call.name == "write" && call.number % 3 == 0 ? .takeOnly(5) : nil
        }
        #expect(try rule.violations(store) == [])
    }

    @Test("a write that fails is told, and what was acknowledged before is there")
    func fails() throws {
        let (store, fileSystem) = try simulatedStore()
        do {
            var writer = try store.openWriter(waitMilliseconds: 0)
            _ = try writer.append(StoreContract.lines(1...3), expecting: 0)
            fileSystem.onCall { $0.name == "syncData" ? .fail(.device) : nil }
            let told = fault { _ = try writer.append(StoreContract.line(4), expecting: 3) }
            #expect(told?.category == .inputOutput)
            fileSystem.onCall(nil)
            let stopped = fault { _ = try writer.append(StoreContract.line(4), expecting: 3) }
            #expect(stopped?.problem == .writerStopped)
        }
        #expect(try texts(store).count >= 3)
    }

    private func simulatedStore() throws -> (store: FolderStore, fileSystem: SimulatedFileSystem) {
        let fileSystem = SimulatedFileSystem()
        let store = FolderStore(folder: "/ledger", fileSystem: fileSystem, segmentBytes: 2_000)
        try store.create()
        return (store, fileSystem)
    }
}
