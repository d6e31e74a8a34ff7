import ClaimsLedger
import ClaimsTestSupport
import Foundation
import Testing
import TransparencyLog

@Suite("Forgeries")
struct ForgeryTests {
    /// A ledger whose line 30 says another amount, in good form.
    private static func rewritten(_ ledger: ProofOffice) throws -> [[UInt8]] {
        var lines = try ledger.office.lines()
        let index = try #require(
            lines.indices.first {
                $0 >= 29 && String(decoding: lines[$0], as: UTF8.self).contains("claim.created")
            })
        let text = String(decoding: lines[index], as: UTF8.self)
        lines[index] = Array(text.replacing("\"amountMinor\":1", with: "\"amountMinor\":2").utf8)
        return lines
    }

    @Test("a rewriting in good form is found by a checkpoint from outside alone")
    func goodForm() throws {
        let ledger = try ProofOffice()
        try ledger.office.setLines(try Self.rewritten(ledger))
        try ledger.forgetCheckpoints()
        #expect(try ledger.verify().isSound)
        let result = try ledger.verify(outside: 40)
        #expect(result.faults.count == 1)
        #expect(result.faults[0].contains("one of 1 to 40"), "\(result.faults)")
    }

    @Test("a forgery signed by another key fails, whoever's key is believed")
    func otherKey() throws {
        let ledger = try ProofOffice()
        let honestKey = try #require(ledger.office.ledger.settings?.publicKey)
        try ledger.office.setLines(try Self.rewritten(ledger))
        try ledger.forgetCheckpoints()
        let forged = SigningKey.generate(name: try KeyName(Office.origin))
        var settings = try #require(ledger.office.ledger.settings)
        settings.publicKey = "\(forged.verifierKey)"
        try ledger.office.scratch.write(settings.text, to: "ledger/ledger.json")
        let forgedFile = KeyFile(path: ledger.office.scratch.path("forged.key"))
        try forgedFile.write(forged)
        let reopened = try Ledger.open(ledger.office.scratch.path("ledger"))
        _ = try reopened.makeCheckpoint(key: forgedFile)
        #expect(try reopened.verify().isSound)
        var options = VerifyOptions()
        options.checkpoints = [try #require(ledger.outside[40])]
        let unknown = try reopened.verify(options)
        #expect(unknown.faults.count == 1)
        #expect(unknown.faults[0].contains("carries no signature of a known key"))
        options.key = honestKey
        let result = try reopened.verify(options)
        #expect(result.faults.count == 1)
        #expect(result.faults[0].contains("the log is rewritten"), "\(result.faults)")
        // A signature moved to another text is worth nothing.
        let honest = try SignedNote(
            bytes: ledger.office.scratch.bytes(of: "outside-40.checkpoint"))
        let moved =
            try Checkpoint(
                origin: Office.origin, size: 40,
                root: try TreeHash(base64: try reopened.verify().rootHash)
            ).text + "\n" + honest.signatures.map(\.line).joined()
        try ledger.office.scratch.write(moved, to: "moved.checkpoint")
        options.checkpoints = [ledger.office.scratch.path("moved.checkpoint")]
        #expect(
            try reopened.verify(options).faults.first?.contains("does not fit the text") == true)
    }

    @Test("two histories signed by one key are a fork")
    func fork() throws {
        let ledger = try ProofOffice()
        try ledger.office.setLines(try Self.rewritten(ledger))
        try ledger.forgetCheckpoints()
        let kept = try ledger.office.ledger.makeCheckpoint(key: ledger.keyFile)
        let result = try ledger.verify(outside: 40)
        #expect(result.faults.count == 1)
        #expect(
            result.faults[0].contains(
                "the log is forked: the same key has signed another history in "
                    + "'\(kept.file.path)'"), "\(result.faults)")
        // An older checkpoint bounds nothing then, the older tree does.
        let older = try ledger.verify(outside: 13)
        #expect(older.coverage?.upTo == 13)
    }

    @Test("nothing is signed over a history that was signed otherwise")
    func refusesToSign() throws {
        let ledger = try ProofOffice()
        try ledger.office.setLines(try Self.rewritten(ledger))
        let error = ledgerError {
            _ = try ledger.office.ledger.makeCheckpoint(key: ledger.keyFile)
        }
        #expect(error?.category == .badData)
        #expect(error?.description.contains("the log is rewritten") == true)
        try ledger.office.setLines(Array(try ledger.office.lines().prefix(39)))
        let cut = ledgerError { _ = try ledger.office.ledger.makeCheckpoint(key: ledger.keyFile) }
        #expect(cut?.description.contains("truncated") == true)
    }

    @Test("any bit of a checkpoint turned is a fault or changes nothing")
    func checkpointBits() throws {
        let ledger = try ProofOffice(events: 5, signedAt: [5])
        let path = try #require(ledger.outside[5])
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let key = try #require(ledger.office.ledger.settings?.publicKey)
        let logKey = try VerifierKey(text: key)
        for place in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << UInt8(bit)
                let read = try? SignedNote(bytes: changed)
                let checkpoint = read.flatMap {
                    try? Checkpoint(note: $0, signedBy: logKey, origin: Office.origin)
                }
                #expect(checkpoint == nil, "byte \(place), bit \(bit)")
                try ledger.office.scratch.write(changed, to: "outside-5.checkpoint")
                let result = try ledger.verify(outside: 5)
                #expect(result.faults.count == 1 && result.coverage == nil)
                #expect(result.faults[0].hasPrefix(path))
            }
        }
    }

    @Test("any bit of a kept checkpoint turned is a fault, at its file")
    func keptBits() throws {
        let ledger = try ProofOffice(events: 5, signedAt: [5])
        let name = "ledger/checkpoints/000000000005.checkpoint"
        let bytes = try ledger.office.scratch.bytes(of: name)
        for flip in 0..<(8 * bytes.count) {
            var changed = bytes
            changed[flip / 8] ^= 1 << UInt8(flip % 8)
            try ledger.office.scratch.write(changed, to: name)
            let result = try ledger.verify()
            #expect(result.faults.count == 1 && !result.isSound, "bit \(flip)")
            #expect(result.faults[0].hasPrefix(ledger.office.scratch.path(name)))
        }
        try ledger.office.scratch.write(bytes, to: "ledger/checkpoints/000000000004.checkpoint")
        #expect(try !ledger.verify().isSound)
    }

    @Test("any bit of ledger.json turned is an error, a fault, or changes no answer of verify")
    func settingsBits() throws {
        let ledger = try ProofOffice(events: 5, signedAt: [5])
        let bytes = try ledger.office.scratch.bytes(of: "ledger/ledger.json")
        let key = Array("publicKey".utf8)
        let start = try #require(bytes.firstRange(of: key)?.lowerBound)
        let end = try #require(bytes[start...].firstIndex(of: 0x0A))
        for flip in 0..<(8 * bytes.count) {
            var changed = bytes
            changed[flip / 8] ^= 1 << UInt8(flip % 8)
            try ledger.office.scratch.write(changed, to: "ledger/ledger.json")
            let result = try? Ledger.open(ledger.office.scratch.path("ledger")).verify()
            if start..<end ~= flip / 8 {
                #expect(result?.isSound != true, "bit \(flip)")
            }
        }
    }
}
