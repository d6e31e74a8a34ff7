import EventLog
import TransparencyLog

extension Ledger {
    /// Writes the log as a static folder that any client of C2SP tlog-tiles reads: the checkpoint,
    /// the tiles of its tree, and the lines as entry bundles.
    ///
    /// An older export there is extended. The checkpoint is written last, so that at no moment it
    /// covers what is not there. One pass over the log. Throws when the log does not lead to the
    /// checkpoint; returns how many files were written.
    package func exportTiles(
        to folder: String, upTo file: CheckpointFile
    ) throws(LedgerError) -> Int {
        let target = TileFolder(path: folder)
        let size = file.checkpoint.size
        var tree = TileBuilder()
        var bundle: [UInt8] = []
        var count = 0
        do {
            _ = try source.read(from: 1) { chunk in
                try chunk.forEachLine { (line, _) throws(any Error) in
                    guard tree.size < size else { return .stop }
                    Self.append(line, to: &bundle)
                    try tree.append(TreeHash(leaf: line)) { tile, hashes in
                        try target.write(hashes, as: tile)
                        count += 1
                        guard tile.level == 0 else { return }
                        try target.write(bundle, to: tile.entriesPath)
                        bundle.removeAll(keepingCapacity: true)
                        count += 1
                    }
                    return .next
                }
            }
            guard tree.size == size, tree.root == file.checkpoint.root else {
                throw LedgerError(
                    .fault(
                        "\(name): error: the log does not lead to '\(file.path)'\n"
                            + "  fix: run 'claims verify'", .badData))
            }
            for (tile, hashes) in tree.partialTiles {
                try target.write(hashes, as: tile)
                count += 1
                guard tile.level == 0 else { continue }
                try target.write(bundle, to: tile.entriesPath)
                count += 1
            }
            try target.write(Array(file.note.description.utf8), to: "checkpoint")
        } catch let error as SystemError {
            throw LedgerError(.fault("error: \(error)", .cannotCreate))
        } catch {
            throw LedgerError(error)
        }
        return count + 1
    }

    /// An entry of a bundle: its length in two bytes, the higher one first, then its bytes.
    private static func append(_ line: Span<UInt8>, to bundle: inout [UInt8]) {
        bundle.append(UInt8(line.count >> 8))
        bundle.append(UInt8(line.count & 0xFF))
        for index in line.indices { bundle.append(line[index]) }
    }
}
