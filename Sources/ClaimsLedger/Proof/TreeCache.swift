import ClaimsIndex
import EventLog
import TransparencyLog

/// The tiles of a ledger's tree under `cache/`, and how far they go.
///
/// Derived from the log and deletable at any time. What is read from it is checked as far as that
/// is cheap when it is opened, and wholly by `verify`.
struct TreeCache: Sendable {
    /// Where the tiles are.
    let tiles: TileFolder
    private static let headName = "tree"
    private static let header = "claims tree 1"

    init(ledger folder: FolderStore) {
        tiles = TileFolder(
            path: CacheFolder.path(inLedger: folder.folder), fileSystem: folder.fileSystem)
    }

    /// How far the tiles go.
    struct Head: Equatable, Sendable {
        /// How many events.
        let size: UInt64
        /// The root over them.
        let root: TreeHash
        /// Where the last of them stands.
        let lastLine: LogPosition

        var text: String {
            """
            \(TreeCache.header)
            \(size)
            \(root.base64)
            \(lastLine.lineInFile) \(lastLine.byteOffset)

            """
        }

        init(size: UInt64, root: TreeHash, lastLine: LogPosition) {
            self.size = size
            self.root = root
            self.lastLine = lastLine
        }

        /// Reads the text; nil for any other.
        init?(_ bytes: [UInt8]) {
            let lines = String(decoding: bytes, as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false)
            guard lines.count == 5, lines[0] == TreeCache.header, let size = UInt64(lines[1]),
                size > 0, size <= UInt64(Int64.max),
                let root = try? TreeHash(base64: String(lines[2]))
            else { return nil }
            let place = lines[3].split(separator: " ").compactMap { Int($0) }
            guard place.count == 2, place[0] >= 1, place[1] >= 0, place[0] <= Int(size) else {
                return nil
            }
            self.init(
                size: size, root: root,
                lastLine: LogPosition(
                    sequence: Int64(size), lineInFile: place[0], byteOffset: place[1]))
            // A number that prints otherwise than it was written is another text.
            guard Array(text.utf8) == bytes else { return nil }
        }
    }

    /// What there is of the cache.
    enum Found {
        /// Nothing.
        case none
        /// Something that is not to be used.
        case damaged(file: String)
        /// A tree whose right edge has the root it should.
        case tree(Head, TileBuilder)
    }

    /// The file that says how far the tiles go.
    var headFile: String { "\(tiles.path)/\(Self.headName)" }

    /// Reads the head and the tiles at the tree's right edge, and checks them against each other.
    ///
    /// O(log n).
    func open() -> Found {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(headFile, as: .readingInside, on: tiles.fileSystem)
        } catch {
            return error.reason == .notFound ? .none : .damaged(file: headFile)
        }
        guard let head = Head(bytes) else { return .damaged(file: headFile) }
        do throws(TileFolder.Damage) {
            let builder = try TileBuilder(size: head.size) { (tile) throws(TileFolder.Damage) in
                try tiles.hashes(of: tile)
            }
            guard builder.root == head.root else { return .damaged(file: headFile) }
            return .tree(head, builder)
        } catch {
            return .damaged(file: error.file)
        }
    }

    /// Records how far the tiles go now; the full ones are written already.
    ///
    /// The head is written last: one that was not leaves a smaller tree, whose tiles are there.
    func write(_ tree: TileBuilder, lastLine: LogPosition) throws(SystemError) {
        for (tile, hashes) in tree.partialTiles { try tiles.write(hashes, as: tile) }
        let head = Head(size: tree.size, root: tree.root, lastLine: lastLine)
        try tiles.write(Array(head.text.utf8), to: Self.headName)
    }

    /// Removes the partial tiles of an older tree that a newer one does not have.
    func removePartialTiles(of older: UInt64, keeping newer: UInt64) {
        let kept = Set(Tile.partial(treeSize: newer))
        for tile in Tile.partial(treeSize: older) where !kept.contains(tile) { tiles.remove(tile) }
    }

    /// Forgets how far the tiles go, so that they are made anew.
    func forget() { try? tiles.fileSystem.remove(headFile) }
}
