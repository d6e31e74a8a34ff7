import ClaimsDomain
package import ClaimsLedger
import ClaimsProjections

/// How a payment that names no claim finds those it is for.
package struct PaymentMatching: Sendable {
    /// A report that has `paymentId` beside `claimId`, such as the earnings report.
    package var links: String?
    /// Whether the one claim of the partner on which just that amount is due is taken for it.
    package var byAmount = false

    /// By what the payments report itself and the ledger say.
    package init() {}
}

/// Judges the rows of a payments report by what the ledger has, and makes their events.
struct PaymentsPlan: ReportPlan {
    let actor: Actor
    private let byAmount: Bool
    private let links: ClaimLinks
    let latest: Instant
    private let directory: ReportDirectory
    var book: PaymentBook
    var reading: PaymentReading?
    /// What is to be recorded, in the order of the rows.
    var steps: [Step] = []
    /// The first step of the next row, when the report is read again.
    private var next = 0

    /// One event, without what the row itself says again.
    struct Step {
        let row: Int
        let claim: Int
        let minorUnits: Int64
        let occurredAt: Instant
        /// The day of the payment that is reversed; nil for a payment.
        let reversedDay: Day?
    }

    init(
        _ log: (book: PaymentBook, log: ReplayedLog), _ options: ReportImportOptions,
        _ matching: PaymentMatching
    ) throws(LedgerError) {
        let state = log.log.replay.state
        actor = options.actor
        byAmount = matching.byAmount
        links =
            if let path = matching.links { try ClaimLinks(path, options.mapping) } else {
                ClaimLinks()
            }
        latest = max(options.terms.now, state.lastEvent?.recordedAt ?? options.terms.now)
        directory = ReportDirectory(state, options.mapping)
        book = log.book
    }

    mutating func begin(_ columns: inout TableColumns) throws(TableFault) {
        reading = PaymentReading(
            columns: try PaymentColumns(&columns), directory: directory, needsProgram: true)
    }

    mutating func judge(
        _ record: TableRecord, row: Int, _ summary: inout ImportSummary
    ) throws(CellProblem) -> RowJudgement {
        guard let payment = try reading?.read(record) else {
            preconditionFailure("the columns are found before the first row is judged")
        }
        switch payment.status.meaning {
        case .waiting: return .skipped("status '\(payment.status.rawValue)'")
        case .paid: return try pay(payment, row: row, &summary)
        case .undone: return try undo(payment, row: row, &summary)
        }
    }

    mutating func beginRecording() { next = 0 }

    mutating func events(
        of record: TableRecord, row: Int
    ) throws(CellProblem) -> [ProposedEvent] {
        guard let payment = try reading?.read(record) else { return [] }
        let details = reading?.details(of: record) ?? []
        var events: [ProposedEvent] = []
        while next < steps.count, steps[next].row == row {
            events.append(event(steps[next], payment, details))
            next += 1
        }
        return events
    }
}

// MARK: - Payments

extension PaymentsPlan {
    private mutating func pay(
        _ payment: PaymentRow, row: Int, _ summary: inout ImportSummary
    ) throws(CellProblem) -> RowJudgement {
        guard payment.earned.minorUnits > 0 else {
            throw CellProblem("earned is \(payment.earned), expected an amount above zero")
        }
        guard let time = payment.time else { throw CellProblem("paymentDate is empty") }
        let known = standing(payment)
        if !known.isEmpty, try isRecorded(payment, time.day, known) { return .repeated }
        var total: Int64 = 0
        for (claim, minorUnits) in try shares(of: payment, before: known) {
            let moment = try moment(of: time, claim)
            let amount = Money(minorUnits: minorUnits, currency: payment.earned.currency)
            book.add(
                Reimbursed(amount: amount, paymentReference: payment.id, paidOn: time.day),
                to: claim)
            book.settle(claim, minorUnits, at: moment)
            steps.append(
                Step(
                    row: row, claim: claim, minorUnits: minorUnits, occurredAt: moment,
                    reversedDay: nil))
            total += minorUnits
            summary.add(.claimReimbursed, amount)
        }
        precondition(total == payment.earned.minorUnits, "the shares of a payment are all of it")
        return .taken
    }

    /// The ledger's payments of a row's reference: of its claim, where it names one, else of its
    /// partner.
    func standing(_ payment: PaymentRow) -> [Int] {
        book.payments(of: payment.id).filter { place in
            let claim = book.claims[book.payments[place].claim]
            if let named = payment.claim { return claim.id == named }
            return claim.partner == payment.partner
                && (payment.program == nil || claim.program == payment.program)
        }
    }

