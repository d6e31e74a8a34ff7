import ClaimsCodec
package import ClaimsDomain
import ClaimsProjections
import EventLog
import TransparencyLog

/// Which events a bundle is to prove.
package enum ProofRequest: Hashable, Sendable {
    /// The event of a sequence.
    case event(Int64)
    /// All events of a claim.
    case claim(ClaimID)
    /// All events of a partner's usage period: of its funds and of its claims.
    case account(PartnerID, PeriodLabel)
}

extension Ledger {
    /// Makes the bundle that proves events of this ledger to whoever has its public key.
    ///
    /// `checkpoint` is what it leads to; events behind it are left out. One pass over the log, then
    /// O(log n) an event. Throws when there are no such events, or the log does not have the root
    /// that the checkpoint covers.
    package func prove(
        _ request: ProofRequest, upTo checkpoint: CheckpointFile
    ) throws(LedgerError) -> ProofBundle {
        try prove(proofMaterial(for: request), upTo: checkpoint)
    }

    /// The same from what was read already, and again where the log had not yet grown to what the
    /// checkpoint covers: no event of the request may be missing.
    package func prove(
        _ read: ProofMaterial, upTo checkpoint: CheckpointFile
    ) throws(LedgerError) -> ProofBundle {
        let size = checkpoint.checkpoint.size
        let material = read.head < size ? try proofMaterial(for: read.request) : read
        let lines = material.lines.filter { $0.sequence <= size }
        guard !lines.isEmpty else { throw material.absence(upTo: Int64(size)) }
        let tree = if let made = material.tree { made } else { try tree() }
        var entries: [ProofBundle.Entry] = []
        var documents: [ProofBundle.Document] = []
        do {
            for (sequence, line) in lines {
                let proof = try InclusionProof(
                    leafIndex: UInt64(sequence - 1), treeSize: size, reader: tree.reader.hash)
                try proof.verify(
                    leafHash: TreeHash(leaf: line), root: checkpoint.checkpoint.root)
                entries.append(
                    ProofBundle.Entry(
                        sequence: sequence, line: line,
                        proof: LoggedProof(proof, note: checkpoint.note)))
                documents += try ProofBundle.documents(of: line)
            }
        } catch {
            throw LedgerError(
                .fault(
                    """
                    \(name): error: the log does not lead to the checkpoint '\(checkpoint.path)': \
                    \(error)
                      fix: run 'claims verify'
                    """, .badData))
        }
        return ProofBundle(
            subject: material.request.subject, publicKey: try identity().key.description,
            checkpoint: checkpoint.note, entries: entries, documents: documents)
    }
}

extension ProofRequest {
    /// What the bundle says of itself.
    var subject: ProofBundle.Subject {
        switch self {
        case .event(let sequence): ProofBundle.Subject(kind: "event", name: String(sequence))
        case .claim(let claim): ProofBundle.Subject(kind: "claim", name: claim.text)
        case .account(let partner, let period):
            ProofBundle.Subject(kind: "account", name: "\(partner.text) \(period.text)")
        }
    }

    /// Whether an event, with the state it led to, belongs to what is to be proved.
    func concerns(_ fact: Fact, in state: LedgerState) -> Bool {
        switch self {
        case .event(let sequence): return fact.sequence == sequence
        case .claim(let claim):
            return fact.kind.subjectKind == .claim && state.names.text(fact.subject) == claim.text
        case .account(let partner, let period):
            guard fact.partner != .none, state.names.text(fact.partner) == partner.text else {
                return false
            }
            switch fact.kind.subjectKind {
            case .period:
                return state.names.text(fact.subject) == period.text
                    || state.names.text(fact.period) == period.text
            case .claim:
                return state.claim(of: fact).map { state.names.text($0.period) }
                    == period.text
            case .program, .partner, .association: return false
            }
        }
    }
}

extension ProofBundle {
    /// The document that a line refers to, if it attaches one.
    static func documents(of line: [UInt8]) throws(LineProblem) -> [Document] {
        var reader = EventReader()
        let event = try reader.read(line.span)
        guard let attached = event.content.payload.attached else { return [] }
        return [
            Document(
                sequence: event.sequence, evidence: attached.evidence.text,
                filename: attached.filename, size: attached.size, sha256: attached.sha256)
        ]
    }
}
