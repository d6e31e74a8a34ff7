import Testing
import TransparencyLog

@Suite("Tiles")
struct TileTests {
    static let paths: [(Tile, String)] = [
        (Tile(level: 0, index: 0), "tile/0/000"), (Tile(level: 0, index: 999), "tile/0/999"),
        (Tile(level: 0, index: 1_000), "tile/0/x001/000"),
        (Tile(level: 2, index: 1_234_067), "tile/2/x001/x234/067"),
        (Tile(level: 7, index: 5, width: 1), "tile/7/005.p/1"),
        (Tile(level: 1, index: 256_000, width: 255), "tile/1/x256/000.p/255"),
    ]

    @Test("a tile stands where the specification puts it", arguments: paths)
    func path(tile: Tile, path: String) {
        #expect(tile.path == path)
    }

    @Test("entries stand beside the tiles of level 0")
    func entriesPath() {
        #expect(Tile(level: 0, index: 1_234_067).entriesPath == "tile/entries/x001/x234/067")
        #expect(Tile(level: 0, index: 3, width: 9).entriesPath == "tile/entries/003.p/9")
    }

    @Test("a tree of 70,000 leaves has the tiles of the specification's example")
    func example() {
        let tiles = Tile.all(treeSize: 70_000)
        #expect(tiles.count { $0.level == 0 && $0.isFull } == 273)
        #expect(tiles.filter { $0.level == 0 && !$0.isFull }.map(\.width) == [112])
        #expect(tiles.filter { $0.level == 1 }.map(\.width) == [256, 17])
        #expect(tiles.filter { $0.level == 2 }.map(\.width) == [1])
        #expect(Tile.all(treeSize: 256).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
        #expect(Tile.all(treeSize: 0).isEmpty)
    }

    /// The tiles of a tree as a builder makes them.
    private static func tiles(
        _ leaves: [TreeHash]
    ) throws -> (builder: TileBuilder, content: [Tile: [TreeHash]]) {
        var content: [Tile: [TreeHash]] = [:]
        var builder = TileBuilder()
        for leaf in leaves { builder.append(leaf) { content[$0] = $1 } }
        for (tile, hashes) in builder.partialTiles { content[tile] = hashes }
        return (builder, content)
    }

    @Test("a builder has the root of the tree at every size, also beyond several tiles")
    func roots() {
        let leaves = leafHashes(1_100)
        var builder = TileBuilder()
        var tree = TreeBuilder()
        #expect(builder.root == .emptyTree)
        for leaf in leaves {
            builder.append(leaf) { _, _ in }
            tree.append(leaf)
            #expect(builder.root == tree.root && builder.size == tree.size)
        }
    }

    static let sizes = [0, 1, 2, 255, 256, 257, 511, 512, 700, 65_536, 66_000]

    @Test("the tiles answer for the tree, and a builder goes on from them", arguments: sizes)
    func answers(size: Int) throws {
        let leaves = leafHashes(size)
        let (builder, content) = try Self.tiles(leaves)
        #expect(Set(content.keys) == Set(Tile.all(treeSize: UInt64(size))))
        #expect(content.allSatisfy { $0.key.width == $0.value.count })
        let reader = TileReader(treeSize: UInt64(size)) { try #require(content[$0]) }
        #expect(try reader.root(size: UInt64(size)) == builder.root)
        let resumed = try TileBuilder(size: UInt64(size)) { try #require(content[$0]) }
        var (one, other) = (resumed, builder)
        #expect(one.root == builder.root)
        for leaf in leafHashes(300) {
            one.append(leaf) { _, _ in }
            other.append(leaf) { _, _ in }
        }
        #expect(one.root == other.root && one.size == other.size)
        for index in stride(from: 0, to: size, by: max(1, size / 7)) {
            let proof = try InclusionProof(
                leafIndex: UInt64(index), treeSize: UInt64(size), reader: reader.hash)
            try proof.verify(leafHash: leaves[index], root: builder.root)
            if index > 0 {
                let consistency = try ConsistencyProof(
                    olderSize: UInt64(index), newerSize: UInt64(size), reader: reader.hash)
                try consistency.verify(
                    olderRoot: try reader.root(size: UInt64(index)), newerRoot: builder.root)
            }
        }
    }

    @Test("the bytes of a tile are its hashes, and other lengths are none")
    func bytes() throws {
        let hashes = leafHashes(5)
        let bytes = Tile.bytes(of: hashes)
        #expect(bytes == hashes.flatMap(\.bytes))
        #expect(Tile(level: 0, index: 0, width: 5).hashes(in: bytes) == hashes)
        #expect(Tile(level: 0, index: 0, width: 4).hashes(in: bytes) == nil)
        #expect(Tile(level: 0, index: 0, width: 5).hashes(in: Array(bytes.dropLast())) == nil)
    }
}
