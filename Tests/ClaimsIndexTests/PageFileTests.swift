import EventLog
import Foundation
import Testing

@testable import ClaimsIndex

@Suite("Pages with checksums")
struct PageFileTests {
    private static let payload = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    private static func file(_ bytes: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).pages"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test(
        "any range reads as it was written",
        arguments: [0..<1, 0..<4088, 4000..<4200, 4088..<8176, 0..<10_000, 9_999..<10_000, 5..<5])
    func ranges(range: Range<Int>) throws {
        let path = try Self.file(PageSeal.pages(of: Self.payload, seed: 7))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try PageFile(path, seed: 7, on: PosixFileSystem())
        for _ in 0..<2 {
            let bytes = try file.read(at: range.lowerBound, count: range.count).bytes
            #expect(bytes == Array(Self.payload[range]))
        }
    }

    @Test("a change of any byte of a page is seen when it is read", arguments: [0, 2])
    func damage(page: Int) throws {
        let sound = PageSeal.pages(of: Self.payload, seed: 7)
        let path = try Self.file(sound)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        for place in (page * 4096)..<((page + 1) * 4096) {
            for bit in [place % 8] {
                try handle.seek(toOffset: UInt64(place))
                try handle.write(contentsOf: [sound[place] ^ (1 << bit)])
                let file = try PageFile(path, seed: 7, on: PosixFileSystem())
                #expect(throws: IndexProblem.damaged(file: path)) {
                    try file.read(at: page * 4088, count: 1)
                }
                try handle.seek(toOffset: UInt64(place))
                try handle.write(contentsOf: [sound[place]])
            }
        }
    }

    @Test("a page in another place, or of another file, is damage")
    func elsewhere() throws {
        let pages = PageSeal.pages(of: Self.payload, seed: 7)
        let swapped = Array(pages[4096..<8192] + pages[0..<4096] + pages[8192...])
        for (bytes, seed) in [(swapped, UInt64(7)), (pages, 8)] {
            let path = try Self.file(bytes)
            defer { try? FileManager.default.removeItem(atPath: path) }
            let file = try PageFile(path, seed: seed, on: PosixFileSystem())
            #expect(throws: IndexProblem.damaged(file: path)) { try file.read(at: 0, count: 1) }
        }
    }

    @Test("a file that was cut short is damaged", arguments: [0, 1, 4095, 4097, 12_287])
    func short(count: Int) throws {
        let pages = PageSeal.pages(of: Self.payload, seed: 7)
        let path = try Self.file(Array(pages.prefix(count)))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: IndexProblem.damaged(file: path)) {
            _ = try PageFile(path, seed: 7, on: PosixFileSystem())
        }
    }

    @Test("one cut short while it is open is damaged too")
    func shortWhileOpen() throws {
        let path = try Self.file(PageSeal.pages(of: Self.payload, seed: 7))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try PageFile(path, seed: 7, on: PosixFileSystem())
        try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 5000)
        #expect(throws: IndexProblem.damaged(file: path)) { try file.read(at: 0, count: 10_000) }
        #expect(try file.read(at: 0, count: 10).bytes == Array(Self.payload[0..<10]))
    }

    @Test("a place outside is damage, whatever the numbers are")
    func outside() throws {
        let path = try Self.file(PageSeal.pages(of: Self.payload, seed: 7))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try PageFile(path, seed: 7, on: PosixFileSystem())
        for (offset, count) in [(-1, 1), (0, 12_265), (Int.max, 1), (0, Int.max), (5, -1)] {
            #expect(throws: IndexProblem.damaged(file: path)) {
                try file.read(at: offset, count: count)
            }
        }
    }
}
