import Testing
import TransparencyLog

@Suite("Consistency proofs")
struct ConsistencyProofTests {
    @Test("every older tree of every tree is proved, a turned bit is refused", arguments: 1...64)
    func everyPair(newerSize: Int) throws {
        let leaves = leafHashes(newerSize)
        let newer = recursiveRoot(leaves[...])
        for size in 1...newerSize {
            let older = recursiveRoot(leaves[..<size])
            let proof = try ConsistencyProof(olderSize: UInt64(size), leafHashes: leaves)
            try proof.verify(olderRoot: older, newerRoot: newer)
            let otherOlder = try flipped(older, bit: size)
            let otherNewer = try flipped(newer, bit: size * 3)
            #expect(refuses(proof, older: otherOlder, newer: newer))
            #expect(refuses(proof, older: older, newer: otherNewer))
            for hashes in try eachFlipped(proof.hashes) {
                #expect(refuses(proof.with(hashes), older: older, newer: newer))
            }
            #expect(refuses(proof.with(proof.hashes + [older]), older: older, newer: newer))
            #expect(refuses(proof.with([older] + proof.hashes), older: older, newer: newer))
            if !proof.hashes.isEmpty {
                #expect(refuses(proof.with(proof.hashes.dropLast()), older: older, newer: newer))
            }
        }
    }

    @Test("a changed old leaf leaves no proof", arguments: 0..<9)
    func rewritten(index: Int) throws {
        let leaves = leafHashes(20)
        let older = recursiveRoot(leaves[..<9])
        var changed = leaves
        changed[index] = TreeHash(leaf: Array("other".utf8))
        let proof = try ConsistencyProof(olderSize: 9, leafHashes: changed)
        #expect(refuses(proof, older: older, newer: recursiveRoot(changed[...])))
    }

    @Test("the example of RFC 6962, section 2.1.3: from 3, 4, 6 to seven leaves")
    func publishedProofs() throws {
        let leaves = PublishedTrees.leaves.prefix(7).map { TreeHash(leaf: $0) }
        func node(_ range: Range<Int>) -> TreeHash { recursiveRoot(leaves[range]) }
        let proofs: [UInt64: [TreeHash]] = [
            3: [leaves[2], leaves[3], node(0..<2), node(4..<7)],
            4: [node(4..<7)],
            6: [node(4..<6), leaves[6], node(0..<4)],
        ]
        for (size, hashes) in proofs {
            #expect(try ConsistencyProof(olderSize: size, leafHashes: leaves).hashes == hashes)
        }
    }

    @Test("a store of hashes is asked for complete subtrees only", arguments: [1, 7, 64, 100])
    func fromReader(newerSize: Int) throws {
        let leaves = leafHashes(newerSize)
        for size in 1...UInt64(newerSize) {
            let proof = try ConsistencyProof(
                olderSize: size, newerSize: UInt64(newerSize)
            ) { node in
                #expect(node.leaves.upperBound <= UInt64(newerSize))
                let range = Int(node.leaves.lowerBound)..<Int(node.leaves.upperBound)
                return recursiveRoot(leaves[range])
            }
            #expect(try proof == ConsistencyProof(olderSize: size, leafHashes: leaves))
        }
    }

    @Test(
        "sizes that cannot be proved are refused",
        arguments: [
            (
                UInt64(0), UInt64(4),
                "older tree has size '0', expected at least 1 "
                    + "(every tree begins with the empty one)"
            ),
            (5, 4, "older tree has size '5', expected at most the newer one's '4'"),
            (3, 4, "proof has 0 hashes, expected 3 for these sizes"),
            (4, 5, "proof has 0 hashes, expected 1 for these sizes"),
        ])
    func wrongSizes(olderSize: UInt64, newerSize: UInt64, message: String) {
        let proof = ConsistencyProof(olderSize: olderSize, newerSize: newerSize, hashes: [])
        let error = #expect(throws: TransparencyError.self) {
            try proof.verify(olderRoot: .emptyTree, newerRoot: .emptyTree)
        }
        #expect(error?.description == message)
    }

    @Test("no proof is made for sizes that cannot be proved")
    func notMade() {
        #expect(throws: TransparencyError.proof(.olderTreeEmpty)) {
            try ConsistencyProof(olderSize: 0, leafHashes: leafHashes(3))
        }
        #expect(throws: TransparencyError.proof(.olderTreeLarger(olderSize: 4, newerSize: 3))) {
            try ConsistencyProof(olderSize: 4, leafHashes: leafHashes(3))
        }
    }

    @Test("a refusal says which of the two roots differs")
    func messages() throws {
        let leaves = leafHashes(6)
        let older = recursiveRoot(leaves[..<3])
        let newer = recursiveRoot(leaves[...])
        let proof = try ConsistencyProof(olderSize: 3, leafHashes: leaves)
        let first = #expect(throws: TransparencyError.self) {
            try proof.verify(olderRoot: .emptyTree, newerRoot: newer)
        }
        #expect(
            first?.description
                == "proof leads to older root '\(older)', expected '\(TreeHash.emptyTree)'")
        let second = #expect(throws: TransparencyError.self) {
            try proof.verify(olderRoot: older, newerRoot: .emptyTree)
        }
        #expect(
            second?.description
                == "proof leads to root '\(newer)', expected '\(TreeHash.emptyTree)'")
    }

    private func refuses(_ proof: ConsistencyProof, older: TreeHash, newer: TreeHash) -> Bool {
        do {
            try proof.verify(olderRoot: older, newerRoot: newer)
            return false
        } catch {
            return true
        }
    }
}

extension ConsistencyProof {
    fileprivate func with(_ hashes: [TreeHash]) -> ConsistencyProof {
        ConsistencyProof(olderSize: olderSize, newerSize: newerSize, hashes: hashes)
    }
}
