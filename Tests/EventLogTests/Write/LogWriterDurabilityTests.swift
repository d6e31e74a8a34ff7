import EventLog
import Testing

@Suite("what an append returned is on the disk")
struct LogWriterDurabilityTests {
    /// A new log on a file system that notes its calls.
    private func newLog(
        segmentBytes: Int = 4_096
    ) throws -> (TempFolder, FaultyFileSystem, FolderStore) {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        let store = folder.store(segmentBytes: segmentBytes, fileSystem: fileSystem)
        try store.create()
        fileSystem.forgetCalls()
        return (folder, fileSystem, store)
    }

    /// The last part of the folder's path, as the calls name it.
    private func name(of folder: TempFolder) -> String {
        String(folder.path.split(separator: "/").last ?? "")
    }

    @Test("a new segment's name is durable before its first line, and the line before the return")
    func orderOfCalls() throws {
        let (folder, fileSystem, store) = try newLog(segmentBytes: 20)
        var writer = try store.openLogWriter()
        fileSystem.forgetCalls()
        _ = try writer.append(recordLines(1...3), expecting: 0)
        #expect(
            fileSystem.calls == [
                "open-creating 000000000001.jsonl", "syncFolder \(name(of: folder))",
                "write 000000000001.jsonl", "syncData 000000000001.jsonl",
                "open-creating 000000000003.jsonl", "syncFolder \(name(of: folder))",
                "write 000000000003.jsonl", "syncData 000000000003.jsonl",
            ])
        fileSystem.forgetCalls()
        _ = try writer.append(recordLines(4...4), expecting: 3)
        #expect(
            fileSystem.calls == [
                "status 000000000003.jsonl", "write 000000000003.jsonl",
                "syncData 000000000003.jsonl",
            ])
    }

    @Test("a segment that another writer may have left unsynced is synced before the next one")
    func syncBeforeRoll() throws {
        let (folder, fileSystem, store) = try newLog(segmentBytes: 20)
        do {
            var writer = try store.openLogWriter()
            _ = try writer.append(recordLines(1...2), expecting: 0)
        }
        var writer = try store.openLogWriter()
        fileSystem.forgetCalls()
        _ = try writer.append(recordLines(3...3), expecting: 2)
        #expect(
            Array(fileSystem.calls.prefix(2)) == [
                "syncData 000000000001.jsonl", "open-creating 000000000003.jsonl",
            ])
        #expect(try folder.names() == [firstSegment, "000000000003.jsonl", "lock"])
    }

    @Test("an empty segment's name is made durable before its first line")
    func emptySegment() throws {
        let (folder, fileSystem, store) = try newLog()
        try folder.write("", to: firstSegment)
        var writer = try store.openLogWriter()
        fileSystem.forgetCalls()
        _ = try writer.append(recordLines(1...1), expecting: 0)
        #expect(
            fileSystem.calls == [
                "syncFolder \(name(of: folder))", "status \(firstSegment)",
                "write \(firstSegment)", "syncData \(firstSegment)",
            ])
    }

    @Test("an answer without an append can be made durable too, once")
    func makeDurable() throws {
        let (folder, fileSystem, store) = try newLog()
        do {
            var writer = try store.openLogWriter()
            _ = try writer.append(recordLines(1...1), expecting: 0)
        }
        var writer = try store.openLogWriter()
        fileSystem.forgetCalls()
        try writer.makeDurable()
        try writer.makeDurable()
        #expect(fileSystem.calls == ["syncData \(firstSegment)"])
        #expect(try folder.bytes(of: firstSegment) == recordLines(1...1))
    }

    @Test("a write that takes fewer bytes is continued")
    func shortWrites() throws {
        let (folder, fileSystem, store) = try newLog()
        fileSystem.change("write \(firstSegment)", .takeOnly(3))
        fileSystem.change("write \(firstSegment)", .takeOnly(1))
        var writer = try store.openLogWriter()
        let head = try writer.append(recordLines(1...2), expecting: 0)
        #expect(head == 2)
        #expect(try folder.bytes(of: firstSegment) == recordLines(1...2))
    }

    @Test("a disk that takes nothing is a fault, not an endless loop")
    func takesNothing() throws {
        let (folder, fileSystem, store) = try newLog()
        fileSystem.change("write \(firstSegment)", .takeOnly(0))
        var writer = try store.openLogWriter()
        let found = fault { _ = try writer.append(recordLines(1...2), expecting: 0) }
        let error = SystemError(call: "write", path: folder.path(firstSegment), reason: .device)
        #expect(found == LogFault(error, while: .writing))
    }

    static let failures: [(call: String, reason: SystemError.Reason)] = [
        ("open-creating 000000000003.jsonl", .tooManyFiles),
        ("syncData 000000000003.jsonl", .device),
        ("write 000000000003.jsonl", .noSpace), ("status 000000000001.jsonl", .device),
        ("write 000000000001.jsonl", .quota), ("syncData 000000000001.jsonl", .device),
    ]

    @Test("after a failure half-way the writer has stopped", arguments: failures)
    func poisoned(call: String, reason: SystemError.Reason) throws {
        let (folder, fileSystem, store) = try newLog(segmentBytes: 20)
        do {
            var writer = try store.openLogWriter()
            _ = try writer.append(recordLines(1...1), expecting: 0)
            fileSystem.change(call, .fail(reason))
            let first = fault { _ = try writer.append(recordLines(2...3), expecting: 1) }
            let parts = call.split(separator: " ").map(String.init)
            let error = SystemError(
                call: parts[0], path: folder.path(parts[1]), reason: reason)
            #expect(first == LogFault(error, while: .writing))
            #expect(writer.head == 1)
            let stopped = LogFault(.writerStopped, in: folder.path)
            #expect(fault { _ = try writer.append(recordLines(2...3), expecting: 1) } == stopped)
            #expect(fault { try writer.makeDurable() } == stopped)
        }
        // Whole records are there or not; nothing in between, and the next writer goes on.
        var writer = try store.openLogWriter()
        let head = Int(writer.head)
        #expect((1...3).contains(head))
        _ = try writer.append(recordLines((head + 1)...4), expecting: Int64(head))
        #expect(try texts(store) == recordTexts(1...4))
    }

    @Test("a write that stops half-way leaves a torn tail for 'repair', and touches it no more")
    func tornWrite() throws {
        let (folder, fileSystem, store) = try newLog()
        do {
            var writer = try store.openLogWriter()
            _ = try writer.append(recordLines(1...1), expecting: 0)
            fileSystem.change("write \(firstSegment)", .takeOnly(5))
            fileSystem.change("write \(firstSegment)", .fail(.noSpace))
            // Both changes are for this append: five bytes, then no more space.
            let found = fault { _ = try writer.append(recordLines(2...2), expecting: 1) }
            #expect(found?.category == .inputOutput)
        }
        let bytes = recordLines(1...1) + recordLines(2...2).prefix(5)
        #expect(try folder.bytes(of: firstSegment) == bytes)
        #expect(fault { _ = try store.openLogWriter() }?.problem == .torn(bytes: 5))
    }

    @Test("a failed sync of an answer without an append stops the writer")
    func failedMakeDurable() throws {
        let (folder, fileSystem, store) = try newLog()
        do {
            var writer = try store.openLogWriter()
            _ = try writer.append(recordLines(1...1), expecting: 0)
        }
        var writer = try store.openLogWriter()
        fileSystem.change("syncData \(firstSegment)", .fail(.device))
        #expect(fault { try writer.makeDurable() }?.category == .inputOutput)
        #expect(
            fault { _ = try writer.append(recordLines(2...2), expecting: 1) }
                == LogFault(.writerStopped, in: folder.path))
    }
}
