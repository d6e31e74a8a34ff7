import EventLog
import Testing

@Suite("a chunk hands over its lines with their places")
struct LogChunkTests {
    let chunk = LogChunk(
        bytes: Array("ab\n\ncde\n".utf8), firstSequence: 12, lineCount: 3, file: "f",
        firstLineInFile: 3, byteOffsetInFile: 50)

    @Test("each line without its line feed, an empty one too")
    func lines() {
        var lines: [ReadLine] = []
        collect(chunk, into: &lines)
        #expect(
            lines == [
                ReadLine(
                    location: LineLocation(sequence: 12, file: "f", line: 3, byteOffset: 50),
                    text: "ab"),
                ReadLine(
                    location: LineLocation(sequence: 13, file: "f", line: 4, byteOffset: 53),
                    text: ""),
                ReadLine(
                    location: LineLocation(sequence: 14, file: "f", line: 5, byteOffset: 54),
                    text: "cde"),
            ])
    }

    @Test("until the receiver stops or throws")
    func stop() {
        var seen = 0
        let step = chunk.forEachLine { _, location in
            seen += 1
            return location.sequence == 13 ? .stop : .next
        }
        #expect(step == .stop)
        #expect(seen == 2)
        struct Enough: Error {}
        #expect(throws: Enough.self) {
            try chunk.forEachLine { _, _ throws(Enough) in throw Enough() }
        }
    }

    @Test("and knows where the next line begins, and in which segment")
    func end() {
        #expect(chunk.lastSequence == 14)
        #expect(chunk.end == LogPosition(sequence: 15, lineInFile: 6, byteOffset: 58))
        #expect(chunk.end.segmentFirstSequence == 10)
    }
}
