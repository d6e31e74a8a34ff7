import ClaimsDomain
import ClaimsIndex
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Foundation
import Testing

@Suite("An index that is damaged, of another log, or cannot be written")
struct IndexDamageTests {
    private static let viewpoint = Viewpoint()
    private static let claims = ["CLM-1", "CLM-99"]

    private static func history() throws -> TestLedger { try randomHistory(seed: 8, events: 30) }

    private static func desk() throws -> IndexDesk {
        try IndexDesk(try history().entries.map(\.line), layout: IndexLayout())
    }

    private func answers(_ ledger: Ledger) -> IndexAnswers {
        IndexAnswers(ledger, Self.viewpoint, claims: Self.claims)
    }

    /// The path of the index's only file.
    private func file(_ desk: IndexDesk) throws -> String {
        _ = answers(desk.indexed)
        let files = try desk.files()
        #expect(files.count == 1)
        return "ledger/cache/index/\(try #require(files.first))"
    }

    @Test("a change of any byte changes no answer, and is told", arguments: 0..<8)
    func flips(part: Int) throws {
        let desk = try Self.desk()
        let file = try file(desk)
        let sound = try desk.scratch.bytes(of: file)
        let expected = answers(desk.replayed)
        var told = 0
        for place in stride(from: part * 7, to: sound.count, by: 8 * 13) {
            var bytes = sound
            bytes[place] ^= UInt8(1 << (place % 8))
            try desk.scratch.write(bytes, to: file)
            let found = answers(desk.indexed)
            #expect(found.differences(from: expected).isEmpty, "byte \(place)")
            let remarks = desk.remarks()
            if !remarks.isEmpty { told += 1 }
            // What was told was written anew, as it was.
            if !remarks.isEmpty { #expect(try desk.scratch.bytes(of: file) == sound) }
        }
        #expect(told > 0)
    }

    @Test("what it says about damage")
    func words() throws {
        let desk = try Self.desk()
        let file = try file(desk)
        var bytes = try desk.scratch.bytes(of: file)
        bytes[100] ^= 1
        try desk.scratch.write(bytes, to: file)
        _ = try desk.indexed.balances()
        #expect(
            desk.remarks() == [
                "'\(desk.scratch.path(file))' is damaged; the index is set aside and written anew"
            ])
        _ = try desk.indexed.balances()
        #expect(desk.remarks().isEmpty)
    }

    @Test("a file cut short changes no answer", arguments: [0, 1, 2048, 4095])
    func short(count: Int) throws {
        let desk = try Self.desk()
        let file = try file(desk)
        let bytes = try desk.scratch.bytes(of: file)
        #expect(bytes.count >= 4096)
        try desk.scratch.write(Array(bytes.prefix(count)), to: file)
        #expect(answers(desk.indexed) == answers(desk.replayed))
        #expect(desk.remarks().count == 1)
    }

    @Test("without it, and with files of other kinds beside it, all answers are the same")
    func removed() throws {
        let desk = try Self.desk()
        let file = try file(desk)
        let expected = answers(desk.replayed)
        try desk.scratch.write("notes", to: "ledger/cache/index/README")
        try desk.scratch.write("", to: "ledger/cache/index/31-40.run9")
        #expect(answers(desk.indexed) == expected)
        try FileManager.default.removeItem(atPath: desk.scratch.path(file))
        #expect(answers(desk.indexed) == expected)
        try desk.removeCache()
        #expect(answers(desk.indexed) == expected)
        #expect(desk.remarks().isEmpty)
        #expect(try desk.files().count == 1)
    }

