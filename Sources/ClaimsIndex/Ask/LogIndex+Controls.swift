import ClaimsDomain

// What control accounts hold at a viewpoint: stored for the runs that count in full, and summed
// over the postings of the others, of which there are few however long the log is.

extension LogIndex {
    /// Every control account, by number.
    func storedControls() throws(IndexProblem) -> [StoredControl] {
        var controls: [StoredControl] = []
        for run in runs { controls += try run.storedControls() }
        return controls
    }

    /// What each of `count` control accounts holds after so many runs, by number; nil where these
    /// do not touch it.
    func controlBalances(
        among count: Int, after end: Int
    ) throws(IndexProblem) -> [ControlBalance?] {
        var balances = [ControlBalance?](repeating: nil, count: count)
        // The latest run that has one says what it holds.
        for run in runs[..<end].reversed() {
            for (number, balance) in try run.controls() {
                guard number < count else { throw run.damaged }
                if balances[Int(number)] == nil { balances[Int(number)] = balance }
            }
        }
        return balances
    }

    /// What each of `count` control accounts holds, from what had happened by a moment of the
    /// first so many events, by number; nil where nothing of these had touched it.
    func controlBalances(
        among count: Int, asOf: Int64?, upTo cut: Int64
    ) throws(IndexProblem) -> [ControlBalance?] {
        let whole = wholeRuns(asOf, upTo: cut)
        var held = PartlyHeld(try controlBalances(among: count, after: whole))
        let rest = runs[whole...].prefix { $0.first <= cut }
        // Behind the last run of which more than stragglers may count.
        let late =
            rest.lastIndex { run in asOf.map { run.header.earliest <= $0 } ?? true }
            .map { $0 + 1 } ?? rest.startIndex
        for run in rest[..<late] { try held.add(run, asOf, upTo: cut) }
        if let asOf { try held.add(stragglersOf: rest[late...], asOf, upTo: cut) }
        return held.controls
    }
}

/// Control accounts, and what the accounts that runs touch in part have unclaimed.
private struct PartlyHeld {
    private(set) var controls: [ControlBalance?]
    private var unclaimed: [UInt32: Int64] = [:]

    init(_ controls: [ControlBalance?]) { self.controls = controls }

    /// Adds the postings of a run that count; every run before it was added.
    mutating func add(_ run: IndexRun, _ asOf: Int64?, upTo cut: Int64) throws(IndexProblem) {
        let bytes = try run.rows(
            0..<Int(run.header.fundPostings), of: StoredPosting.bytes, in: .postings)
        let groups = try run.fundGroups()
        unclaimed.reserveCapacity(unclaimed.count + groups.count)
        for group in 0..<groups.count {
            var change: FundBalance?
            for row in try groups.postings(group) {
                let posting = try StoredPosting(in: bytes, at: row * StoredPosting.bytes)
                if posting.counts(asOf, upTo: cut, from: run.first) { posting.apply(to: &change) }
            }
            try add(
                change, to: groups.account(group), of: groups.control(group),
                unclaimed: groups.unclaimedBefore(group), run)
        }
    }

    /// Adds the postings of runs of which only stragglers count; every run before them was added.
    mutating func add(
        stragglersOf runs: ArraySlice<IndexRun>, _ asOf: Int64, upTo cut: Int64
    ) throws(IndexProblem) {
        var changes: [UInt32: FundBalance?] = [:]
        for run in runs {
            for straggler in try run.stragglers(upTo: asOf)
            where run.first + Int64(straggler.posting.event) <= cut {
                straggler.posting.apply(to: &changes[straggler.account, default: nil])
            }
        }
        for (account, change) in changes {
            for run in runs {
                guard let group = try run.group(of: account) else { continue }
                try add(
                    change, to: account, of: group.control, unclaimed: group.unclaimedBefore, run)
                break
            }
        }
    }

    /// Adds what was posted to an account that had so much unclaimed before the run, unless a run
    /// before touched it, too.
    private mutating func add(
        _ change: FundBalance?, to account: UInt32, of control: UInt32, unclaimed stored: Int64,
        _ run: IndexRun
    ) throws(IndexProblem) {
        let before = unclaimed[account] ?? stored
        unclaimed[account] = before &+ (change?.unclaimed ?? 0)
        guard let change else { return }
        guard control < controls.count else { throw run.damaged }
        var sum = controls[Int(control)] ?? ControlBalance()
        sum.balance.add(change)
        sum.settle(unclaimed: before, as: before &+ change.unclaimed)
        controls[Int(control)] = sum
    }
}
