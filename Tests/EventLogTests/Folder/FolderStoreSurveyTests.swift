import EventLog
import Testing

@Suite("a survey reads what a read would stop at")
struct FolderStoreSurveyTests {
    private func survey(_ store: FolderStore) throws -> (texts: [String], faults: [LogFault]) {
        var texts: [String] = []
        var faults: [LogFault] = []
        let tail = try store.survey {
            faults.append($0)
        } body: { chunk in
            _ = chunk.forEachLine { (line, location) in
                texts.append(
                    "\(location.sequence) "
                        + String(decoding: line.indices.map { line[$0] }, as: UTF8.self))
                return .next
            }
        }
        if let tail { faults.append(tail.fault) }
        return (texts, faults)
    }

    @Test("a log in order gives its lines and no fault")
    func whole() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 12, segmentBytes: 30)
        let (texts, faults) = try survey(store)
        #expect(texts == (1...12).map { "\($0) \(recordTexts($0...$0)[0])" })
        #expect(faults.isEmpty)
        let empty = try TempFolder()
        #expect(try survey(empty.store()).texts.isEmpty)
    }

    @Test("a missing segment, an odd name and a tail inside are a fault each, and the rest is read")
    func holes() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 12, segmentBytes: 30)
        let names = try folder.names().filter { $0.hasSuffix(".jsonl") }
        try #require(names.count == 4)
        try folder.remove(names[1])
        try folder.write("x\n", to: "odd.jsonl")
        try folder.add("torn", to: names[2])
        let (texts, faults) = try survey(store)
        #expect(texts.count == 9)
        #expect(faults.count == 3)
        #expect(faults[0].problem == .segmentName)
        #expect(faults.contains { $0.problem == .tornInside(bytes: 4) })
        #expect(faults.contains { if case .segmentOrder = $0.problem { true } else { false } })
        try folder.remove(names[0])
        #expect(try survey(store).texts.count == 6)
    }

    @Test("a line over the limit is passed over, and the next one keeps its place")
    func longLine() throws {
        let folder = try TempFolder()
        let long = String(repeating: "x", count: LogLimits.lineBytes + 1)
        try folder.write("a\n\(long)\nb\n\(long)\n", to: firstSegment)
        let (texts, faults) = try survey(folder.store(blockBytes: 1_000))
        #expect(texts == ["1 a", "3 b"])
        #expect(faults.map(\.line) == [2, 4])
        #expect(faults.map(\.byteOffset) == [2, 2 + long.utf8.count + 1 + 2])
    }

    @Test("what follows the last line feed is the torn tail")
    func tornTail() throws {
        let folder = try TempFolder()
        try folder.write("a\nb", to: firstSegment)
        let (texts, faults) = try survey(folder.store())
        #expect(texts == ["1 a"])
        #expect(faults.map(\.problem) == [.torn(bytes: 1)])
    }
}
