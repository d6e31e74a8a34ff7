import EventLog
import Testing

@Suite("sectors that a power cut left unwritten are told from any other zero byte")
struct UnwrittenTailTests {
    /// A log of three lines of which the last is from byte 400 to byte 1,999, in the sectors that
    /// begin at 512, 1,024 and 1,536.
    private static func log(zeroed: Range<Int> = 0..<0) -> [UInt8] {
        var bytes: [UInt8] = []
        for end in [199, 399, 1_999] {
            bytes += Array(repeating: UInt8(ascii: "x"), count: end - bytes.count)
            bytes.append(10)
        }
        for index in zeroed { bytes[index] = 0 }
        return bytes
    }

    private func store(_ folder: TempFolder, _ bytes: [UInt8]) throws -> FolderStore {
        try folder.write(bytes, to: firstSegment)
        return folder.store(blockBytes: 300)
    }

    @Test(
        "a hole from a line or a sector to the end of a sector, or of the file",
        arguments: [400..<512, 400..<1_024, 512..<1_024, 1_024..<1_536, 1_536..<2_000])
    func holes(zeroed: Range<Int>) throws {
        let folder = try TempFolder()
        let store = try store(folder, Self.log(zeroed: zeroed))
        let place = LineLocation(
            sequence: 3, file: folder.path(firstSegment), line: 3, byteOffset: 400)
        let tail = TornTail(
            location: place, byteCount: 1_600, isAppendInProgress: false, isUnwritten: true)
        #expect(try store.tornTail() == tail)
        #expect(fault { _ = try store.openLogWriter() } == tail.fault)
        #expect(tail.fault.problem == .unwritten(bytes: 1_600))
        var faults: [LogFault] = []
        _ = try store.survey(onFault: { faults.append($0) }, body: { _ in })
        #expect(faults.first == tail.fault)

        let aside = try store.setAsideTornTail()
        #expect(aside?.path == folder.path("torn/000000000001-400.bin"))
        #expect(
            try folder.bytes(of: "torn/000000000001-400.bin")
                == Array(Self.log(zeroed: zeroed)[400...]))
        #expect(try folder.bytes(of: firstSegment) == Array(Self.log()[..<400]))
        #expect(try store.setAsideTornTail() == nil)
    }

    @Test("the earliest hole counts, with whole lines behind it")
    func linesBehind() throws {
        let folder = try TempFolder()
        let store = try store(folder, Self.log(zeroed: 200..<512))
        #expect(try store.tornTail()?.location.byteOffset == 200)
        #expect(try store.tornTail()?.location.line == 2)
        #expect(try store.tornTail()?.byteCount == 1_800)
    }

    @Test(
        "a zero byte that no unwritten sector explains is left to those who read lines",
        arguments: [100..<101, 450..<512, 512..<1_000, 400..<401, 600..<1_024, 1_999..<2_000])
    func otherZeros(zeroed: Range<Int>) throws {
        let folder = try TempFolder()
        var bytes = Self.log(zeroed: zeroed)
        // With a line feed at the end all the same.
        bytes[1_999] = 10
        let store = try store(folder, bytes)
        #expect(try store.tornTail() == nil)
        #expect(try store.setAsideTornTail() == nil)
        #expect(try folder.bytes(of: firstSegment) == bytes)
    }
}
