package import ClaimsDomain
package import EventLog

/// Writes the index while a log is folded, run after run.
///
/// Fed with every event of the log from its beginning, or from the end of what is indexed, with the
/// state each led to: postings and findings are stored as the one fold gave them.
package struct IndexBuilder {
    private let store: IndexStore
    private var run: RunContent
    /// What comes before the first event noted; nil for a log from its beginning.
    private let earlier: LogIndex?
    private var subjects = SubjectChains()
    private var accounts: AccountNumbers
    private var balances = RunningBalances()
    private var findingsSeen = 0
    /// The byte of the whole log that the present segment begins at.
    private var segmentStart: Int64

    /// A builder for a log from its beginning.
    package init(_ store: IndexStore) {
        self.store = store
        earlier = nil
        let start = LogPosition(sequence: 1, lineInFile: 1, byteOffset: 0)
        run = RunContent(after: start, offset: 0, accounts: 0)
        accounts = AccountNumbers(count: 0)
        segmentStart = 0
    }

    /// A builder that goes on where an index ends; `state` is what the next event is applied to.
    init(after index: LogIndex, in state: LedgerState) throws(IndexProblem) {
        store = index.store
        earlier = index
        run = RunContent(
            after: index.end, offset: index.endOffset, accounts: index.accountCount)
        accounts = AccountNumbers(count: UInt32(index.accountCount))
        findingsSeen = state.findings.count
        segmentStart = index.endOffset - Int64(index.end.byteOffset)
    }

    /// Takes note of the event that `state` has just applied, and of its line without LF.
    package mutating func note(
        _ fact: Fact, in state: LedgerState, identity: UInt64, at line: LineLocation,
        byteCount: Int
    ) throws(IndexProblem) {
        guard fact.sequence <= IndexFormat.highestSequence else { throw .needsReplay }
        try place(line, byteCount: byteCount)
        run.times.append(fact.occurredAt.millisecondsSince1970)
        run.identities.append(identity)
        run.lastRecordedAt = fact.recordedAt.millisecondsSince1970
        try link(fact, in: state)
        try post(fact, state)
        noteFindings(fact, in: state)
        if fact.kind == .programPublished || fact.kind == .periodClosed {
            run.rules.append(UInt32(fact.sequence))
        }
        if run.count == store.layout.eventsARun { try writeRun(state) }
    }

    /// Writes what was noted since the last run.
    package mutating func finish(_ state: LedgerState) throws(IndexProblem) {
        if run.count > 0 { try writeRun(state) }
    }

    private mutating func place(
        _ line: LineLocation, byteCount: Int
    ) throws(IndexProblem) {
        let segment = line.sequence - Int64(line.line) + 1
        if line.line == 1 { segmentStart = run.endOffset }
        let offset = segmentStart + Int64(line.byteOffset)
        guard offset == run.endOffset, line.sequence == run.last + 1 else { throw .needsReplay }
        if run.segments.last?.firstSequence != segment {
            run.segments.append(
                SegmentEntry(firstSequence: segment, start: segmentStart, byteCount: 0))
        }
        let end = line.byteOffset + byteCount + 1
        run.segments[run.segments.count - 1].byteCount = Int64(end)
        run.offsets.append(offset)
        run.endOffset = segmentStart + Int64(end)
        run.end = LogPosition(
            sequence: line.sequence + 1, lineInFile: line.line + 1, byteOffset: end)
    }

    /// Chains the event to the one before it of the same partner, subject, file and invoice.
    private mutating func link(_ fact: Fact, in state: LedgerState) throws(IndexProblem) {
        try linkPartner(fact, in: state)
        let kind: SubjectKind
        switch fact.kind.subjectKind {
        case .claim: kind = .claim
        case .association: kind = .association
        case .program, .partner, .period:
            run.previous.append(0)
            return
        }
        let previous = try chain(kind, fact.subject, fact.sequence, state.names)
        run.previous.append(previous)
        if previous == 0 {
            StoredName(
                kind: kind, sequence: UInt32(fact.sequence),
                time: fact.occurredAt.millisecondsSince1970
            ).write(state.names, fact.subject, to: &run.names)
        }
        guard let document = fact.document, kind == .claim else { return }
        var attachment = Attachment(
            sequence: UInt32(fact.sequence), previousFile: 0, previousInvoice: 0)
        attachment.previousFile = try chain(
            .file, document.file.name, fact.sequence, state.documentNames.table)
        if document.invoiceNumber != .none {
            attachment.previousInvoice = try chain(
                .invoice, document.invoiceNumber.name, fact.sequence, state.documentNames.table)
        }
        run.attachments.append(attachment)
    }

    private mutating func linkPartner(
        _ fact: Fact, in state: LedgerState
    ) throws(IndexProblem) {
        guard fact.partner != .none else {
            run.previousOfPartner.append(0)
            return
        }
        run.previousOfPartner.append(
            try chain(.partnerEvents, fact.partner, fact.sequence, state.names))
        guard fact.expenses != nil else { return }
        run.itemised.append(
            ItemisedDraft(
                sequence: UInt32(fact.sequence),
                previous: try chain(.itemised, fact.partner, fact.sequence, state.names)))
    }

    private mutating func chain(
        _ kind: SubjectKind, _ key: NameKey, _ sequence: Int64, _ names: NameTable
    ) throws(IndexProblem) -> UInt32 {
        try subjects.chain(kind, key, to: UInt32(sequence), runFirst: run.first, names, earlier)
    }

    private mutating func post(_ fact: Fact, _ state: LedgerState) throws(IndexProblem) {
        let time = fact.occurredAt.millisecondsSince1970
        func posting(_ amount: Int64, from: UInt8, to: UInt8) -> StoredPosting {
            StoredPosting(
                event: UInt32(run.count - 1), time: time, amount: amount, from: from, to: to)
        }
        for moved in state.lastPostings {
            try add(
                posting(
                    moved.amount, from: BucketCode.code(of: moved.from),
                    to: BucketCode.code(of: moved.to)), moved.account, nil, state)
        }
        // An account shows once it is touched, even by an event of nothing.
        for key in state.lastAccounts
        where !state.lastPostings.contains(where: { $0.account == key }) {
            try add(posting(0, from: 0, to: 0), key, nil, state)
        }
        for count in state.lastApprovals {
            try add(
                posting(
                    count.amount, from: BucketCode.code(of: .due),
                    to: BucketCode.code(of: .approved)), count.account, count.activity, state)
        }
    }

    private mutating func add(
        _ posting: StoredPosting, _ key: AccountKey, _ activity: NameKey?, _ state: LedgerState
    ) throws(IndexProblem) {
        let account = try accounts.number(
            of: key, for: activity, in: state, &run, &subjects, earlier)
        if !balances.knows(account) {
            balances.begin(account, with: try balanceBefore(account))
        }
        balances.apply(posting, to: account)
        run.postings.append((account, posting))
        let (sum, overflow) = run.total.addingReportingOverflow(posting.amount.magnitude)
        run.total = overflow ? .max : sum
    }

    private func balanceBefore(_ account: UInt32) throws(IndexProblem) -> FundBalance {
        guard let earlier, AccountNumber.place(account) < Int(earlier.accountCount) else {
            return FundBalance()
        }
        return try earlier.balance(of: account, asOf: nil, upTo: earlier.last) ?? FundBalance()
    }

    private mutating func noteFindings(_ fact: Fact, in state: LedgerState) {
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

    /// Writes the run, merged with the short ones before it, and begins the next.
    private mutating func writeRun(_ state: LedgerState) throws(IndexProblem) {
        run.subjects = subjects.endRun(state)
        run.balances = balances.endRun()
        for place in run.segments.indices {
            let segment = run.segments[place]
            let status = try store.status(ofSegment: segment.firstSequence)
            guard Int64(status.byteCount) >= segment.byteCount else { throw .needsReplay }
            run.segments[place].number = status.stamp.number
            run.segments[place].modifiedNanoseconds = status.stamp.modifiedNanoseconds
            run.segments[place].changedNanoseconds = status.stamp.changedNanoseconds
        }
        run.tail = try store.tail(before: run.end)
        let next = RunContent(
            after: run.end, offset: run.endOffset,
            accounts: run.accountsBefore + Int64(run.accounts.count))
        if let earlier {
            var merged = run
            for before in earlier.runs.reversed() {
                // Runs grow by steps, so that each event is written a few times in all.
                guard before.last + 1 == merged.first, before.count <= merged.count * 3,
                    before.count + merged.count <= store.layout.eventsARun
                else { break }
                var both = try RunContent(before)
                both.append(merged)
                merged = both
            }
            try store.write(merged)
        } else {
            try store.write(run)
        }
        run = next
    }
}
