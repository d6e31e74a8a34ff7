import EventLog
import TransparencyLog

/// Compares the tiles kept under `cache/` with those that the log gives, while it is being hashed.
final class TileComparison: Sendable {
    /// How many events the kept tiles cover.
    let size: UInt64
    private let cache: TreeCache
    private let root: TreeHash?
    private let found = Guarded<Found>(Found())

    private struct Found {
        var differing: [String] = []
        var isReached = false
    }

    /// nil where no tiles are kept.
    init?(_ cache: TreeCache) {
        self.cache = cache
        switch cache.open() {
        case .none: return nil
        case .damaged(let file):
            size = 0
            root = nil
            found.withLock { $0.differing = [file] }
        case .tree(let head, _):
            size = head.size
            root = head.root
        }
    }

    /// Takes a full tile of the log.
    func compare(_ tile: Tile, _ hashes: [TreeHash]) {
        let end = (tile.index + 1) << UInt64(Tile.height * (tile.level + 1))
        guard end <= size else { return }
        let kept = try? cache.tiles.hashes(of: tile)
        if kept != hashes { note("\(cache.tiles.path)/\(tile.path)") }
    }

    /// Takes the tree of the log at the size that the tiles cover.
    func compare(_ tree: TileBuilder) {
        guard tree.size == size else { return }
        found.withLock { $0.isReached = true }
        if tree.root != root { note(cache.headFile) }
    }

    private func note(_ file: String) { found.withLock { $0.differing.append(file) } }

    /// The files that differ, once the whole log was taken; the head where the log is shorter.
    var differing: [String] {
        found.withLock { found in
            let isShort = size > 0 && !found.isReached
            return found.differing + (isShort ? [cache.headFile] : [])
        }
    }
}
