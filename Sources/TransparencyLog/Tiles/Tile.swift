/// A stretch of 256 hashes of one level of a tree, or its beginning while the tree is growing
/// (C2SP tlog-tiles).
package struct Tile: Hashable, Sendable {
    /// The levels of the tree that one tile spans.
    package static let height = 8

    /// The hashes of a full tile.
    package static let fullWidth = 1 << height

    /// The level among tiles: 0 holds leaf hashes, 1 the roots of full tiles of level 0, and so on.
    package let level: Int

    /// The place within the level, from 0.
    package let index: UInt64

    /// How many hashes it has: 256, or fewer at the right edge of a tree.
    package let width: Int

    /// Names a tile; the width is 1 to 256.
    package init(level: Int, index: UInt64, width: Int = fullWidth) {
        precondition((0...7).contains(level), "a tree of 64 levels has 8 levels of tiles")
        precondition((1...Self.fullWidth).contains(width), "a tile has 1 to 256 hashes")
        self.level = level
        self.index = index
        self.width = width
    }

    /// Whether it has all its hashes.
    package var isFull: Bool { width == Self.fullWidth }

    /// Where it stands under the log's prefix, such as `tile/0/x001/234.p/17`.
    package var path: String { "tile/\(level)/\(place)" }

    /// Where the entries under a tile of level 0 stand, such as `tile/entries/x001/234.p/17`.
    package var entriesPath: String {
        precondition(level == 0, "entries are under tiles of level 0")
        return "tile/entries/\(place)"
    }

    private var place: String {
        var rest = index
        var text = Self.threeDigits(rest % 1_000)
        while rest >= 1_000 {
            rest /= 1_000
            text = "x\(Self.threeDigits(rest % 1_000))/\(text)"
        }
        return isFull ? text : "\(text).p/\(width)"
    }

    private static func threeDigits(_ number: UInt64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}

extension Tile {
    /// How many hashes a tree of a size has at a level of tiles.
    package static func hashCount(level: Int, treeSize: UInt64) -> UInt64 {
        treeSize >> UInt64(height * level)
    }

    /// The tile of a tree of a size that holds a hash of a level; the hash must be in that tree.
    package init(level: Int, holding hashIndex: UInt64, treeSize: UInt64) {
        let index = hashIndex / UInt64(Self.fullWidth)
        let rest = Self.hashCount(level: level, treeSize: treeSize) - index * UInt64(Self.fullWidth)
        self.init(level: level, index: index, width: Int(min(rest, UInt64(Self.fullWidth))))
    }

    /// All tiles of a tree, from the leaves up and from the left.
    package static func all(treeSize: UInt64) -> [Tile] {
        var tiles: [Tile] = []
        for level in 0..<8 {
            let count = hashCount(level: level, treeSize: treeSize)
            for first in stride(from: 0, to: count, by: fullWidth) {
                tiles.append(Tile(level: level, holding: first, treeSize: treeSize))
            }
        }
        return tiles
    }

    /// The partial tiles of a tree, from the leaves up: at most one a level.
    package static func partial(treeSize: UInt64) -> [Tile] {
        (0..<8).compactMap { level in
            let count = hashCount(level: level, treeSize: treeSize)
            guard count % UInt64(fullWidth) != 0 else { return nil }
            return Tile(level: level, holding: count - 1, treeSize: treeSize)
        }
    }
}

extension Tile {
    /// The bytes of a tile's file: its hashes one after the other.
    package static func bytes(of hashes: some Sequence<TreeHash>) -> [UInt8] {
        var bytes: [UInt8] = []
        for hash in hashes { hash.append(to: &bytes) }
        return bytes
    }

    /// The hashes in a tile's file; nil unless there are as many bytes as the width asks for.
    package func hashes(in bytes: [UInt8]) -> [TreeHash]? {
        guard bytes.count == width * TreeHash.byteCount else { return nil }
        return (0..<width).map { TreeHash(at: $0 * TreeHash.byteCount, in: bytes) }
    }
}
