import ClaimsTestSupport
import EventLog
import Testing
import TransparencyLog

@testable import ClaimsLedger

/// Every bit of a ledger of forty events, each turned alone.
///
/// What `verify` does with each is done with the parts it is made of, so that the lines before are
/// read once: the run that lists faults, and the judge of checkpoints. `TamperTests` asks the whole
/// of it for a sample of the same bits.
@Suite("Every bit of forty events")
struct EveryBitTests {
    private struct Whole: Sendable {
        let lines: [[UInt8]]
        let leaves: [TreeHash]
        let claims: [CheckpointJudge.Claim]
    }

    private static let whole = Result { () throws -> Whole in
        let ledger = try ProofOffice()
        let lines = try ledger.office.lines()
        let note = try SignedNote(
            bytes: ledger.office.scratch.bytes(of: "outside-40.checkpoint"))
        let key = try VerifierKey(text: ledger.office.ledger.settings?.publicKey ?? "")
        let checkpoint = try Checkpoint(note: note, signedBy: key, origin: Office.origin)
        let file = CheckpointFile(path: "outside", note: note, checkpoint: checkpoint)
        return Whole(
            lines: lines, leaves: lines.map { TreeHash(leaf: $0) },
            claims: [CheckpointJudge.Claim(file: file, isOutside: true, key: key)])
    }

    private static func chunk(_ bytes: [UInt8], first: Int) -> LogChunk {
        LogChunk(
            bytes: bytes, firstSequence: Int64(first), lineCount: bytes.count { $0 == 0x0A },
            file: "log.jsonl", firstLineInFile: first, byteOffsetInFile: 0)
    }

    /// Whether the checkpoint holds for a log of these lines.
    private static func holds(_ whole: Whole, _ leaves: [TreeHash]) -> Bool {
        var tree = TreeBuilder()
        for leaf in leaves { tree.append(leaf) }
        let judge = CheckpointJudge(
            claims: whole.claims, size: tree.size, roots: [tree.size: tree.root])
        return judge.holds(whole.claims[0])
    }

    @Test(
        "turned is a fault: no checkpoint holds, and what is no event any more is listed too",
        arguments: 0..<40)
    func everyBit(index: Int) throws {
        let whole = try Self.whole.get()
        #expect(whole.lines.count == 40 && Self.holds(whole, whole.leaves))
        var before = VerificationRun(notesEvidence: false)
        if index > 0 {
            before.take(Self.chunk(whole.lines[..<index].flatMap { $0 + [0x0A] }, first: 1))
        }
        #expect(before.faults.isEmpty)
        let proof = try InclusionProof(leafIndex: UInt64(index), leafHashes: whole.leaves)
        let line = whole.lines[index]
        var (flips, listed) = (0, 0)
        for place in line.indices {
            for bit in 0..<8 {
                flips += 1
                var changed = line
                changed[place] ^= 1 << UInt8(bit)
                var run = before
                run.take(Self.chunk(changed + [0x0A], first: index + 1))
                if !run.faults.isEmpty { listed += 1 }
                if changed.contains(0x0A) {
                    // One line has become two: none may be taken for the other.
                    #expect(!run.faults.isEmpty, "byte \(place), bit \(bit)")
                    let parts = changed.split(
                        separator: 0x0A, omittingEmptySubsequences: false)
                    let leaves =
                        whole.leaves[..<index] + parts.map { TreeHash(leaf: Array($0)) }
                        + whole.leaves[(index + 1)...]
                    #expect(!Self.holds(whole, Array(leaves)))
                } else {
                    let root = try proof.root(of: TreeHash(leaf: changed))
                    let judge = CheckpointJudge(
                        claims: whole.claims, size: 40, roots: [40: root])
                    if judge.holds(whole.claims[0]) {
                        Issue.record("line \(index + 1), byte \(place), bit \(bit) is covered")
                    }
                }
            }
        }
        #expect(flips == 8 * line.count)
        // Texts and ids may be others and still be events; keys, types, numbers of place may not.
        #expect(listed > flips / 3 && listed < flips)
    }

    @Test("a line feed turned joins two lines, or ends the log in no line", arguments: 0..<40)
    func lineFeeds(index: Int) throws {
        let whole = try Self.whole.get()
        for bit in 0..<8 {
            let byte = UInt8(0x0A) ^ (1 << UInt8(bit))
            guard index < 39 else {
                // The last line is then a torn tail: 39 events are left.
                #expect(!Self.holds(whole, Array(whole.leaves[..<39])))
                continue
            }
            let joined = whole.lines[index] + [byte] + whole.lines[index + 1]
            var run = VerificationRun(notesEvidence: false)
            run.take(
                Self.chunk(
                    whole.lines[..<index].flatMap { $0 + [0x0A] } + joined + [0x0A], first: 1))
            #expect(run.faults.count == 1)
            let leaves =
                whole.leaves[..<index] + [TreeHash(leaf: joined)] + whole.leaves[(index + 2)...]
            #expect(!Self.holds(whole, Array(leaves)))
        }
    }
}
