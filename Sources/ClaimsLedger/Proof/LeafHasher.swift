package import EventLog
import Foundation
package import TransparencyLog

/// What becomes of the leaf hashes of a log, in their order: its tree, the roots at chosen sizes,
/// and a comparison with kept tiles.
package struct TreeRecorder: Sendable {
    /// The tree so far.
    package private(set) var tree = TileBuilder()
    /// The roots at the sizes asked for, as far as the log reaches.
    package private(set) var roots: [UInt64: TreeHash]
    /// The sizes still to come, the next one last.
    private var wanted: [UInt64]
    /// Takes each full tile and, at a size asked for, the tree.
    private let onFullTile: @Sendable (Tile, [TreeHash]) -> Void
    private let onSize: @Sendable (TileBuilder) -> Void

    /// A recorder of an empty tree.
    package init(
        sizes: some Sequence<UInt64> = [],
        onFullTile: @escaping @Sendable (Tile, [TreeHash]) -> Void = { _, _ in },
        onSize: @escaping @Sendable (TileBuilder) -> Void = { _ in }
    ) {
        let all = Set(sizes)
        roots = all.contains(0) ? [0: .emptyTree] : [:]
        wanted = all.filter { $0 > 0 }.sorted(by: >)
        self.onFullTile = onFullTile
        self.onSize = onSize
    }

    /// Asks for the root at a further size; one that the tree is beyond is not told any more.
    package mutating func want(_ size: UInt64) {
        if size == tree.size { roots[size] = tree.root }
        guard size > tree.size, !wanted.contains(size) else { return }
        wanted.append(size)
        wanted.sort(by: >)
    }

    /// Takes the next leaves.
    package mutating func take(_ hashes: [TreeHash]) {
        for hash in hashes {
            tree.append(hash, onFullTile: onFullTile)
            guard tree.size == wanted.last else { continue }
            wanted.removeLast()
            roots[tree.size] = tree.root
            onSize(tree)
        }
    }
}

/// Hashes the lines of a log on a thread of its own, beside the one that reads them.
///
/// When that thread falls behind, whoever hands over the next chunk hashes its lines itself, so
/// that both have the same to do and memory stays bounded.
package final class LeafHasher: Sendable {
    /// Chunks that wait to be hashed, at most: enough that neither thread waits for the other.
    private static let backlogLimit = 8

    private let queue = DispatchQueue(label: "leaf hashes")
    private let room = DispatchSemaphore(value: backlogLimit)
    private let recorder: Guarded<TreeRecorder>

    /// Begins with an empty log.
    package init(_ recorder: TreeRecorder) { self.recorder = Guarded(recorder) }

    /// Takes the next chunk of whole lines; `sizes` are asked for before its leaves are taken.
    ///
    /// Returns at once unless the other thread is behind.
    package func take(_ chunk: LogChunk, wanting sizes: [UInt64] = []) {
        guard room.wait(timeout: .now()) == .success else {
            let hashes = Self.leafHashes(of: chunk)
            queue.async { self.record(hashes, sizes) }
            return
        }
        queue.async {
            self.record(Self.leafHashes(of: chunk), sizes)
            self.room.signal()
        }
    }

    private func record(_ hashes: [TreeHash], _ sizes: [UInt64]) {
        recorder.withLock { recorder in
            for size in sizes { recorder.want(size) }
            recorder.take(hashes)
        }
    }

    /// What came of all chunks taken so far.
    package func finish() -> TreeRecorder {
        queue.sync { recorder.withLock { $0 } }
    }

    /// The hash of each line of a chunk, without its line feed.
    static func leafHashes(of chunk: LogChunk) -> [TreeHash] {
        var hashes: [TreeHash] = []
        hashes.reserveCapacity(chunk.lineCount)
        _ = chunk.forEachLine { (bytes, _) in
            hashes.append(TreeHash(leaf: bytes))
            return .next
        }
        return hashes
    }
}

extension Ledger {
    /// Hashes the whole log into a recorder, on two threads.
    ///
    /// One pass over the bytes.
    package func recordTree(_ recorder: TreeRecorder) throws(LedgerError) -> TreeRecorder {
        let hasher = LeafHasher(recorder)
        do {
            _ = try source.read(from: 1) { chunk in
                hasher.take(chunk)
                return .next
            }
        } catch {
            _ = hasher.finish()
            throw LedgerError(error)
        }
        return hasher.finish()
    }
}
