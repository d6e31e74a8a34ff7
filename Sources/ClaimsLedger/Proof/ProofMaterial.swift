import ClaimsCodec
import ClaimsDomain
import ClaimsProjections
import EventLog
import TransparencyLog

/// What one pass over a log gives for a proof: the lines and, where it is not kept, the tree.
package struct ProofMaterial: Sendable {
    /// What is to be proved.
    package let request: ProofRequest
    /// The lines that it is about, in their order.
    let lines: [(sequence: Int64, line: [UInt8])]
    /// The roots at the sizes that were signed, where the pass has hashed the log.
    package let record: TreeRecorder?
    /// The tree of these lines; nil where the ledger keeps it.
    let tree: LedgerTree?
    /// How many events the log had.
    let head: Int64
    private let state: LedgerState

    /// The sequence of the last event that it is about.
    package var lastSequence: Int64 { lines.last?.sequence ?? 0 }

    fileprivate init(_ pass: ProofPass, _ request: ProofRequest) {
        self.request = request
        lines = pass.lines[request] ?? []
        (record, tree) = (pass.record, pass.tree)
        (head, state) = (pass.log.order.head, pass.log.replay.state)
    }

    /// Why there is no line of the request up to a size.
    func absence(upTo size: Int64) -> LedgerError {
        switch request {
        case .event(let sequence):
            return sequence <= head
                ? Self.notCovered("event \(sequence)", size) : Ledger.noEvent(at: sequence)
        case .claim(let claim):
            return state.claim(claim) == nil
                ? KnownNames(state).unknown("claim", claim.text)
                : Self.notCovered("claim '\(claim.text)'", size)
        case .account(let partner, let period):
            var selection = Selection()
            selection.partner = partner
            selection.period = period
            do throws(LedgerError) { try KnownNames(state).check(selection) } catch {
                return error
            }
            return LedgerError(
                .fault(
                    "error: there is no event of partner '\(partner.text)' in '\(period.text)' "
                        + "up to event \(min(size, head))", .notFound))
        }
    }

    private static func notCovered(_ what: String, _ size: Int64) -> LedgerError {
        LedgerError(
            .fault(
                "error: the checkpoint covers \(size) events, \(what) comes after it\n"
                    + "  fix: make a newer one with 'claims checkpoint'", .refused))
    }
}

/// What came of one pass, for each request that was thought of.
private struct ProofPass {
    let lines: [ProofRequest: [(sequence: Int64, line: [UInt8])]]
    /// The event that has the id that was looked for.
    let event: Int64?
    let record: TreeRecorder?
    let tree: LedgerTree?
    let log: ReplayedLog
}

extension Ledger {
    /// Reads what proves a request.
    ///
    /// One pass over the log. Throws when there is no event that it is about.
    package func proofMaterial(
        for request: ProofRequest
    ) throws(LedgerError) -> ProofMaterial {
        try proofPass([request], id: nil).material(for: request)
    }

    /// The same for what one word names: a claim of this ledger, else an event by its sequence or
    /// its id.
    package func proofMaterial(named word: String) throws(LedgerError) -> ProofMaterial {
        let claim = ProofRequest.claim(ClaimID(word))
        let number = Int64(word).flatMap { $0 > 0 ? ProofRequest.event($0) : nil }
        let pass = try proofPass([claim] + (number.map { [$0] } ?? []), id: word)
        let isClaim = pass.log.replay.state.claim(ClaimID(word)) != nil
        if isClaim { return try pass.material(for: claim) }
        if let event = pass.event { return try pass.material(for: .event(event)) }
        return try pass.material(for: number ?? claim)
    }

    /// Goes over the log once; the tree is made beside that where the ledger keeps none.
    private func proofPass(
        _ requests: [ProofRequest], id: String?
    ) throws(LedgerError) -> ProofPass {
        var lines: [ProofRequest: [(sequence: Int64, line: [UInt8])]] = [:]
        var event: Int64?
        let needle = id.map { Array("\"\($0)\"".utf8) }
        var reader = EventReader()
        func visit(_ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>) throws {
            func take(_ request: ProofRequest) {
                lines[request, default: []].append(
                    (fact.sequence, bytes.indices.map { bytes[$0] }))
            }
            for request in requests where request.concerns(fact, in: state) { take(request) }
            guard let needle, event == nil, bytes.contains(needle),
                try reader.read(bytes).content.id.text == id
            else { return }
            event = fact.sequence
            if !requests.contains(.event(fact.sequence)) { take(.event(fact.sequence)) }
        }
        guard folder == nil else {
            let log = try replay(visit: visit)
            return ProofPass(lines: lines, event: event, record: nil, tree: nil, log: log)
        }
        // What keeps these from being used is told when one is needed.
        let kept = try? identity().checkpoints.read(signedBy: identity().key)
        let content = TileMemory()
        let (log, record) = try replayHashing(
            content.recorder(sizes: kept?.files.map(\.checkpoint.size) ?? []), visit: visit)
        return ProofPass(
            lines: lines, event: event, record: record, tree: content.tree(record.tree), log: log)
    }
}

extension ProofPass {
    fileprivate func material(for request: ProofRequest) throws(LedgerError) -> ProofMaterial {
        let material = ProofMaterial(self, request)
        guard !material.lines.isEmpty else { throw material.absence(upTo: .max) }
        return material
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
