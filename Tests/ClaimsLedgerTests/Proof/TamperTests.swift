import ClaimsLedger
import ClaimsTestSupport
import Testing
import TransparencyLog

@Suite("A ledger of forty events that was tampered with")
struct TamperTests {
    /// Faults of the log itself: not those of checkpoints.
    private static func logFaults(_ result: Verification) -> [String] {
        result.faults.filter { $0.contains(".jsonl") }
    }

    private static func about(_ result: Verification, _ path: String?) -> String {
        result.faults.first { path.map($0.hasPrefix) ?? false } ?? ""
    }

    @Test("as written it is sound, and covered up to the checkpoint given")
    func untouched() throws {
        let ledger = try ProofOffice()
        let result = try ledger.verify(outside: 40)
        #expect(result.isSound, "\(result.faults)")
        #expect(result.keptCheckpoints == 2)
        #expect(result.coverage?.upTo == 40)
        #expect(result.coverage?.isKeyFromOutside == false)
        let older = try ledger.verify(outside: 13)
        #expect(older.isSound && older.coverage?.upTo == 13)
        #expect(try ledger.verify().coverage == nil)
    }

    @Test("any bit turned gives another root than the one signed, and is a fault")
    func everyBit() throws {
        let ledger = try ProofOffice()
        let lines = try ledger.office.lines()
        let leaves = lines.map { TreeHash(leaf: $0) }
        let note = try SignedNote(
            bytes: ledger.office.scratch.bytes(of: "outside-40.checkpoint"))
        let signed = try Checkpoint(text: note.text)
        var flips = 0
        for (index, line) in lines.enumerated() {
            let proof = try InclusionProof(leafIndex: UInt64(index), leafHashes: leaves)
            #expect(try proof.root(of: leaves[index]) == signed.root)
            for place in line.indices {
                for bit in 0..<8 {
                    var changed = line
                    changed[place] ^= 1 << UInt8(bit)
                    let root = try proof.root(of: TreeHash(leaf: changed))
                    if root == signed.root { Issue.record("line \(index + 1), byte \(place)") }
                    flips += 1
                }
            }
        }
        #expect(flips == 8 * (try ledger.office.log().count - 40))
    }

    /// Every 61st byte, another bit each time, and every line feed: the same through `verify`.
    @Test("verify fails for each bit turned, with its line", arguments: 0..<8)
    func verifyFails(part: Int) throws {
        let ledger = try ProofOffice()
        let log = try ledger.office.log()
        let places = log.indices.filter { $0 % 61 == 0 || log[$0] == 0x0A }
        for (number, place) in places.enumerated() where number % 8 == part {
            var changed = log
            changed[place] ^= 1 << UInt8((number / 8) % 8)
            try ledger.office.setLog(changed)
            let result = try ledger.verify(outside: 40)
            #expect(!result.isSound, "byte \(place)")
            #expect(!Self.about(result, ledger.outside[40]).isEmpty, "byte \(place)")
        }
    }

    @Test("each line deleted is one gap, and a rewriting that is bounded by what still holds")
    func deleted() throws {
        let ledger = try ProofOffice()
        let lines = try ledger.office.lines()
        for index in lines.indices {
            var rest = lines
            rest.remove(at: index)
            try ledger.office.setLines(rest)
            let result = try ledger.verify(outside: 40)
            let faults = Self.logFaults(result)
            #expect(faults.count == (index == 39 ? 0 : 1), "\(index): \(faults)")
            if index < 39 {
                #expect(faults[0].contains("'sequence' jumps to \(index + 2)"))
                #expect(result.foldedUpTo == Int64(index))
            }
            let what = Self.about(result, ledger.outside[40])
            #expect(what.contains("the log is truncated: it ends at event 39"), "\(what)")
            #expect(!result.isSound && result.coverage == nil)
        }
    }

    @Test("each line doubled is one repetition")
    func doubled() throws {
        let ledger = try ProofOffice()
        let lines = try ledger.office.lines()
        for index in lines.indices {
            var more = lines
            more.insert(lines[index], at: index)
            try ledger.office.setLines(more)
            let result = try ledger.verify(outside: 40)
            let faults = Self.logFaults(result)
            #expect(faults.count == 1, "\(index): \(faults)")
            #expect(faults[0].contains("'sequence' is \(index + 1) again"))
            // The last line doubled leaves the forty signed events as they were.
            let isCovered = index == 39
            #expect(Self.about(result, ledger.outside[40]).isEmpty == isCovered)
            #expect(!result.isSound)
        }
    }

