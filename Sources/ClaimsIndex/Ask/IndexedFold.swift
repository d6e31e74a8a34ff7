import ClaimsCodec
import ClaimsDomain
package import ClaimsProjections
package import EventLog

/// Answers a question from the index: folds those events of the log that the answer needs, with the
/// one fold, and takes from the index what all others left behind.
///
/// Anything it is not certain of is left to a replay, also every fault of the log.
package struct IndexedFold {
    let index: LogIndex
    let viewpoint: Viewpoint
    var state = LedgerState()
    private var reader = FactReader()
    /// The indexed events that were known.
    let cut: Int64
    /// The events behind the index that were known.
    private(set) var tail: [TailEvent] = []
    package private(set) var tornTail: TornTail?
    /// When the last event known was recorded.
    private let lastRecordedAt: Instant?
    /// What postings outside the index add up to.
    private var total: UInt64
    private var hydrated: Set<Subject> = []

    /// A claim or an association by its key.
    struct Subject: Hashable {
        let kind: SubjectKind
        let key: NameKey
    }

    /// Finds the events a viewpoint knows, and reads those that are not indexed.
    ///
    /// `most` is how many of these at the most; a question has no limit.
    package init(
        _ index: LogIndex, at viewpoint: Viewpoint, tailEvents most: Int = .max,
        keepingLines: Bool = true
    ) throws(IndexProblem) {
        self.index = index
        self.viewpoint = viewpoint
        total = index.total
        cut = try index.knownEvents(viewpoint.knownAt)
        guard cut == index.last else {
            lastRecordedAt = try index.recordedAt(of: cut)
            return
        }
        var reading = TailReading(
            index: index, viewpoint: viewpoint, most: most, keepsLines: keepingLines)
        let read = try reading.read(&reader, &state)
        tail = read.events
        tornTail = read.tornTail
        lastRecordedAt = tail.last?.fact.recordedAt ?? index.lastRecordedAt
    }

    /// The sequence of the last event known.
    package var lastSequence: Int64 { tail.last?.fact.sequence ?? cut }

    /// The whole of a replay's result, as far as the question reads it.
    package func finished() -> Replay {
        Replay(
            state: state, viewpoint: viewpoint,
            moment: viewpoint.moment(lastRecordedAt: lastRecordedAt),
            lastSequence: lastSequence, eventsKnown: lastSequence, bytesRead: 0, unknownTypes: [:])
    }

    /// Applies the programmes published and the books closed.
    mutating func applyRules() throws(IndexProblem) {
        for sequence in try index.ruleSequences(upTo: cut) {
            let line = try read(sequence)
            if viewpoint.includes(line.fact) { state.apply(line.fact, rules: line.rules) }
        }
    }

    /// Reads the event of a sequence from the log.
    mutating func read(_ sequence: Int64) throws(IndexProblem) -> IndexedLine {
        let bytes = try index.line(at: sequence)
        guard case .fact(let fact, let rules)? = try? reader.read(bytes.span, into: &state),
            fact.sequence == sequence
        else { throw index.differs(at: sequence) }
        return IndexedLine(fact: fact, rules: rules, bytes: bytes)
    }

    /// Reads the events of a claim or association that had happened; throws unless they are the
    /// first so many of it, so that each found what it finds in this fold.
    mutating func read(_ subject: Subject) throws(IndexProblem) -> [IndexedLine] {
        let name = state.names.text(subject.key)
        let sequences = try index.sequences(of: subject.kind, name, upTo: cut)
        return try read(sequences) { _, fact in Self.isOf(subject, fact) }
    }

    /// The same of whatever the sequences are all events of; throws where one is not, too.
    mutating func read(
        _ sequences: some Sequence<Int64>,
        where isOwn: (IndexedFold, Fact) throws(IndexProblem) -> Bool
    ) throws(IndexProblem) -> [IndexedLine] {
        var lines: [IndexedLine] = []
        var isBehind = false
        for sequence in sequences {
            let line = try read(sequence)
            guard try isOwn(self, line.fact) else { throw .needsReplay }
            guard viewpoint.includes(line.fact) else {
                isBehind = true
                continue
            }
            if isBehind { throw .needsReplay }
            lines.append(line)
        }
        return lines
    }

    /// Whether an event is one of a claim or association.
    static func isOf(_ subject: Subject, _ fact: Fact) -> Bool {
        fact.subject == subject.key
            && fact.kind.subjectKind == (subject.kind == .claim ? .claim : .association)
    }

    /// Applies an indexed event with what the whole log's fold had found at it.
    mutating func apply(_ line: IndexedLine, finding codes: [FindingCode]) {
        let before = state.findings.count
        state.apply(line.fact, rules: line.rules)
        state.resume(findingsAfter: before, as: codes, of: line.fact)
    }

    /// Applies an event that is not indexed, in a state that was made ready for it.
    mutating func apply(_ event: TailEvent) throws(IndexProblem) {
        state.apply(event.fact, rules: event.rules)
        for posting in state.lastPostings {
            let (sum, overflow) = total.addingReportingOverflow(posting.amount.magnitude)
            guard !overflow, sum <= IndexFormat.highestTotal else { throw .needsReplay }
            total = sum
        }
    }

    mutating func note(hydrated subject: Subject) -> Bool { hydrated.insert(subject).inserted }

    mutating func resume(_ account: StoredAccount, _ balance: FundBalance) {
        if let activity = account.activity {
            state.resume(account.account, approved: balance.approved, for: activity)
        } else {
            state.resume(account.account, holding: balance)
        }
    }
}

/// An indexed event, read from the log.
struct IndexedLine {
    let fact: Fact
    let rules: Program?
    let bytes: [UInt8]
}

extension LogIndex {
    /// How many of the indexed events were known.
    func knownEvents(_ knownAt: KnownAt?) throws(IndexProblem) -> Int64 {
        switch knownAt {
        case nil: return last
        case .sequence(let sequence): return min(max(sequence, 0), last)
        case .instant(let instant):
            // Recorded times never decrease.
            var low: Int64 = 0
            var high = last
            while low < high {
                let middle = (low + high + 1) / 2
                guard let recordedAt = try recordedAt(of: middle) else { throw .needsReplay }
                if recordedAt <= instant { low = middle } else { high = middle - 1 }
            }
            return low
        }
    }

    /// When an event was recorded; nil before the first.
    func recordedAt(of sequence: Int64) throws(IndexProblem) -> Instant? {
        if sequence == 0 { return nil }
        if sequence == last { return lastRecordedAt }
        var reader = FactReader()
        var state = LedgerState()
        let bytes = try line(at: sequence)
        guard case .fact(let fact, _)? = try? reader.read(bytes.span, into: &state),
            fact.sequence == sequence
        else { throw differs(at: sequence) }
        return fact.recordedAt
    }

    func differs(at sequence: Int64) -> IndexProblem {
        let segment = segments.last { $0.firstSequence <= sequence }?.firstSequence ?? 1
        return .differs(
            file: store.log.path(ofSegment: segment),
            what: "sequence \(sequence) does not stand where it was indexed")
    }
}
