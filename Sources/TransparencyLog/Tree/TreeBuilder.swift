/// The growing edge of a log's Merkle tree (RFC 6962, section 2.1): what is needed to append leaves
/// and to tell the root at any time, without the leaves themselves.
///
/// It holds the roots of the complete subtrees that the leaves fall into, at most 64 hashes. A
/// value is a snapshot: copy it to keep the tree of a size.
package struct TreeBuilder: Hashable, Sendable {
    /// The number of leaves so far.
    package private(set) var size: UInt64

    /// The roots of the complete subtrees, from the largest (oldest leaves) to the smallest: one
    /// for each 1 in the binary form of `size`.
    package private(set) var peaks: [TreeHash]

    /// A tree without leaves.
    package init() {
        size = 0
        peaks = []
    }

    /// Resumes a tree whose `size` and `peaks` were kept.
    ///
    /// The hashes are taken as they are; whoever kept them answers for them.
    ///
    /// - Throws: `TransparencyError.tree(.peakCount)` if a tree of this size has other than
    ///   `peaks.count` complete subtrees.
    package init(size: UInt64, peaks: [TreeHash]) throws(TransparencyError) {
        guard peaks.count == size.nonzeroBitCount else {
            throw .tree(
                .peakCount(found: peaks.count, expected: size.nonzeroBitCount, size: size))
        }
        self.size = size
        self.peaks = peaks
    }

    /// Appends one leaf by its hash.
    ///
    /// O(log n) node hashes at worst, one on average.
    package mutating func append(_ leafHash: TreeHash) {
        append(completeSubtree: leafHash, level: 0)
    }

    /// Appends 2^`level` leaves at once, by the root of the complete subtree over them.
    ///
    /// Several threads can so hash stretches of a log apart from each other. `size` must be a
    /// multiple of 2^`level`. O(log n) node hashes at worst.
    package mutating func append(completeSubtree root: TreeHash, level: Int) {
        precondition((0..<64).contains(level), "a subtree has a level from 0 to 63")
        precondition(
            size & (1 << UInt64(level) - 1) == 0, "a subtree starts at a multiple of its leaves")
        var merged = root
        var carry = size >> UInt64(level)
        while carry & 1 == 1, let left = peaks.popLast() {
            merged = TreeHash(left: left, right: merged)
            carry >>= 1
        }
        peaks.append(merged)
        size += 1 << UInt64(level)
    }

    /// The root over all leaves so far; `TreeHash.emptyTree` without any.
    ///
    /// O(log n) node hashes.
    package var root: TreeHash {
        guard var hash = peaks.last else { return .emptyTree }
        for peak in peaks.dropLast().reversed() { hash = TreeHash(left: peak, right: hash) }
        return hash
    }
}
