import ClaimsDomain

extension LogIndex {
    /// The last sequence of what has a hash; nil for what is not in the index.
    ///
    /// A page or two a run, the latest run first.
    func lastSequence(ofHash hash: UInt64) throws(IndexProblem) -> Int64? {
        for run in runs.reversed() {
            if let sequence = try run.lastSequence(ofHash: hash) { return sequence }
        }
        return nil
    }

    /// The sequences of the events of a claim or association up to one, ascending.
    ///
    /// They are found by hash: whoever reads them compares the name. O(events of it).
    func sequences(
        of kind: SubjectKind, _ name: String, upTo cut: Int64
    ) throws(IndexProblem) -> [Int64] {
        var sequences: [Int64] = []
        let hash = WordHash.hash(name, seed: kind.rawValue)
        var next = try lastSequence(ofHash: hash) ?? 0
        while next > 0 {
            if next <= cut { sequences.append(next) }
            let run = try run(of: next)
            let previous = try run.previous(of: next)
            guard previous < next else { throw run.damaged }
            next = previous
        }
        return sequences.reversed()
    }

    /// The sequences of the events that attached a document of the same file, or with an invoice of
    /// the same number, up to one.
    ///
    /// Throws `needsReplay` where there are more than a question can read.
    func sequences(
        attaching kind: SubjectKind, _ name: Span<UInt8>, upTo cut: Int64
    ) throws(IndexProblem) -> [Int64] {
        var sequences: [Int64] = []
        var next = try lastSequence(ofHash: WordHash.hash(name, seed: kind.rawValue)) ?? 0
        while next > 0 {
            guard sequences.count < Self.mostSharing else { throw .needsReplay }
            if next <= cut { sequences.append(next) }
            let run = try run(of: next)
            guard let attachment = try run.attachment(of: next) else { throw run.damaged }
            let previous = Int64(
                kind == .file ? attachment.previousFile : attachment.previousInvoice)
            guard previous < next else { throw run.damaged }
            next = previous
        }
        return sequences.reversed()
    }

    /// Claims that share one document: more of them than this are folded with the whole log.
    private static let mostSharing = 1000

    /// The sequences of the programmes published and the books closed, up to one.
    func ruleSequences(upTo cut: Int64) throws(IndexProblem) -> [Int64] {
        var sequences: [Int64] = []
        for run in runs where run.first <= cut {
            sequences += try run.sequences(in: .rules, rowBytes: 4).filter { $0 <= cut }
        }
        return sequences
    }

    /// Whether an event of an identity may be indexed: false is certain.
    func mayHold(identity: UInt64) throws(IndexProblem) -> Bool {
        for run in runs {
            if try run.mayHold(identity: identity) { return true }
        }
        return false
    }
}
