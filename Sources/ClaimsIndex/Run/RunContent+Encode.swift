import ClaimsDomain

extension RunContent {
    /// The payload of the file, in parts.
    func encoded(_ store: IndexStore) -> [[UInt8]] {
        var sections: [RunSection: ColumnWriter] = [:]
        func add(_ section: RunSection, _ fill: (inout ColumnWriter) -> Void) {
            fill(&sections[section, default: ColumnWriter()])
        }
        let summaries = summaries(store.layout.eventsABlock)
        addEvents(summaries, store.layout.eventsABlock, add)
        addLists(add)
        let earliest = ordinaryTime(store.layout.eventsABlock)
        let funds = addPostings(earliest, add)
        var header = header(ledgerID: store.ledgerID)
        header.latest = summaries.reduce(.min) { max($0, $1.latest) }
        header.earliest = earliest
        header.fundGroups = funds.groups
        header.fundPostings = funds.postings
        return joined(sections, &header)
    }

    private func addEvents(
        _ summaries: [SummaryRow], _ size: Int,
        _ add: (RunSection, (inout ColumnWriter) -> Void) -> Void
    ) {
        add(.summaries) { writer in
            for row in summaries {
                writer.put(row.offset)
                writer.put(row.latest)
                writer.put(row.earliest)
            }
        }
        add(.offsets) { writer in
            writer.put(
                column: offsets.indices.map { event in
                    UInt32(offsets[event] - summaries[event / size].offset)
                })
        }
        add(.times) { $0.put(column: times) }
        add(.previous) { $0.put(column: previous) }
        add(.previousOfPartner) { $0.put(column: previousOfPartner) }
        add(.identities) { $0.put(column: HashTable.table(of: identities)) }
        add(.subjects) { $0.put(raw: HashTable.table(of: subjects)) }
    }

    private func addLists(_ add: (RunSection, (inout ColumnWriter) -> Void) -> Void) {
        add(.findings) { writer in
            for finding in findings {
                writer.put(finding.sequence)
                writer.put(finding.code)
            }
        }
        add(.breaks) { writer in
            for event in breaks {
                writer.put(event.sequence)
                writer.put(event.time)
                writer.put(event.latest)
            }
        }
        add(.rules) { $0.put(column: rules) }
        add(.attachments) { writer in
            for attachment in attachments {
                writer.put(attachment.sequence)
                writer.put(attachment.previousFile)
                writer.put(attachment.previousInvoice)
            }
        }
        add(.itemised) { writer in
            for draft in itemised {
                writer.put(draft.sequence)
                writer.put(draft.previous)
            }
        }
        var textStart: UInt32 = 0
        for account in accounts {
            add(.accounts) { writer in
                writer.put(textStart)
                writer.put(account.previous)
            }
            add(.accountTexts) { $0.put(raw: account.texts) }
            textStart += UInt32(account.texts.count)
        }
        add(.names) { $0.put(raw: names) }
        add(.segments) { writer in
            for segment in segments {
                writer.put(segment.firstSequence)
                writer.put(segment.start)
                writer.put(segment.byteCount)
                writer.put(segment.number)
                writer.put(segment.modifiedNanoseconds)
                writer.put(segment.changedNanoseconds)
            }
        }
    }

    private func header(ledgerID: String) -> RunHeader {
        RunHeader(
            ledgerID: ledgerID, first: first, last: last, startOffset: startOffset,
            endOffset: endOffset, end: end, lastRecordedAt: lastRecordedAt,
            accountsBefore: accountsBefore, accountCount: Int64(accounts.count), total: total,
            tailCount: tail.count, tailHash: tail.hash)
    }

    private func joined(
        _ sections: [RunSection: ColumnWriter], _ header: inout RunHeader
    ) -> [[UInt8]] {
        var place = RunHeader.byteCount(ledgerID: header.ledgerID)
        for section in RunSection.allCases {
            let count = sections[section]?.bytes.count ?? 0
            header.sections.append(place..<(place + count))
            place += count
        }
        return [header.bytes] + RunSection.allCases.map { sections[$0]?.bytes ?? [] }
    }
}

// MARK: - Times

extension RunContent {
    private func summaries(_ size: Int) -> [SummaryRow] {
        stride(from: 0, to: count, by: size).map { start in
            let block = times[start..<min(start + size, count)]
            var row = SummaryRow(offset: offsets[start], latest: .min, earliest: .max)
            for time in block {
                row.latest = max(row.latest, time)
                row.earliest = min(row.earliest, time)
            }
            return row
        }
    }

