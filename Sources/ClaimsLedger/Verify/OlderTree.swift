import EventLog
import TransparencyLog

/// The tree of an earlier state of a log, from tiles or from a copy of it, to find the first event
/// that differs today.
struct OlderTree {
    private let reader: TileReader

    /// The tree of a checkpoint from the first source that has it: the tiles in `older` (an export,
    /// or a copy of the ledger), else those left in the ledger's own cache.
    ///
    /// A source whose root is not the one signed is none. Throws when `older` cannot be read.
    init?(
        of checkpoint: Checkpoint, older: String?, cache: TreeCache?
    ) throws(LedgerError) {
        guard checkpoint.size > 0 else { return nil }
        var readers: [TileReader] = []
        if let older { readers.append(try Self.reader(older, size: checkpoint.size)) }
        if let cache { readers.append(cache.tiles.reader(treeSize: checkpoint.size)) }
        let fitting = readers.first {
            (try? $0.root(size: checkpoint.size)) == checkpoint.root
        }
        guard let fitting else { return nil }
        reader = fitting
    }

    /// Tiles where there is a folder `tile`, else the log of a ledger.
    private static func reader(_ path: String, size: UInt64) throws(LedgerError) -> TileReader {
        let fileSystem = PosixFileSystem()
        if (try? fileSystem.status("\(path)/tile")) != nil {
            return TileFolder(path: path).reader(treeSize: size)
        }
        let ledger = try Ledger.open(path)
        let content = TileMemory()
        return content.tree(try ledger.recordTree(content.recorder()).tree).reader
    }

    /// The first event of the log that differs from this tree, 0 when no event of both does.
    ///
    /// One pass over the log up to there.
    func firstDifference(in source: any EventSource, size: UInt64) throws(LedgerError) -> Int64 {
        var found: Int64 = 0
        var tile: (index: UInt64, hashes: [TreeHash])?
        do {
            _ = try source.read(from: 1) { chunk in
                try chunk.forEachLine { (bytes, location) throws(any Error) in
                    let place = UInt64(location.sequence - 1)
                    guard place < size else { return .stop }
                    let width = UInt64(Tile.fullWidth)
                    if tile?.index != place / width {
                        tile = (place / width, try reader.leaves(besideLeaf: place))
                    }
                    guard tile?.hashes[Int(place % width)] == TreeHash(leaf: bytes) else {
                        found = location.sequence
                        return .stop
                    }
                    return .next
                }
            }
        } catch is LogFault {
            // The log cannot be read further; what could be read does not differ.
        } catch {
            throw LedgerError(error)
        }
        return found
    }
}
