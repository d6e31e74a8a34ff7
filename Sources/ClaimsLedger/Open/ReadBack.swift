import EventLog
import Foundation
import TransparencyLog

/// The tree of what a log holds, read on a thread of its own while more is appended to the log.
///
/// A copy is checked by what is read from it, not by what was sent to it.
final class ReadBack: Sendable {
    private let source: any EventSource
    private let queue = DispatchQueue(label: "claims.read-back")
    private let tree: Guarded<TreeBuilder>

    /// Goes on behind the lines that `tree` has.
    init(_ source: any EventSource, behind tree: TreeBuilder) {
        self.source = source
        self.tree = Guarded(tree)
    }

    /// Begins to read what is there by now, as far as it can be read.
    ///
    /// Where the server is away for a while, the writer waits for it; the rest is read later.
    func catchUp() { queue.async { try? self.read() } }

    /// Reads the rest and returns the tree of all.
    ///
    /// Throws what kept any of it from being read.
    func finish() throws -> TreeBuilder {
        try queue.sync { try read() }
        return tree.withLock { $0 }
    }

    private func read() throws {
        try tree.withLock { tree in
            _ = try source.read(from: Int64(tree.size) + 1) { chunk in
                chunk.forEachLine { (bytes, _) in
                    tree.append(TreeHash(leaf: bytes))
                    return .next
                }
            }
        }
    }
}
