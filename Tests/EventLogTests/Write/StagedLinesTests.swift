import EventLog
import Testing

@Suite("lines that are held back become the end of the log together, or not at all")
struct StagedLinesTests {
    /// Each a few lines of a segment, and more than one segment.
    static let sizes = [30, 60, 61, 4_096]

    @Test("kept, they are what appending them gives, in the same segments", arguments: sizes)
    func kept(segmentBytes: Int) throws {
        let (folder, other) = (try TempFolder(), try TempFolder())
        for place in [folder, other] {
            let store = place.store(segmentBytes: segmentBytes)
            try store.create()
            let writer = BackgroundWriter(try store.openLogWriter())
            try writer.append(recordLines(1...3))
            if place === folder { try writer.hold() }
            for number in 0..<9 {
                try writer.append(recordLines((number * 4 + 4)...(number * 4 + 7)))
            }
            try writer.finish()
            if place === folder {
                #expect(try texts(store) == recordTexts(1...3))
                try writer.keepHeld()
            }
            #expect(writer.head == 39)
            try writer.appendNow(recordLines(40...41))
        }
        #expect(try folder.names() == other.names())
        for name in try folder.names() where name.hasSuffix("jsonl") {
            #expect(try folder.bytes(of: name) == other.bytes(of: name), "\(name)")
        }
        #expect(try texts(folder.store()) == recordTexts(1...41))
    }

    @Test("into an empty log too, and nothing held is nothing kept")
    func empty() throws {
        let folder = try TempFolder()
        let store = folder.store(segmentBytes: 60)
        try store.create()
        let writer = BackgroundWriter(try store.openLogWriter())
        try writer.hold()
        try writer.keepHeld()
        #expect(try folder.names() == ["lock"])
        try writer.hold()
        try writer.append(recordLines(1...9))
        try writer.keepHeld()
        #expect(try texts(store) == recordTexts(1...9))
    }

    @Test("dropped, there is no trace of them, and the next ones take their place")
    func dropped() throws {
        let folder = try TempFolder()
        let store = folder.store(segmentBytes: 60)
        try store.create()
        let writer = BackgroundWriter(try store.openLogWriter())
        try writer.append(recordLines(1...3))
        try writer.finish()
        let names = try folder.names()
        try writer.hold()
        try writer.append(recordLines(4...30))
        writer.dropHeld()
        #expect(try folder.names() == names)
        #expect(writer.head == 3)
        try writer.append(recordLines(4...5))
        try writer.finish()
        #expect(try texts(store) == recordTexts(1...5))
    }

    @Test("each of them can be read back, in any order")
    func readBack() throws {
        let folder = try TempFolder()
        let store = folder.store(segmentBytes: 60)
        try store.create()
        let writer = BackgroundWriter(try store.openLogWriter())
        try writer.append(recordLines(1...3))
        try writer.hold()
        for number in 4...30 { try writer.append(recordLines(number...number)) }
        for number in [4, 5, 30, 17, 16, 17, 18, 4] {
            var found = ""
            let isThere = try writer.heldLine(at: Int64(number)) { line in
                found = String(decoding: line.indices.map { line[$0] }, as: UTF8.self)
            }
            #expect(isThere)
            #expect(found == recordTexts(number...number)[0])
        }
        for number in [3, 31] {
            #expect(try !writer.heldLine(at: Int64(number)) { _ in })
        }
        var all: [UInt8] = []
        try writer.forEachHeldBlock { all += $0 }
        #expect(all == recordLines(4...30))
    }

    @Test("what a process that died has left of them goes with the next ones, and nothing else")
    func leftOver() throws {
        let folder = try TempFolder()
        let store = folder.store(segmentBytes: 60)
        try store.create()
        let others = ["a.jsonl.7.new", "000000000004.jsonl.x.new", "000000000004.json.7.new"]
        for name in others + ["000000000004.jsonl.7.new", "000000000001.jsonl.123.new"] {
            try folder.write("left", to: name)
        }
        let writer = BackgroundWriter(try store.openLogWriter())
        try writer.hold()
        #expect(try folder.names() == (others + ["lock"]).sorted())
    }

    @Test("a rehearsal leaves nothing, in the log or beside it")
    func rehearsal() throws {
        let (folder, scratch) = (try TempFolder(), try TempFolder())
        let writer = BackgroundWriter(
            rehearsingBehind: 3, in: scratch.store(segmentBytes: 60))
        try writer.append(recordLines(4...30))
        try writer.keepHeld()
        #expect(try writer.heldLine(at: 30) { _ in })
        #expect(try scratch.names() == [])
        #expect(try folder.names() == [])
    }

    @Test("a disk that fills up while they are held back leaves the log as it was")
    func fault() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        let store = folder.store(segmentBytes: 60, fileSystem: fileSystem)
        try store.create()
        let writer = BackgroundWriter(try store.openLogWriter())
        try writer.append(recordLines(1...2))
        try writer.hold()
        fileSystem.change("open-creating 000000000003.jsonl", .fail(.noSpace))
        #expect(throws: Never.self) { try writer.append(recordLines(3...40)) }
        writer.dropHeld()
        try writer.append(recordLines(3...3))
        try writer.finish()
        #expect(try texts(store) == recordTexts(1...3))
    }
}
