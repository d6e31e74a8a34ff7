package import ClaimsDomain

/// What a report page needs beside the final state, gathered event by event in a replay.
///
/// The postings of a claim follow from its own events in their order, and those of fund events from
/// themselves. So what an account held at a month end is the sum of what had happened by then,
/// except where a claim's events go back in time: `brokenMonths` says which month ends have to be
/// replayed for themselves.
package struct ReportNotes: Sendable {
    /// What postings did to an account, by the month they happened in.
    struct AccountNotes: Sendable {
        var months: [Int: FundBalance] = [:]
        var causes: [FundMove: (postings: Int, amount: Int64)] = [:]
    }

    /// Two buckets.
    struct FundMove: Hashable {
        let from: Bucket
        let to: Bucket
    }

    /// What a claim was like after the events of a day.
    struct ClaimNote: Sendable {
        let day: Day
        let record: ClaimMark
    }

    /// The part of a claim's record that a page shows.
    struct ClaimMark: Sendable {
        let status: ClaimStatus
        let currency: Currency?
        let amount: Int64
        let approved: Int64
        let paid: Int64
        let program: NameKey
        let period: NameKey
        let activityDate: Day?
    }

    /// A claim's events so far.
    struct ClaimNotes: Sendable {
        var notes: [ClaimNote] = []
        var latest: Instant
        var isBroken = false
    }

    /// Where an association stands, and the day of the event that led there.
    struct AssociationNote: Sendable {
        let status: AssociationStatus
        let since: Day
    }

    /// A stretch of time in which a claim's state is not that of the log's order.
    private struct Break {
        let from: Instant
        let before: Instant
    }

    private(set) var deadlines = DeadlineNotes()
    /// The facts that findings name.
    private(set) var facts: [Int64: Fact] = [:]
    private(set) var accounts: [AccountKey: AccountNotes] = [:]
    private(set) var claims: [NameKey: ClaimNotes] = [:]
    private(set) var associations: [NameKey: AssociationNote] = [:]
    private var breaks: [Break] = []
    private var findingsSeen = 0

    /// Nothing noted yet.
    package init() {}

    /// Takes note of a fact that `state` has just applied.
    package mutating func note(_ fact: Fact, in state: LedgerState) {
        deadlines.note(fact)
        if state.findings.count > findingsSeen {
            findingsSeen = state.findings.count
            facts[fact.sequence] = fact
        }
        let day = fact.occurredAt.day
        noteFunds(in: state, month: day.monthNumber)
        switch fact.kind.subjectKind {
        case .claim: noteClaim(fact, on: day, in: state)
        case .association: noteAssociation(fact, on: day, in: state)
        case .program, .partner, .period: break
        }
    }

    private mutating func noteFunds(in state: LedgerState, month: Int) {
        for account in state.lastAccounts {
            // An account that was touched is shown, also when nothing moved.
            accounts[account, default: AccountNotes()].months[month, default: FundBalance()]
                .add(FundBalance())
        }
        for posting in state.lastPostings {
            let move = FundMove(from: posting.from, to: posting.to)
            accounts[posting.account, default: AccountNotes()].note(
                posting.amount, move, month: month)
        }
    }

    private mutating func noteClaim(_ fact: Fact, on day: Day, in state: LedgerState) {
        guard let record = state.claim(fact.subject) else { return }
        let note = ClaimNote(day: day, record: ClaimMark(record))
        let instant = fact.occurredAt
        var known = claims[fact.subject] ?? ClaimNotes(latest: instant)
        claims[fact.subject] = nil
        if instant < known.latest {
            known.isBroken = true
            breaks.append(Break(from: instant, before: known.latest))
        }
        known.latest = max(known.latest, instant)
        // Of a day only its end is shown.
        if known.notes.last?.day == day { known.notes.removeLast() }
        known.notes.append(note)
        claims[fact.subject] = known
    }

    private mutating func noteAssociation(_ fact: Fact, on day: Day, in state: LedgerState) {
        let id = AssociationID(state.names.text(fact.subject))
        guard let status = state.association(id)?.status,
            status != associations[fact.subject]?.status
        else { return }
        associations[fact.subject] = AssociationNote(status: status, since: day)
    }

    /// The months, by their place, whose ends some claim passed in another order than the log's.
    ///
    /// O(months × events that go back).
    package func brokenMonths(_ months: [(day: Day, moment: Instant)]) -> [Int] {
        months.indices.filter { index in
            let moment = months[index].moment
            return breaks.contains { $0.from <= moment && moment < $0.before }
        }
    }
}

extension ReportNotes.AccountNotes {
    fileprivate mutating func note(_ amount: Int64, _ move: ReportNotes.FundMove, month: Int) {
        months[month, default: FundBalance()].move(amount, from: move.from, to: move.to)
        let known = causes[move] ?? (0, 0)
        causes[move] = (known.postings + 1, known.amount &+ amount)
    }
}

extension ReportNotes.ClaimMark {
    init(_ record: ClaimRecord) {
        status = record.status
        currency = record.currency
        amount = record.submittedAt == nil ? record.amount : record.submitted
        approved = record.approved
        paid = record.paid
        program = record.program
        period = record.period
        activityDate = record.activityDate
    }
}

extension Day {
    /// Months since year 0, so that months in a row have numbers in a row.
    var monthNumber: Int {
        let (year, month, _) = parts
        return year * 12 + month - 1
    }
}
