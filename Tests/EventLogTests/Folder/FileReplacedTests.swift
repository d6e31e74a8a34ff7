import EventLog
import Foundation
import Testing

@Suite("a file that another program removes or replaces while it is open")
struct FileReplacedTests {
    private func replaced(_ name: String, in folder: TempFolder) -> LogFault {
        LogFault(.replaced, in: folder.path(name))
    }

    @Test("a writer does not append to a segment that has no name any more")
    func removedSegment() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        var writer = try store.openLogWriter()
        try folder.remove(firstSegment)
        let append = fault { _ = try writer.append(recordLines(3...3), expecting: 2) }
        #expect(append == replaced(firstSegment, in: folder))
        let again = fault { _ = try writer.append(recordLines(3...3), expecting: 2) }
        #expect(again?.problem == .writerStopped)
        #expect(try folder.names() == ["lock"])
    }

    @Test("nor to one whose name another file has, were it the same to the byte")
    func replacedSegment() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        var writer = try store.openLogWriter()
        try folder.write(recordLines(1...2), to: "copy")
        try folder.rename("copy", to: firstSegment)
        let append = fault { _ = try writer.append(recordLines(3...3), expecting: 2) }
        #expect(append == replaced(firstSegment, in: folder))
        #expect(try folder.bytes(of: firstSegment) == recordLines(1...2))
    }

    @Test("nor when its lock was removed or replaced: another writer may be at work")
    func removedLock() throws {
        for isReplaced in [false, true] {
            let folder = try TempFolder()
            let store = try makeLog(in: folder, records: 1)
            var first = try store.openLogWriter()
            try folder.remove("lock")
            if isReplaced {
                var second = try store.openLogWriter()
                #expect(try second.append(recordLines(2...2), expecting: 1) == 2)
            }
            let append = fault { _ = try first.append(recordLines(2...2), expecting: 1) }
            #expect(append == replaced("lock", in: folder))
            #expect(try texts(store) == recordTexts(1...(isReplaced ? 2 : 1)))
        }
    }

    @Test("a lock file that is removed between its opening and its locking is made again")
    func lockRemovedInBetween() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        _ = try makeLog(in: folder, records: 1)
        let store = folder.store(fileSystem: fileSystem)
        fileSystem.change("lock-exclusive lock", .runBefore { try? folder.remove("lock") })
        do {
            var writer = try store.openLogWriter()
            #expect(try writer.append(recordLines(2...2), expecting: 1) == 2)
        }
        #expect(fileSystem.calls.count { $0 == "open-locking lock" } == 2)
        // One that is removed each time is a broken folder, not an endless loop.
        let broken = FaultyFileSystem()
        for _ in 0..<20 {
            broken.change("lock-exclusive lock", .runBefore { try? folder.remove("lock") })
        }
        let found = fault { _ = try folder.store(fileSystem: broken).openLogWriter() }
        #expect(found == replaced("lock", in: folder))
    }

    @Test("a reader goes on with the file it opened, and is told what it then misses")
    func reader() throws {
        let folder = try TempFolder()
        try folder.write(recordLines(1...3), to: firstSegment)
        try folder.write(recordLines(4...6), to: "000000000004.jsonl")
        let store = folder.store(blockBytes: 16)
        var seen: [Int64] = []
        let found = fault {
            try store.read(from: 1) { chunk in
                if seen.isEmpty {
                    try folder.remove(firstSegment)
                    try folder.remove("000000000004.jsonl")
                }
                seen.append(chunk.lastSequence)
                return .next
            }
        }
        #expect(seen == [1, 2, 3])
        let missing = SystemError(
            call: "open", path: folder.path("000000000004.jsonl"), reason: .notFound)
        #expect(found == LogFault(missing, while: .reading))
    }

    @Test("the folder itself is gone")
    func folder() throws {
        let folder = try TempFolder()
        try folder.makeFolder("ledger")
        let store = FolderStore(folder: folder.path("ledger"))
        var writer = try store.openLogWriter()
        try folder.remove("ledger")
        let found = fault { _ = try writer.append(recordLines(1...1), expecting: 0) }
        #expect(found == replaced("ledger/lock", in: folder))
        #expect(fault { _ = try store.head() }?.problem == .folderNotFound)
    }
}
