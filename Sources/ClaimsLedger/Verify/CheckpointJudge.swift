import ClaimsCodec
import EventLog
import TransparencyLog

/// Compares signed checkpoints with the log as it is now, and tells truncation, rewriting and forks
/// apart.
struct CheckpointJudge {
    /// One checkpoint that a known key has signed.
    struct Claim {
        let file: CheckpointFile
        /// Whether it was kept outside the ledger.
        let isOutside: Bool
        /// The key that has signed it.
        let key: VerifierKey

        var size: UInt64 { file.checkpoint.size }
    }

    /// Whether a claim holds, and if not, why.
    enum Verdict: Equatable {
        case holds
        /// The log ends before the checkpoint, and what is left is unchanged, or nobody can tell.
        case truncated(Difference)
        /// The log has other events than the checkpoint covers.
        case rewritten(Difference)
        /// The same key has signed the other events too.
        case forked(Difference, other: String)
    }

    /// Where a log begins to differ from what a checkpoint covers.
    enum Difference: Equatable {
        /// This event is the first.
        case first(Int64)
        /// The first is one of these.
        case within(ClosedRange<Int64>)
        /// No event that is left differs.
        case none
        /// Nothing at hand tells.
        case unknown
    }

    /// All claims, kept and from outside.
    let claims: [Claim]
    /// The events of the log.
    let size: UInt64
    /// The root at each claim's size that the log reaches.
    let roots: [UInt64: TreeHash]

    /// Whether the log has the root that a claim covers.
    func holds(_ claim: Claim) -> Bool {
        claim.size <= size && roots[claim.size] == claim.file.checkpoint.root
    }

    /// Judges a claim; `first` tells the first event that differs from the tree of the claim, 0 for
    /// none of those left, nil when the older tree is not at hand.
    func verdict(_ claim: Claim, first: (Claim) -> Int64?) -> Verdict {
        guard !holds(claim) else { return .holds }
        let first = first(claim)
        let other = claims.first {
            $0.key == claim.key && $0.size >= claim.size && $0.file.path != claim.file.path
                && holds($0)
        }
        if let other {
            // Whoever signed two histories may have signed them from the first event on.
            let difference = first.map { Difference.first($0) } ?? .within(1...Int64(claim.size))
            return .forked(difference, other: other.file.path)
        }
        let difference = difference(of: claim, first)
        guard claim.size > size else { return .rewritten(difference) }
        switch difference {
        case .first: return .rewritten(difference)
        case .within, .none, .unknown: return .truncated(difference)
        }
    }

    private func difference(of claim: Claim, _ first: Int64?) -> Difference {
        if let first { return first == 0 ? .none : .first(first) }
        // The key's owner signs no two histories, so what an older checkpoint covers is as it was.
        let older = claims.filter {
            $0.key == claim.key && $0.size <= claim.size && holds($0)
        }
        let kept = older.map(\.size).max() ?? 0
        let low = Int64(kept) + 1
        if claim.size > size { return kept == size ? .none : .unknown }
        return .within(low...max(low, Int64(claim.size)))
    }
}

extension CheckpointJudge {
    /// The fault of a claim that does not hold.
    func fault(_ claim: Claim, _ verdict: Verdict) -> String? {
        let what: String
        let covered = claim.size
        let missing =
            covered == size + 1
            ? "event \(covered) is missing" : "events \(size + 1) to \(covered) are missing"
        switch verdict {
        case .holds: return nil
        case .truncated(let difference):
            what =
                "the log is truncated: it ends at event \(size), the checkpoint covers \(covered); "
                + missing + Self.rest(difference, size: size)
        case .rewritten(let difference):
            what =
                "the log is rewritten: " + Self.place(difference)
                + (covered > size ? ", and \(missing)" : "")
        case .forked(let difference, let other):
            what =
                "the log is forked: the same key has signed another history in '\(other)'; "
                + Self.place(difference)
        }
        return "\(claim.file.path): error: \(what)\n  fix: \(Self.fix(verdict))"
    }

    private static func rest(_ difference: Difference, size: UInt64) -> String {
        guard size > 0 else { return "" }
        return difference == .none
            ? "; the \(size) that are left are unchanged"
            : "; whether the \(size) that are left are unchanged cannot be told without the older "
                + "tree"
    }

    private static func place(_ difference: Difference) -> String {
        switch difference {
        case .first(let sequence):
            "event \(sequence) is the first that differs from what the checkpoint covers"
        case .within(let range) where range.lowerBound == range.upperBound:
            "event \(range.lowerBound) differs from what the checkpoint covers"
        case .within(let range):
            "the first event that differs from what the checkpoint covers is one of "
                + "\(range.lowerBound) to \(range.upperBound)"
        case .none: "no event that is left differs from what the checkpoint covers"
        case .unknown: "which event is the first that differs cannot be told without the older tree"
        }
    }

    private static func fix(_ verdict: Verdict) -> String {
        switch verdict {
        case .holds, .truncated, .rewritten:
            "restore the log from a backup or a replica; keep the folder as evidence before"
        case .forked:
            "keep both checkpoints: together they prove that the key signed two histories"
        }
    }
}
