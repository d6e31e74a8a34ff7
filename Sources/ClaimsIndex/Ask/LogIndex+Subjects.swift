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
        try chained(kind.hash(of: name), upTo: cut, most: .max) {
            run, sequence throws(IndexProblem) in
            try run.previous(of: sequence)
        }
    }

    /// The sequences of all events of a partner up to one, ascending.
    ///
    /// Throws `needsReplay` where there are more than a question can read.
    func sequences(ofPartner name: String, upTo cut: Int64) throws(IndexProblem) -> [Int64] {
        let hash = SubjectKind.partnerEvents.hash(of: name)
        return try chained(hash, upTo: cut, most: Self.mostOfPartner) {
            run, sequence throws(IndexProblem) in
            try run.previous(of: sequence, inChain: .previousOfPartner)
        }
    }

    /// The sequences of a partner's events that say what a claim's amount is made up of.
    func sequences(
        itemisedBy name: Span<UInt8>, upTo cut: Int64
    ) throws(IndexProblem) -> [Int64] {
        let hash = SubjectKind.itemised.hash(of: name)
        return try chained(hash, upTo: cut, most: Self.mostOfPartner) {
            run, sequence throws(IndexProblem) in
            try run.previousItemised(of: sequence)
        }
    }

    /// Reading an event by its sequence takes some ten times as long as in a replay: a partner with
    /// more events than this is folded with the whole log.
    private static let mostOfPartner = 40_000

    /// The sequences of the events that attached a document of the same file, or with an invoice of
    /// the same number, up to one.
    ///
    /// Throws `needsReplay` where there are more than a question can read.
    func sequences(
        attaching kind: SubjectKind, _ name: Span<UInt8>, upTo cut: Int64
    ) throws(IndexProblem) -> [Int64] {
        try chained(
            kind.hash(of: name), upTo: cut, most: Self.mostSharing
        ) { run, sequence throws(IndexProblem) in
            guard let attachment = try run.attachment(of: sequence) else { throw run.damaged }
            return Int64(kind == .file ? attachment.previousFile : attachment.previousInvoice)
        }
    }

    /// A chain from its last event backwards, up to a sequence; ascending.
    private func chained(
        _ hash: UInt64, upTo cut: Int64, most: Int,
        _ previous: (IndexRun, Int64) throws(IndexProblem) -> Int64
    ) throws(IndexProblem) -> [Int64] {
        var sequences: [Int64] = []
        var next = try lastSequence(ofHash: hash) ?? 0
        while next > 0 {
            guard sequences.count < most else { throw .needsReplay }
            if next <= cut { sequences.append(next) }
            let run = try run(of: next)
            let before = try previous(run, next)
            guard before < next else { throw run.damaged }
            next = before
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
