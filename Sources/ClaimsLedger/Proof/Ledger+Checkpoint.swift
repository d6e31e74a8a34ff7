import ClaimsCodec
import EventLog
package import TransparencyLog

/// A checkpoint that a ledger keeps, and whether it was signed just now.
package struct KeptCheckpoint: Sendable {
    /// The file under `checkpoints/`.
    package let file: CheckpointFile
    /// Whether it was not there before.
    package let isNew: Bool
}

extension Ledger {
    /// Signs the head of the log and keeps the checkpoint for ever; one that is kept already for
    /// this size is given again.
    ///
    /// The root is derived from the bytes, and every kept checkpoint has to hold: a key that signed
    /// two histories would be proof against its owner. One pass over the log, or none where `read`
    /// has what a pass of this moment gave. Throws when there is nothing to sign, the key is
    /// another one, or a kept checkpoint does not hold.
    package func makeCheckpoint(
        key keyFile: KeyFile, of read: TreeRecorder? = nil
    ) throws(LedgerError) -> KeptCheckpoint {
        let (checkpoints, publicKey) = try identity()
        let kept = try checkpoints.read(signedBy: publicKey)
        if let fault = kept.faults.first { throw LedgerError(.fault(fault, .badData)) }
        // Another writer may be waiting for the disk: what is signed must not be lost after it.
        do { try folder?.makeDurable() } catch { throw LedgerError(error) }
        let sizes = kept.files.map(\.checkpoint.size)
        let record: TreeRecorder
        if let read, sizes.allSatisfy({ read.roots[$0] != nil }) {
            record = read
        } else {
            record = try recordTree(TreeRecorder(sizes: sizes))
        }
        guard record.tree.size > 0 else {
            throw LedgerError(
                .fault("\(name): error: the log has no events: nothing to sign", .refused))
        }
        try requireHolding(kept.files, publicKey, record)
        if let last = kept.files.last, last.checkpoint.size == record.tree.size {
            return KeptCheckpoint(file: last, isNew: false)
        }
        let key = try keyFile.read()
        guard key.verifierKey == publicKey else {
            throw LedgerError(
                .fault(
                    """
                    \(keyFile.path): error: the key is not the one that \
                    \(folder == nil ? "the ledger's settings name" : "ledger.json names")
                      fix: name the ledger's own key with --key
                    """, .badData))
        }
        let checkpoint: Checkpoint
        let note: SignedNote
        do {
            checkpoint = try Checkpoint(
                origin: publicKey.name.description, size: record.tree.size,
                root: record.tree.root)
            note = try checkpoint.signed(by: key)
        } catch {
            throw LedgerError(.fault("error: \(error)", .inputOutput))
        }
        let path = try checkpoints.keep(note, size: checkpoint.size, over: nil)
        // Somebody else has signed this head meanwhile: it has to hold as well.
        guard let path else { return try makeCheckpoint(key: keyFile) }
        return KeptCheckpoint(
            file: CheckpointFile(path: path, note: note, checkpoint: checkpoint), isNew: true)
    }

    private func requireHolding(
        _ kept: [CheckpointFile], _ key: VerifierKey, _ record: TreeRecorder
    ) throws(LedgerError) {
        let claims = kept.map {
            CheckpointJudge.Claim(file: $0, isOutside: false, key: key)
        }
        let judge = CheckpointJudge(claims: claims, size: record.tree.size, roots: record.roots)
        for claim in claims {
            let verdict = judge.verdict(claim) { _ in nil }
            if let fault = judge.fault(claim, verdict) {
                throw LedgerError(.fault(fault, .badData))
            }
        }
    }

    /// The newest checkpoint that the ledger keeps and that covers an event.
    ///
    /// Throws at the first kept checkpoint that cannot be used; nil when none covers it.
    package func newestCheckpoint(
        covering sequence: Int64
    ) throws(LedgerError) -> CheckpointFile? {
        let (checkpoints, publicKey) = try identity()
        let kept = try checkpoints.read(signedBy: publicKey)
        if let fault = kept.faults.first { throw LedgerError(.fault(fault, .badData)) }
        return kept.files.last.flatMap { $0.checkpoint.size >= UInt64(sequence) ? $0 : nil }
    }

    /// Adds the signatures of known witnesses on a kept checkpoint; returns the kept file.
    ///
    /// Throws when no such checkpoint is kept, or none of the witnesses has signed it.
    package func addCosignatures(
        from path: String, by witnesses: [VerifierKey]
    ) throws(LedgerError) -> KeptCheckpoint {
        let (checkpoints, publicKey) = try identity()
        let (bytes, note) = try CheckpointFile.readNote(
            path, on: folder?.fileSystem ?? PosixFileSystem())
        let checkpoint: Checkpoint
        do {
            checkpoint = try Checkpoint(text: note.text)
        } catch {
            throw CheckpointFile.fault(path, error, in: bytes)
        }
        while true {
            guard let kept = try checkpoints.kept(size: checkpoint.size, signedBy: publicKey)
            else {
                throw LedgerError(
                    .fault(
                        "\(path): error: the ledger keeps no checkpoint of \(checkpoint.size) "
                            + "events\n  fix: give one that 'claims checkpoint' made", .refused))
            }
            let joined: SignedNote
            do {
                joined = try kept.note.adding(signaturesOf: note, by: witnesses)
            } catch {
                throw CheckpointFile.fault(path, error, in: bytes)
            }
            // Where somebody has added another signature meanwhile, both stay.
            guard let place = try checkpoints.keep(joined, size: checkpoint.size, over: kept)
            else { continue }
            return KeptCheckpoint(
                file: CheckpointFile(path: place, note: joined, checkpoint: checkpoint),
                isNew: true)
        }
    }

    /// What a witness needs to cosign a checkpoint: it, with the proof that it extends the one of
    /// `olderSize` events.
    package func witnessRequest(
        for file: CheckpointFile, from olderSize: UInt64
    ) throws(LedgerError) -> WitnessRequest {
        guard olderSize > 0, olderSize < file.checkpoint.size else {
            guard olderSize <= file.checkpoint.size else {
                throw LedgerError(
                    .fault(
                        "error: the witness knows \(olderSize) events, the checkpoint covers "
                            + "\(file.checkpoint.size)", .refused))
            }
            return WitnessRequest(olderSize: olderSize, hashes: [], note: file.note)
        }
        let tree = try tree()
        do {
            let proof = try ConsistencyProof(
                olderSize: olderSize, newerSize: file.checkpoint.size, reader: tree.reader.hash)
            return WitnessRequest(
                olderSize: olderSize, hashes: proof.hashes, note: file.note)
        } catch {
            throw LedgerError(.fault("error: \(error)", .badData))
        }
    }
}
