import EventLog
import Testing

@Suite("a folder of segments is read as one log")
struct FolderStoreReadTests {
    @Test(
        "whatever the sizes of blocks and segments", arguments: [1, 7, 64, 1 << 20], [1, 30, 4_096])
    func sizes(blockBytes: Int, segmentBytes: Int) throws {
        let folder = try TempFolder()
        let written = try makeLog(in: folder, records: 12, segmentBytes: segmentBytes)
        let store = folder.store(segmentBytes: segmentBytes, blockBytes: blockBytes)
        #expect(try store.head() == 12)
        for from in 1...14 {
            let lines = try readLines(store, from: Int64(from))
            #expect(lines.map(\.text) == (from <= 12 ? recordTexts(from...12) : []))
            #expect(lines == (try readLines(written).suffix(lines.count)))
            #expect(lines.map(\.location.sequence) == lines.indices.map { Int64($0 + from) })
        }
    }

    @Test("with the place of each line in its own segment")
    func locations() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 5, segmentBytes: 30)
        let names = try folder.names().filter { $0 != "lock" }
        #expect(names == ["000000000001.jsonl", "000000000004.jsonl"])
        let lines = try readLines(store)
        let first = folder.path(names[0])
        let second = folder.path(names[1])
        #expect(
            lines.map(\.location) == [
                LineLocation(sequence: 1, file: first, line: 1, byteOffset: 0),
                LineLocation(sequence: 2, file: first, line: 2, byteOffset: 11),
                LineLocation(sequence: 3, file: first, line: 3, byteOffset: 23),
                LineLocation(sequence: 4, file: second, line: 1, byteOffset: 0),
                LineLocation(sequence: 5, file: second, line: 2, byteOffset: 14),
            ])
    }

    @Test("an empty folder is an empty log, and files of others are none of it")
    func empty() throws {
        let folder = try TempFolder()
        try folder.write("{}", to: "ledger.json")
        try folder.write("x", to: ".000000000001.jsonl")
        try folder.makeFolder("cache")
        let store = folder.store()
        #expect(try store.head() == 0)
        #expect(try store.read(from: 1) { _ in .next } == ReadEnd(lastSequence: 0))
        #expect(try store.extent() == LogExtent(segments: []))
        try folder.write("", to: firstSegment)
        #expect(try store.head() == 0)
        #expect(try store.read(from: 1) { _ in .next } == ReadEnd(lastSequence: 0))
    }

    @Test("stops when the receiver says so, and passes on what it throws")
    func stop() throws {
        let folder = try TempFolder()
        _ = try makeLog(in: folder, records: 12, segmentBytes: 30)
        let store = folder.store(blockBytes: 20)
        var seen: [Int64] = []
        let end = try store.read(from: 3) { chunk in
            seen.append(chunk.lastSequence)
            return chunk.lastSequence >= 5 ? .stop : .next
        }
        let last = try #require(seen.last)
        #expect(end == ReadEnd(lastSequence: last, isStopped: true))
        #expect(seen.dropLast().allSatisfy { $0 < 5 })
        struct Enough: Error {}
        #expect(throws: Enough.self) { try store.read(from: 1) { _ in throw Enough() } }
    }

    @Test("goes on from a remembered position as from its sequence", arguments: [7, 1 << 20])
    func position(blockBytes: Int) throws {
        let folder = try TempFolder()
        _ = try makeLog(in: folder, records: 12, segmentBytes: 50)
        let store = folder.store(blockBytes: blockBytes)
        var positions: [LogPosition] = []
        try store.read(from: 1) { chunk in
            positions.append(chunk.end)
            return .next
        }
        #expect(positions.count > 2)
        for position in positions {
            var lines: [ReadLine] = []
            let end = try store.read(at: position) { chunk in
                collect(chunk, into: &lines)
                return .next
            }
            #expect(end.lastSequence == 12)
            #expect(lines == (try readLines(store, from: position.sequence)))
        }
    }

    @Test("refuses a remembered position where no line of this log begins")
    func stalePosition() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 3)
        let stale = [
            LogPosition(sequence: 2, lineInFile: 2, byteOffset: 10),
            LogPosition(sequence: 9, lineInFile: 9, byteOffset: 4_000),
            LogPosition(sequence: 8, lineInFile: 2, byteOffset: 11),
        ]
        for position in stale {
            let found = fault { try store.read(at: position) { _ in .next } }
            #expect(
                found
                    == LogFault(
                        .positionUnknown,
                        in: store.path(ofSegment: position.segmentFirstSequence),
                        byteOffset: position.byteOffset))
        }
    }

    @Test("its extent lists each segment with its size")
    func extent() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 5, segmentBytes: 30)
        let extent = try store.extent()
        #expect(extent.segments.map(\.firstSequence) == [1, 4])
        #expect(extent.segments.map(\.name) == ["000000000001.jsonl", "000000000004.jsonl"])
        #expect(
            try extent.segments.map(\.byteCount)
                == extent.segments.map { try folder.bytes(of: $0.name).count })
        #expect(extent.byteCount == recordLines(1...5).count)
    }

    @Test("a slash at the end of the folder's path changes nothing")
    func trailingSlash() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        let same = FolderStore(folder: folder.path + "//")
        #expect(same.folder == folder.path)
        #expect(try readLines(same) == readLines(store))
        #expect(FolderStore(folder: "/").folder == "/")
        #expect(FolderStore(folder: "").folder == ".")
    }
}