    @Test("two neighbours swapped are one jump and one line too late")
    func swapped() throws {
        let ledger = try ProofOffice()
        let lines = try ledger.office.lines()
        for index in lines.indices.dropLast() {
            var other = lines
            other.swapAt(index, index + 1)
            try ledger.office.setLines(other)
            let result = try ledger.verify(outside: 40)
            #expect(Self.logFaults(result).count == 2, "\(index)")
            let what = Self.about(result, ledger.outside[40])
            let low = index >= 13 ? 14 : 1
            #expect(
                what.contains(
                    "rewritten: the first event that differs from what the checkpoint "
                        + "covers is one of \(low) to 40"), "\(what)")
        }
    }

    @Test("every truncation is told, with what is missing and whether the rest is unchanged")
    func truncated() throws {
        let ledger = try ProofOffice()
        let lines = try ledger.office.lines()
        for count in 0..<40 {
            try ledger.office.setLines(Array(lines[..<count]))
            let result = try ledger.verify(outside: 40)
            #expect(Self.logFaults(result).isEmpty)
            let what = Self.about(result, ledger.outside[40])
            #expect(what.contains("the log is truncated: it ends at event \(count)"), "\(what)")
            let missing =
                count == 39 ? "event 40 is missing" : "events \(count + 1) to 40 are missing"
            #expect(what.contains(missing))
            let rest = "the \(count) that are left are unchanged"
            #expect(what.contains("; \(rest)") == (count == 13), "\(what)")
            #expect(result.coverage == nil && !result.isSound)
            let older = try ledger.verify(outside: 13)
            #expect((older.coverage?.upTo == 13) == (count >= 13))
        }
    }

    @Test("a cut at any byte inside a line is a torn tail, and a truncation")
    func torn() throws {
        let ledger = try ProofOffice(events: 5, signedAt: [5])
        let log = try ledger.office.log()
        for end in 1..<log.count where log[end - 1] != 0x0A {
            try ledger.office.setLog(Array(log[..<end]))
            let result = try ledger.verify(outside: 5)
            #expect(result.faults.contains { $0.contains("without a line feed") })
            #expect(Self.about(result, ledger.outside[5]).contains("truncated"))
        }
    }

    @Test("two ledgers spliced are a rewriting, at the first foreign event")
    func spliced() throws {
        let ledger = try ProofOffice()
        let other = try ProofOffice(signedAt: [], cents: 300)
        let lines = try ledger.office.lines()
        try ledger.office.scratch.write(
            lines.flatMap { $0 + [0x0A] }, to: "copy.jsonl")
        let foreign = try other.office.lines()
        try ledger.office.setLines(Array(lines[..<20] + foreign[20...]))
        let result = try ledger.verify(outside: 40) {
            $0.older = ledger.office.scratch.path("copy.jsonl")
        }
        let what = Self.about(result, ledger.outside[40])
        #expect(
            what.contains("the log is rewritten: event 21 is the first that differs"), "\(what)")
        #expect(try ledger.verify(outside: 13).coverage?.upTo == 13)
    }

    @Test("a clock moved on a line, forth or back, is told once")
    func clocks() throws {
        let ledger = try ProofOffice()
        let lines = try ledger.office.lines()
        for index in stride(from: 1, to: 39, by: 4) {
            for (from, to) in [
                ("\"recordedtime\":\"2020", "\"recordedtime\":\"2031"),
                ("\"recordedtime\":\"2020", "\"recordedtime\":\"2011"),
                ("\"time\":\"2020", "\"time\":\"2031"),
            ] {
                let text = String(decoding: lines[index], as: UTF8.self)
                var changed = lines
                changed[index] = Array(text.replacing(from, with: to).utf8)
                #expect(changed != lines)
                try ledger.office.setLines(changed)
                let result = try ledger.verify(outside: 40)
                #expect(Self.logFaults(result).count == 1, "\(index): \(result.faults)")
                #expect(!Self.about(result, ledger.outside[40]).isEmpty)
            }
        }
    }
}
