package import ClaimsDomain
package import EventLog
package import TransparencyLog

/// A second person, or an auditor's machine, that cosigns a ledger's checkpoints: it vouches that
/// it has never seen the log change or shrink.
///
/// It keeps, in a file of its own, the largest checkpoint it cosigned for each log.
package struct Witness: Sendable {
    private let key: SigningKey
    let stateFile: String
    let fileSystem: any FileSystem

    /// A witness with its key, of kind `cosignature`, and the file it remembers logs in.
    package init(
        key: SigningKey, stateFile: String, fileSystem: any FileSystem = PosixFileSystem()
    ) {
        self.key = key
        self.stateFile = stateFile
        self.fileSystem = fileSystem
    }

    /// What a witness remembers of a log.
    struct KnownLog: Equatable {
        let key: VerifierKey
        let size: UInt64
        let root: TreeHash
    }

    /// Cosigns the checkpoint of a request, and remembers it before it answers.
    ///
    /// `logKey` is needed for a log it has never seen, and has to be the one it knows otherwise.
    /// Throws a refusal when the log went backwards, changed, or comes without the proof that it
    /// did not.
    package func cosign(
        _ path: String, logKey: VerifierKey?, now: Instant
    ) throws(LedgerError) -> SignedNote {
        let lock = try takeLock()
        defer { fileSystem.close(lock) }
        var known = try readState()
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(path, on: fileSystem)
        } catch {
            throw LedgerError(error)
        }
        do {
            let request = try WitnessRequest(bytes: bytes)
            let origin = try Checkpoint(text: request.note.text).origin
            let place = known.firstIndex { $0.key.name.description.utf8.elementsEqual(origin.utf8) }
            let key = try trusted(place.map { known[$0].key }, logKey, origin)
            let checkpoint = try Checkpoint(note: request.note, signedBy: key, origin: origin)
            try check(request, checkpoint, place.map { known[$0] }, path)
            let entry = KnownLog(key: key, size: checkpoint.size, root: checkpoint.root)
            if let place { known[place] = entry } else { known.append(entry) }
            try writeState(known)
            let seconds = UInt64(max(0, now.millisecondsSince1970 / 1000))
            return try request.note.cosigned(by: self.key, at: seconds)
        } catch let error as TransparencyError {
            throw CheckpointFile.fault(path, error, in: bytes)
        } catch {
            throw LedgerError(error)
        }
    }

    private func trusted(
        _ known: VerifierKey?, _ given: VerifierKey?, _ origin: String
    ) throws(LedgerError) -> VerifierKey {
        if let known, let given, known != given {
            throw refusal(
                "the log '\(origin)' is known by the key '\(known)', not '\(given)'",
                fix: "leave --log-key out; a log with another key is another log")
        }
        guard let key = known ?? given else {
            throw refusal(
                "the log '\(origin)' is not known to this witness",
                fix: "give its public key, which you have from its owner, with --log-key")
        }
        return key
    }

    /// Throws unless the checkpoint extends the one that was cosigned last.
    private func check(
        _ request: WitnessRequest, _ checkpoint: Checkpoint, _ known: KnownLog?, _ path: String
    ) throws(LedgerError) {
        guard let known else {
            guard request.olderSize == 0, request.hashes.isEmpty else {
                throw refusal(
                    "the proof starts at \(request.olderSize) events, this witness knows none",
                    fix: "give the checkpoint alone")
            }
            return
        }
        guard checkpoint.size >= known.size else {
            throw refusal(
                "the checkpoint goes backwards: it covers \(checkpoint.size) events, this witness "
                    + "cosigned \(known.size) of '\(checkpoint.origin)' before",
                fix: "ask for a newer checkpoint; if there is none, the log was truncated")
        }
        if checkpoint.size == known.size {
            guard checkpoint.root == known.root else {
                throw refusal(
                    "the checkpoint has the root '\(checkpoint.root)' over \(known.size) events, "
                        + "this witness cosigned '\(known.root)' before: the log is forked",
                    fix: "keep both checkpoints: together they prove that the key signed two "
                        + "histories")
            }
            return
        }
        guard request.olderSize == known.size else {
            throw refusal(
                "no proof from the \(known.size) events that this witness cosigned before",
                fix: "ask for the output of 'claims checkpoint --for-witness \(known.size)'")
        }
        do throws(TransparencyError) {
            try ConsistencyProof(
                olderSize: known.size, newerSize: checkpoint.size, hashes: request.hashes
            ).verify(olderRoot: known.root, newerRoot: checkpoint.root)
        } catch {
            throw refusal(
                "the log does not extend the \(known.size) events that this witness cosigned "
                    + "before: \(error)",
                fix: "ask for the proof again; if none fits, the log was rewritten")
        }
    }

    private func refusal(_ what: String, fix: String) -> LedgerError {
        LedgerError(.fault("refused: \(what)\n  fix: \(fix)", .refused))
    }
}
