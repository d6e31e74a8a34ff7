import ClaimsDomain

// What accounts hold at a viewpoint. Postings of a claim follow from its own events in their order:
// they are the same in every fold that has the first so many of these. So a balance is a sum over
// what had happened and was known, whatever else was.

extension LogIndex {
    /// Throws where an event of some claim had happened that one before it had not: its postings
    /// are then those of another fold.
    func checkBreaks(_ asOf: Int64?, upTo cut: Int64) throws(IndexProblem) {
        guard let asOf else { return }
        for run in runs where run.first <= cut {
            for event in try run.breaks()
            where event.time <= asOf && asOf < event.latest && Int64(event.sequence) <= cut {
                throw .needsReplay
            }
        }
    }

    /// The runs that count in full, from the first on.
    func wholeRuns(_ asOf: Int64?, upTo cut: Int64) -> Int {
        runs.firstIndex { run in
            run.last > cut || (asOf.map { run.header.latest > $0 } ?? false)
        } ?? runs.count
    }

    /// What an account holds, from what had happened by a moment of the first so many events; nil
    /// where nothing of these had touched it.
    ///
    /// Reads a page or two a run until one has it, and its postings in those runs that count in
    /// part.
    func balance(
        of account: UInt32, asOf: Int64?, upTo cut: Int64
    ) throws(IndexProblem) -> FundBalance? {
        let whole = wholeRuns(asOf, upTo: cut)
        var balance = try latestGroup(of: account, in: runs[..<whole])?.balance
        for run in runs[whole...] where run.first <= cut && run.knows(account: account) {
            if let asOf, asOf < run.header.earliest {
                for straggler in try run.stragglers(upTo: asOf)
                where straggler.account == account
                    && run.first + Int64(straggler.posting.event) <= cut
                {
                    straggler.posting.apply(to: &balance)
                }
                continue
            }
            guard let group = try run.group(of: account) else { continue }
            for posting in try run.postings(of: group)
            where posting.counts(asOf, upTo: cut, from: run.first) {
                posting.apply(to: &balance)
            }
        }
        return balance
    }

    /// What the last run of some that touches an account has of it; nil where none does.
    func latestGroup(of account: UInt32, in runs: some BidirectionalCollection<IndexRun>)
        throws(IndexProblem) -> AccountGroup?
    {
        for run in runs.reversed() {
            guard run.knows(account: account) else { return nil }
            if let group = try run.group(of: account) { return group }
        }
        return nil
    }

    /// What every fund account holds, by its place among all accounts.
    func balances(asOf: Int64?, upTo cut: Int64) throws(IndexProblem) -> HeldBalances {
        let whole = wholeRuns(asOf, upTo: cut)
        let most = runs.reduce(0) { max($0, $1.header.fundGroups) }
        var balances = HeldBalances(
            places: Int(accountCount), held: Int(min(max(0, most), accountCount)))
        // The latest run that has an account says what it holds: the others need no look.
        for run in runs[..<whole].reversed() {
            let groups = try run.fundGroups()
            for group in 0..<groups.count {
                let place = try place(of: groups.account(group))
                if !balances.holds(place) {
                    balances.add(try groups.balance(group), at: place)
                }
            }
        }
        for run in runs[whole...] where run.first <= cut {
            if let asOf, asOf < run.header.earliest {
                for straggler in try run.stragglers(upTo: asOf)
                where run.first + Int64(straggler.posting.event) <= cut {
                    balances.apply(straggler.posting, at: try place(of: straggler.account))
                }
                continue
            }
            let bytes = try run.rows(
                0..<Int(run.header.fundPostings), of: StoredPosting.bytes, in: .postings)
            let groups = try run.fundGroups()
            for group in 0..<groups.count {
                let place = try place(of: groups.account(group))
                for row in try groups.postings(group) {
                    let posting = try StoredPosting(in: bytes, at: row * StoredPosting.bytes)
                    if posting.counts(asOf, upTo: cut, from: run.first) {
                        balances.apply(posting, at: place)
                    }
                }
            }
        }
        return balances
    }

