import ClaimsCodec
import EventLog
import Synchronization
package import TransparencyLog

/// The tree over a log with all its hashes at hand, for proofs about it.
package struct LedgerTree: Sendable {
    /// How many events it covers.
    package let size: UInt64
    /// The root over them.
    package let root: TreeHash
    /// Answers the hash of any complete subtree.
    package let reader: TileReader
    /// What had to be made anew, in words; empty when nothing was wrong.
    package let notices: [String]
}

extension Ledger {
    /// The tree over all events.
    ///
    /// A ledger folder keeps it as tiles under `cache/`: what was appended since is added in
    /// O(log n) each, a damaged or missing cache is made anew. Where nothing can be kept, one pass
    /// over the log and 32 bytes of memory an event.
    package func tree() throws(LedgerError) -> LedgerTree {
        guard let folder else { return try treeInMemory(notices: []) }
        let cache = TreeCache(ledger: folder)
        var notices: [String] = []
        switch cache.open() {
        case .tree(let head, let builder):
            if let tree = try extend(cache, head, builder) { return tree }
            notices.append(Self.rebuilt(cache.headFile, "does not fit the log"))
        case .damaged(let file): notices.append(Self.rebuilt(file, "is damaged"))
        case .none: break
        }
        return try rebuild(cache, notices: notices)
    }

    static func rebuilt(_ file: String, _ what: String) -> String {
        "\(file): warning: the derived file \(what); made anew from the log"
    }

    /// Adds what was appended since; nil when the tiles are not of this log.
    private func extend(
        _ cache: TreeCache, _ head: TreeCache.Head, _ builder: TileBuilder
    ) throws(LedgerError) -> LedgerTree? {
        guard let folder else { return nil }
        var tree = builder
        var fits: Bool?
        var last = head.lastLine
        var writeFails = false
        do {
            _ = try folder.read(at: head.lastLine) { chunk in
                var hashes = LeafHasher.leafHashes(of: chunk)
                if fits == nil {
                    let reader = cache.tiles.reader(treeSize: head.size)
                    let known = try reader.hash(of: TreeNode(level: 0, index: head.size - 1))
                    fits = hashes.removeFirst() == known
                    guard fits == true else { return .stop }
                }
                last = chunk.lastLine
                for hash in hashes {
                    tree.append(hash) { tile, content in
                        if (try? cache.tiles.write(content, as: tile)) == nil { writeFails = true }
                    }
                }
                return .next
            }
        } catch let fault as LogFault where fault.category == .inputOutput {
            throw LedgerError(fault)
        } catch {
            return nil
        }
        guard fits == true else { return nil }
        if tree.size > head.size {
            guard !writeFails, (try? cache.write(tree, lastLine: last)) != nil else {
                return try treeInMemory(notices: [])
            }
            cache.removePartialTiles(of: head.size, keeping: tree.size)
        }
        return LedgerTree(
            size: tree.size, root: tree.root, reader: cache.tiles.reader(treeSize: tree.size),
            notices: [])
    }

    /// Makes all tiles; where they cannot be written, the tree stays in memory.
    func rebuild(
        _ cache: TreeCache, notices: [String]
    ) throws(LedgerError) -> LedgerTree {
        cache.forget()
        let writes = Progress()
        let hasher = LeafHasher(
            TreeRecorder { tile, hashes in
                guard writes.isWell else { return }
                if (try? cache.tiles.write(hashes, as: tile)) == nil { writes.fail() }
            })
        var last: LogPosition?
        do {
            _ = try source.read(from: 1) { chunk in
                hasher.take(chunk)
                last = chunk.lastLine
                return .next
            }
        } catch {
            _ = hasher.finish()
            throw LedgerError(error)
        }
        let tree = hasher.finish().tree
        guard let last else { return try treeInMemory(notices: notices) }
        guard writes.isWell, (try? cache.write(tree, lastLine: last)) != nil else {
            return try treeInMemory(notices: notices)
        }
        return LedgerTree(
            size: tree.size, root: tree.root, reader: cache.tiles.reader(treeSize: tree.size),
            notices: notices)
    }

    private func treeInMemory(notices: [String]) throws(LedgerError) -> LedgerTree {
        let content = TileMemory()
        return content.tree(try recordTree(content.recorder()).tree, notices: notices)
    }
}

/// Whether writing derived files still works, told from one thread to another.
private final class Progress: Sendable {
    private let failed = Atomic<Bool>(false)

    var isWell: Bool { !failed.load(ordering: .relaxed) }

    func fail() { failed.store(true, ordering: .relaxed) }
}

/// The tiles of a tree that is in no folder.
final class TileMemory: Sendable {
    private let content = Guarded<[Tile: [TreeHash]]>([:])

    /// Takes the full tiles of a tree, and the roots at some sizes.
    func recorder(sizes: [UInt64] = []) -> TreeRecorder {
        TreeRecorder(sizes: sizes, onFullTile: { self.keep($1, as: $0) })
    }

    /// The tree whose full tiles were taken.
    func tree(_ tree: TileBuilder, notices: [String] = []) -> LedgerTree {
        for (tile, hashes) in tree.partialTiles { keep(hashes, as: tile) }
        return LedgerTree(
            size: tree.size, root: tree.root,
            reader: TileReader(treeSize: tree.size) { tile in
                self.content.withLock { $0[tile] } ?? []
            }, notices: notices)
    }

    private func keep(_ hashes: [TreeHash], as tile: Tile) {
        content.withLock { $0[tile] = hashes }
    }
}

extension LogChunk {
    /// Where its last line begins.
    var lastLine: LogPosition {
        let inside = bytes.count - 1
        let feed = LineFeeds.last(in: bytes.span, 0..<inside)
        return LogPosition(
            sequence: lastSequence, lineInFile: firstLineInFile + lineCount - 1,
            byteOffset: byteOffsetInFile + (feed.map { $0 + 1 } ?? 0))
    }
}
