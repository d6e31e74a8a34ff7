package import EventLog
import TransparencyLog

/// What a copy has done.
public struct CopyReceipt: Equatable, Sendable {
    /// How many events it found at the destination, and held against the origin's.
    public let eventsFound: Int64
    /// How many it appended.
    public let eventsCopied: Int64
    /// How many signed checkpoints it carried along.
    public let checkpointsCopied: Int
    /// What became of the documents; nil where they were not asked for, or not come to.
    public let documents: CopiedDocuments?
    /// Whether it was stopped before all was there.
    public let isInterrupted: Bool
    /// The tree head of the copy, which the origin had at that size, or there is no receipt.
    public let rootHash: String
    /// The events it covers.
    public var size: Int64 { eventsFound + eventsCopied }
}

// Lines as they are, from one ledger to another: folder or server, in any combination.
extension Ledger {
    /// How many bytes of lines one transaction at the destination takes.
    private static let copyBatchBytes = 4 << 20

    /// Opens the destination of a copy, or makes it with this ledger's identity.
    ///
    /// A copy is the same ledger: id, origin and public key go along; the private key does not.
    /// Throws when what is there is another ledger.
    public func openCopy(_ path: String) throws(LedgerError) -> Ledger {
        guard let settings else {
            throw LedgerError(
                .noLedger(
                    path: name, problem: "only a ledger folder or a shared ledger can be copied",
                    fix: "take the file over with 'claims import events'"))
        }
        let copy: Ledger
        do throws(LedgerError) {
            copy = try Ledger.open(path)
        } catch {
            guard error.category == .notFound else { throw error }
            // What is asked for twice is not made twice: a failed copy goes on in its folder.
            if Self.isShared(path) { return try Self.createShared(path, settings) }
            return try Self.create(path, settings)
        }
        guard copy.store != nil, copy.settings?.ledgerID == settings.ledgerID,
            copy.settings?.publicKey == settings.publicKey
        else {
            throw LedgerError(
                .fault(
                    """
                    \(copy.name): error: this is another ledger, or none that can be appended to
                      fix: name an empty folder, a new ledger on a server, or a copy made before
                    """, .refused))
        }
        return copy
    }

