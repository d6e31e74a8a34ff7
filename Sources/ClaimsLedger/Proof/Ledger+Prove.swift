import ClaimsCodec
package import ClaimsDomain
import ClaimsProjections
import EventLog
import TransparencyLog

/// Which events a bundle is to prove.
package enum ProofRequest: Equatable, Sendable {
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
        let size = checkpoint.checkpoint.size
        let lines = try lines(of: request, size: Int64(size))
        let tree = try tree()
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
            subject: request.subject, publicKey: try identity().key.description,
            checkpoint: checkpoint.note, entries: entries, documents: documents)
    }

    /// The sequence of the last event that a request is about.
    package func lastSequence(of request: ProofRequest) throws(LedgerError) -> Int64 {
        try lines(of: request, size: .max).last?.sequence ?? 0
    }

    private func lines(
        of request: ProofRequest, size: Int64
    ) throws(LedgerError) -> [(sequence: Int64, line: [UInt8])] {
        var found: [(sequence: Int64, line: [UInt8])] = []
        let log = try replay { state, fact, bytes in
            guard fact.sequence <= size, request.concerns(fact, in: state) else { return }
            found.append((fact.sequence, bytes.indices.map { bytes[$0] }))
        }
        guard found.isEmpty else { return found }
        switch request {
        case .event(let sequence):
            throw sequence <= log.order.head
                ? Self.notCovered("event \(sequence)", size) : Self.noEvent(at: sequence)
        case .claim(let claim):
            throw log.replay.state.claim(claim) == nil
                ? KnownNames(log.replay.state).unknown("claim", claim.text)
                : Self.notCovered("claim '\(claim.text)'", size)
        case .account(let partner, let period):
            var selection = Selection()
            selection.partner = partner
            selection.period = period
            try KnownNames(log.replay.state).check(selection)
            throw LedgerError(
                .fault(
                    "error: there is no event of partner '\(partner.text)' in '\(period.text)' "
                        + "up to event \(min(size, log.order.head))", .notFound))
        }
    }

    private static func notCovered(_ what: String, _ size: Int64) -> LedgerError {
        LedgerError(
            .fault(
                "error: the checkpoint covers \(size) events, \(what) comes after it\n"
                    + "  fix: make a newer one with 'claims checkpoint'", .refused))
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

extension Ledger {
    /// What one word names: a claim of this ledger, else an event by its sequence or its id.
    ///
    /// One pass over the log. Throws when it names nothing.
    package func proofRequest(_ word: String) throws(LedgerError) -> ProofRequest {
        let needle = Array("\"\(word)\"".utf8)
        var reader = EventReader()
        var sequence: Int64?
        let log = try replay { _, fact, bytes in
            guard sequence == nil, bytes.contains(needle),
                try reader.read(bytes).content.id.text == word
            else { return }
            sequence = fact.sequence
        }
        if log.replay.state.claim(ClaimID(word)) != nil { return .claim(ClaimID(word)) }
        if let sequence { return .event(sequence) }
        if let number = Int64(word), number > 0 { return .event(number) }
        throw KnownNames(log.replay.state).unknown("claim", word)
    }
}

extension Span<UInt8> {
    /// Whether some bytes stand in it; O(bytes) where the first of them is rare.
    fileprivate func contains(_ needle: [UInt8]) -> Bool {
        guard count >= needle.count else { return false }
        for start in 0...(count - needle.count) where self[start] == needle[0] {
            if needle.indices.allSatisfy({ self[start + $0] == needle[$0] }) { return true }
        }
        return false
    }
}
