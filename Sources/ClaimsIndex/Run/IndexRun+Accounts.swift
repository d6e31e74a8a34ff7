import ClaimsDomain

extension IndexRun {
    /// Whether the number is of an account first touched here or before.
    func knows(account: UInt32) -> Bool {
        Int64(AccountNumber.place(account)) < header.accountsBefore + header.accountCount
    }

    /// Where the texts of an account first touched here begin, by its place in the run, and one
    /// more than the place among all of the account before it of the same partner.
    func account(_ row: Int) throws(IndexProblem) -> (textStart: Int, previous: UInt32) {
        let bytes = try rows(row..<(row + 1), of: 8, in: .accounts)
        return (
            Int(try bytes.number(at: 0, as: UInt32.self)),
            try bytes.number(at: 4)
        )
    }

    /// The texts of an account first touched here, by its place.
    func storedAccount(_ row: Int) throws(IndexProblem) -> StoredAccount {
        let start = try account(row).textStart
        let end =
            row + 1 < header.accountCount
            ? try account(row + 1).textStart : rows(in: .accountTexts, of: 1)
        guard start < end else { throw damaged }
        return try StoredAccount(
            in: rows(start..<end, of: 1, in: .accountTexts), at: 0)
    }

    /// The group of an account; nil where the run does not touch it.
    func group(of account: UInt32) throws(IndexProblem) -> AccountGroup? {
        let hash = AccountGroup.hash(account)
        guard let place = try number(ofHash: hash, in: .groupPlaces) else { return nil }
        let bytes = try rows(
            Int(place)..<(Int(place) + 1), of: AccountGroup.bytes, in: .groups)
        let group = try group(in: bytes, at: 0)
        guard group.account == account else { throw .needsReplay }
        return group
    }

    /// All groups: those of funds by number, then the others.
    func groups() throws(IndexProblem) -> [AccountGroup] {
        try groups(rows(in: .groups, of: AccountGroup.bytes))
    }

    /// The groups of funds, by number.
    func fundGroups() throws(IndexProblem) -> [AccountGroup] {
        try groups(Int(header.fundGroups))
    }

    private func groups(_ count: Int) throws(IndexProblem) -> [AccountGroup] {
        guard count >= 0 else { throw damaged }
        let bytes = try rows(0..<count, of: AccountGroup.bytes, in: .groups)
        var groups: [AccountGroup] = []
        groups.reserveCapacity(count)
        for place in stride(from: 0, to: bytes.count, by: AccountGroup.bytes) {
            groups.append(try group(in: bytes, at: place))
        }
        return groups
    }

    private func group(
        in bytes: ColumnBytes, at place: Int
    ) throws(IndexProblem) -> AccountGroup {
        guard place + AccountGroup.bytes <= bytes.count else { throw damaged }
        return AccountGroup(
            account: try bytes.number(at: place), first: try bytes.number(at: place + 4),
            count: try bytes.number(at: place + 8),
            balance: FundBalance { figure in
                // The row is whole, as was just made sure of.
                (try? bytes.number(at: place + 12 + figure * 8, as: Int64.self)) ?? 0
            })
    }

    /// The postings of a group, in the order of the log.
    func postings(of group: AccountGroup) throws(IndexProblem) -> [StoredPosting] {
        let range = Int(group.first)..<(Int(group.first) + Int(group.count))
        let bytes = try rows(range, of: StoredPosting.bytes, in: .postings)
        return try Self.postings(in: bytes, 0..<range.count)
    }

    /// Some rows of stored postings.
    static func postings(
        in bytes: ColumnBytes, _ rows: Range<Int>
    ) throws(IndexProblem) -> [StoredPosting] {
        var postings: [StoredPosting] = []
        postings.reserveCapacity(rows.count)
        for row in rows {
            postings.append(try StoredPosting(in: bytes, at: row * StoredPosting.bytes))
        }
        return postings
    }

    /// The postings that are much earlier than the run, by time, up to a moment.
    func stragglers(upTo moment: Int64) throws(IndexProblem) -> [Straggler] {
        let bytes = try whole(.stragglers)
        var stragglers: [Straggler] = []
        for place in stride(from: 0, to: bytes.count, by: Straggler.bytes) {
            let posting = try StoredPosting(in: bytes, at: place + 4)
            if posting.time > moment { break }
            stragglers.append(Straggler(account: try bytes.number(at: place), posting: posting))
        }
        return stragglers
    }
}
