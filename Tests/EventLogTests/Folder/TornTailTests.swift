import EventLog
import Testing

@Suite("a torn tail is seen, told apart from an append in progress, and set aside")
struct TornTailTests {
    @Test("a log cut at any byte gives its whole records and the rest as a torn tail")
    func everyCut() throws {
        let whole = recordLines(1...4)
        let folder = try TempFolder()
        for cut in 0...whole.count {
            let bytes = Array(whole.prefix(cut))
            try folder.write(bytes, to: firstSegment)
            for blockBytes in [3, 1 << 20] {
                let store = folder.store(blockBytes: blockBytes)
                let records = bytes.count { $0 == 10 }
                let committed = bytes.lastIndex(of: 10).map { $0 + 1 } ?? 0
                var read: [UInt8] = []
                let end = try store.read(from: 1) { chunk in
                    read += chunk.bytes
                    return .next
                }
                #expect(read == Array(whole.prefix(committed)))
                let tail = TornTail(
                    location: LineLocation(
                        sequence: Int64(records + 1), file: folder.path(firstSegment),
                        line: records + 1, byteOffset: committed),
                    byteCount: cut - committed, isAppendInProgress: false)
                let expected = cut == committed ? nil : tail
                #expect(end == ReadEnd(lastSequence: Int64(records), tornTail: expected))
                #expect(try store.head() == Int64(records))
                #expect(try store.tornTail() == expected)
                #expect(fault { _ = try store.openLogWriter() } == expected?.fault)
            }
        }
    }

    @Test("each cut is repaired to the whole records, and the next append goes on from there")
    func everyCutRepaired() throws {
        let whole = recordLines(1...4)
        for cut in 0...whole.count {
            let folder = try TempFolder()
            try folder.write(Array(whole.prefix(cut)), to: firstSegment)
            let store = folder.store(blockBytes: 4)
            let tail = try store.tornTail()
            let aside = try store.setAsideTornTail()
            #expect(aside?.tail == tail)
            let committed = cut - (tail?.byteCount ?? 0)
            #expect(try folder.bytes(of: firstSegment) == Array(whole.prefix(committed)))
            if tail != nil {
                let name = "torn/000000000001-\(committed).bin"
                #expect(aside?.path == folder.path(name))
                #expect(try folder.bytes(of: name) == Array(whole[committed..<cut]))
                #expect(try folder.names("torn").count == 1)
            } else {
                #expect(try folder.names().contains("torn") == false)
            }
            var writer = try store.openLogWriter()
            let next = Int(writer.head) + 1
            _ = try writer.append(recordLines(next...5), expecting: writer.head)
            #expect(try texts(store) == recordTexts(1...5))
        }
    }