    /// The earliest time that is no straggler's.
    ///
    /// What lies before nearly all of the run's first block is no ordinary delay between the world
    /// and the ledger; where many events do, they are an older stretch of history.
    private func ordinaryTime(_ size: Int) -> Int64 {
        let earliest = times.min() ?? .max
        let block = times.prefix(size).sorted()
        guard let ordinary = block.isEmpty ? nil : block[block.count / 64] else { return earliest }
        let late = times.reduce(0) { $1 < ordinary ? $0 + 1 : $0 }
        return late * 16 > count ? earliest : ordinary
    }
}

// MARK: - Accounts

extension RunContent {
    /// The places of the postings: those of funds by account, then what caps are taken over.
    private func postingsByAccount() -> [Int] {
        let accounts = Int(accountsBefore) + accounts.count
        func key(_ account: UInt32) -> Int {
            AccountNumber.isApproval(account)
                ? accounts + AccountNumber.place(account) : AccountNumber.place(account)
        }
        var starts = [Int](repeating: 0, count: accounts * 2 + 1)
        for (account, _) in postings { starts[key(account) + 1] += 1 }
        for place in starts.indices.dropFirst() { starts[place] += starts[place - 1] }
        var sorted = [Int](repeating: 0, count: postings.count)
        for index in postings.indices {
            let key = key(postings[index].account)
            sorted[starts[key]] = index
            starts[key] += 1
        }
        return sorted
    }

    /// The postings by account, with what each account held after them; returns how many groups are
    /// of funds, and how many postings these have.
    private func addPostings(
        _ ordinary: Int64, _ add: (RunSection, (inout ColumnWriter) -> Void) -> Void
    ) -> (groups: Int64, postings: Int64) {
        var rows = ColumnWriter()
        rows.reserve(postings.count * StoredPosting.bytes)
        var groups: [(account: UInt32, first: UInt32, count: UInt32)] = []
        var stragglers: [Straggler] = []
        for (place, index) in postingsByAccount().enumerated() {
            let (account, posting) = postings[index]
            if groups.last?.account != account { groups.append((account, UInt32(place), 0)) }
            groups[groups.count - 1].count += 1
            posting.put(&rows)
            if posting.time < ordinary {
                stragglers.append(Straggler(account: account, posting: posting))
            }
        }
        add(.postings) { $0 = rows }
        add(.groups) { writer in
            writer.reserve(groups.count * AccountGroup.bytes)
            for group in groups {
                writer.put(group.account)
                writer.put(group.first)
                writer.put(group.count)
                writer.put(column: (balances[group.account] ?? FundBalance()).figures)
            }
        }
        add(.groupPlaces) { writer in
            let places = groups.enumerated().map { place, group in
                (hash: AccountGroup.hash(group.account), number: UInt32(place))
            }
            writer.put(raw: HashTable.table(of: places))
        }
        stragglers.sort { ($0.posting.time, $0.account) < ($1.posting.time, $1.account) }
        add(.stragglers) { writer in
            for straggler in stragglers {
                writer.put(straggler.account)
                straggler.posting.put(&writer)
            }
        }
        let funds = groups.prefix { !AccountNumber.isApproval($0.account) }
        return (Int64(funds.count), Int64(funds.reduce(0) { $0 + $1.count }))
    }
}

extension AccountGroup {
    /// What a group is looked up by.
    static func hash(_ account: UInt32) -> UInt64 {
        WordHash.mix(UInt64(account) &+ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
    }
}

extension StoredPosting {
    /// Posts it to its account.
    func apply(to balance: inout FundBalance) {
        guard amount != 0, let from = BucketCode.bucket(from), let to = BucketCode.bucket(to) else {
            return
        }
        balance.move(amount, from: from, to: to)
    }

    func put(_ writer: inout ColumnWriter) {
        writer.put(event)
        writer.put(time)
        writer.put(amount)
        writer.put(from)
        writer.put(to)
    }

    /// The posting at a place.
    init(in bytes: ColumnBytes, at place: Int) throws(IndexProblem) {
        event = try bytes.number(at: place)
        time = try bytes.number(at: place + 4)
        amount = try bytes.number(at: place + 12)
        from = try bytes.number(at: place + 20)
        to = try bytes.number(at: place + 21)
    }
}
