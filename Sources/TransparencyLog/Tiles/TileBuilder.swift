/// The growing edge of a tree with its tiles: hands each tile over once it is full, tells the root
/// at any time.
///
/// It does the same node hashes as `TreeBuilder`, a tile at a time. It holds fewer than 256 hashes
/// for each level of tiles.
package struct TileBuilder: Sendable {
    /// Takes a full tile.
    package typealias Receiver = (Tile, [TreeHash]) throws -> Void

    /// The number of leaves so far.
    package private(set) var size: UInt64 = 0

    /// The hashes behind the last full tile, for each level that has any below it.
    private var edges: [[TreeHash]] = [[]]

    /// A tree without leaves.
    package init() {}

    /// Resumes a tree from its partial tiles; `hashes` gets the content of each.
    package init<Failure: Error>(
        size: UInt64, hashes: (Tile) throws(Failure) -> [TreeHash]
    ) throws(Failure) {
        self.size = size
        var level = 0
        edges = []
        repeat {
            let count = Tile.hashCount(level: level, treeSize: size)
            let isEdge = count % UInt64(Tile.fullWidth) != 0
            edges.append(
                isEdge
                    ? try hashes(Tile(level: level, holding: count - 1, treeSize: size)) : [])
            level += 1
        } while level < 8 && Tile.hashCount(level: level, treeSize: size) > 0
    }

    /// Appends one leaf by its hash.
    ///
    /// One node hash on average, at most 255 a level of tiles. Throws what `onFullTile` throws.
    package mutating func append(_ leafHash: TreeHash, onFullTile: Receiver) rethrows {
        size += 1
        edges[0].append(leafHash)
        if edges[0].count == Tile.fullWidth { try carry(onFullTile) }
    }

    private mutating func carry(_ onFullTile: Receiver) rethrows {
        var level = 0
        while edges[level].count == Tile.fullWidth {
            let count = Tile.hashCount(level: level, treeSize: size)
            let hashes = edges[level]
            edges[level].removeAll(keepingCapacity: true)
            if edges.count == level + 1 { edges.append([]) }
            edges[level + 1].append(TileReader.root(over: hashes[...]))
            try onFullTile(Tile(level: level, index: count / UInt64(Tile.fullWidth) - 1), hashes)
            level += 1
        }
    }

    /// The tiles that are not full, with their hashes, from the leaves up.
    package var partialTiles: [(tile: Tile, hashes: [TreeHash])] {
        Tile.partial(treeSize: size).map { ($0, edges[$0.level]) }
    }

    /// The root over all leaves so far; `TreeHash.emptyTree` without any.
    ///
    /// At most 255 node hashes a level of tiles.
    package var root: TreeHash {
        var root: TreeHash?
        for edge in edges {
            var end = edge.count
            while end > 0 {
                // The last complete subtree: the lowest 1 in the binary form of what is left.
                let start = end & (end - 1)
                let peak = TileReader.root(over: edge[start..<end])
                root = root.map { TreeHash(left: peak, right: $0) } ?? peak
                end = start
            }
        }
        return root ?? .emptyTree
    }
}
