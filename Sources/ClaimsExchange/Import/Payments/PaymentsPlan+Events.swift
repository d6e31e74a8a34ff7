import ClaimsDomain

// What came back, and the events of both.
extension PaymentsPlan {
    mutating func undo(
        _ payment: PaymentRow, row: Int, _ summary: inout ImportSummary
    ) throws(CellProblem) -> RowJudgement {
        let known = standing(payment)
        guard !known.isEmpty else {
            return .skipped("status '\(payment.status.rawValue)' of what the ledger has not paid")
        }
        let day = payment.time?.day
        let open = known.filter { place in
            let paid = book.payments[place]
            return paid.standing > 0 && day.map { paid.paidOn <= $0 } ?? true
        }
        guard !open.isEmpty else { return .repeated }
        let sum = open.reduce(0) { $0 + book.payments[$1].standing }
        let currency = book.payments[open[0]].amount.currency
        guard sum == Int64(payment.earned.minorUnits.magnitude),
            currency == payment.earned.currency
        else {
            throw CellProblem(
                "payment '\(payment.id)' came back with \(payment.earned); the ledger has "
                    + "\(Money(minorUnits: sum, currency: currency)) paid")
        }
        for place in open {
            let paid = book.payments[place]
            let claim = book.claims[paid.claim]
            var moment = claim.updatedAt
            if let time = payment.time {
                moment = max(moment, try self.moment(of: time, paid.claim))
            }
            let amount = Money(minorUnits: paid.standing, currency: currency)
            book.reverse(
                ReimbursementReversed(
                    amount: amount, paymentReference: payment.id, reason: payment.reason),
                of: paid.claim)
            book.settle(paid.claim, -amount.minorUnits, at: moment)
            steps.append(
                Step(
                    row: row, claim: paid.claim, minorUnits: amount.minorUnits,
                    occurredAt: moment, reversedDay: paid.paidOn))
            summary.add(.claimReimbursementReversed, amount)
        }
        return .taken
    }

    /// When it happened: on the day the report says, after what else befell the claim then.
    mutating func moment(of time: ReportTime, _ claim: Int) throws(CellProblem) -> Instant {
        let found = book.claims[claim]
        guard var moment = reading?.directory.moment(time, in: found.program) else {
            preconditionFailure("the columns are found before the first row is judged")
        }
        let nextDay = moment.adding(milliseconds: 86_400_000 - time.milliseconds)
        if found.updatedAt > moment, found.updatedAt < nextDay { moment = found.updatedAt }
        guard moment <= latest else { throw CellProblem("its time \(moment) is in the future") }
        return moment
    }

    func event(
        _ step: Step, _ payment: PaymentRow, _ details: [ForeignMember]
    ) -> ProposedEvent {
        let claim = book.claims[step.claim]
        let amount = Money(minorUnits: step.minorUnits, currency: claim.currency)
        let paidOn = step.reversedDay ?? payment.time?.day ?? step.occurredAt.day
        let isWhole = amount == payment.earned
        let isElsewhere = payment.total.map { $0.currency != claim.currency } ?? false
        let payload: EventPayload
        var id = "\(payment.id):\(claim.id):\(paidOn)"
        if step.reversedDay == nil {
            payload = .claimReimbursed(
                Reimbursed(
                    amount: amount, paymentReference: payment.id, paidOn: paidOn,
                    payout: isWhole && isElsewhere ? payment.total : nil))
        } else {
            id += ":reversed"
            payload = .claimReimbursementReversed(
                ReimbursementReversed(
                    amount: amount, paymentReference: payment.id, reason: payment.reason))
        }
        var event = ProposedEvent(
            id: EventID(id), source: Source(program: claim.program, partner: claim.partner),
            subject: claim.id.text, occurredAt: step.occurredAt, actor: actor, payload: payload)
        // What the report says of the whole payment belongs to the one claim it is for.
        if isWhole { event.foreignData = details }
        return event
    }
}

extension PaymentRow {
    /// Why it came back, in the report's words.
    var reason: String {
        let text = note.isEmpty ? status.rawValue : "\(status.rawValue): \(note)"
        return text.utf8.count <= 1_000 ? text : status.rawValue
    }
}
