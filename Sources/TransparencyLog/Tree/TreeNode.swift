/// The place of a complete subtree in a tree: what a proof asks a store of hashes for.
package struct TreeNode: Hashable, Sendable {
    /// The height over the leaves: 0 is a leaf, and a node of level n is over 2^n leaves.
    package let level: Int

    /// The place among the nodes of its level, from 0 at the oldest leaves.
    package let index: UInt64

    /// The node over the leaves `index << level` up to, not including, `(index + 1) << level`.
    package init(level: Int, index: UInt64) {
        self.level = level
        self.index = index
    }

    /// The leaves under the node, counted from 0.
    package var leaves: Range<UInt64> {
        index << UInt64(level)..<(index + 1) << UInt64(level)
    }
}

/// Answers the hash of each node that a proof is made of, from whatever keeps hashes.
///
/// An error of the store goes through to the caller of the proof.
package typealias TreeHashReader = (TreeNode) throws -> TreeHash

/// The root over a stretch of leaves, as RFC 6962, section 2.1, defines it for a list of its own.
///
/// The stretch starts where the RFC's splits put it, at a multiple of the largest power of two
/// that it holds. Asks the reader for at most one node of each level, and does as many node hashes.
func rootHash(over leaves: Range<UInt64>, reader: TreeHashReader) rethrows -> TreeHash {
    precondition(!leaves.isEmpty, "a stretch of a tree has a leaf")
    var peaks: [TreeHash] = []
    var start = leaves.lowerBound
    while start < leaves.upperBound {
        let level = 63 - (leaves.upperBound - start).leadingZeroBitCount
        peaks.append(try reader(TreeNode(level: level, index: start >> UInt64(level))))
        start += 1 << UInt64(level)
    }
    var root = peaks.removeLast()
    for peak in peaks.reversed() { root = TreeHash(left: peak, right: root) }
    return root
}

/// The largest power of two below the count of a stretch of two leaves or more: the leaves of its
/// left half (k in RFC 6962, section 2.1).
func leftHalfCount(of leaves: Range<UInt64>) -> UInt64 {
    1 << UInt64(63 - (leaves.upperBound - leaves.lowerBound - 1).leadingZeroBitCount)
}

/// Answers from the hashes of all leaves.
///
/// O(2^level) node hashes for each node asked for.
func reader(over leafHashes: [TreeHash]) -> (TreeNode) -> TreeHash {
    { node in
        var builder = TreeBuilder()
        let leaves = Int(node.leaves.lowerBound)..<Int(node.leaves.upperBound)
        for leafHash in leafHashes[leaves] { builder.append(leafHash) }
        return builder.root
    }
}
