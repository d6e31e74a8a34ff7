import ClaimsDomain
import EventLog

extension RunContent {
    /// A whole run back in memory, to be merged with the next.
    init(_ run: IndexRun) throws(IndexProblem) {
        let header = run.header
        self.init(
            after: LogPosition(sequence: run.first, lineInFile: 1, byteOffset: 0),
            offset: header.startOffset, accounts: header.accountsBefore)
        endOffset = header.endOffset
        end = header.end
        lastRecordedAt = header.lastRecordedAt
        total = header.total
        tail = (header.tailCount, header.tailHash)
        try takeEvents(run)
        try takeLists(run)
    }

    private mutating func takeEvents(_ run: IndexRun) throws(IndexProblem) {
        let summaries = try run.summaries()
        let stored = try run.rows(0..<run.count, of: 4, in: .offsets)
        let times = try run.rows(0..<run.count, of: 8, in: .times)
        let before = try run.rows(0..<run.count, of: 4, in: .previous)
        let ofPartner = try run.rows(0..<run.count, of: 4, in: .previousOfPartner)
        for event in 0..<run.count {
            let offset = Int64(try stored.number(at: event * 4, as: UInt32.self))
            offsets.append(summaries[event / run.blockEvents].offset + offset)
            self.times.append(try times.number(at: event * 8))
            previous.append(try before.number(at: event * 4))
            previousOfPartner.append(try ofPartner.number(at: event * 4))
        }
        let identities = try run.whole(.identities)
        for place in stride(from: 0, to: identities.count, by: 8) {
            let hash: UInt64 = try identities.number(at: place)
            if hash != 0 { self.identities.append(hash) }
        }
        let subjects = try run.whole(.subjects)
        for place in stride(from: 0, to: subjects.count, by: HashTable.pairBytes) {
            let hash: UInt64 = try subjects.number(at: place)
            if hash != 0 { self.subjects.append((hash, try subjects.number(at: place + 8))) }
        }
        let groups = try run.groups()
        for place in 0..<groups.count {
            let group = try groups.group(place)
            balances.append(
                TouchedAccount(
                    account: group.account, balance: group.balance, control: group.control,
                    unclaimedBefore: group.unclaimedBefore))
            postings += try run.postings(of: group).map { posting in
                RunPosting(
                    account: group.account, event: posting.event, amount: posting.amount,
                    from: posting.from, to: posting.to)
            }
        }
    }

    private mutating func takeLists(_ run: IndexRun) throws(IndexProblem) {
        findings = try run.list(.findings, each: StoredFinding.bytes) {
            bytes, place throws(IndexProblem) in
            StoredFinding(
                sequence: try bytes.number(at: place), code: try bytes.number(at: place + 4))
        }
        breaks = try run.breaks()
        rules = try run.sequences(in: .rules, rowBytes: 4).map { UInt32($0) }
        attachments = try run.list(.attachments, each: Attachment.bytes) {
            bytes, place throws(IndexProblem) in
            Attachment(
                sequence: try bytes.number(at: place),
                previousFile: try bytes.number(at: place + 4),
                previousInvoice: try bytes.number(at: place + 8))
        }
        itemised = try run.list(.itemised, each: ItemisedDraft.bytes) {
            bytes, place throws(IndexProblem) in
            ItemisedDraft(
                sequence: try bytes.number(at: place), previous: try bytes.number(at: place + 4))
        }
        let texts = try run.whole(.accountTexts)
        for row in 0..<Int(run.header.accountCount) {
            let account = try run.account(row)
            guard let end = AccountTexts(in: texts.bytes.span, from: account.textStart)?.end else {
                throw run.damaged
            }
            accounts.append(
                (Array(texts.bytes[account.textStart..<end]), account.previous))
        }
        controls = try run.controls()
        controlTexts.put(raw: try run.whole(.controlTexts).bytes)
        names.put(raw: try run.whole(.names).bytes)
        segments = try run.segments()
    }
}

extension IndexRun {
    func breaks() throws(IndexProblem) -> [TimeBreak] {
        try list(.breaks, each: TimeBreak.bytes) { bytes, place throws(IndexProblem) in
            TimeBreak(
                sequence: try bytes.number(at: place), time: try bytes.number(at: place + 4),
                latest: try bytes.number(at: place + 12))
        }
    }

    func segments() throws(IndexProblem) -> [SegmentEntry] {
        try list(.segments, each: SegmentEntry.bytes) { bytes, place throws(IndexProblem) in
            var entry = SegmentEntry(
                firstSequence: try bytes.number(at: place), start: try bytes.number(at: place + 8),
                byteCount: try bytes.number(at: place + 16))
            entry.number = try bytes.number(at: place + 24)
            entry.modifiedNanoseconds = try bytes.number(at: place + 32)
            entry.changedNanoseconds = try bytes.number(at: place + 40)
            return entry
        }
    }
}
