import ClaimsCodec
import EventLog
import TransparencyLog

/// Where a ledger keeps every tree head that was signed for it, for ever.
protocol CheckpointKeeper: Sendable {
    /// The kept checkpoints by size, each signed by the ledger's key; what cannot be used is a
    /// fault, in the order of the names.
    ///
    /// Throws when they cannot be read.
    func read(
        signedBy key: VerifierKey
    ) throws(LedgerError) -> (files: [CheckpointFile], faults: [String])

    /// The one of a size; nil when none is kept.
    ///
    /// Throws a located fault where it cannot be used.
    func kept(size: UInt64, signedBy key: VerifierKey) throws(LedgerError) -> CheckpointFile?

    /// Keeps a note, whole or not at all; returns what it is called by.
    ///
    /// `known`: what was kept of this size when the note was made. Nil, and nothing is kept, when
    /// that is another by now.
    func keep(
        _ note: SignedNote, size: UInt64, over known: CheckpointFile?
    ) throws(LedgerError) -> String?
}

/// The signed tree heads in a table beside a shared log.
///
/// No row is ever changed: a note with the signature of one more witness is a row of its own.
struct SharedCheckpoints: CheckpointKeeper {
    let store: any SharedStore

    private func name(size: some BinaryInteger) -> String {
        "\(store.name) (claims_checkpoint, size \(size))"
    }

    private func stored() throws(LedgerError) -> [StoredCheckpoint] {
        do { return try store.checkpoints() } catch { throw LedgerError(error) }
    }

    private func file(
        _ stored: StoredCheckpoint, _ key: VerifierKey
    ) throws(LedgerError) -> CheckpointFile {
        let name = name(size: stored.size)
        let found = try CheckpointFile(parsing: stored.note, of: name, signedBy: key)
        guard found.checkpoint.size == UInt64(clamping: stored.size) else {
            throw CheckpointFile.fault(
                name, "the row's size is not the size \(found.checkpoint.size) that it covers",
                fix: "restore the row from a backup")
        }
        return found
    }

    func read(
        signedBy key: VerifierKey
    ) throws(LedgerError) -> (files: [CheckpointFile], faults: [String]) {
        var files: [CheckpointFile] = []
        var faults: [String] = []
        for stored in try stored() {
            do throws(LedgerError) {
                files.append(try file(stored, key))
            } catch {
                faults.append(error.description)
            }
        }
        return (files, faults)
    }

    func kept(size: UInt64, signedBy key: VerifierKey) throws(LedgerError) -> CheckpointFile? {
        let found = try stored().first { UInt64(clamping: $0.size) == size }
        return try found.map { (stored) throws(LedgerError) in try file(stored, key) }
    }

    func keep(
        _ note: SignedNote, size: UInt64, over known: CheckpointFile?
    ) throws(LedgerError) -> String? {
        let bytes = Array(note.description.utf8)
        let there = try stored().first { UInt64(clamping: $0.size) == size }
        guard there?.note == known.map({ Array($0.note.description.utf8) }) else { return nil }
        if there?.note == bytes { return name(size: size) }
        let new = StoredCheckpoint(
            size: Int64(size), version: (there?.version ?? 0) + 1, note: bytes)
        do { return try store.keep(new) ? name(size: size) : nil } catch {
            throw LedgerError(error)
        }
    }
}

extension Ledger {
    /// Where the checkpoints of this ledger are; a plain file has none.
    var checkpointKeeper: (any CheckpointKeeper)? {
        if let folder { return CheckpointFolder(ledger: folder) }
        return shared.map { SharedCheckpoints(store: $0) }
    }

    /// The checkpoints and the key of a ledger; a plain file has neither.
    func identity() throws(LedgerError) -> (
        checkpoints: any CheckpointKeeper, key: VerifierKey
    ) {
        guard let checkpointKeeper, let settings else {
            throw onlyLedger("only a ledger folder or a shared ledger has a key and checkpoints")
        }
        return (checkpointKeeper, try settings.verifierKey(ledger: name))
    }
}
