import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Testing
import TransparencyLog

@Suite("Witnesses")
struct WitnessTests {
    /// A ledger, and the witness that knows its key.
    private struct Pair {
        var ledger: ProofOffice
        let witness: Witness
        let witnessKey: SigningKey
        let logKey: VerifierKey

        init() throws {
            ledger = try ProofOffice(events: 10, signedAt: [5, 10])
            witnessKey = .generate(name: try KeyName("witness.example/w1"), kind: .cosignature)
            witness = Witness(
                key: witnessKey, stateFile: ledger.office.scratch.path("w1.state"))
            logKey = try VerifierKey(text: try #require(ledger.office.ledger.settings?.publicKey))
        }

        func cosign(_ text: String, isNew: Bool = false) throws(LedgerError) -> SignedNote {
            do { try ledger.office.scratch.write(text, to: "request") } catch {}
            return try witness.cosign(
                ledger.office.scratch.path("request"), logKey: isNew ? logKey : nil,
                now: Samples.start)
        }

        func text(_ size: Int) throws -> String {
            try ledger.office.scratch.text(of: "outside-\(size).checkpoint")
        }

        func request(_ size: Int, from older: UInt64) throws -> String {
            let file = try ledger.office.ledger.newestCheckpoint(covering: Int64(size))
            return try ledger.office.ledger.witnessRequest(
                for: try #require(file), from: older
            ).text
        }
    }

    private static func what(_ work: () throws -> Void) -> String {
        let error = ledgerError(work)
        return error?.category == .refused
            ? error?.description ?? "" : "\(String(describing: error))"
    }

    @Test("a witness cosigns what it sees first, and then what extends it")
    func grows() throws {
        var pair = try Pair()
        let first = try pair.cosign(try pair.text(5), isNew: true)
        let keys = [pair.logKey, pair.witnessKey.verifierKey]
        #expect(try first.verify(by: keys) == keys)
        #expect(
            first.cosigningTime(of: keys[1])
                == UInt64(Samples.start.millisecondsSince1970 / 1000))
        // The same once more, then the grown log with its proof.
        #expect(try pair.cosign(try pair.text(5)) == first)
        let second = try pair.cosign(try pair.request(10, from: 5))
        #expect(try second.verify(by: keys) == keys)
        let file = pair.ledger.office.scratch.path("cosigned")
        try pair.ledger.office.scratch.write(second.description, to: "cosigned")
        let kept = try pair.ledger.office.ledger.addCosignatures(from: file, by: [keys[1]])
        #expect(kept.file.note == second)
        let policy = "witness W \(keys[1])\nquorum W\n"
        try pair.ledger.office.scratch.write(policy, to: "policy")
        let policyFile = pair.ledger.office.scratch.path("policy")
        let result = try pair.ledger.verify { $0.policy = policyFile }
        #expect(result.isSound && result.coverage?.upTo == 10, "\(result.faults)")
        #expect(result.coverage?.witnesses == ["witness.example/w1"])
        let alone = try pair.ledger.verify(outside: 10) { $0.policy = policyFile }
        #expect(
            alone.faults.first?.contains("no witness of the policy has cosigned it") == true)
        try pair.ledger.forgetCheckpoints()
        let without = try pair.ledger.verify { $0.policy = policyFile }
        #expect(without.faults.first?.contains("satisfies the policy") == true)
        try pair.ledger.append(11)
    }

    @Test("a witness refuses to go backwards")
    func backwards() throws {
        let pair = try Pair()
        _ = try pair.cosign(try pair.text(10), isNew: true)
        let what = Self.what { _ = try pair.cosign(try pair.text(5)) }
        #expect(
            what == """
                refused: the checkpoint goes backwards: it covers 5 events, this witness cosigned \
                10 of 'ledger.example/claims' before
                  fix: ask for a newer checkpoint; if there is none, the log was truncated
                """)
    }

    @Test("a witness refuses what does not prove that it extends the last one")
    func unproved() throws {
        let pair = try Pair()
        _ = try pair.cosign(try pair.text(5), isNew: true)
        let alone = Self.what { _ = try pair.cosign(try pair.text(10)) }
        #expect(alone.contains("no proof from the 5 events that this witness cosigned before"))
        #expect(alone.contains("claims checkpoint --for-witness 5"))
        let wrong = try pair.request(10, from: 4).replacing("old 4", with: "old 5")
        #expect(
            Self.what { _ = try pair.cosign(wrong) }.contains("the log does not extend the 5"))
        var lines = try pair.request(10, from: 5).split(
            separator: "\n", omittingEmptySubsequences: false)
        lines.swapAt(1, 2)
        let swapped = lines.joined(separator: "\n")
        #expect(
            Self.what { _ = try pair.cosign(swapped) }.contains("the log does not extend the 5"))
        // Nothing of that was remembered.
        _ = try pair.cosign(try pair.request(10, from: 5))
    }

    @Test("a witness refuses a fork, an unknown log and another key")
    func fork() throws {
        let pair = try Pair()
        #expect(
            Self.what { _ = try pair.cosign(try pair.text(5)) }
                .contains("is not known to this witness"))
        _ = try pair.cosign(try pair.text(5), isNew: true)
        let key = try pair.ledger.keyFile.read()
        let forked = try Checkpoint(origin: Office.origin, size: 5, root: .emptyTree)
            .signed(by: key)
        #expect(
            Self.what { _ = try pair.cosign(forked.description) }.contains("the log is forked"))
        let other = SigningKey.generate(name: try KeyName(Office.origin))
        let path = pair.ledger.office.scratch.path("outside-5.checkpoint")
        let what = Self.what {
            _ = try pair.witness.cosign(path, logKey: other.verifierKey, now: Samples.start)
        }
        #expect(what.contains("is known by the key"))
        let strange = try Checkpoint(origin: Office.origin, size: 50, root: .emptyTree)
            .signed(by: other)
        let error = ledgerError { _ = try pair.cosign(strange.description) }
        #expect(error?.description.contains("no signature of a known key") == true)
    }

    @Test("a damaged memory is an error: without it a witness would cosign anything")
    func damagedState() throws {
        let pair = try Pair()
        _ = try pair.cosign(try pair.text(5), isNew: true)
        try pair.ledger.office.scratch.write("5 x y\n", to: "w1.state")
        let error = ledgerError { _ = try pair.cosign(try pair.text(10)) }
        #expect(error?.category == .badData)
        #expect(error?.description.contains("w1.state:1: error: the line is not") == true)
    }
}
