import Testing
import TransparencyLog

@Suite("Inclusion proofs")
struct InclusionProofTests {
    @Test("every leaf of every tree is proved, and a turned bit is refused", arguments: 0...64)
    func everyLeaf(treeSize: Int) throws {
        let leaves = leafHashes(treeSize)
        let root = recursiveRoot(leaves[...])
        for (index, leaf) in leaves.enumerated() {
            let proof = try InclusionProof(leafIndex: UInt64(index), leafHashes: leaves)
            #expect(try proof.root(of: leaf) == root)
            try proof.verify(leafHash: leaf, root: root)
            let flippedLeaf = try flipped(leaf, bit: index)
            let flippedRoot = try flipped(root, bit: index * 5)
            #expect(refuses(proof, leaf: flippedLeaf, root: root))
            #expect(refuses(proof, leaf: leaf, root: flippedRoot))
            for hashes in try eachFlipped(proof.hashes) {
                #expect(refuses(proof.with(hashes), leaf: leaf, root: root))
            }
            #expect(refuses(proof.with(proof.hashes + [leaf]), leaf: leaf, root: root))
            #expect(refuses(proof.with([leaf] + proof.hashes), leaf: leaf, root: root))
            if !proof.hashes.isEmpty {
                #expect(refuses(proof.with(proof.hashes.dropLast()), leaf: leaf, root: root))
            }
        }
    }

    @Test("the example of RFC 6962, section 2.1.3: paths in a tree of seven leaves")
    func publishedPaths() throws {
        let leaves = PublishedTrees.leaves.prefix(7).map { TreeHash(leaf: $0) }
        func node(_ range: Range<Int>) -> TreeHash { recursiveRoot(leaves[range]) }
        let paths: [UInt64: [TreeHash]] = [
            0: [leaves[1], node(2..<4), node(4..<7)],
            3: [leaves[2], node(0..<2), node(4..<7)],
            4: [leaves[5], leaves[6], node(0..<4)],
            6: [node(4..<6), node(0..<4)],
        ]
        for (index, path) in paths {
            #expect(try InclusionProof(leafIndex: index, leafHashes: leaves).hashes == path)
        }
    }

    @Test("a store of hashes is asked for complete subtrees only", arguments: [1, 7, 64, 100])
    func fromReader(treeSize: Int) throws {
        let leaves = leafHashes(treeSize)
        for index in leaves.indices {
            let proof = try InclusionProof(
                leafIndex: UInt64(index), treeSize: UInt64(treeSize)
            ) { node in
                #expect(node.leaves.upperBound <= UInt64(treeSize))
                let range = Int(node.leaves.lowerBound)..<Int(node.leaves.upperBound)
                return recursiveRoot(leaves[range])
            }
            #expect(try proof == InclusionProof(leafIndex: UInt64(index), leafHashes: leaves))
        }
    }

    @Test("an error of the store of hashes goes through")
    func readerFails() {
        struct Unreadable: Error {}
        #expect(throws: Unreadable.self) {
            try InclusionProof(leafIndex: 3, treeSize: 9) { _ in throw Unreadable() }
        }
    }

    @Test(
        "a leaf outside the tree has no proof",
        arguments: [(0, 0), (1, 1), (9, 8), (UInt64.max, 8)])
    func outside(leafIndex: UInt64, treeSize: Int) {
        let message =
            "leaf '\(leafIndex)' is outside a tree of size '\(treeSize)' (leaves count from 0)"
        let leaves = leafHashes(treeSize)
        let made = #expect(throws: TransparencyError.self) {
            try InclusionProof(leafIndex: leafIndex, leafHashes: leaves)
        }
        #expect(made?.description == message)
        let received = InclusionProof(
            leafIndex: leafIndex, treeSize: UInt64(treeSize), hashes: [])
        let checked = #expect(throws: TransparencyError.self) {
            try received.verify(leafHash: .emptyTree, root: .emptyTree)
        }
        #expect(checked?.description == message)
    }

    @Test("a refusal says how many hashes or which root was expected")
    func messages() throws {
        let leaves = leafHashes(5)
        let proof = try InclusionProof(leafIndex: 4, leafHashes: leaves)
        let short = #expect(throws: TransparencyError.self) {
            try proof.with([]).verify(leafHash: leaves[4], root: .emptyTree)
        }
        #expect(short?.description == "proof has 0 hashes, expected 1 for these sizes")
        let other = #expect(throws: TransparencyError.self) {
            try proof.verify(leafHash: leaves[4], root: .emptyTree)
        }
        let root = recursiveRoot(leaves[...])
        #expect(
            other?.description
                == "proof leads to root '\(root)', expected '\(TreeHash.emptyTree)'")
    }

    @Test("the largest tree that a size can say is verified without overflow")
    func largest() throws {
        let index = UInt64.max - 1
        let hashes = leafHashes(64)
        let proof = InclusionProof(leafIndex: index, treeSize: .max, hashes: hashes)
        #expect(throws: TransparencyError.proof(.length(found: 64, expected: 63))) {
            try proof.verify(leafHash: .emptyTree, root: .emptyTree)
        }
        let fitting = proof.with(Array(hashes.prefix(63)))
        #expect(try fitting.root(of: .emptyTree) != .emptyTree)
    }

    private func refuses(_ proof: InclusionProof, leaf: TreeHash, root: TreeHash) -> Bool {
        do {
            try proof.verify(leafHash: leaf, root: root)
            return false
        } catch {
            return true
        }
    }
}

extension InclusionProof {
    fileprivate func with(_ hashes: [TreeHash]) -> InclusionProof {
        InclusionProof(leafIndex: leafIndex, treeSize: treeSize, hashes: hashes)
    }
}
