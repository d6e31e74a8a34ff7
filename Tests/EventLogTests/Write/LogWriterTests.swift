import EventLog
import Testing

@Suite("the writer appends whole records where it expects to")
struct LogWriterTests {
    @Test("record after record, with the new head, and reopened as if never closed")
    func append() throws {
        let folder = try TempFolder()
        let store = folder.store()
        try store.create()
        do {
            var writer = try store.openLogWriter()
            #expect(writer.head == 0)
            let one = try writer.append(record(1) + [10], expecting: 0)
            let three = try writer.append(lines: [record(2), record(3)], expecting: 1)
            let same = try writer.append([], expecting: 3)
            #expect([one, three, same] == [1, 3, 3])
        }
        var writer: any EventWriter & ~Copyable = try store.openWriter(waitMilliseconds: 0)
        let before = writer.head
        let four = try writer.append(lines: [record(4)], expecting: 3)
        #expect(before == 3)
        #expect(four == 4)
        #expect(writer.head == 4)
        #expect(try folder.bytes(of: firstSegment) == recordLines(1...4))
    }

    @Test("nothing, when the log does not end where it was expected to", arguments: [0, 1, 3, -1])
    func expecting(expected: Int64) throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        var writer = try store.openLogWriter()
        let found = fault { _ = try writer.append(record(3) + [10], expecting: expected) }
        #expect(found == LogFault(.headMoved(expected: expected, head: 2), in: folder.path))
        #expect(try folder.bytes(of: firstSegment) == recordLines(1...2))
        // A wrong expectation is no failure of the writer.
        let head = try writer.append(record(3) + [10], expecting: 2)
        #expect(head == 3)
    }

    struct BadLines: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let problem: LogFault.Problem
        let line: Int
        let byteOffset: Int
    }

    static let badLines: [BadLines] = [
        BadLines(
            testDescription: "the last one does not end", text: "a\nb", problem: .lineFeedMissing,
            line: 2, byteOffset: 2),
        BadLines(
            testDescription: "the only one does not end", text: "abc", problem: .lineFeedMissing,
            line: 1, byteOffset: 0),
        BadLines(
            testDescription: "only a line feed", text: "\n", problem: .lineEmpty, line: 1,
            byteOffset: 0),
        BadLines(
            testDescription: "an empty one between others", text: "a\n\nb\n",
            problem: .lineEmpty, line: 2, byteOffset: 2),
        BadLines(
            testDescription: "a byte over the limit",
            text: "a\n" + String(repeating: "x", count: 65_536) + "\n",
            problem: .lineOverLimit(bytes: 65_536), line: 2, byteOffset: 2),
    ]

    @Test("nothing, when one of the lines is none", arguments: badLines)
    func refusesLines(_ bad: BadLines) throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        var writer = try store.openLogWriter()
        let found = fault { _ = try writer.append(Array(bad.text.utf8), expecting: 2) }
        #expect(
            found
                == LogFault(
                    bad.problem, in: "appended lines", line: bad.line, byteOffset: bad.byteOffset))
        #expect(try folder.bytes(of: firstSegment) == recordLines(1...2))
        let longest = [UInt8](repeating: 0x78, count: 65_535) + [10]
        let head = try writer.append(longest, expecting: 2)
        #expect(head == 3)
    }

    @Test("nothing, when a single line has a line feed in it")
    func lineFeedInside() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 0)
        var writer = try store.openLogWriter()
        let found = fault {
            _ = try writer.append(lines: [record(1), Array("a\nb".utf8)], expecting: 0)
        }
        #expect(
            found
                == LogFault(
                    .lineFeedInside, in: "appended lines", line: 2,
                    byteOffset: record(1).count + 1))
        #expect(try folder.names() == ["lock"])
    }

    @Test("never past the highest sequence that a segment can be named by")
    func sequenceLimit() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 1)
        try folder.write("", to: "999999999999.jsonl")
        var writer = try store.openLogWriter()
        #expect(writer.head == 999_999_999_998)
        let found = fault {
            _ = try writer.append(Array("a\nb\n".utf8), expecting: 999_999_999_998)
        }
        #expect(found == LogFault(.sequenceOverLimit, in: folder.path))
        let head = try writer.append(Array("a\n".utf8), expecting: 999_999_999_998)
        #expect(head == 999_999_999_999)
    }

    @Test("counting from a remembered position gives the same head")
    func position() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 9, segmentBytes: 60)
        var positions: [LogPosition] = []
        try folder.store(blockBytes: 20).read(from: 1) { chunk in
            positions.append(chunk.end)
            return .next
        }
        for position in positions {
            let writer = try store.openLogWriter(countingFrom: position)
            #expect(writer.head == 9)
        }
        let last = try #require(positions.last)
        let stale = LogPosition(
            sequence: last.sequence, lineInFile: last.lineInFile, byteOffset: last.byteOffset - 1)
        #expect(
            fault { _ = try store.openLogWriter(countingFrom: stale) }?.problem == .positionUnknown)
    }

    @Test("refuses a log with a torn tail, and never glues a record to it")
    func torn() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        try folder.add("half", to: firstSegment)
        let expected = LogFault(
            .torn(bytes: 4), in: folder.path(firstSegment), line: 3,
            byteOffset: recordLines(1...2).count)
        #expect(fault { _ = try store.openLogWriter() } == expected)
        #expect(try folder.bytes(of: firstSegment) == recordLines(1...2) + Array("half".utf8))
    }

    @Test(
        "refuses to go on when another program has changed the segment", arguments: ["", "more\n"])
    func changedBehindItsBack(added: String) throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 2)
        var writer = try store.openLogWriter()
        let size = recordLines(1...2).count
        try folder.write(recordLines(1...1) + Array(added.utf8), to: firstSegment)
        let found = fault { _ = try writer.append(record(3) + [10], expecting: 2) }
        #expect(
            found
                == LogFault(
                    .segmentSize(
                        found: recordLines(1...1).count + added.utf8.count, expected: size),
                    in: folder.path(firstSegment)))
    }
}

