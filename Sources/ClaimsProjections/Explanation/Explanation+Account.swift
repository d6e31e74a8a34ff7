public import ClaimsDomain

/// Which fund accounts to explain.
public struct FundQuestion: Equatable, Sendable {
    /// The partner.
    public var partner: PartnerID
    /// The usage period, by its label.
    public var period: PeriodLabel
    /// nil: in every programme.
    public var program: ProgramID?
    /// nil: in every currency.
    public var currency: Currency?
    /// nil: every posting, whatever bucket it touches.
    public var bucket: Bucket?

    /// The accounts of a partner in a usage period, and the bucket asked about.
    public init(
        partner: PartnerID, period: PeriodLabel, program: ProgramID? = nil,
        currency: Currency? = nil, bucket: Bucket? = nil
    ) {
        self.partner = partner
        self.period = period
        self.program = program
        self.currency = currency
        self.bucket = bucket
    }

    /// The same as a selection of accounts; the currency is not part of one.
    package var selection: Selection {
        var selection = Selection()
        selection.partner = partner
        selection.period = period
        selection.program = program
        return selection
    }
}

/// One posting of a fund account with what caused it and what the account held after it.
public struct FundLine: Equatable, Sendable {
    /// The event that moved the money.
    public struct Cause: Equatable, Sendable {
        /// Its place in the log.
        public let sequence: Int64
        /// When the ledger took it.
        public let recordedAt: Instant
        /// Its kind.
        public let kind: EventKind
        /// The claim; the period of a fund event.
        public let subject: String
        /// The opaque id of who did it.
        public let actor: String
        /// The rules it broke.
        public let findings: [FindingCode]
    }

    /// nil for what the deadline did: it is computed at the moment asked.
    public let cause: Cause?
    /// When it happened in the world; for the deadline, when it had passed.
    public let occurredAt: Instant
    /// Where the money comes from.
    public let from: Bucket
    /// Where it goes.
    public let to: Bucket
    /// Minor units of the account's currency.
    public let amount: Int64
    /// The buckets after it, as the lines up to here add up; `expired` apart.
    public let balance: FundBalance
    /// What is expired after it.
    public let expired: Int64

    /// Why the money moved; nil where no rule moves money so.
    public var rule: PostingRule? { PostingRule(from: from, to: to) }

    /// What it added to a bucket; negative where it took away.
    public func change(of bucket: Bucket) -> Int64 {
        bucket.change(by: amount, from: from, to: to)
    }

    /// What the bucket held after it.
    public func total(of bucket: Bucket) -> Int64 { balance.figure(of: bucket, expired: expired) }
}

/// Why the buckets of a fund account hold what they hold.
public struct AccountExplanation: Sendable {
    /// The account.
    public let account: FundAccount
    /// nil when all buckets are explained.
    public let bucket: Bucket?
    /// What the account holds.
    public let row: BalanceRow
    /// The deadline of the usage period; nil when no rules know the period.
    public let deadline: DeadlineRule?
    /// The postings that touch the bucket, or all of them, in the order of the log.
    public let lines: [FundLine]

    /// What is explained: the bucket, or every one.
    public var buckets: [Bucket] { bucket.map { [$0] } ?? Bucket.inReportOrder }

    /// What the lines add up to in one of `buckets`; modulo 2^64.
    public func sum(of bucket: Bucket) -> Int64 {
        lines.reduce(0) { $0 &+ $1.change(of: bucket) }
    }

    /// Whether the lines explain each of `buckets`.
    public var addsUp: Bool { buckets.allSatisfy { sum(of: $0) == row.figure(of: $0) } }
}

/// Gathers the explanation of fund accounts, to be fed with every fact of a replay.
package struct AccountExplainer {
    private let question: FundQuestion
    private var lines: [AccountKey: [FundLine]] = [:]
    private var balances: [AccountKey: FundBalance] = [:]
    private var findingsSeen = 0

    /// The explanation of the accounts a question is about.
    package init(of question: FundQuestion) { self.question = question }

    /// Takes note of a fact that `state` has just applied, if it moved money in these accounts.
    package mutating func note(_ fact: Fact, in state: LedgerState) {
        let firstFinding = findingsSeen
        findingsSeen = state.findings.count
        guard !state.lastPostings.isEmpty else { return }
        let names = state.names
        for posting in state.lastPostings where isAsked(posting.account, state) {
            let cause = FundLine.Cause(
                sequence: fact.sequence, recordedAt: fact.recordedAt, kind: fact.kind,
                subject: names.text(fact.subject), actor: names.text(fact.actor),
                findings: state.findings[firstFinding...].map(\.code))
            note(posting, cause, at: fact.occurredAt)
        }
    }

    private func isAsked(_ key: AccountKey, _ state: LedgerState) -> Bool {
        let record = state.accounts[Int(key.index)]
        if let currency = question.currency, currency != record.currency { return false }
        guard record.partner == state.names.key(of: question.partner.text),
            record.period == state.names.key(of: question.period.text)
        else { return false }
        guard let program = question.program else { return true }
        return record.program == state.names.key(of: program.text)
    }

    private mutating func note(
        _ posting: Posting, _ cause: FundLine.Cause, at instant: Instant
    ) {
        var balance = balances[posting.account] ?? FundBalance()
        balance.move(posting.amount, from: posting.from, to: posting.to)
        balances[posting.account] = balance
        let line = FundLine(
            cause: cause, occurredAt: instant, from: posting.from, to: posting.to,
            amount: posting.amount, balance: balance, expired: 0)
        if let bucket = question.bucket, line.change(of: bucket) == 0 { return }
        lines[posting.account, default: []].append(line)
    }

    /// The explanation of each account from the viewpoint of the replay that was followed, by
    /// programme and currency.
    package func explanations(in replay: Replay) -> [AccountExplanation] {
        var keys: [FundAccount: AccountKey] = [:]
        for index in replay.state.accounts.indices {
            let key = AccountKey(index: Int32(index))
            if balances[key] != nil { keys[replay.state.account(key)] = key }
        }
        return FundBalances(replay, selection: question.selection).rows
            .filter { question.currency ?? $0.currency == $0.currency }
            .compactMap { row in
                guard let program = row.program else { return nil }
                let account = FundAccount(
                    program: program, partner: question.partner, period: question.period,
                    currency: row.currency)
                return explanation(row, account, keys[account], replay)
            }
    }

    private func explanation(
        _ row: BalanceRow, _ account: FundAccount, _ key: AccountKey?, _ replay: Replay
    ) -> AccountExplanation {
        let deadline = replay.deadlineRule(account.period, of: account.program)
        var lines = key.flatMap { self.lines[$0] } ?? []
        if let deadline, row.expired != 0 {
            let line = FundLine(
                cause: nil, occurredAt: deadline.endsAt, from: .available, to: .expired,
                amount: row.expired, balance: key.flatMap { balances[$0] } ?? FundBalance(),
                expired: row.expired)
            if question.bucket.map({ line.change(of: $0) != 0 }) ?? true { lines.append(line) }
        }
        return AccountExplanation(
            account: account, bucket: question.bucket, row: row, deadline: deadline, lines: lines)
    }
}
