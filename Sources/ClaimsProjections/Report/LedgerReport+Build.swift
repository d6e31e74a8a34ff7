package import ClaimsDomain

extension LedgerReport {
    /// The month ends from the first event of a replay to its moment.
    package static func months(of replay: Replay) -> [(day: Day, moment: Instant)] {
        replay.state.earliestOccurredAt.map {
            seriesMoments(from: $0, to: replay.moment, step: .month)
        } ?? []
    }

    /// The report of a replay that was followed by `notes`.
    ///
    /// `past` holds replays of their own for the months that the notes call broken, by place. Of
    /// the selection, programme, partner and period count. O(n log n) over claims and accounts, and
    /// accounts × months.
    package init(
        _ replay: Replay, _ notes: ReportNotes, past: [Int: Replay], selection: Selection
    ) {
        let builder = ReportBuilder(replay, notes, past: past)
        months = builder.months
        accounts = builder.accounts(selection)
        claims = builder.claims(selection)
        associations = builder.associations(selection)
        deadlines =
            DeadlineRegister(replay, notes.deadlines, selection: selection, scope: .open).rows
        let ids = Set(claims.map(\.row.claim.text))
        findings = FindingRegister(replay, facts: notes.facts, selection: selection).rows.filter {
            selection.period.map(\.text) ?? $0.subject == $0.subject || ids.contains($0.subject)
        }
        partnerNames = Dictionary(
            PartnerRow.rows(replay).compactMap { row in row.name.map { (row.partner, $0) } },
            uniquingKeysWith: { first, _ in first })
        programNames = Dictionary(
            replay.state.programs.map { ($0.rules.id, $0.rules.name) },
            uniquingKeysWith: { _, last in last })
        events = replay.state.eventCount
    }
}

/// Turns what was noted into courses.
private struct ReportBuilder {
    let months: [(day: Day, moment: Instant)]
    private let replay: Replay
    private let notes: ReportNotes
    private let past: [Int: Replay]

    init(_ replay: Replay, _ notes: ReportNotes, past: [Int: Replay]) {
        self.replay = replay
        self.notes = notes
        self.past = past
        months = LedgerReport.months(of: replay)
    }

    /// The usage period that the rules published by a month's end knew under a label.
    private func period(_ label: PeriodLabel, of program: ProgramID, month: Int) -> UsagePeriod? {
        let moment = months[month].moment
        return replay.state.programs.last { $0.rules.id == program && $0.publishedAt <= moment }?
            .rules.usagePeriod(label)
    }

    // MARK: - Funds

    func accounts(_ selection: Selection) -> [AccountCourse] {
        var keys: [FundAccount: AccountKey] = [:]
        for index in replay.state.accounts.indices {
            let key = AccountKey(index: Int32(index))
            keys[replay.state.account(key)] = key
        }
        let broken = past.mapValues { past in
            Dictionary(
                FundBalances(past, selection: selection).rows.map { ($0.account, $0.balance) },
                uniquingKeysWith: { first, _ in first })
        }
        var rows = FundBalances(replay, selection: selection).rows
        // Where claims go back in time, an account may have been touched at a month end only.
        let present = Set(rows.map(\.account))
        let gone = Set(broken.values.flatMap(\.keys)).subtracting(present)
        rows += gone.map { BalanceRow(untouched: $0) }
        return rows.sorted { $0.account < $1.account }.map { row in
            let account = row.account
            let known = keys[account].flatMap { notes.accounts[$0] } ?? .init()
            var balances = balances(known)
            for (month, rows) in broken { balances[month] = rows[account] }
            return AccountCourse(
                account: account, row: row, balances: balances,
                isPast: months.indices.map { month in
                    period(account.period, of: account.program, month: month)
                        .map { months[month].moment >= $0.instants.claimBefore } ?? false
                }, causes: causes(known, row))
        }
    }

    private func balances(_ notes: ReportNotes.AccountNotes) -> [FundBalance?] {
        guard let first = months.first?.day.monthNumber else { return [] }
        var balance: FundBalance?
        return months.indices.map { month in
            if let change = notes.months[first + month] {
                var sum = balance ?? FundBalance()
                sum.add(change)
                balance = sum
            }
            return balance
        }
    }

    private func causes(_ notes: ReportNotes.AccountNotes, _ row: BalanceRow) -> [FundCause] {
        let order = Bucket.allCases
        func place(_ bucket: Bucket) -> Int { order.firstIndex(of: bucket) ?? order.count }
        let posted = notes.causes.map { move, sum in
            FundCause(from: move.from, to: move.to, postings: sum.postings, amount: sum.amount)
        }.sorted { (place($0.from), place($0.to)) < (place($1.from), place($1.to)) }
        guard row.expired != 0 else { return posted }
        return posted + [
            FundCause(from: .available, to: .expired, postings: 0, amount: row.expired)
        ]
    }

