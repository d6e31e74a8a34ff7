import EventLog
package import TransparencyLog

/// By which keys and witnesses a verification believes checkpoints.
struct Trust {
    private let options: VerifyOptions
    /// The key of the ledger; nil for a plain file.
    private let ledgerKey: VerifierKey?
    /// Why the key of the ledger cannot be read.
    private let ledgerKeyFault: String?
    /// The key that was given.
    private let givenKey: VerifierKey?
    private let policy: TrustPolicy?

    /// Reads key and policy.
    ///
    /// Throws when they cannot be read, or nothing says by which key to believe a checkpoint.
    init(_ options: VerifyOptions, of ledger: Ledger) throws(LedgerError) {
        self.options = options
        do throws(LedgerError) {
            ledgerKey = try ledger.settings?.verifierKey(ledger: ledger.name)
            ledgerKeyFault = nil
        } catch {
            ledgerKey = nil
            ledgerKeyFault = error.description
        }
        givenKey = try options.key.map { (text) throws(LedgerError) in try PublicKey.named(text) }
        policy = try options.policy.map { (path) throws(LedgerError) in
            try PolicyFile.read(path)
        }
        guard !options.checkpoints.isEmpty, logKeys.isEmpty else { return }
        throw LedgerError(
            .fault(
                """
                \(ledger.name): error: no key is known to believe a checkpoint by
                  fix: give the log's public key with --key, or a policy that lists it
                """, .badData))
    }

    private var logKeys: [VerifierKey] {
        if let policy, !policy.logs.isEmpty { return policy.logs }
        return [givenKey ?? ledgerKey].compactMap(\.self)
    }

    /// Whether the key that outside checkpoints are believed by comes from the ledger itself.
    private var isKeyFromLedger: Bool { givenKey == nil && policy?.logs.isEmpty ?? true }

    /// The checkpoints kept by a ledger and those from outside that are signed as they have to be;
    /// the others are faults.
    ///
    /// Throws when one from outside cannot be read.
    func checkpoints(
        of ledger: Ledger
    ) throws(LedgerError) -> (claims: [CheckpointJudge.Claim], faults: [String]) {
        var claims: [CheckpointJudge.Claim] = []
        var faults: [String] = ledgerKeyFault.map { [$0] } ?? []
        if let keeper = ledger.checkpointKeeper, let ledgerKey {
            let kept = try keeper.read(signedBy: ledgerKey)
            claims = kept.files.map {
                CheckpointJudge.Claim(file: $0, isOutside: false, key: ledgerKey)
            }
            faults += kept.faults
        }
        for path in options.checkpoints {
            do throws(LedgerError) {
                claims.append(try accept(path))
            } catch {
                guard error.category == .badData else { throw error }
                faults.append(error.description)
            }
        }
        if options.checkpoints.isEmpty, policy != nil {
            let isMet = claims.contains { witnesses(of: $0.file) != nil }
            if !isMet { faults.append(try unmet(ledger)) }
        }
        return (claims, faults)
    }

    private func accept(_ path: String) throws(LedgerError) -> CheckpointJudge.Claim {
        let (bytes, note) = try CheckpointFile.readNote(path, on: PosixFileSystem())
        do throws(TransparencyError) {
            var key = logKeys[0]
            let checkpoint: Checkpoint
            if let policy {
                let accepted = try policy.verify(note, knownLogs: logKeys)
                (checkpoint, key) = (accepted.checkpoint, accepted.log)
            } else {
                checkpoint = try Checkpoint(
                    note: note, signedBy: key, origin: key.name.description)
            }
            return CheckpointJudge.Claim(
                file: CheckpointFile(path: path, note: note, checkpoint: checkpoint),
                isOutside: true, key: key)
        } catch {
            throw CheckpointFile.fault(path, error, in: bytes)
        }
    }

    private func unmet(_ ledger: Ledger) throws(LedgerError) -> String {
        """
        \(options.policy ?? ledger.name): error: no checkpoint that the ledger keeps satisfies the \
        policy
          fix: have one cosigned, then add it with 'claims checkpoint --add', or give it with \
        --checkpoint
        """
    }

    /// The witnesses that vouch for a checkpoint; nil where the policy is not met.
    private func witnesses(of file: CheckpointFile) -> [String]? {
        guard let policy else { return [] }
        return (try? policy.verify(file.note, knownLogs: logKeys)).map {
            $0.witnesses.map(\.name.description)
        }
    }

    /// Takes note of a checkpoint that holds, if it vouches for more of the log than others.
    ///
    /// What a ledger keeps itself vouches for it only where a policy asks for witnesses.
    func note(_ claim: CheckpointJudge.Claim, in coverage: inout Coverage?) {
        let isWitnessed = policy?.witnesses.isEmpty == false && options.checkpoints.isEmpty
        guard claim.isOutside || isWitnessed, let witnesses = witnesses(of: claim.file),
            claim.isOutside || !witnesses.isEmpty,
            Int64(claim.size) > coverage?.upTo ?? 0
        else { return }
        coverage = Coverage(
            upTo: Int64(claim.size), file: claim.file.path, isOutside: claim.isOutside,
            signedBy: claim.file.checkpoint.origin, isKeyFromOutside: !isKeyFromLedger,
            witnesses: witnesses)
    }
}

/// A policy in a file.
package enum PolicyFile {
    /// Reads a policy.
    ///
    /// Throws a fault at its line, or when there is no such file.
    package static func read(_ path: String) throws(LedgerError) -> TrustPolicy {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(path)
        } catch {
            throw LedgerError(error)
        }
        do {
            return try TrustPolicy(bytes: bytes)
        } catch {
            throw CheckpointFile.fault(path, error, in: bytes)
        }
    }
}
