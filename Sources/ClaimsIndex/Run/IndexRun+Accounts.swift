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
        let group = try StoredGroups(
            rows(Int(place)..<(Int(place) + 1), of: AccountGroup.bytes, in: .groups)
        ).group(0)
        guard group.account == account else { throw .needsReplay }
        return group
    }

    /// All groups: those of funds by number, then the others.
    func groups() throws(IndexProblem) -> StoredGroups {
        try groups(rows(in: .groups, of: AccountGroup.bytes))
    }

    /// The groups of funds, by number.
    func fundGroups() throws(IndexProblem) -> StoredGroups {
        try groups(Int(header.fundGroups))
    }

    private func groups(_ count: Int) throws(IndexProblem) -> StoredGroups {
        guard count >= 0 else { throw damaged }
        return StoredGroups(try rows(0..<count, of: AccountGroup.bytes, in: .groups))
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

    /// The control accounts that are touched, by number, with what they hold after the run.
    func controls() throws(IndexProblem) -> [(number: UInt32, balance: ControlBalance)] {
        try list(.controls, each: 4 + 8 * ControlBalance.figureCount) {
            bytes, place throws(IndexProblem) in
            var figures: [Int64] = []
            for figure in 0..<ControlBalance.figureCount {
                figures.append(try bytes.number(at: place + 4 + figure * 8))
            }
            return (
                try bytes.number(at: place), ControlBalance(storedFigures: { figures[$0] })
            )
        }
    }

    /// The control accounts first touched here.
    func storedControls() throws(IndexProblem) -> [StoredControl] {
        let bytes = try whole(.controlTexts)
        var controls: [StoredControl] = []
        var place = 0
        while place < bytes.count { controls.append(try StoredControl(in: bytes, at: &place)) }
        return controls
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

/// Groups as they are stored: who needs a figure of many reads no other.
struct StoredGroups {
    private let bytes: ColumnBytes

    /// How many there are.
    let count: Int

    init(_ bytes: ColumnBytes) {
        self.bytes = bytes
        count = bytes.count / AccountGroup.bytes
    }

    /// The number of the account of the group in a place.
    func account(_ place: Int) throws(IndexProblem) -> UInt32 {
        try bytes.number(at: place * AccountGroup.bytes)
    }

    /// The places of its postings.
    func postings(_ place: Int) throws(IndexProblem) -> Range<Int> {
        let start = place * AccountGroup.bytes
        let first = Int(try bytes.number(at: start + 4, as: UInt32.self))
        return first..<(first + Int(try bytes.number(at: start + 8, as: UInt32.self)))
    }

    /// What the account holds after the run.
    func balance(_ place: Int) throws(IndexProblem) -> FundBalance {
        let start = place * AccountGroup.bytes + AccountGroup.figuresStart
        guard start <= bytes.count - 8 * FundBalance.figureCount else {
            throw .damaged(file: bytes.file)
        }
        return FundBalance { figure in
            // The row is whole, as was just made sure of.
            (try? bytes.number(at: start + figure * 8, as: Int64.self)) ?? 0
        }
    }

    /// The number of the account's control account.
    func control(_ place: Int) throws(IndexProblem) -> UInt32 {
        try bytes.number(at: place * AccountGroup.bytes + 12)
    }

    /// What the account had unclaimed before the run.
    func unclaimedBefore(_ place: Int) throws(IndexProblem) -> Int64 {
        try bytes.number(at: place * AccountGroup.bytes + 16)
    }

    /// All of it.
    func group(_ place: Int) throws(IndexProblem) -> AccountGroup {
        let postings = try postings(place)
        return AccountGroup(
            account: try account(place), first: UInt32(postings.lowerBound),
            count: UInt32(postings.count), control: try control(place),
            unclaimedBefore: try unclaimedBefore(place), balance: try balance(place))
    }
}
