import ClaimsDomain

/// What the accounts of all partners hold by programme, usage period and currency, run after run.
struct ControlAccounts: Sendable {
    /// By number.
    private var balances: [ControlBalance] = []
    private var numbers: [[UInt8]: UInt32] = [:]
    /// By the place of a fund account among all accounts; nil where it was not met yet.
    private var members: [Member?] = []

    private struct Member {
        /// The number of its control account.
        let control: UInt32
        var unclaimed: Int64
    }

    /// Gives a run the control accounts that it touches, and each of its accounts its own one.
    ///
    /// O(postings), and a look-up in `earlier` for each account not seen before.
    mutating func sum(_ run: inout RunContent, _ earlier: LogIndex?) throws(IndexProblem) {
        if balances.isEmpty, let earlier {
            let stored = try earlier.storedControls()
            balances = try earlier.controlBalances(among: stored.count, after: earlier.runs.count)
                .map { $0 ?? ControlBalance() }
            for number in stored.indices { numbers[stored[number].texts] = UInt32(number) }
        }
        takeAccounts(of: &run)
        let controls = try post(run.postings.span, earlier)
        for place in run.balances.indices {
            let touched = run.balances[place]
            guard !AccountNumber.isApproval(touched.account) else { continue }
            let member = try member(touched.account, earlier)
            run.balances[place].control = member.control
            run.balances[place].unclaimedBefore = member.unclaimed
            let unclaimed = touched.balance.unclaimed
            balances[Int(member.control)].settle(unclaimed: member.unclaimed, as: unclaimed)
            members[AccountNumber.place(touched.account)]?.unclaimed = unclaimed
        }
        run.controls = controls.map { (UInt32($0), balances[$0]) }
    }

    /// Posts to control accounts; returns the numbers of those, ascending.
    private mutating func post(
        _ postings: Span<RunPosting>, _ earlier: LogIndex?
    ) throws(IndexProblem) -> [Int] {
        var isTouched = [Bool](repeating: false, count: balances.count)
        for place in postings.indices {
            let posting = postings[place]
            guard !AccountNumber.isApproval(posting.account) else { continue }
            let control = Int(try member(posting.account, earlier).control)
            posting.stored(at: 0).apply(to: &balances[control].balance)
            isTouched[control] = true
        }
        return isTouched.indices.filter { isTouched[$0] }
    }

    /// Takes the fund accounts first touched in a run, and names those control accounts that they
    /// are the first of.
    private mutating func takeAccounts(of run: inout RunContent) {
        reserve(Int(run.accountsBefore) + run.accounts.count)
        for row in run.accounts.indices {
            let stored = run.accounts[row].texts
            guard let account = AccountTexts(in: stored.span, from: 0), account.activity == nil
            else { continue }
            let control = account.control(in: stored)
            let next = UInt32(balances.count)
            let number = numbers[control] ?? next
            if number == next {
                numbers[control] = number
                balances.append(ControlBalance())
                run.controlTexts.put(raw: control)
            }
            members[Int(run.accountsBefore) + row] = Member(control: number, unclaimed: 0)
        }
    }

    private mutating func member(
        _ account: UInt32, _ earlier: LogIndex?
    ) throws(IndexProblem) -> Member {
        let place = AccountNumber.place(account)
        if let member = members[place] { return member }
        guard let earlier, let group = try earlier.latestGroup(of: account, in: earlier.runs)
        else { throw .needsReplay }
        let member = Member(control: group.control, unclaimed: group.balance.unclaimed)
        guard member.control < balances.count else { throw .needsReplay }
        members[place] = member
        return member
    }

    private mutating func reserve(_ count: Int) {
        guard members.count < count else { return }
        members += repeatElement(nil, count: count - members.count)
    }
}
