import ClaimsDomain

/// Reads the rows of an earnings report: what each says, in the ledger's terms.
struct EarningsReading {
    let columns: EarningsColumns
    var directory: ReportDirectory
    /// The last moment that can be recorded.
    let latest: Instant

    /// What a row is.
    enum Reading {
        case row(EarningRow)
        /// None of a fund's: counted by what it is.
        case skipped(String)
    }

    /// Reads a row; `keepsDetails` also what is kept beside.
    mutating func read(
        _ record: borrowing TableRecord, keepsDetails: Bool
    ) throws(CellProblem) -> Reading {
        let type = record.text(columns.earningType)
        guard directory.mapping.earningTypes.contains(type.lowercased()) else {
            return .skipped("earning type '\(type)'")
        }
        let code = record.text(columns.reasonCode)
        let meaning = try meaning(of: code)
        if meaning == .skipped { return .skipped("reason code '\(code)'") }
        let id = record.text(columns.earningID)
        try identifier(id, column: "earningId")
        let program = try directory.program(
            code: record.text(columns.programCode), name: record.text(columns.programName))
        let partner = try directory.partner(record.text(columns.participantID))
        let time = try ReportTime(
            record.text(columns.earningDate), column: "earningDate",
            order: directory.mapping.dates)
        let occurredAt = try moment(of: time, record, in: program)
        let period = try directory.period(earnedOn: time.day, in: program, at: occurredAt)
        let amount = try money(record, in: program, at: occurredAt)
        var row = EarningRow(
            id: id, kind: kind(of: meaning, amount), program: program, partner: partner,
            partnerName: record.text(columns.participantName), period: period.label,
            amount: meaning.isMove ? amount.negated : amount, earnedOn: time.day,
            occurredAt: occurredAt, reasonCode: code, lever: record.text(columns.lever))
        if meaning.isMove, amount.minorUnits > 0 {
            throw CellProblem(
                "\(amount) of '\(code)' is above zero: what moves leaves a fund; map the code to "
                    + "'adjusted' where the report has both sides")
        }
        if case .rolledOver(let label)? = meaning {
            row.toPeriod = try directory.period(
                label, after: period, in: program, at: occurredAt
            ).label
        }
        row.transaction = record.text(columns.transactionID)
        // Amounts in dollars are facts; they are never used to add currencies.
        let kept = columns.details + (amount.currency.code == "USD" ? [] : columns.dollars)
        if keepsDetails { row.details = foreignMembers(kept, of: record) }
        try checkTexts(row, kept, record)
        return .row(row)
    }

    private func kind(of meaning: ReportMapping.Adjustment?, _ amount: Money) -> EventKind {
        switch meaning {
        case .rolledOver: .fundsRolledOver
        case .converted: .fundsConverted
        case .adjusted, .skipped: .fundsAdjusted
        case nil: amount.minorUnits < 0 ? .fundsAdjusted : .fundsEarned
        }
    }

    /// What a reason code makes of a row; nil for a row without one.
    private func meaning(of code: String) throws(CellProblem) -> ReportMapping.Adjustment? {
        guard !code.isEmpty else { return nil }
        if let meaning = directory.mapping.reasonCodes[code.lowercased()] { return meaning }
        guard code.lowercased() != ReportMapping.rollover else {
            throw CellProblem(
                "reason code '\(code)' may be a rollover or a conversion; --reason-code says "
                    + "which, such as --reason-code '\(code)=rolled_over:next'")
        }
        throw CellProblem("reason code '\(code)' is not known; --reason-code '\(code)=...' maps it")
    }

    /// When it happened: the earning's day, or when it was computed where that is later.
    private mutating func moment(
        of time: ReportTime, _ record: borrowing TableRecord, in program: ProgramID
    ) throws(CellProblem) -> Instant {
        var moment = directory.moment(time, in: program)
        let text = record.text(columns.calculationDate)
        if !text.isEmpty {
            let calculated = try ReportTime(
                text, column: "calculationDate", order: directory.mapping.dates)
            moment = max(moment, directory.moment(calculated, in: program))
        }
        guard moment <= latest else { throw CellProblem("its time \(moment) is in the future") }
        return moment
    }

    private func money(
        _ record: borrowing TableRecord, in program: ProgramID, at instant: Instant
    ) throws(CellProblem) -> Money {
        let code = record.text(columns.currency)
        guard let currency = Currency(code: code.uppercased()) else {
            throw CellProblem("transactionCurrency is '\(code)', expected an ISO 4217 code")
        }
        let rounding =
            directory.mapping.rounds ? directory.rules(of: program, at: instant)?.rounding : nil
        return try ReportAmount.money(
            record.text(columns.amount), currency, column: "earningAmount", rounding: rounding)
    }

    /// What goes into the event as it stands has to fit there.
    private func checkTexts(
        _ row: EarningRow, _ kept: [(name: String, column: Int)],
        _ record: borrowing TableRecord
    ) throws(CellProblem) {
        if !row.transaction.isEmpty { try identifier(row.transaction, column: "transactionId") }
        if !row.lever.isEmpty { try identifier(row.lever, column: "lever") }
        if !row.reasonCode.isEmpty { try identifier(row.reasonCode, column: "reasonCode") }
        for (name, column) in kept where column < record.count {
            guard !record.trimmed(column).isEmpty else { continue }
            try identifier(record.text(column), column: name)
        }
    }
}

extension ReportMapping.Adjustment? {
    /// Whether money leaves the row's period for another place.
    fileprivate var isMove: Bool {
        switch self {
        case .converted, .rolledOver: true
        case .adjusted, .skipped, nil: false
        }
    }
}
