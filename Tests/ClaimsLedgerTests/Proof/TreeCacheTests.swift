import ClaimsLedger
import ClaimsTestSupport
import EventLog
import Foundation
import Testing
import TransparencyLog

@Suite("The tree kept as tiles")
struct TreeCacheTests {
    /// The tree without any cache.
    private static func plainTree(_ office: Office) throws -> LedgerTree {
        try Ledger.open(office.scratch.path(Office.segment)).tree()
    }

    @Test("it grows with appends and is the tree of the log at each size")
    func grows() throws {
        var ledger = try ProofOffice(events: 240, signedAt: [])
        for number in 241...300 {
            try ledger.append(number)
            let tree = try ledger.office.ledger.tree()
            #expect(tree.size == UInt64(number) && tree.notices.isEmpty)
            guard number % 37 == 0 || (254...258).contains(number) else { continue }
            #expect(try tree.root == Self.plainTree(ledger.office).root)
            #expect(try tree.reader.root(size: UInt64(number)) == tree.root)
            #expect(
                try tree.reader.root(size: 3)
                    == Self.plainTree(ledger.office).reader
                    .root(size: 3))
        }
        let names = try ledger.office.scratch.names("ledger/cache/tile/0")
        #expect(names == ["000", "000.p", "001.p"])
        #expect(try ledger.office.scratch.names("ledger/cache/tile/0/000.p") == [])
        #expect(try ledger.office.scratch.names("ledger/cache/tile/0/001.p") == ["44"])
        #expect(try ledger.verify().notices.isEmpty)
    }

    static let files = ["tree", "tile/0/000", "tile/0/001.p/4", "tile/1/000.p/1"]

    @Test("a damaged file is found, told and made anew; the answers stay", arguments: files)
    func damaged(name: String) throws {
        let ledger = try ProofOffice(events: 260, signedAt: [260])
        let whole = try ledger.office.ledger.tree()
        let path = "ledger/cache/\(name)"
        let bytes = try ledger.office.scratch.bytes(of: path)
        for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 9)) {
            var changed = bytes
            changed[place] ^= 1 << UInt8(place % 8)
            try ledger.office.scratch.write(changed, to: path)
            let result = try ledger.verify(outside: 260)
            #expect(result.isSound && result.coverage?.upTo == 260, "\(result.faults)")
            #expect(result.notices.contains { $0.contains("made anew from the log") }, "\(place)")
            #expect(try ledger.office.scratch.bytes(of: path) == bytes)
            #expect(try ledger.verify().notices.isEmpty)
        }
        try FileManager.default.removeItem(atPath: ledger.office.scratch.path(path))
        let tree = try ledger.office.ledger.tree()
        #expect(tree.root == whole.root)
    }

    @Test("deleted, it is made anew and nobody is told")
    func deleted() throws {
        let ledger = try ProofOffice(events: 5, signedAt: [])
        let tree = try ledger.office.ledger.tree()
        try FileManager.default.removeItem(atPath: ledger.office.scratch.path("ledger/cache"))
        let again = try ledger.office.ledger.tree()
        #expect(again.root == tree.root && again.notices.isEmpty)
    }

    @Test("a cache of another log is not believed")
    func foreign() throws {
        let ledger = try ProofOffice(events: 10, signedAt: [])
        _ = try ledger.office.ledger.tree()
        var lines = try ledger.office.lines()
        let text = String(decoding: lines[9], as: UTF8.self)
        lines[9] = Array(text.replacing("C-10", with: "C-99").utf8)
        #expect(String(decoding: lines[9], as: UTF8.self) != text)
        try ledger.office.setLines(lines)
        let tree = try ledger.office.ledger.tree()
        #expect(tree.notices.count == 1)
        #expect(tree.notices[0].contains("does not fit the log; made anew from the log"))
        #expect(try tree.root == Self.plainTree(ledger.office).root)
    }

    @Test("the first event that differs is found by the tiles of the older tree")
    func firstDifference() throws {
        for index in [0, 13, 20, 39] {
            let ledger = try ProofOffice()
            _ = try ledger.office.ledger.tree()
            var lines = try ledger.office.lines()
            let text = String(decoding: lines[index], as: UTF8.self)
            lines[index] = Array(text.replacing("\"id\":\"C-", with: "\"id\":\"D-").utf8)
            try ledger.office.setLines(lines)
            let result = try ledger.verify(outside: 40)
            #expect(
                result.faults.contains {
                    $0.contains("rewritten: event \(index + 1) is the first that differs")
                }, "\(result.faults)")
            // What was derived before is evidence now: it is left as it is.
            #expect(result.notices.isEmpty)
            try ledger.office.setLines(Array(try ledger.office.lines().prefix(index)))
            let cut = try ledger.verify(outside: 40)
            #expect(cut.faults.contains { $0.contains("truncated") })
            #expect(
                cut.faults.contains { $0.contains("\(index) that are left are unchanged") }
                    == (index > 0))
        }
    }

    @Test("an export is what a tile client reads: checkpoint, tiles and entries")
    func export() throws {
        let ledger = try ProofOffice(events: 300, signedAt: [300])
        let folder = ledger.office.scratch.path("public")
        let file = try #require(try ledger.office.ledger.newestCheckpoint(covering: 300))
        let count = try ledger.office.ledger.exportTiles(to: folder, upTo: file)
        #expect(count == 6)
        let note = try SignedNote(bytes: ledger.office.scratch.bytes(of: "public/checkpoint"))
        #expect(note == file.note)
        let lines = try ledger.office.lines()
        var entries: [[UInt8]] = []
        for name in ["000", "001.p/44"] {
            var rest = try ledger.office.scratch.bytes(of: "public/tile/entries/\(name)")[...]
            let hashes = try ledger.office.scratch.bytes(of: "public/tile/0/\(name)")
            var place = 0
            while !rest.isEmpty {
                let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
                let entry = Array(rest.dropFirst(2).prefix(length))
                #expect(TreeHash(leaf: entry).bytes == Array(hashes[place..<(place + 32)]))
                entries.append(entry)
                rest = rest.dropFirst(2 + length)
                place += 32
            }
            #expect(place == hashes.count)
        }
        #expect(entries == lines)
        var changed = lines
        changed[5] = changed[6]
        try ledger.office.setLines(changed)
        #expect(
            ledgerError { _ = try ledger.office.ledger.exportTiles(to: folder, upTo: file) }?
                .description.contains("does not lead to") == true)
    }

    @Test("two threads give the tree that one does, however the log falls into chunks")
    func threads() throws {
        let ledger = try ProofOffice(events: 290, signedAt: [])
        let expected = try Self.plainTree(ledger.office).root
        for blockBytes in [300, 1_000, 70_000] {
            let store = FolderStore(
                folder: ledger.office.scratch.path("ledger"), blockBytes: blockBytes)
            let hasher = LeafHasher(TreeRecorder(sizes: [0, 7, 256]))
            _ = try store.read(from: 1) { chunk in
                hasher.take(chunk, wanting: [UInt64(chunk.firstSequence - 1)])
                return .next
            }
            let record = hasher.finish()
            #expect(record.tree.root == expected)
            #expect(record.roots[0] == .emptyTree)
            let reader = try ledger.office.ledger.tree().reader
            for (size, root) in record.roots { #expect(try reader.root(size: size) == root) }
            #expect(record.roots.count > 3 || blockBytes == 70_000)
        }
    }
}
