import ClaimsDomain
package import ClaimsLedger

/// Judges the rows of an earnings report by what the ledger has, and makes their events.
struct EarningsPlan: ReportPlan {
    private let actor: Actor
    /// Whether partners that the ledger has not heard of are enrolled.
    private let enrolls: Bool
    private let mapping: ReportMapping
    private let latest: Instant
    private var book: EarningsBook
    private var directory: ReportDirectory
    /// The directory as it was before the first row, for reading the file again.
    private let directoryBefore: ReportDirectory
    private var reading: EarningsReading?
    /// The rows whose earning the ledger has with another amount: what it has.
    private var restated: [Int: (total: Int64, revision: Int64)] = [:]
    /// Minor units that the report moves, by currency, whatever the sign.
    private var moved: [Currency: Int64] = [:]

    init(
        _ log: (book: EarningsBook, state: LedgerState), _ mapping: ReportMapping, actor: Actor,
        enrolls: Bool, now: Instant
    ) {
        self.actor = actor
        self.enrolls = enrolls
        self.mapping = mapping
        book = log.book
        directory = ReportDirectory(log.state, mapping)
        directoryBefore = directory
        latest = max(now, log.state.lastEvent?.recordedAt ?? now)
    }

    mutating func begin(_ columns: inout TableColumns) throws(TableFault) {
        reading = EarningsReading(
            columns: try EarningsColumns(&columns), directory: directory, latest: latest)
    }

    mutating func judge(
        _ record: TableRecord, row: Int, _ summary: inout ImportSummary
    ) throws(CellProblem) -> RowJudgement {
        guard let found = try reading?.read(record, keepsDetails: false) else {
            preconditionFailure("the columns are found before the first row is judged")
        }
        let earning: EarningRow
        switch found {
        case .skipped(let what): return .skipped(what)
        case .row(let row): earning = row
        }
        let known = book[earning.id]
        if let known {
            try checkSame(earning, as: known)
            if known.line > 0 {
                // A growth report lists an earning once for each transaction in it.
                guard known.amount == earning.amount.minorUnits else {
                    throw CellProblem(
                        "earning '\(earning.id)' is \(earning.amount) here and "
                            + "\(Money(minorUnits: known.amount, currency: known.currency)) on "
                            + "line \(known.line)")
                }
                return .repeated
            }
        }
        if let known, known.isRecorded {
            let isSame = known.total == earning.amount.minorUnits
            if !isSame { try restate(earning, known, row: row, &summary) }
            book.note(earning, line: record.line)
            return isSame ? .repeated : .taken
        }
        try enroll(earning, &summary)
        try count(earning.amount.minorUnits, earning.amount.currency)
        summary.add(earning.kind, earning.amount)
        book.note(earning, line: record.line)
        return .taken
    }

    mutating func beginRecording() {
        guard let columns = reading?.columns else { return }
        reading = EarningsReading(columns: columns, directory: directoryBefore, latest: latest)
    }

    mutating func events(
        of record: TableRecord, row: Int
    ) throws(CellProblem) -> [ProposedEvent] {
        guard case .row(let earning)? = try reading?.read(record, keepsDetails: true) else {
            throw CellProblem("the row is another than it was")
        }
        if let known = restated[row] {
            return [
                earning.restatement(from: known.total, revision: known.revision, by: actor)
            ]
        }
        guard reading?.directory.knows(earning.partner, of: earning.program) == false else {
            return [earning.event(by: actor)]
        }
        reading?.directory.add(earning.partner, of: earning.program)
        return [enrolment(for: earning), earning.event(by: actor)]
    }
}

extension EarningsPlan {
    /// An earning keeps its place; only its amount can be restated.
    private func checkSame(
        _ earning: EarningRow, as known: EarningsBook.Entry
    ) throws(CellProblem) {
        let parts: [(name: String, here: String, there: String)] = [
            ("program", earning.program.text, book.names.text(known.program)),
            ("partner", earning.partner.text, book.names.text(known.partner)),
            ("period", earning.period.text, book.names.text(known.period)),
            ("currency", earning.amount.currency.code, known.currency.code),
        ]
        for part in parts where part.here != part.there {
            throw CellProblem(
                "earning '\(earning.id)' is of \(part.name) '\(part.here)' here and of "
                    + "'\(part.there)' "
                    + (known.line > 0 ? "on line \(known.line)" : "in the ledger"))
        }
    }

    private mutating func restate(
        _ earning: EarningRow, _ known: EarningsBook.Entry, row: Int,
        _ summary: inout ImportSummary
    ) throws(CellProblem) {
        for kind in [known.kind, earning.kind]
        where kind == .fundsRolledOver || kind == .fundsConverted {
            throw CellProblem(
                "earning '\(earning.id)' is \(earning.amount) here; the ledger has "
                    + "\(Money(minorUnits: known.total, currency: known.currency)) of it as "
                    + "'\(known.kind.rawValue)', which a report cannot restate")
        }
        let (difference, overflow) = earning.amount.minorUnits.subtractingReportingOverflow(
            known.total)
        guard !overflow, difference.magnitude <= UInt64(Money.largestMinorUnits) else {
            throw CellProblem("\(AmountError.outOfRange("\(earning.amount)"))")
        }
        try count(difference, earning.amount.currency)
        restated[row] = (known.total, known.revisions + 1)
        summary.add(
            .fundsAdjusted, Money(minorUnits: difference, currency: earning.amount.currency))
    }

    /// Sums of a fund that leave their range would be told only while recording.
    private mutating func count(_ units: Int64, _ currency: Currency) throws(CellProblem) {
        let (sum, overflow) = moved[currency, default: 0].addingReportingOverflow(
            Int64(units.magnitude))
        guard !overflow, sum <= Money.largestMinorUnits else {
            throw CellProblem(
                "the report's amounts in \(currency.code) add up to more than the ledger keeps")
        }
        moved[currency] = sum
    }

    private mutating func enroll(
        _ earning: EarningRow, _ summary: inout ImportSummary
    ) throws(CellProblem) {
        guard reading?.directory.knows(earning.partner, of: earning.program) == false else {
            return
        }
        guard enrolls else {
            throw ReportDirectory.unknown(earning.partner, of: earning.program)
        }
        reading?.directory.add(earning.partner, of: earning.program)
        summary.appended[.partnerEnrolled, default: 0] += 1
    }

    private func enrolment(for earning: EarningRow) -> ProposedEvent {
        let fits = (1...200).contains(earning.partnerName.utf8.count)
        return ProposedEvent(
            id: EventID("enrolled:\(earning.partner)"),
            source: Source(program: earning.program, partner: earning.partner),
            subject: earning.partner.text, occurredAt: earning.occurredAt, actor: actor,
            payload: .partnerEnrolled(
                PartnerEnrolled(name: fits ? earning.partnerName : nil)))
    }
}

extension ReportImport {
    /// Makes an import of an earnings report into a ledger.
    ///
    /// One pass over the log, and one over the beginning of the file.
    package static func earnings(
        _ path: String, of ledger: Ledger, _ options: ReportImportOptions, enrolls: Bool
    ) throws(LedgerError) -> ReportImport {
        let plan = EarningsPlan(
            try EarningsBook.read(ledger), options.mapping, actor: options.actor,
            enrolls: enrolls, now: options.terms.now)
        return try ReportImport(path, plan, options)
    }
}
