/// The hashes of a tree, answered from its tiles.
package struct TileReader: Sendable {
    /// The number of leaves of the tree.
    package let treeSize: UInt64

    private let hashes: @Sendable (Tile) throws -> [TreeHash]

    /// A reader of a tree of a size; `hashes` gets the content of a tile, as many as its width.
    package init(treeSize: UInt64, hashes: @escaping @Sendable (Tile) throws -> [TreeHash]) {
        self.treeSize = treeSize
        self.hashes = hashes
    }

    /// The hash of a complete subtree.
    ///
    /// Reads one tile, and hashes at most 127 nodes. Throws what reading a tile throws.
    package func hash(of node: TreeNode) throws -> TreeHash {
        let level = node.level / Tile.height
        let first = node.index << UInt64(node.level % Tile.height)
        let tile = Tile(level: level, holding: first, treeSize: treeSize)
        let start = Int(first % UInt64(Tile.fullWidth))
        let count = 1 << (node.level % Tile.height)
        return Self.root(over: try hashes(tile)[start..<(start + count)])
    }

    /// The hashes of the leaves that share a tile with a leaf, which must be in the tree.
    package func leaves(besideLeaf index: UInt64) throws -> [TreeHash] {
        try hashes(Tile(level: 0, holding: index, treeSize: treeSize))
    }

    /// The root of the tree over its first `size` leaves; at most 8 tiles are read.
    package func root(size: UInt64) throws -> TreeHash {
        guard size > 0 else { return .emptyTree }
        return try rootHash(over: 0..<size) { try hash(of: $0) }
    }

    /// The root over as many complete subtrees of one size as a power of two.
    static func root(over hashes: ArraySlice<TreeHash>) -> TreeHash {
        var level = Array(hashes)
        while level.count > 1 {
            for place in 0..<(level.count / 2) {
                level[place] = TreeHash(left: level[2 * place], right: level[2 * place + 1])
            }
            level.removeLast(level.count / 2)
        }
        return level[0]
    }
}
