package import ClaimsDomain
import EventLog

/// Writes the index while a log is folded, run after run.
///
/// Fed with every event of the log from its beginning, or from the end of what is indexed, with the
/// state each led to: postings and findings are stored as the one fold gave them.
package struct IndexBuilder {
    private let runs: RunWriter
    private let eventsARun: Int
    private var run: RunContent
    /// What comes before the first event noted; nil for a log from its beginning.
    private let earlier: LogIndex?
    private var subjects = RunSubjects()
    private var accounts: AccountNumbers
    /// How many claims and associations the state had after the event before.
    private var claimsSeen = 0
    private var associationsSeen = 0
    /// How many names were hashed, those of documents apart.
    private var namesHashed = 0
    private var documentsHashed = 0
    private var touched = TouchedAccounts()
    /// Writes runs while the next one is made; nil writes each at once.
    private let behind: WorkBehind<IndexProblem>?
    /// Hands over the names that keys of documents are of, where they are looked up on another
    /// thread; nil where the state has them.
    package var withDocumentNames: (((NameTable) -> Void) -> Void)?
    private var findingsSeen = 0
    /// The byte of the whole log that the present segment begins at.
    private var segmentStart: Int64

    /// A builder for a log from its beginning; `writesBehind` writes runs on a thread of their own.
    package init(_ store: IndexStore, writesBehind: Bool) {
        runs = RunWriter(store)
        eventsARun = store.layout.eventsARun
        earlier = nil
        behind = writesBehind ? WorkBehind() : nil
        let start = LogPosition(sequence: 1, lineInFile: 1, byteOffset: 0)
        run = RunContent(after: start, offset: 0, accounts: 0)
        accounts = AccountNumbers(count: 0)
        segmentStart = 0
    }

    /// A builder that goes on where an index ends; `state` is what the next event is applied to.
    init(after index: LogIndex, in state: LedgerState) throws(IndexProblem) {
        runs = RunWriter(index.store)
        eventsARun = index.store.layout.eventsARun
        earlier = index
        claimsSeen = state.claims.count
        associationsSeen = state.associations.count
        behind = nil
        run = RunContent(
            after: index.end, offset: index.endOffset, accounts: index.accountCount)
        accounts = AccountNumbers(count: UInt32(index.accountCount))
        findingsSeen = state.findings.count
        segmentStart = index.endOffset - Int64(index.end.byteOffset)
    }

    /// Takes note of the event that `state` has just applied, and of its line.
    package mutating func note(
        _ fact: borrowing Fact, in state: LedgerState, identity: UInt64, at line: LinePlace
    ) throws(IndexProblem) {
        guard fact.sequence <= IndexFormat.highestSequence else { throw .needsReplay }
        try place(line, sequence: fact.sequence)
        run.times.append(fact.occurredAt.millisecondsSince1970)
        run.identities.append(identity)
        run.lastRecordedAt = fact.recordedAt.millisecondsSince1970
        link(fact, in: state)
        try post(fact, state)
        noteFindings(fact, in: state)
        if fact.kind == .programPublished || fact.kind == .periodClosed {
            run.rules.append(UInt32(fact.sequence))
        }
        if run.count == eventsARun { try writeRun(state) }
    }

    /// Writes what was noted since the last run; returns when all runs are in place.
    ///
    /// A large state is taken apart while the last run is written.
    package mutating func finish(_ state: consuming LedgerState) throws(IndexProblem) {
        if run.count > 0 { try writeRun(state) }
        _ = consume state
        try behind?.finish()
    }

    /// Returns when no run is being written any more; what was noted since the last one is lost.
    package func abandon() { try? behind?.finish() }

    private mutating func place(_ line: LinePlace, sequence: Int64) throws(IndexProblem) {
        let segment = sequence - Int64(line.line) + 1
        if line.line == 1 { segmentStart = run.endOffset }
        let offset = segmentStart + Int64(line.byteOffset)
        guard offset == run.endOffset, sequence == run.last + 1 else { throw .needsReplay }
        if run.segments.last?.firstSequence != segment {
            run.segments.append(
                SegmentEntry(firstSequence: segment, start: segmentStart, byteCount: 0))
        }
        let end = line.byteOffset + line.byteCount + 1
        run.segments[run.segments.count - 1].byteCount = Int64(end)
        run.offsets.append(offset)
        run.endOffset = segmentStart + Int64(end)
        run.end = LogPosition(
            sequence: sequence + 1, lineInFile: line.line + 1, byteOffset: end)
    }

    /// Notes what the event is about, to be chained when the run ends.
    private mutating func link(_ fact: borrowing Fact, in state: LedgerState) {
        let kind: SubjectKind?
        var isNew = false
        switch fact.kind.subjectKind {
        case .claim:
            kind = .claim
            isNew = state.claims.count > claimsSeen
            claimsSeen = state.claims.count
        case .association:
            kind = .association
            isNew = state.associations.count > associationsSeen
            associationsSeen = state.associations.count
        case .program, .partner, .period: kind = nil
        }
        subjects.events.append(
            EventSubject(kind: kind, subject: fact.subject, partner: fact.partner))
        if fact.partner != .none, fact.expenses != nil { subjects.itemised.append(run.place) }
        guard let kind else { return }
        if isNew {
            subjects.newNames += 1
            StoredName(
                kind: kind, sequence: UInt32(fact.sequence),
                time: fact.occurredAt.millisecondsSince1970
            ).write(state.names, fact.subject, to: &run.names)
        }
        guard let document = fact.document, kind == .claim else { return }
        subjects.documents.append(
            EventDocument(
                event: run.place, file: document.file.name, invoice: document.invoiceNumber.name))
    }

    private mutating func post(
        _ fact: borrowing Fact, _ state: LedgerState
    ) throws(IndexProblem) {
        for moved in state.lastPostings {
            try add(
                to: moved.account, moved.amount, from: BucketCode.code(of: moved.from),
                to: BucketCode.code(of: moved.to), state)
        }
        // An account shows once it is touched, even by an event of nothing.
        for key in state.lastAccounts
        where !state.lastPostings.contains(where: { $0.account == key }) {
            try add(to: key, 0, from: 0, to: 0, state)
        }
        for count in state.lastApprovals { try add(count, state) }
    }

    /// Notes a posting to an account.
    private mutating func add(
        to key: AccountKey, _ amount: Int64, from: UInt8, to: UInt8, _ state: LedgerState
    ) throws(IndexProblem) {
        let account = try accounts.number(of: key, in: state, &run, &subjects, earlier)
        touched.touch(account, key)
        run.add(RunPosting(account: account, event: run.place, amount: amount, from: from, to: to))
    }

    /// Notes what was approved of an account for an activity.
    private mutating func add(
        _ count: ApprovalCount, _ state: LedgerState
    ) throws(IndexProblem) {
        let account = try accounts.number(of: count, in: state, &run, &subjects, earlier)
        touched.touch(account, count)
        run.add(
            RunPosting(
                account: account, event: run.place, amount: count.amount,
                from: BucketCode.code(of: .due), to: BucketCode.code(of: .approved)))
    }

    private mutating func noteFindings(_ fact: borrowing Fact, in state: LedgerState) {
        guard state.findings.count > findingsSeen else { return }
        for finding in state.findings[findingsSeen...] {
            run.findings.append(
                StoredFinding(
                    sequence: UInt32(fact.sequence),
                    code: FindingNumber.number(of: finding.code)))
            guard finding.code == .timeWentBack, fact.kind.subjectKind == .claim,
                let latest = state.claim(ClaimID(state.names.text(fact.subject)))?.updatedAt
            else { continue }
            run.breaks.append(
                TimeBreak(
                    sequence: UInt32(fact.sequence),
                    time: fact.occurredAt.millisecondsSince1970,
                    latest: latest.millisecondsSince1970))
        }
        findingsSeen = state.findings.count
    }

    /// Ends the run, begins the next, and writes the one that ended.
    private mutating func writeRun(_ state: LedgerState) throws(IndexProblem) {
        subjects.nameHashes = state.names.hashes(from: namesHashed)
        namesHashed = state.names.count
        if let withDocumentNames {
            withDocumentNames { hash(documents: $0) }
        } else {
            hash(documents: state.documentNames.table)
        }
        run.balances = touched.endRun(state)
        let ended = (run: run, subjects: subjects)
        run = RunContent(after: ended.run)
        subjects = RunSubjects(like: ended.subjects)
        guard let behind else {
            return try runs.write(ended.run, about: ended.subjects, behind: earlier)
        }
        try behind.add { [runs] () throws(IndexProblem) in
            try runs.write(ended.run, about: ended.subjects, behind: nil)
        }
    }

    private mutating func hash(documents names: NameTable) {
        subjects.documentHashes = names.hashes(from: documentsHashed)
        documentsHashed = names.count
    }
}

/// Where a line stands in its segment, without its line feed.
package struct LinePlace {
    let line: Int
    let byteOffset: Int
    let byteCount: Int

    /// `line` counts from 1.
    package init(line: Int, byteOffset: Int, byteCount: Int) {
        self.line = line
        self.byteOffset = byteOffset
        self.byteCount = byteCount
    }
}