    @Test("making an index takes those of older programs away, and nothing else")
    func older() throws {
        let desk = try Self.desk()
        try desk.scratch.makeFolder("ledger/cache")
        try desk.scratch.makeFolder("ledger/cache/index")
        for name in ["1-16.run1", "17-30.run4", "1-30.run4000", "README", "1-16.runner"] {
            try desk.scratch.write("", to: "ledger/cache/index/\(name)")
        }
        _ = try desk.indexed.balances()
        let left = try desk.files().filter { !$0.hasSuffix(".run\(IndexFormat.version)") }
        #expect(left.sorted() == ["1-16.runner", "1-30.run4000", "README"])
        #expect(try desk.files().count == 4)
        #expect(desk.remarks().isEmpty)
    }

    @Test("the index of another ledger is told and replaced")
    func otherLedger() throws {
        let other = try IndexDesk(
            try randomHistory(seed: 9, events: 30).entries.map(\.line), layout: IndexLayout())
        let theirs = try other.scratch.bytes(of: try file(other))
        let desk = try Self.desk()
        let file = try file(desk)
        try desk.scratch.write(theirs, to: file)
        #expect(answers(desk.indexed) == answers(desk.replayed))
        #expect(desk.remarks().count == 1)
        try IndexDesk.writeSettings("L-2", desk.scratch)
        let renamed = try desk.reopened()
        #expect(answers(renamed.indexed) == answers(renamed.replayed))
        #expect(renamed.remarks().count == 1)
    }

    @Test("a log that somebody rewrote, shortened or replaced is answered as it is now")
    func otherLog() throws {
        let history = try Self.history()
        let lines = history.entries.map(\.line)
        let desk = try Self.desk()
        _ = try file(desk)
        let shorter = Array(lines.dropLast(3))
        let others = try randomHistory(seed: 10, events: 40).entries.map(\.line)
        for log in [shorter, others, lines] {
            try desk.scratch.write(log.flatMap { $0 + [0x0A] }, to: Office.segment)
            #expect(answers(desk.indexed) == answers(desk.replayed))
            #expect(desk.remarks().count == 1)
        }
    }

    @Test("where it cannot be written, all answers are the replay's")
    func unwritable() throws {
        let desk = try Self.desk()
        try desk.scratch.write("no folder", to: "ledger/cache")
        #expect(answers(desk.indexed) == answers(desk.replayed))
        #expect(desk.remarks().isEmpty)
    }

    @Test("a fault behind what is indexed is the replay's", arguments: 0..<5)
    func faults(kind: Int) throws {
        let history = try randomHistory(seed: 12, events: 30)
        let lines = history.entries.map(\.line)
        let desk = try IndexDesk(
            Array(lines.prefix(20)), leastTailBytes: 1 << 20, layout: IndexLayout())
        _ = try file(desk)
        let text = String(decoding: lines[20], as: UTF8.self)
        let source = history.entries[20].event.content.source
        let first = try #require(
            history.entries.first { $0.event.content.source == source }?.event.content.id)
        let bad =
            switch kind {
            case 0: text.replacing("\"E-21\"", with: "\"\(first)\"")
            case 1: String(text.dropLast())
            case 2: text.replacing("000000000021", with: "000000000022")
            case 3: text.replacing("\"recordedtime\":\"20", with: "\"recordedtime\":\"10")
            default: "\u{FEFF}" + text
            }
        #expect(bad != text)
        try desk.append([Array(bad.utf8)] + lines[21...])
        let expected = answers(desk.replayed)
        #expect(expected.texts["balance of all"]?.contains("error:") == true)
        #expect(answers(desk.indexed) == expected)
        #expect(desk.remarks().isEmpty)
    }

    @Test("a torn tail is warned about, from the index too")
    func torn() throws {
        let desk = try Self.desk()
        _ = try file(desk)
        let log = try desk.scratch.bytes(of: Office.segment)
        try desk.scratch.write(log + Array("{\"specversion".utf8), to: Office.segment)
        let answer = try desk.indexed.balances()
        #expect(answer.warning != nil)
        #expect(answers(desk.indexed) == answers(desk.replayed))
        #expect(desk.remarks().isEmpty)
    }
}
