import EventLog
import Testing

@Suite("single lines by their sequence")
struct LineLocatorTests {
    private static func ask(_ locator: inout LineLocator, _ sequence: Int64) throws -> String? {
        var found: String?
        let isThere = try locator.line(at: sequence) { line in
            found = String(decoding: (0..<line.count).map { line[$0] }, as: UTF8.self)
        }
        #expect(isThere == (found != nil))
        return found
    }

    static let orders: [(name: String, sequences: [Int64])] = [
        ("one after the other", Array(1...700)), ("backwards", (1...700).reversed()),
        ("the same again", [5, 5, 5, 700, 700, 1, 1]),
        ("here and there", (0..<400).map { $0 * 389 % 700 + 1 }),
    ]

    @Test("are found in whatever order they are asked for", arguments: orders)
    func found(name: String, sequences: [Int64]) throws {
        let folder = try TempFolder()
        let store = folder.store(segmentBytes: 900)
        try store.create()
        var writer = try store.openLogWriter()
        _ = try writer.append(recordLines(1...700), expecting: 0)
        var locator = LineLocator(store)
        for sequence in sequences {
            let expected = String(decoding: record(Int(sequence)), as: UTF8.self)
            #expect(try Self.ask(&locator, sequence) == expected, "\(name)")
        }
        #expect(try Self.ask(&locator, 0) == nil)
        #expect(try Self.ask(&locator, 701) == nil)
        _ = try writer.append(recordLines(701...720), expecting: 700)
        #expect(try Self.ask(&locator, 720) == String(decoding: record(720), as: UTF8.self))
    }
}
