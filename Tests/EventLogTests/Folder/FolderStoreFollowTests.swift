import EventLog
import Foundation
import Testing

@Suite("following a log delivers whole records as they come")
struct FolderStoreFollowTests {
    /// Follows until the last of the expected records, or for a long time.
    private func follow(
        _ store: FolderStore, from first: Int, through last: Int
    ) throws -> [String] {
        var lines: [ReadLine] = []
        var looks = 0
        try store.follow(
            from: Int64(first), pollMilliseconds: 1,
            shouldStop: {
                looks += 1
                return looks > 20_000
            },
            body: { chunk in
                collect(chunk, into: &lines)
                return chunk.lastSequence >= Int64(last) ? .stop : .next
            })
        #expect(lines.map(\.location.sequence) == (first...last).map(Int64.init))
        return lines.map(\.text)
    }

    @Test("of a writing thread, over the ends of segments", arguments: [1, 40], [7, 1 << 20])
    func thread(from: Int, blockBytes: Int) throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2, segmentBytes: 100)
        Thread.detachNewThread {
            guard var writer = try? store.openLogWriter() else { return }
            for number in 3...120 {
                _ = try? writer.append(recordLines(number...number), expecting: Int64(number - 1))
            }
        }
        let follower = folder.store(blockBytes: blockBytes)
        #expect(try follow(follower, from: from, through: 120) == recordTexts(from...120))
    }

    @Test("from before the first record")
    func emptyLog() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 0)
        let fileSystem = FaultyFileSystem()
        fileSystem.change(
            "pause 1",
            .runBefore {
                guard var writer = try? store.openLogWriter() else { return }
                _ = try? writer.append(recordLines(1...3), expecting: 0)
            })
        let follower = folder.store(fileSystem: fileSystem)
        #expect(try follow(follower, from: 2, through: 3) == recordTexts(2...3))
    }

    @Test("never half a line, nor a torn tail with what comes in its place")
    func halves() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 1)
        let fileSystem = FaultyFileSystem()
        let additions = ["rec", "ord 2 xx", "\nrecord 3 ", "xxx\nhalf of it"]
        for text in additions {
            fileSystem.change(
                "pause 1", .runBefore { try? folder.add(text, to: firstSegment) })
        }
        fileSystem.change(
            "pause 1",
            .runBefore {
                _ = try? store.setAsideTornTail()
                guard var writer = try? store.openLogWriter() else { return }
                _ = try? writer.append(recordLines(4...9), expecting: 3)
            })
        let follower = folder.store(fileSystem: fileSystem)
        #expect(try follow(follower, from: 1, through: 9) == recordTexts(1...9))
    }

    @Test("the last lines of a segment that is sealed between two looks")
    func sealedBetweenLooks() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 1, segmentBytes: 30)
        let fileSystem = FaultyFileSystem()
        let name = String(folder.path.split(separator: "/").last ?? "")
        // The first list is made to find the segment; before the second one, records arrive.
        fileSystem.change("names \(name)", .runBefore {})
        fileSystem.change(
            "names \(name)",
            .runBefore {
                guard var writer = try? store.openLogWriter() else { return }
                _ = try? writer.append(recordLines(2...6), expecting: 1)
            })
        let follower = folder.store(fileSystem: fileSystem)
        #expect(try follow(follower, from: 1, through: 6) == recordTexts(1...6))
        #expect(fileSystem.calls.contains { $0.hasPrefix("pause") } == false)
    }

    @Test("until it is told to stop, before the first look and between chunks")
    func stop() throws {
        let folder = try TempFolder()
        _ = try makeLog(in: folder, records: 3)
        let store = folder.store(blockBytes: 12)
        var seen = 0
        let count = { (_: LogChunk) -> ReadStep in
            seen += 1
            return .next
        }
        try store.follow(from: 1, pollMilliseconds: 1, shouldStop: { true }, body: count)
        #expect(seen == 0)
        try store.follow(from: 1, pollMilliseconds: 1, shouldStop: { seen > 0 }, body: count)
        #expect(seen == 1)
        let empty = try TempFolder()
        let new = empty.store()
        try new.follow(from: 1, pollMilliseconds: 1, shouldStop: { true }, body: count)
        #expect(seen == 1)
    }

    @Test("a gap in the segments, and a segment that got shorter, are faults")
    func faults() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        try folder.write("x\n", to: "000000000009.jsonl")
        #expect(
            fault { _ = try follow(store, from: 1, through: 9) }
                == LogFault(
                    .segmentOrder(found: 9, expected: 3), in: folder.path("000000000009.jsonl")))
        try folder.remove("000000000009.jsonl")
        let fileSystem = FaultyFileSystem()
        fileSystem.change(
            "pause 1", .runBefore { try? folder.write(record(1) + [10], to: firstSegment) })
        #expect(
            fault {
                _ = try follow(folder.store(fileSystem: fileSystem), from: 1, through: 9)
            }
                == LogFault(
                    .segmentSize(
                        found: recordLines(1...1).count, expected: recordLines(1...2).count),
                    in: folder.path(firstSegment)))
    }
}

@Suite("reading while another thread appends")
struct ReadWhileAppendingTests {
    @Test("gives a beginning of the log each time, and never a torn record")
    func beginning() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 1, segmentBytes: 300)
        let last = 150
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            if var writer = try? store.openLogWriter() {
                for number in 2...last {
                    _ = try? writer.append(
                        recordLines(number...number), expecting: Int64(number - 1))
                }
            }
            done.signal()
        }
        let reader = folder.store(blockBytes: 50)
        var isWriting = true
        var reads = 0
        while isWriting {
            isWriting = done.wait(timeout: .now()) == .timedOut
            var read: [UInt8] = []
            let end = try reader.read(from: 1) { chunk in
                read += chunk.bytes
                return .next
            }
            #expect(read == recordLines(1...Int(end.lastSequence)))
            #expect(end.tornTail?.isAppendInProgress != false)
            reads += 1
        }
        #expect(reads > 1)
        #expect(try texts(reader) == recordTexts(1...last))
    }
}
