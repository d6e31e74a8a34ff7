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
        add(.controls) { writer in
            for control in controls {
                writer.put(control.number)
                writer.put(column: control.balance.figures)
            }
        }
        add(.controlTexts) { $0 = controlTexts }
        add(.names) { $0 = names }
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
    /// The postings by account, with what each account held after them; returns how many groups are
    /// of funds, and how many postings these have.
    private func addPostings(
        _ ordinary: Int64, _ add: (RunSection, (inout ColumnWriter) -> Void) -> Void
    ) -> (groups: Int64, postings: Int64) {
        // Funds come first, then what caps are taken over: each has a place of its own.
        let accounts = Int(accountsBefore) + accounts.count
        func key(_ account: UInt32) -> Int {
            AccountNumber.isApproval(account)
                ? accounts + AccountNumber.place(account) : AccountNumber.place(account)
        }
        var starts = [UInt32](repeating: 0, count: accounts * 2 + 1)
        for posting in postings { starts[key(posting.account) + 1] += 1 }
        for place in starts.indices.dropFirst() { starts[place] += starts[place - 1] }
        let groups = addGroups(starts, key, add)
        var stragglers: [Straggler] = []
        add(.postings) { writer in
            writer.fill(postings.count * StoredPosting.bytes) { rows in
                for posting in postings {
                    let time = times[Int(posting.event)]
                    let key = key(posting.account)
                    posting.stored(at: time).put(
                        in: &rows, at: Int(starts[key]) * StoredPosting.bytes)
                    starts[key] += 1
                    guard time < ordinary else { continue }
                    stragglers.append(
                        Straggler(account: posting.account, posting: posting.stored(at: time)))
                }
            }
        }
        stragglers.sort {
            ($0.posting.time, $0.account, $0.posting.event)
                < ($1.posting.time, $1.account, $1.posting.event)
        }
        add(.stragglers) { writer in
            for straggler in stragglers {
                writer.put(straggler.account)
                straggler.posting.put(&writer)
            }
        }
        return groups
    }

    /// The accounts that were touched, each with its first posting's place of those in `starts`.
    private func addGroups(
        _ starts: [UInt32], _ key: (UInt32) -> Int,
        _ add: (RunSection, (inout ColumnWriter) -> Void) -> Void
    ) -> (groups: Int64, postings: Int64) {
        var held = [Int32](repeating: -1, count: starts.count)
        for place in balances.indices { held[key(balances[place].account)] = Int32(place) }
        var places: [(hash: UInt64, number: UInt32)] = []
        places.reserveCapacity(balances.count)
        var funds: (groups: Int64, postings: Int64) = (0, 0)
        add(.groups) { writer in
            writer.reserve(balances.count * AccountGroup.bytes)
            for key in 0..<(starts.count - 1) where held[key] >= 0 {
                let touched = balances[Int(held[key])]
                let account = touched.account
                let count = starts[key + 1] - starts[key]
                writer.put(account)
                writer.put(starts[key])
                writer.put(count)
                writer.put(touched.control)
                writer.put(touched.unclaimedBefore)
                writer.put(column: touched.balance.figures)
                places.append((AccountGroup.hash(account), UInt32(places.count)))
                guard !AccountNumber.isApproval(account) else { continue }
                funds.groups += 1
                funds.postings += Int64(count)
            }
        }
        add(.groupPlaces) { $0.put(raw: HashTable.table(of: places)) }
        return funds
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

    /// Puts it at an offset of such rows.
    func put(in rows: inout MutableRawSpan, at offset: Int) {
        rows.storeBytes(of: event.littleEndian, toByteOffset: offset, as: UInt32.self)
        rows.storeBytes(of: time.littleEndian, toByteOffset: offset + 4, as: Int64.self)
        rows.storeBytes(of: amount.littleEndian, toByteOffset: offset + 12, as: Int64.self)
        rows.storeBytes(of: from, toByteOffset: offset + 20, as: UInt8.self)
        rows.storeBytes(of: to, toByteOffset: offset + 21, as: UInt8.self)
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