    /// Whether the ledger has a payment; false for one that came back and is sent again.
    private func isRecorded(
        _ payment: PaymentRow, _ day: Day, _ known: [Int]
    ) throws(CellProblem) -> Bool {
        let sameDay = known.filter { book.payments[$0].paidOn == day }
        let counted = sameDay.isEmpty ? known.filter { book.payments[$0].standing > 0 } : sameDay
        guard !counted.isEmpty else { return false }
        let currency = book.payments[counted[0]].amount.currency
        let sum = Money(
            minorUnits: counted.reduce(0) { $0 + book.payments[$1].amount.minorUnits },
            currency: currency)
        guard sum == payment.earned else {
            throw CellProblem(
                "payment '\(payment.id)' is \(payment.earned) here and \(sum) in the ledger; "
                    + "'claims reconcile payments' compares them")
        }
        return true
    }

    /// The claims a payment is for, with the minor units of each.
    private func shares(
        of payment: PaymentRow, before known: [Int]
    ) throws(CellProblem) -> [(claim: Int, minorUnits: Int64)] {
        let amount = payment.earned
        if let named = payment.claim {
            return [(try place(of: named, payment), amount.minorUnits)]
        }
        if let linked = links.claims[payment.id] {
            var places: [Int] = []
            for claim in linked { places.append(try place(of: claim, payment)) }
            if places.count == 1 { return [(places[0], amount.minorUnits)] }
            return try dues(of: places, payment)
        }
        if !known.isEmpty {
            let sum = known.reduce(0) { $0 + book.payments[$1].amount.minorUnits }
            guard sum == amount.minorUnits else {
                throw CellProblem(
                    "payment '\(payment.id)' is sent again with \(amount); "
                        + "what came back is \(Money(minorUnits: sum, currency: amount.currency))")
            }
            return known.map { (book.payments[$0].claim, book.payments[$0].amount.minorUnits) }
        }
        guard byAmount else {
            throw CellProblem(
                "payment '\(payment.id)' names no claim; a column claimId, --links or --by-amount "
                    + "finds it")
        }
        return try claimsDue(payment)
    }

    private func place(
        of claim: ClaimID, _ payment: PaymentRow
    ) throws(CellProblem) -> Int {
        guard let place = book.place(of: claim) else {
            throw CellProblem("claim '\(claim)' is not approved in the ledger, or not in it")
        }
        let found = book.claims[place]
        let parts: [(String, here: String, there: String)] = [
            ("partner", payment.partner.text, found.partner.text),
            ("program", payment.program?.text ?? found.program.text, found.program.text),
            ("currency", payment.earned.currency.code, found.currency.code),
        ]
        for part in parts where part.here != part.there {
            throw CellProblem(
                "the payment is of \(part.0) '\(part.here)', claim '\(claim)' of '\(part.there)'")
        }
        return place
    }

    /// What is due on each of several claims, if that is what was paid.
    private func dues(
        of places: [Int], _ payment: PaymentRow
    ) throws(CellProblem) -> [(claim: Int, minorUnits: Int64)] {
        let dues = places.map { (claim: $0, minorUnits: book.claims[$0].due) }
        let sum = dues.reduce(0) { $0 + $1.minorUnits }
        guard sum == payment.earned.minorUnits, dues.allSatisfy({ $0.minorUnits > 0 }) else {
            throw CellProblem(
                "payment '\(payment.id)' is \(payment.earned) for \(places.count) claims, on which "
                    + "\(Money(minorUnits: sum, currency: payment.earned.currency)) is due")
        }
        return dues
    }

    /// The claim of the partner on which just that amount is due.
    private func claimsDue(
        _ payment: PaymentRow
    ) throws(CellProblem) -> [(claim: Int, minorUnits: Int64)] {
        guard let program = payment.program else {
            throw CellProblem("the row names no program, by which claims are looked for")
        }
        let open = book.due(program, payment.partner, payment.earned.currency)
        let fitting = open.filter { book.claims[$0].due == payment.earned.minorUnits }
        if fitting.count == 1 { return [(fitting[0], payment.earned.minorUnits)] }
        if fitting.isEmpty, open.count > 1,
            open.reduce(0, { $0 + book.claims[$1].due }) == payment.earned.minorUnits
        {
            return open.map { ($0, book.claims[$0].due) }
        }
        let names = fitting.prefix(3).map { "'\(book.claims[$0].id)'" }.joined(separator: ", ")
        throw CellProblem(
            fitting.isEmpty
                ? "on no claim of partner '\(payment.partner)' just \(payment.earned) is due"
                : "\(payment.earned) is due on \(fitting.count) claims, such as \(names)")
    }
}

extension ReportImport {
    /// Makes an import of a payments report into a ledger.
    ///
    /// One pass over the log, and one over the beginning of the file.
    package static func payments(
        _ path: String, of ledger: Ledger, _ options: ReportImportOptions,
        _ matching: PaymentMatching
    ) throws(LedgerError) -> ReportImport {
        try ReportImport(
            path, try PaymentsPlan(try PaymentBook.read(ledger), options, matching), options)
    }
}