    @Test("in the last segment of several, at its own line and byte")
    func lastSegment() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 5, segmentBytes: 30)
        try folder.add("half", to: "000000000004.jsonl")
        let tail = try #require(try store.tornTail())
        #expect(tail.location.sequence == 6)
        #expect(tail.location.line == 3)
        #expect(tail.fault.problem == .torn(bytes: 4))
        let aside = try store.setAsideTornTail()
        #expect(aside?.path == folder.path("torn/000000000004-\(tail.location.byteOffset).bin"))
        #expect(try texts(store) == recordTexts(1...5))
    }

    @Test("while a writer holds the lock it is an append in progress, and is left alone")
    func inProgress() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        let writer = try store.openLogWriter()
        try folder.add("half", to: firstSegment)
        let end = try store.read(from: 1) { _ in .next }
        #expect(end.lastSequence == 2)
        #expect(end.tornTail?.isAppendInProgress == true)
        #expect(fault { _ = try store.setAsideTornTail() }?.category == .locked)
        #expect(try folder.text(of: firstSegment).hasSuffix("half"))
        #expect(writer.head == 2)
    }

    @Test("a line that is ended between the last look and the question is read, not reported")
    func endedMeanwhile() throws {
        let folder = try TempFolder()
        _ = try makeLog(in: folder, records: 2)
        try folder.add("half", to: firstSegment)
        let fileSystem = FaultyFileSystem()
        fileSystem.change(
            "lock-shared lock",
            .runBefore { try? folder.add(" whole\nand more\n", to: firstSegment) })
        let store = folder.store(fileSystem: fileSystem)
        #expect(try texts(store) == recordTexts(1...2) + ["half whole", "and more"])
    }

    @Test("a tail set aside while a reader is at work is never glued to what comes in its place")
    func replacedMeanwhile() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        try folder.add("half of a record that was not acknowledged", to: firstSegment)
        var seen: [ReadLine] = []
        let end = try folder.store().read(from: 1) { chunk in
            collect(chunk, into: &seen)
            if chunk.firstSequence == 1 {
                _ = try store.setAsideTornTail()
                var writer = try store.openLogWriter()
                _ = try writer.append(recordLines(3...8), expecting: 2)
            }
            return .next
        }
        #expect(seen.map(\.text) == recordTexts(1...8))
        #expect(end == ReadEnd(lastSequence: 8))
    }

    @Test("one longer than any line is a torn tail all the same", arguments: [4_096, 1 << 20])
    func longTail(blockBytes: Int) throws {
        let folder = try TempFolder()
        let garbage = [UInt8](repeating: 0, count: 200_000)
        try folder.write(recordLines(1...2) + garbage, to: firstSegment)
        let store = folder.store(blockBytes: blockBytes)
        let end = try store.read(from: 1) { _ in .next }
        #expect(end.lastSequence == 2)
        #expect(end.tornTail?.byteCount == 200_000)
        let aside = try #require(try store.setAsideTornTail())
        #expect(aside.tail.byteCount == 200_000)
        #expect(
            try folder.bytes(of: "torn/000000000001-\(recordLines(1...2).count).bin") == garbage)
        #expect(try texts(store) == recordTexts(1...2))
    }

    @Test("a second one at the same place does not replace the first")
    func samePlace() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 1)
        let place = recordLines(1...1).count
        for text in ["one", "two", "three"] {
            try folder.add(text, to: firstSegment)
            _ = try store.setAsideTornTail()
        }
        let stem = "000000000001-\(place)"
        #expect(try folder.names("torn") == ["\(stem)-2.bin", "\(stem)-3.bin", "\(stem).bin"])
        #expect(try folder.text(of: "torn/\(stem).bin") == "one")
        #expect(try folder.text(of: "torn/\(stem)-3.bin") == "three")
    }

    static let steps = [
        "makeFolder torn", "open-creating partial", "read 000000000001.jsonl", "write partial",
        "syncData partial", "rename partial", "syncFolder torn", "truncate 000000000001.jsonl",
    ]

    @Test("a repair that fails at any step loses no byte, and can be run again", arguments: steps)
    func failedRepair(step: String) throws {
        let folder = try TempFolder()
        _ = try makeLog(in: folder, records: 2)
        try folder.add("half", to: firstSegment)
        let before = try folder.bytes(of: firstSegment)
        let fileSystem = FaultyFileSystem()
        fileSystem.change(step, .fail(.noSpace))
        let store = folder.store(fileSystem: fileSystem)
        #expect(fault { _ = try store.setAsideTornTail() } != nil)
        #expect(try folder.bytes(of: firstSegment) == before)
        let aside = try #require(try store.setAsideTornTail())
        #expect(aside.tail.byteCount == 4)
        #expect(try folder.bytes(of: firstSegment) == recordLines(1...2))
        let kept = try folder.names("torn").map { try folder.text(of: "torn/\($0)") }
        #expect(kept.allSatisfy { $0 == "half" })
        #expect(try folder.names("torn").contains("partial") == false)
    }

    @Test("the copy is durable under its name before the log gets shorter")
    func orderOfRepair() throws {
        let folder = try TempFolder()
        _ = try makeLog(in: folder, records: 2)
        try folder.add("half", to: firstSegment)
        let fileSystem = FaultyFileSystem()
        _ = try folder.store(fileSystem: fileSystem).setAsideTornTail()
        let start = try #require(fileSystem.calls.firstIndex(of: "makeFolder torn"))
        let folderName = folder.path.split(separator: "/").last ?? ""
        #expect(
            Array(fileSystem.calls[start...]) == [
                "makeFolder torn", "syncFolder \(folderName)", "open-creating partial",
                "read \(firstSegment)", "write partial", "syncData partial", "rename partial",
                "syncFolder torn", "truncate \(firstSegment)", "syncData \(firstSegment)",
            ])
    }
}
