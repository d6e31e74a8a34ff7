/// Proof that an older tree is the beginning of a newer one: nothing in it was changed, moved or
/// removed since (RFC 6962, section 2.1.2).
package struct ConsistencyProof: Hashable, Sendable {
    /// The number of leaves of the older tree, at least 1.
    package let olderSize: UInt64

    /// The number of leaves of the newer tree, at least `olderSize`.
    package let newerSize: UInt64

    /// The hashes in the order of RFC 6962, section 2.1.2; none if both sizes are the same.
    package let hashes: [TreeHash]

    /// Takes over a proof made elsewhere; `verify` checks it.
    package init(olderSize: UInt64, newerSize: UInt64, hashes: [TreeHash]) {
        self.olderSize = olderSize
        self.newerSize = newerSize
        self.hashes = hashes
    }

    /// Makes the proof between two sizes of a tree whose hashes a reader answers.
    ///
    /// Asks for O(log² n) nodes at most. Throws what the reader throws, before that
    /// `TransparencyError.proof`: `.olderTreeEmpty`, `.olderTreeLarger`.
    package init(olderSize: UInt64, newerSize: UInt64, reader: TreeHashReader) throws {
        try Self.check(olderSize: olderSize, newerSize: newerSize)
        let hashes = try Self.path(olderSize, newerSize).map { leaves in
            try rootHash(over: leaves, reader: reader)
        }
        self.init(olderSize: olderSize, newerSize: newerSize, hashes: hashes)
    }

    /// Makes the proof from the first `olderSize` of these leaves to all of them.
    ///
    /// O(n) node hashes.
    ///
    /// - Throws: `TransparencyError.proof`: `.olderTreeEmpty`, `.olderTreeLarger`.
    package init(olderSize: UInt64, leafHashes: [TreeHash]) throws(TransparencyError) {
        let newerSize = UInt64(leafHashes.count)
        try Self.check(olderSize: olderSize, newerSize: newerSize)
        let nodeHash = reader(over: leafHashes)
        let hashes = Self.path(olderSize, newerSize).map { leaves in
            rootHash(over: leaves, reader: nodeHash)
        }
        self.init(olderSize: olderSize, newerSize: newerSize, hashes: hashes)
    }

    private static func check(olderSize: UInt64, newerSize: UInt64) throws(TransparencyError) {
        // Every tree begins with the empty one, so a proof from it would show nothing.
        guard olderSize > 0 else { throw .proof(.olderTreeEmpty) }
        guard olderSize <= newerSize else {
            throw .proof(.olderTreeLarger(olderSize: olderSize, newerSize: newerSize))
        }
    }

    /// The stretches of leaves whose roots make the proof (SUBPROOF of RFC 6962, section 2.1.2).
    private static func path(_ olderSize: UInt64, _ newerSize: UInt64) -> [Range<UInt64>] {
        var stretches: [Range<UInt64>] = []
        var leaves = 0..<newerSize
        while leaves.upperBound != olderSize {
            let middle = leaves.lowerBound + leftHalfCount(of: leaves)
            let left = leaves.lowerBound..<middle
            let right = middle..<leaves.upperBound
            stretches.append(olderSize <= middle ? right : left)
            leaves = olderSize <= middle ? left : right
        }
        // The verifier has the older root; the stretch is left out where it is that root.
        if leaves.lowerBound > 0 { stretches.append(leaves) }
        return stretches.reversed()
    }
}

extension ConsistencyProof {
    /// Checks that the tree with the older root is the beginning of the one with the newer root
    /// (RFC 9162, section 2.1.4.2).
    ///
    /// O(log n).
    ///
    /// - Throws: `TransparencyError.proof`, the first that applies: `.olderTreeEmpty`,
    ///   `.olderTreeLarger`, `.length`, `.olderRootMismatch`, `.rootMismatch`.
    package func verify(
        olderRoot: TreeHash, newerRoot: TreeHash
    ) throws(TransparencyError) {
        try Self.check(olderSize: olderSize, newerSize: newerSize)
        let expected = Self.path(olderSize, newerSize).count
        guard hashes.count == expected else {
            throw .proof(.length(found: hashes.count, expected: expected))
        }
        let found = roots(olderRoot: olderRoot)
        guard found.older == olderRoot else {
            throw .proof(.olderRootMismatch(found: found.older, expected: olderRoot))
        }
        guard found.newer == newerRoot else {
            throw .proof(.rootMismatch(found: found.newer, expected: newerRoot))
        }
    }

    /// Both roots as the hashes give them; sizes and the number of hashes are in order.
    private func roots(olderRoot: TreeHash) -> (older: TreeHash, newer: TreeHash) {
        // Up from the last leaf of the older tree to the subtree that both trees have whole.
        let levels = UInt64(olderSize.trailingZeroBitCount)
        var index = (olderSize - 1) >> levels
        var lastIndex = (newerSize - 1) >> levels
        var path = hashes[...]
        // An older tree of 2^n leaves is that subtree itself, and its root is not sent.
        let start = olderSize.nonzeroBitCount == 1 ? olderRoot : path.popFirst() ?? olderRoot
        var (older, newer) = (start, start)
        for hash in path {
            if index & 1 == 1 || index == lastIndex {
                older = TreeHash(left: hash, right: older)
                newer = TreeHash(left: hash, right: newer)
                let levels = UInt64(index.trailingZeroBitCount)
                index >>= levels
                lastIndex >>= levels
            } else {
                newer = TreeHash(left: newer, right: hash)
            }
            index >>= 1
            lastIndex >>= 1
        }
        return (older, newer)
    }
}
