/// Which logs are known, and which witnesses must have cosigned a checkpoint before it is believed
/// (C2SP tlog-policy).
package struct TrustPolicy: Sendable {
    /// The keys of the known logs, in the order of the file.
    package internal(set) var logs: [VerifierKey] = []

    /// What witnesses and groups are called, in the order of the file.
    var members: [(name: String, member: Member)] = []

    /// The witness or group that must have cosigned; nil for none.
    var quorum: String?

    /// A name that the quorum can be made of.
    enum Member: Sendable {
        case witness(VerifierKey)
        case group(threshold: Int, members: [String])
    }

    /// The keys of the witnesses, in the order of the file.
    package var witnesses: [VerifierKey] {
        members.compactMap { if case .witness(let key) = $0.member { key } else { nil } }
    }

    /// Checks that a checkpoint is signed by one of the logs (or of `knownLogs` where the policy
    /// lists none) and cosigned by the quorum.
    ///
    /// - Throws: `TransparencyError`, the first that applies: `.note(.wrongSignature)` and
    ///   `.note(.ambiguousKey)` for a known key, `.policy(.unknownLog)`, those of reading the
    ///   checkpoint, `.policy(.noQuorum)`.
    package func verify(
        _ note: SignedNote, knownLogs: [VerifierKey] = []
    ) throws(TransparencyError) -> AcceptedCheckpoint {
        let logs = self.logs.isEmpty ? knownLogs : self.logs
        let signers: [VerifierKey]
        do throws(TransparencyError) {
            signers = try note.verify(by: logs + witnesses)
        } catch .note(.noKnownSignature) {
            signers = []
        }
        let checkpoint = try Checkpoint(text: note.text)
        guard
            let log = signers.first(where: {
                $0.kind == .note
                    && $0.name.description.utf8.elementsEqual(checkpoint.origin.utf8)
            })
        else { throw .policy(.unknownLog(origin: checkpoint.origin)) }
        let cosigners = signers.filter { $0.kind == .cosignature }
        if let quorum, !isMet(quorum, by: cosigners) {
            throw .policy(
                .noQuorum(name: quorum, witnesses: cosigners.map(\.name.description)))
        }
        return AcceptedCheckpoint(checkpoint: checkpoint, log: log, witnesses: cosigners)
    }

    /// Whether a witness or enough of a group have cosigned.
    ///
    /// The definitions cannot be circular, since each names only those above it.
    private func isMet(_ name: String, by cosigners: [VerifierKey]) -> Bool {
        switch members.first(where: { $0.name.utf8.elementsEqual(name.utf8) })?.member {
        case .witness(let key): cosigners.contains(key)
        case .group(let threshold, let members):
            members.count { isMet($0, by: cosigners) } >= threshold
        case nil: false
        }
    }
}

/// A checkpoint that a policy accepts, and who vouches for it.
package struct AcceptedCheckpoint: Sendable {
    /// The checkpoint.
    package let checkpoint: Checkpoint

    /// The key of the log that has signed it.
    package let log: VerifierKey

    /// The known witnesses that have cosigned it.
    package let witnesses: [VerifierKey]
}
