import Testing
import TransparencyLog

@Suite("Files with proofs")
struct ProofFileTests {
    private static let log = CosignatureTests.seededKey("log.example/claims", 1)

    private static func note(size: Int) throws -> SignedNote {
        try Checkpoint(
            origin: "log.example/claims", size: UInt64(size),
            root: recursiveRoot(leafHashes(size)[...])
        ).signed(by: log)
    }

    private static func proof(_ index: Int, size: Int) throws -> LoggedProof {
        let proof = try InclusionProof(leafIndex: UInt64(index), leafHashes: leafHashes(size))
        return LoggedProof(proof, note: try note(size: size))
    }

    @Test("a proof of inclusion is written as specified, and read back", arguments: [1, 2, 7])
    func roundTrip(size: Int) throws {
        for index in 0..<size {
            let proof = try Self.proof(index, size: size)
            let lines = proof.text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines[0] == "c2sp.org/tlog-proof@v1")
            #expect(lines[1] == "index \(index)")
            #expect(lines[2 + proof.hashes.count] == "")
            #expect(lines[3 + proof.hashes.count] == "log.example/claims")
            let read = try LoggedProof(bytes: Array(proof.text.utf8))
            #expect(read == proof)
            let leaf = leafHashes(size)[index]
            let checkpoint = try read.verify(leafHash: leaf, signedBy: Self.log.verifierKey)
            #expect(checkpoint.size == UInt64(size))
            #expect(throws: TransparencyError.self) {
                try read.verify(leafHash: .emptyTree, signedBy: Self.log.verifierKey)
            }
            #expect(throws: TransparencyError.note(.noKnownSignature)) {
                try read.verify(
                    leafHash: leaf,
                    signedBy: CosignatureTests.seededKey("log.example/claims", 9).verifierKey)
            }
        }
    }

    @Test("extra data is kept, whatever it says")
    func extra() throws {
        let proof = try Self.proof(1, size: 3)
        let text = proof.text.replacing("index 1", with: "extra AAEC\nindex 1")
        let read = try LoggedProof(bytes: Array(text.utf8))
        #expect(read.extra == [0, 1, 2])
        #expect(read.text == text)
    }

    static let oddProofs: [(String, String)] = [
        ("", "proof has no checkpoint, expected one after an empty line"),
        ("c2sp.org/tlog-proof@v1\nindex 0\n", "proof has no checkpoint"),
        ("c2sp.org/tlog-proof@v2\nindex 0\n\nNOTE", "line 1 of the proof is odd"),
        ("\nNOTE", "line 1 of the proof is odd, expected 'c2sp.org/tlog-proof@v1'"),
        ("c2sp.org/tlog-proof@v1\n\nNOTE", "line 2 of the proof is odd, expected 'index'"),
        ("c2sp.org/tlog-proof@v1\nindex 01\n\nNOTE", "line 2 of the proof is odd"),
        ("c2sp.org/tlog-proof@v1\nindex -1\n\nNOTE", "line 2 of the proof is odd"),
        ("c2sp.org/tlog-proof@v1\nextra ?\nindex 1\n\nNOTE", "'extra' and base64"),
        ("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nNOTE", "line 3 of the proof is odd"),
        ("c2sp.org/tlog-proof@v1\nindex 1\r\n\nNOTE", "line 2 of the proof is odd"),
        ("c2sp.org/tlog-proof@v1\nindex 1\n\nnot signed\n", "note has no signatures"),
    ]

    @Test("what is odd in a proof is said with its line", arguments: oddProofs)
    func odd(text: String, message: String) throws {
        let text = text.replacing("NOTE", with: try Self.note(size: 2).description)
        let error = #expect(throws: TransparencyError.self) {
            try LoggedProof(bytes: Array(text.utf8))
        }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("no proof has more hashes than a tree has levels, and none is no text")
    func limits() throws {
        let lines = Array(repeating: TreeHash.emptyTree.base64, count: 65).joined(separator: "\n")
        let text = "c2sp.org/tlog-proof@v1\nindex 1\n\(lines)\n\n\(try Self.note(size: 2))"
        let error = #expect(throws: TransparencyError.self) {
            try LoggedProof(bytes: Array(text.utf8))
        }
        #expect(error?.description == "proof has 65 hashes, expected at most 64")
        #expect(throws: TransparencyError.file(.notUTF8)) {
            try LoggedProof(bytes: [0xFF, 0x0A, 0x0A])
        }
    }

    @Test("a request to a witness is written as specified, and read back")
    func witnessRequest() throws {
        let leaves = leafHashes(5)
        let proof = try ConsistencyProof(olderSize: 3, leafHashes: leaves)
        let request = WitnessRequest(
            olderSize: 3, hashes: proof.hashes, note: try Self.note(size: 5))
        #expect(request.text.hasPrefix("old 3\n\(proof.hashes[0])\n"))
        #expect(try WitnessRequest(bytes: Array(request.text.utf8)) == request)
        let alone = try WitnessRequest(bytes: Array(request.note.description.utf8))
        #expect(alone.olderSize == 0 && alone.hashes.isEmpty && alone.note == request.note)
        let error = #expect(throws: TransparencyError.self) {
            try WitnessRequest(bytes: Array("old x\n\n\(request.note)".utf8))
        }
        #expect(
            error?.description == "line 1 of the proof is odd, expected 'old' and a size")
    }
}