    private func place(of account: UInt32) throws(IndexProblem) -> Int {
        let place = AccountNumber.place(account)
        guard place < accountCount else { throw runs[runs.count - 1].damaged }
        return place
    }

    /// The texts of an account.
    func account(_ number: UInt32) throws(IndexProblem) -> StoredAccount {
        let (run, row) = try row(ofAccount: AccountNumber.place(number))
        return try run.storedAccount(row)
    }

    /// Hands over the texts of each fund account with its place among all accounts.
    func forEachFundAccount(
        _ body: (AccountTexts, Span<UInt8>, _ place: Int) -> Void
    ) throws(IndexProblem) {
        var place = 0
        for run in runs {
            let stored = try run.whole(.accountTexts)
            let bytes = stored.bytes.span
            var start = 0
            for _ in 0..<run.header.accountCount {
                guard let texts = AccountTexts(in: bytes, from: start) else { throw run.damaged }
                if texts.activity == nil { body(texts, bytes, place) }
                start = texts.end
                place += 1
            }
        }
    }

    /// The numbers of the accounts of a partner, ascending; perhaps of another of the same hash.
    func accounts(ofPartner hash: UInt64) throws(IndexProblem) -> [UInt32] {
        var numbers: [UInt32] = []
        var next = UInt32(try lastSequence(ofHash: hash) ?? 0)
        while next > 0 {
            let (run, row) = try row(ofAccount: Int(next) - 1)
            let isApproval = try run.storedAccount(row).activity != nil
            numbers.append(AccountNumber.number(next - 1, isApproval: isApproval))
            let previous = try run.account(row).previous
            guard previous < next else { throw run.damaged }
            next = previous
        }
        return numbers.reversed()
    }

    /// The number of the account of some stored texts; nil where the index has none.
    func number(
        ofAccount texts: [UInt8], of partner: NameKey, _ names: NameTable
    ) throws(IndexProblem) -> UInt32? {
        let hash = names.withBytes(of: partner) {
            SubjectKind.partner.hash(of: $0)
        }
        for number in try accounts(ofPartner: hash) {
            let (run, row) = try row(ofAccount: AccountNumber.place(number))
            let start = try run.account(row).textStart
            guard start + texts.count <= run.rows(in: .accountTexts, of: 1) else { continue }
            let stored = try run.rows(start..<(start + texts.count), of: 1, in: .accountTexts)
            // Texts stand behind their lengths, so that none is the beginning of another.
            if stored.bytes == texts { return number }
        }
        return nil
    }

    /// The run that first has an account, and the account's place in it.
    private func row(ofAccount place: Int) throws(IndexProblem) -> (run: IndexRun, row: Int) {
        for run in runs {
            let row = Int64(place) - run.header.accountsBefore
            if row >= 0, row < run.header.accountCount { return (run, Int(row)) }
        }
        throw runs[runs.count - 1].damaged
    }

    /// The events before the first block that has one later than a moment.
    func wholeBlocks(before asOf: Int64) throws(IndexProblem) -> Int64 {
        for run in runs where run.header.latest > asOf {
            for (block, row) in try run.summaries().enumerated() where row.latest > asOf {
                return run.first - 1 + Int64(block * run.blockEvents)
            }
        }
        return last
    }
}

extension StoredPosting {
    /// Whether its event was known and had happened; `first` is the sequence its run begins with.
    func counts(_ asOf: Int64?, upTo cut: Int64, from first: Int64) -> Bool {
        first + Int64(event) <= cut && asOf.map { time <= $0 } ?? true
    }

    /// Posts it to an account that shows from then on.
    func apply(to balance: inout FundBalance?) {
        var sum = balance ?? FundBalance()
        apply(to: &sum)
        balance = sum
    }
}