    // MARK: - Associations

    func associations(_ selection: Selection) -> [AssociationSince] {
        guard selection.period == nil else { return [] }
        return AssociationRegister(replay, selection: selection).rows.map { row in
            let key = replay.state.names.key(of: row.association.text)
            return AssociationSince(row: row, since: key.flatMap { notes.associations[$0]?.since })
        }
    }

    // MARK: - Claims

    func claims(_ selection: Selection) -> [ClaimCourse] {
        ClaimRegister(replay, selection: selection).rows.map { row in
            let known = replay.state.names.key(of: row.claim.text).flatMap { notes.claims[$0] }
            guard let known else { return ClaimCourse(row: row, stands: []) }
            let stands = known.isBroken ? brokenStands(of: row.claim, known) : stands(known.notes)
            return ClaimCourse(row: row, stands: stands)
        }
    }

    /// The stands of a claim whose events are in the order of time.
    private func stands(_ notes: [ReportNotes.ClaimNote]) -> [ClaimStand] {
        var stands: [ClaimStand] = []
        for (index, note) in notes.enumerated() {
            let stand = ClaimStand(note.record, from: note.day, isExpired: false)
            if stand.differs(from: stands.last) { stands.append(stand) }
            guard note.record.status == .editing else { continue }
            let end = index + 1 < notes.count ? notes[index + 1].day : nil
            for month in months.indices
            where note.day <= months[month].day && end.map({ months[month].day < $0 }) ?? true {
                let late = draft(note.record, month: month)
                let next = ClaimStand(
                    note.record, from: max(note.day, late ?? months[month].day),
                    isExpired: late != nil)
                // The same day again takes its place.
                if next.differs(from: stands.last) {
                    if stands.last?.day == next.day { stands.removeLast() }
                    stands.append(next)
                }
            }
        }
        return stands
    }

    /// The first day on which a draft was too late, as known at a month's end; nil when it is in
    /// time.
    private func draft(_ record: ReportNotes.ClaimMark, month: Int) -> Day? {
        let names = replay.state.names
        let period = period(
            PeriodLabel(names.text(record.period)), of: ProgramID(names.text(record.program)),
            month: month)
        guard let (day, before) = period?.deadline(ofActivityOn: record.activityDate),
            months[month].moment >= before
        else { return nil }
        return min(day.adding(days: 1), months[month].day)
    }

    /// The stands of a claim whose events go back in time, by month: what stands in a replay of its
    /// own where there is one, else what the log's order led to.
    private func brokenStands(
        of claim: ClaimID, _ notes: ReportNotes.ClaimNotes
    ) -> [ClaimStand] {
        var stands: [ClaimStand] = []
        for month in months.indices {
            let day = months[month].day
            let stand: ClaimStand?
            if let past = past[month] {
                stand = ClaimRegister.row(of: claim, in: past).map { ClaimStand($0, from: day) }
            } else {
                stand = notes.notes.last { $0.day <= day }.map { note in
                    let isLate =
                        note.record.status == .editing && draft(note.record, month: month) != nil
                    return ClaimStand(note.record, from: day, isExpired: isLate)
                }
            }
            if let stand, stand.differs(from: stands.last) { stands.append(stand) }
        }
        return stands
    }
}

extension BalanceRow {
    /// An account that nothing has touched.
    fileprivate init(untouched account: FundAccount) {
        self.init(
            program: account.program, partner: account.partner, period: account.period,
            currency: account.currency, balance: FundBalance(), expired: 0, deadline: nil)
    }

    /// The account of a row that sums over none.
    fileprivate var account: FundAccount {
        FundAccount(
            program: program ?? ProgramID(""), partner: partner ?? PartnerID(""),
            period: period ?? PeriodLabel(""), currency: currency)
    }
}

extension ClaimStand {
    fileprivate init(_ record: ReportNotes.ClaimMark, from day: Day, isExpired: Bool) {
        self.day = day
        status = isExpired ? ClaimRegister.expired : record.status.rawValue
        currency = record.currency
        amount = record.amount
        approved = record.approved
        paid = record.paid
    }

    fileprivate init(_ row: ClaimRow, from day: Day) {
        self.day = day
        status = row.status
        currency = row.currency
        amount = row.amount
        approved = row.approved
        paid = row.paid
    }
}
