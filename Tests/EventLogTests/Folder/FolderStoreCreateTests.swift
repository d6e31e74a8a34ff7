import EventLog
import Testing

@Suite("a new log is a folder with a lock file")
struct FolderStoreCreateTests {
    @Test("made with its folder, or in one that is there", arguments: ["new", "there"])
    func create(name: String) throws {
        let folder = try TempFolder()
        try folder.makeFolder("there")
        try folder.write("{}", to: "there/ledger.json")
        let store = FolderStore(folder: folder.path(name) + "/")
        try store.create()
        #expect(try folder.names(name).filter { $0 != "ledger.json" } == ["lock"])
        #expect(try store.head() == 0)
    }

    @Test("durable with its name in the folder above")
    func durable() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        try FolderStore(folder: folder.path("new"), fileSystem: fileSystem).create()
        let parent = folder.path.split(separator: "/").last ?? ""
        #expect(Array(fileSystem.calls.suffix(2)) == ["syncFolder new", "syncFolder \(parent)"])
    }

    @Test("refused where there is a log, and nothing is changed")
    func exists() throws {
        let folder = try TempFolder()
        try folder.write(recordLines(1...2), to: firstSegment)
        #expect(fault { try folder.store().create() } == LogFault(.logExists, in: folder.path))
        #expect(try folder.names() == [firstSegment])
    }

    @Test("refused where a log appears in the meantime")
    func race() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        fileSystem.change(
            "open-locking lock",
            .runBefore { try? folder.write(recordLines(1...2), to: firstSegment) })
        let found = fault { try folder.store(fileSystem: fileSystem).create() }
        #expect(found == LogFault(.logExists, in: folder.path))
    }

    @Test("refused below a folder that is not there, and where a file is")
    func noParent() throws {
        let folder = try TempFolder()
        let store = FolderStore(folder: folder.path("a/b"))
        let error = SystemError(call: "mkdir", path: store.folder, reason: .notFound)
        let found = fault { try store.create() }
        #expect(found == LogFault(error, while: .creating))
        #expect(found?.category == .cannotCreate)
        try folder.write("x", to: "file")
        #expect(
            fault { try FolderStore(folder: folder.path("file")).create() }
                == LogFault(.notAFolder, in: folder.path("file")))
    }
}