@Suite("a segment is sealed when it reaches its size")
struct SegmentRollTests {
    @Test(
        "record by record or all at once: the same files", arguments: [1, 11, 12, 23, 24, 30, 500])
    func sameFiles(segmentBytes: Int) throws {
        let one = try TempFolder()
        _ = try makeLog(in: one, records: 15, segmentBytes: segmentBytes)
        let many = try TempFolder()
        let store = many.store(segmentBytes: segmentBytes)
        try store.create()
        var writer = try store.openLogWriter()
        _ = try writer.append(recordLines(1...2), expecting: 0)
        _ = try writer.append(recordLines(3...15), expecting: 2)
        let names = try one.names()
        #expect(try many.names() == names)
        for name in names.filter({ $0 != "lock" }) {
            let bytes = try one.bytes(of: name)
            #expect(try many.bytes(of: name) == bytes)
            // Sealed by the line that reaches the size, and by no later one.
            let lastLine = bytes.dropLast().lastIndex(of: 10).map { $0 + 1 } ?? 0
            #expect(lastLine < segmentBytes)
            #expect(bytes.count >= segmentBytes || name == names.dropLast().last)
        }
        #expect(try texts(store) == recordTexts(1...15))
    }

    @Test("and a writer that opens a full one begins the next")
    func fullOnOpen() throws {
        let folder = try TempFolder()
        let size = recordLines(1...2).count
        _ = try makeLog(in: folder, records: 2, segmentBytes: size)
        let store = folder.store(segmentBytes: size)
        var writer = try store.openLogWriter()
        _ = try writer.append(record(3) + [10], expecting: 2)
        #expect(try folder.names() == [firstSegment, "000000000003.jsonl", "lock"])
    }

    @Test("an empty one left by a writer that was ended takes the next record")
    func emptyLast() throws {
        let folder = try TempFolder()
        _ = try makeLog(in: folder, records: 2, segmentBytes: 20)
        try folder.write("", to: "000000000003.jsonl")
        let store = folder.store(segmentBytes: 20)
        var writer = try store.openLogWriter()
        #expect(writer.head == 2)
        _ = try writer.append(record(3) + [10], expecting: 2)
        #expect(try folder.bytes(of: "000000000003.jsonl") == record(3) + [10])
        #expect(try texts(store) == recordTexts(1...3))
    }
}
