import EventLog
import Foundation
import Testing

@Suite("a damaged log is a located fault, not a wrong answer")
struct FolderStoreFaultTests {
    /// Three segments of records: 1 to 3, 4 to 6, 7 to 8.
    private func threeSegments(in folder: TempFolder) throws -> FolderStore {
        try folder.write(recordLines(1...3), to: firstSegment)
        try folder.write(recordLines(4...6), to: "000000000004.jsonl")
        try folder.write(recordLines(7...8), to: "000000000007.jsonl")
        return folder.store(blockBytes: 16)
    }

    @Test("a missing segment in the middle, once the reader is there")
    func gap() throws {
        let folder = try TempFolder()
        let store = try threeSegments(in: folder)
        try folder.remove("000000000004.jsonl")
        var seen: Int64 = 0
        let found = fault {
            try store.read(from: 1) { chunk in
                seen = chunk.lastSequence
                return .next
            }
        }
        #expect(seen == 3)
        #expect(
            found
                == LogFault(
                    .segmentOrder(found: 7, expected: 4), in: folder.path("000000000007.jsonl")))
    }

    @Test("a missing first segment, for readers and writers")
    func noFirst() throws {
        let folder = try TempFolder()
        let store = try threeSegments(in: folder)
        try folder.remove(firstSegment)
        let expected = LogFault(
            .segmentOrder(found: 4, expected: 1), in: folder.path("000000000004.jsonl"))
        #expect(fault { _ = try store.head() } == expected)
        #expect(fault { _ = try store.read(from: 5) { _ in .next } } == expected)
        #expect(fault { _ = try store.openLogWriter() } == expected)
        #expect(try folder.names().contains("lock") == false)
    }

    @Test("a segment that goes on where the next one has begun")
    func overlap() throws {
        let folder = try TempFolder()
        let store = try threeSegments(in: folder)
        try folder.add("more\n", to: firstSegment)
        #expect(
            fault { try store.read(from: 1) { _ in .next } }
                == LogFault(
                    .segmentOrder(found: 4, expected: 5), in: folder.path("000000000004.jsonl")))
    }

    @Test("bytes without a line feed in a segment that has a successor")
    func tornInside() throws {
        let folder = try TempFolder()
        let store = try threeSegments(in: folder)
        try folder.add("half", to: "000000000004.jsonl")
        #expect(
            fault { try store.read(from: 1) { _ in .next } }
                == LogFault(
                    .tornInside(bytes: 4), in: folder.path("000000000004.jsonl"), line: 4,
                    byteOffset: recordLines(4...6).count))
    }

    @Test(
        "a name that ends like a segment's and is none",
        arguments: [
            "1.jsonl", "000000000000.jsonl", "+00000000001.jsonl", "0000000000001.jsonl",
            "old.jsonl", "000000000001.jsonl.jsonl", "-00000000001.jsonl",
        ])
    func oddName(name: String) throws {
        let folder = try TempFolder()
        let store = try threeSegments(in: folder)
        try folder.write("x\n", to: name)
        #expect(fault { _ = try store.head() } == LogFault(.segmentName, in: folder.path(name)))
    }

    @Test("no folder, and a file where the folder should be")
    func noFolder() throws {
        let folder = try TempFolder()
        try folder.write("x", to: "file")
        let missing = FolderStore(folder: folder.path("missing"))
        let file = FolderStore(folder: folder.path("file"))
        #expect(fault { _ = try missing.head() } == LogFault(.folderNotFound, in: missing.folder))
        #expect(fault { _ = try file.head() } == LogFault(.notAFolder, in: file.folder))
        #expect(
            fault { _ = try missing.openLogWriter() }
                == LogFault(.folderNotFound, in: missing.folder))
        #expect(fault { _ = try file.openLogWriter() } == LogFault(.notAFolder, in: file.folder))
    }

    @Test("a line over the limit, after the lines before it", arguments: [1_000, 70_000, 1 << 20])
    func overLimit(blockBytes: Int) throws {
        let folder = try TempFolder()
        let store = folder.store(blockBytes: blockBytes)
        let longest = [UInt8](repeating: 0x61, count: LogLimits.lineBytes)
        try folder.write(record(1) + [10] + longest + [10], to: firstSegment)
        #expect(try texts(store).map(\.utf8.count) == [record(1).count, 65_535])
        for excess in [1, 70_000] {
            let tooLong = longest + [UInt8](repeating: 0x62, count: excess)
            try folder.write(
                record(1) + [10] + longest + [10] + tooLong + [10] + record(4) + [10],
                to: firstSegment)
            var seen: Int64 = 0
            let found = fault {
                try store.read(from: 1) { chunk in
                    seen = chunk.lastSequence
                    return .next
                }
            }
            #expect(seen == 2)
            let expected = LogFault(
                .lineOverLimit(bytes: 65_535 + excess), in: folder.path(firstSegment), line: 3,
                byteOffset: record(1).count + 65_537)
            #expect(found == expected)
            #expect(fault { _ = try store.head() } == expected)
        }
    }

    @Test("a file cut short while it is read ends there, and the cut is seen at its successor")
    func cutShort() throws {
        let folder = try TempFolder()
        let store = try threeSegments(in: folder)
        var seen: [Int64] = []
        let path = folder.path(firstSegment)
        let found = fault {
            try store.read(from: 1) { chunk in
                seen.append(chunk.lastSequence)
                if seen.count == 1 { _ = unsafe truncate(path, 5) }
                return .next
            }
        }
        #expect(seen == [1])
        #expect(
            found
                == LogFault(
                    .segmentOrder(found: 4, expected: 2), in: folder.path("000000000004.jsonl")))
    }

    @Test("a file that this user may not read")
    func unreadable() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        let store = try makeLog(in: folder, records: 2)
        fileSystem.change("open-readingInside \(firstSegment)", .fail(.permission))
        let faulty = folder.store(fileSystem: fileSystem)
        let error = SystemError(
            call: "open-readingInside", path: store.path(ofSegment: 1), reason: .permission)
        #expect(fault { _ = try faulty.head() } == LogFault(error, while: .reading))
    }

    @Test(
        "the same on the real file system",
        .disabled(if: geteuid() == 0, "root may read every file"))
    func unreadableForReal() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        _ = unsafe chmod(store.path(ofSegment: 1), 0)
        #expect(fault { _ = try store.head() }?.category == .noPermission)
    }

    @Test("a disk that cannot read")
    func readError() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        let store = try makeLog(in: folder, records: 2)
        fileSystem.change("read \(firstSegment)", .fail(.device))
        let error = SystemError(call: "read", path: store.path(ofSegment: 1), reason: .device)
        #expect(
            fault { _ = try texts(folder.store(fileSystem: fileSystem)) }
                == LogFault(error, while: .reading))
    }
}