    /// Brings a copy up to this ledger's head: lines byte for byte, then the checkpoints, then,
    /// with `documents`, those that the lines refer to and that this ledger's vault holds.
    ///
    /// What is there already is held against this ledger, so that it can be stopped at any moment,
    /// with `shouldStop` too, and goes on where it ended; a document of that SHA-256 is not sent
    /// again. Each document is hashed on the way; one whose bytes are not what was attached is left
    /// out and told. Throws at the first line that differs. O(bytes of both).
    public func copy(
        to other: Ledger, documents: Bool = false, shouldStop: () -> Bool = { false },
        progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws(LedgerError) -> CopyReceipt {
        do {
            let found = try other.head()
            let head = try head()
            guard found <= head else {
                throw Self.differs(other, "it has \(found) events, the origin has \(head)")
            }
            var references = documents ? DocumentReferences() : nil
            var tree = try compare(with: other, through: found, &references)
            let readBack = ReadBack(other.source, behind: tree)
            let copied = try append(
                to: other, behind: found, &tree, &references, readBack, shouldStop)
            guard try readBack.finish() == tree else {
                throw Self.differs(other, "its tree head is not the origin's")
            }
            let isShort = shouldStop() && found + copied < head
            let checkpoints = try copyCheckpoints(
                to: other, upTo: isShort ? found + copied : .max)
            var carrier: DocumentCarrier?
            if let hashes = references?.hashes, !isShort {
                var new = try DocumentCarrier(from: vault(), to: other.vault())
                try new.carryAll(hashes, shouldStop: shouldStop) { progress($0, hashes.count) }
                carrier = new
            }
            return CopyReceipt(
                eventsFound: found, eventsCopied: copied, checkpointsCopied: checkpoints,
                documents: carrier?.count, isInterrupted: isShort || carrier?.isStopped == true,
                rootHash: tree.root.base64)
        } catch {
            throw LedgerError(error)
        }
    }

    private static func differs(_ other: Ledger, _ what: String) -> LedgerError {
        LedgerError(
            .fault(
                """
                \(other.name): error: this is no copy of the ledger: \(what)
                  fix: run 'claims verify' on both; copy into an empty place
                """, .badData))
    }

    /// Reads what is at the destination and the same stretch here, side by side by their trees.
    ///
    /// Returns the tree of both.
    private func compare(
        with other: Ledger, through last: Int64, _ references: inout DocumentReferences?
    ) throws -> TreeBuilder {
        guard last > 0 else { return TreeBuilder() }
        var here = TreeBuilder()
        try source.read(from: 1) { chunk in
            references?.take(chunk)
            return chunk.forEachLine { (bytes, location) in
                guard location.sequence <= last else { return .stop }
                here.append(TreeHash(leaf: bytes))
                return .next
            }
        }
        var there = TreeBuilder()
        try other.source.read(from: 1) { chunk in
            chunk.forEachLine { (bytes, location) in
                guard location.sequence <= last else { return .stop }
                there.append(TreeHash(leaf: bytes))
                return .next
            }
        }
        guard here == there else {
            throw Self.differs(other, "its first \(last) events are not the origin's")
        }
        return there
    }

    /// Appends what is missing, some megabytes at a time; returns how many events.
    private func append(
        to other: Ledger, behind last: Int64, _ tree: inout TreeBuilder,
        _ references: inout DocumentReferences?, _ readBack: ReadBack, _ shouldStop: () -> Bool
    ) throws -> Int64 {
        let log: BackgroundWriter =
            if let shared = other.shared {
                BackgroundWriter(
                    try shared.openSharedWriter(waitMilliseconds: 0, remark: remark),
                    holdingIn: FolderStore(folder: "."))
            } else if let folder = other.folder {
                BackgroundWriter(try folder.openLogWriter())
            } else {
                preconditionFailure("a copy is a folder or shared")
            }
        log.expect(last)
        var count: Int64 = 0
        var pending: [UInt8] = []
        try source.read(from: last + 1) { chunk in
            if shouldStop() { return .stop }
            references?.take(chunk)
            _ = chunk.forEachLine { (bytes, _) in
                tree.append(TreeHash(leaf: bytes))
                return .next
            }
            count += Int64(chunk.lineCount)
            pending += chunk.bytes
            if pending.count >= Self.copyBatchBytes {
                try log.append(pending)
                pending = []
                // A folder is read at once in the end: it would look for its place each time.
                if other.shared != nil { readBack.catchUp() }
            }
            return .next
        }
        if !pending.isEmpty { try log.append(pending) }
        try log.finish()
        return count
    }
}

extension Ledger {
    /// The signed checkpoints kept with a ledger, as they are.
    package func storedCheckpoints() throws(LedgerError) -> [StoredCheckpoint] {
        do {
            if let shared { return try shared.checkpoints() }
            let (checkpoints, key) = try identity()
            let kept = try checkpoints.read(signedBy: key)
            return kept.files.map {
                StoredCheckpoint(
                    size: Int64(clamping: $0.checkpoint.size),
                    note: Array($0.note.description.utf8))
            }
        } catch {
            throw LedgerError(error)
        }
    }

    /// Keeps those up to a size that the other ledger does not have, or has with fewer signatures;
    /// returns how many.
    func copyCheckpoints(
        to other: Ledger, upTo size: Int64
    ) throws(LedgerError) -> Int {
        let there = Dictionary(try other.storedCheckpoints().map { ($0.size, $0) }) { $1 }
        var count = 0
        for checkpoint in try storedCheckpoints() where checkpoint.size <= size {
            let known = there[checkpoint.size]
            guard known.map({ checkpoint.hasMoreSignatures(than: $0) }) ?? true else { continue }
            do {
                if let shared = other.shared {
                    let next = StoredCheckpoint(
                        size: checkpoint.size, version: (known?.version ?? 0) + 1,
                        note: checkpoint.note)
                    // One that somebody else has kept meanwhile is looked at the next time.
                    guard try shared.keep(next) else { continue }
                } else if let folder = other.folder {
                    _ = try CheckpointFolder(ledger: folder).write(
                        SignedNote(bytes: checkpoint.note), size: UInt64(checkpoint.size))
                }
            } catch {
                throw LedgerError(error)
            }
            count += 1
        }
        return count
    }
}

extension StoredCheckpoint {
    /// Whether it is another one with some lines more: the same note, signed by more witnesses.
    fileprivate func hasMoreSignatures(than other: StoredCheckpoint) -> Bool {
        let lines = Set(note.split(separator: LineFeeds.byte))
        let known = Set(other.note.split(separator: LineFeeds.byte))
        return known.isStrictSubset(of: lines)
    }
}
