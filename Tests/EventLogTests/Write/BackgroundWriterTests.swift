import EventLog
import Testing

@Suite("a writer on a thread of its own")
struct BackgroundWriterTests {
    @Test("what is handed over stands in its order, durable once finished, over segments")
    func order() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        let store = folder.store(segmentBytes: 60, fileSystem: fileSystem)
        try store.create()
        let writer = BackgroundWriter(try store.openLogWriter())
        for number in 0..<40 { try writer.append(recordLines((number * 5 + 1)...(number * 5 + 5))) }
        try writer.finish()
        #expect(fileSystem.calls.last?.hasPrefix("syncData ") == true)
        #expect(try texts(store) == recordTexts(1...200))
        #expect(writer.head == 200)
        try writer.appendNow(recordLines(201...201))
        #expect(try texts(store).count == 201)
    }

    @Test("after a fault nothing more is written, and everybody is told of that fault")
    func faults() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        let store = folder.store(segmentBytes: 4_096, fileSystem: fileSystem)
        try store.create()
        let writer = BackgroundWriter(try store.openLogWriter())
        try writer.append(recordLines(1...2))
        try writer.finish()
        fileSystem.change("write \(firstSegment)", .fail(.noSpace))
        try writer.append(recordLines(3...4))
        let first = fault { try writer.finish() }
        #expect(first?.problem != nil)
        #expect(fault { try writer.append(recordLines(5...6)) } == first)
        #expect(fault { try writer.appendNow(recordLines(5...6)) } == first)
        #expect(fault { try writer.makeDurable() } == first)
        #expect(try texts(store) == recordTexts(1...2))
    }

    @Test("the lock is free as soon as it is gone")
    func lock() throws {
        let folder = try TempFolder()
        let store = folder.store(segmentBytes: 4_096)
        try store.create()
        for number in 1...50 {
            let writer = BackgroundWriter(try store.openLogWriter())
            #expect(fault { _ = try store.openLogWriter() }?.category == .locked)
            try writer.append(recordLines(number...number))
        }
        #expect(try texts(store) == recordTexts(1...50))
    }
}
