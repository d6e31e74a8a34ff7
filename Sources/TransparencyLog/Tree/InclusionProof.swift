/// Proof that a leaf is in a tree: the hashes that lead from the leaf to the root (the Merkle audit
/// path of RFC 6962, section 2.1.1).
package struct InclusionProof: Hashable, Sendable {
    /// The place of the leaf, from 0; a ledger's event of sequence n is leaf n − 1.
    package let leafIndex: UInt64

    /// The number of leaves of the tree that the proof leads to.
    package let treeSize: UInt64

    /// The hashes, from the leaf's sibling up to the child of the root.
    package let hashes: [TreeHash]

    /// Takes over a proof made elsewhere; `root(of:)` and `verify` check it.
    package init(leafIndex: UInt64, treeSize: UInt64, hashes: [TreeHash]) {
        self.leafIndex = leafIndex
        self.treeSize = treeSize
        self.hashes = hashes
    }

    /// Makes the proof for a leaf of a tree whose hashes a reader gives (RFC 6962, section 2.1.1).
    ///
    /// Asks for O(log² n) nodes at most. Throws what the reader throws, before that
    /// `TransparencyError.proof(.leafOutsideTree)` unless `leafIndex` is below `treeSize`.
    package init(leafIndex: UInt64, treeSize: UInt64, reader: TreeHashReader) throws {
        try Self.check(leafIndex: leafIndex, treeSize: treeSize)
        let hashes = try Self.path(leafIndex, treeSize).map { leaves in
            try rootHash(over: leaves, reader: reader)
        }
        self.init(leafIndex: leafIndex, treeSize: treeSize, hashes: hashes)
    }

    /// Makes the proof for a leaf of the tree over all these leaves.
    ///
    /// O(n) node hashes.
    ///
    /// - Throws: `TransparencyError.proof(.leafOutsideTree)` unless there is such a leaf.
    package init(leafIndex: UInt64, leafHashes: [TreeHash]) throws(TransparencyError) {
        let treeSize = UInt64(leafHashes.count)
        try Self.check(leafIndex: leafIndex, treeSize: treeSize)
        let nodeHash = reader(over: leafHashes)
        let hashes = Self.path(leafIndex, treeSize).map { leaves in
            rootHash(over: leaves, reader: nodeHash)
        }
        self.init(leafIndex: leafIndex, treeSize: treeSize, hashes: hashes)
    }

    private static func check(leafIndex: UInt64, treeSize: UInt64) throws(TransparencyError) {
        guard leafIndex < treeSize else {
            throw .proof(.leafOutsideTree(leafIndex: leafIndex, treeSize: treeSize))
        }
    }

    /// The stretches of leaves whose roots make the proof, from the leaf's sibling upwards.
    private static func path(_ leafIndex: UInt64, _ treeSize: UInt64) -> [Range<UInt64>] {
        var siblings: [Range<UInt64>] = []
        var leaves = 0..<treeSize
        while leaves.upperBound - leaves.lowerBound > 1 {
            let middle = leaves.lowerBound + leftHalfCount(of: leaves)
            let left = leaves.lowerBound..<middle
            let right = middle..<leaves.upperBound
            siblings.append(leafIndex < middle ? right : left)
            leaves = leafIndex < middle ? left : right
        }
        return siblings.reversed()
    }

    /// The number of hashes in a proof for this leaf in a tree of this size.
    private static func hashCount(_ leafIndex: UInt64, _ treeSize: UInt64) -> Int {
        path(leafIndex, treeSize).count
    }
}

extension InclusionProof {
    /// The root that the proof leads to from a leaf (RFC 9162, section 2.1.3.2).
    ///
    /// O(log n).
    ///
    /// - Throws: `TransparencyError.proof`, the first that applies: `.leafOutsideTree`, `.length`.
    package func root(of leafHash: TreeHash) throws(TransparencyError) -> TreeHash {
        try Self.check(leafIndex: leafIndex, treeSize: treeSize)
        let expected = Self.hashCount(leafIndex, treeSize)
        guard hashes.count == expected else {
            throw .proof(.length(found: hashes.count, expected: expected))
        }
        var index = leafIndex
        var lastIndex = treeSize - 1
        var root = leafHash
        for hash in hashes {
            if index & 1 == 1 || index == lastIndex {
                root = TreeHash(left: hash, right: root)
                // A node without a right sibling stands for itself on the levels above.
                let levels = index.trailingZeroBitCount
                index >>= UInt64(levels)
                lastIndex >>= UInt64(levels)
            } else {
                root = TreeHash(left: root, right: hash)
            }
            index >>= 1
            lastIndex >>= 1
        }
        return root
    }

    /// Checks that the leaf is in the tree with this root.
    ///
    /// O(log n).
    ///
    /// - Throws: `TransparencyError.proof`, the first that applies: `.leafOutsideTree`, `.length`,
    ///   `.rootMismatch`.
    package func verify(
        leafHash: TreeHash, root expected: TreeHash
    ) throws(TransparencyError) {
        let found = try root(of: leafHash)
        guard found == expected else {
            throw .proof(.rootMismatch(found: found, expected: expected))
        }
    }
}
