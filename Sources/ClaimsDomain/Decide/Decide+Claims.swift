extension ClaimsDesk {
    func create(
        _ id: ClaimID, program: ProgramID, partner: PartnerID, _ draft: ClaimCreated,
        _ state: LedgerState
    ) throws(Refusal) -> Decision {
        guard state.claim(id) == nil else { throw .claimExists(id) }
        let rules = try rules(of: program, state)
        _ = try period(draft.period, in: rules)
        try claimable(draft.activity, in: rules)
        try positive(draft.amount)
        try positive(draft.expenses, draft.amount.currency)
        return Decision(
            source: Source(program: program, partner: partner), subject: id.text,
            payload: .claimCreated(draft))
    }

    /// An activity of the programme that money can be asked for.
    private func claimable(_ id: ActivityID, in rules: Program) throws(Refusal) {
        try activity(id, in: rules)
        if rules.associations?.withoutPayment.contains(id) == true {
            throw .activityWithoutPayment(id, program: rules.id)
        }
    }

    /// A programme that lists no activities takes any.
    func activity(_ id: ActivityID, in rules: Program) throws(Refusal) {
        guard !rules.activities.isEmpty, rules.activity(id) == nil else { return }
        let nearest = NearestName.suggestion(for: id.text, among: rules.activities.map(\.id.text))
        throw .unknownActivity(id, program: rules.id, nearest: nearest.map { ActivityID($0) })
    }

    func claim(
        _ id: ClaimID, _ command: ClaimCommand, _ state: LedgerState
    ) throws(Refusal) -> Decision {
        guard let record = state.claim(id) else {
            let known = state.claims.map { state.names.text($0.claim) }.sorted()
            let nearest = NearestName.suggestion(for: id.text, among: known)
            throw .unknownClaim(id, nearest: nearest.map { ClaimID($0) })
        }
        guard ClaimTransition.next(command.action, from: record.status) != nil else {
            throw .wrongStatus(id, record.status, command.action)
        }
        if let previous = record.updatedAt, instant < previous {
            throw .goesBackInTime(at: instant, previous: previous)
        }
        let file = ClaimFile(id: id, record: record, state: state)
        try obey(command, file, state)
        return Decision(
            source: Source(program: file.program, partner: file.partner), subject: id.text,
            payload: try payload(command, file, state))
    }

    private func payload(
        _ command: ClaimCommand, _ file: ClaimFile, _ state: LedgerState
    ) throws(Refusal) -> EventPayload {
        switch command {
        case .amend(let changes): return try amend(changes, file, state)
        case .requestEvidence(let request): return .claimEvidenceRequested(request)
        case .attach(let evidence): return .claimEvidenceAttached(evidence)
        case .detach(let evidence, let reason):
            return .claimEvidenceWithdrawn(evidence: evidence, reason: reason)
        case .comment(let text): return .claimCommentAdded(text: text)
        case .submit(let amount): return try submit(amount, file, state)
        case .startReview: return .claimReviewStarted
        case .endorse(let step): return .claimEndorsed(step: step)
        case .requestDocuments(let request): return .claimDocumentsRequested(request)
        case .approve(let amount, let reason): return try approve(amount, reason, file, state)
        case .reject(let reasons): return .claimRejected(reasons: reasons)
        case .dispute(let reason):
            try reserve(
                file.submitted, file, try rules(of: file.program, state), state,
                evenAfterDeadline: true)
            return .claimDisputed(reason: reason)
        case .withdraw(let reason): return .claimWithdrawn(reason: reason)
        case .grantException(let rule, let reason):
            guard ClaimRule(rawValue: rule) != nil else {
                let known = ClaimRule.allCases.map(\.rawValue)
                throw .unknownRule(
                    rule, nearest: NearestName.suggestion(for: rule, among: known))
            }
            return .claimExceptionGranted(rule: rule, reason: reason)
        case .requestPayment(let amount):
            return .claimPaymentRequested(amount: try due(amount, file))
        case .reimburse(let amount, let reference, let paidOn, let rate, let payer):
            let paid = try settled(amount, rate, file, state)
            return .claimReimbursed(
                Reimbursed(
                    amount: paid.amount, paymentReference: reference, paidOn: paidOn ?? instant.day,
                    rate: rate, payout: paid.payout, payer: payer))
        case .reverseReimbursement(let amount, let reference, let reason):
            return .claimReimbursementReversed(
                ReimbursementReversed(
                    amount: try reversed(amount, file), paymentReference: reference,
                    reason: reason))
        }
    }

    private func amend(
        _ changes: ClaimAmended, _ file: ClaimFile, _ state: LedgerState
    ) throws(Refusal) -> EventPayload {
        guard !changes.isEmpty else { throw .nothingToChange(file.id) }
        let rules = try rules(of: file.program, state)
        if let label = changes.period { _ = try period(label, in: rules) }
        if let id = changes.activity { try claimable(id, in: rules) }
        if let amount = changes.amount { try positive(amount) }
        try positive(changes.expenses, changes.amount?.currency ?? file.drafted.currency)
        return .claimAmended(changes)
    }

    private func submit(
        _ amount: Money?, _ file: ClaimFile, _ state: LedgerState
    ) throws(Refusal) -> EventPayload {
        let draft = file.drafted
        let amount = amount ?? draft
        let rules = try rules(of: file.program, state)
        try same(amount, as: draft.currency)
        try positive(amount)
        guard amount == draft else { throw .differsFromDraft(given: amount, draft: draft) }
        try addUp(state.dossier(of: file.id)?.expenses ?? [], to: amount)
        try reserve(amount, file, rules, state, evenAfterDeadline: false)
        return .claimSubmitted(amount: amount)
    }

    /// Every expense is more than nothing.
    private func positive(_ expenses: [ClaimExpense]?, _ currency: Currency) throws(Refusal) {
        for expense in expenses ?? [] {
            try positive(Money(minorUnits: expense.amountMinorUnits, currency: currency))
        }
    }

    /// Where a claim says what its amount is made up of, that is all of it.
    private func addUp(_ expenses: [ExpenseFact], to amount: Money) throws(Refusal) {
        guard !expenses.isEmpty else { return }
        let total = expenses.reduce(Int64(0)) { $0.addingClamped($1.amount) }
        guard total == amount.minorUnits else {
            throw .expensesDiffer(
                total: Money(minorUnits: total, currency: amount.currency), amount: amount)
        }
    }

    private func approve(
        _ amount: Money?, _ reason: String?, _ file: ClaimFile, _ state: LedgerState
    ) throws(Refusal) -> EventPayload {
        let submitted = file.submitted
        let amount = amount ?? submitted
        try same(amount, as: submitted.currency)
        try positive(amount)
        if let book = state.ruleBook(for: file.record, at: instant) {
            try obey(book.capBreaches(amount, state.capBasis(of: file.record)), book)
        }
        guard amount.minorUnits <= submitted.minorUnits else {
            throw .exceedsSubmitted(amount: amount, submitted: submitted)
        }
        return .claimApproved(amount: amount, reason: reason)
    }

    /// A claim may reserve what is available and what it holds already.
    ///
    /// A dispute may also reserve what reads as expired: the claim was handed in in time (domain
    /// facts c3).
    private func reserve(
        _ amount: Money, _ file: ClaimFile, _ rules: Program, _ state: LedgerState,
        evenAfterDeadline: Bool
    ) throws(Refusal) {
        guard rules.fundControl == .reserve else { return }
        if let book = state.ruleBook(for: file.record, at: instant), book.isExcepted(.withinFund) {
            return
        }
        let left =
            evenAfterDeadline
            ? state.unclaimed(to: file) : state.available(to: file, at: instant)
        guard amount.minorUnits <= left.minorUnits else {
            throw .exceedsFund(amount: amount, available: left, account: file.account)
        }
    }

    private func reversed(_ amount: Money?, _ file: ClaimFile) throws(Refusal) -> Money {
        let paid = file.paid
        guard amount != nil || paid.minorUnits > 0 else { throw .nothingPaid(file.id) }
        let amount = amount ?? paid
        try same(amount, as: paid.currency)
        try positive(amount)
        guard amount.minorUnits <= paid.minorUnits else {
            throw .exceedsPaid(amount: amount, paid: paid)
        }
        return amount
    }
}

/// A claim's record in the terms of the domain: texts for keys, money for units.
struct ClaimFile {
    let id: ClaimID
    let record: ClaimRecord
    let program: ProgramID
    let partner: PartnerID
    /// The account the claim would reserve in now.
    let account: FundAccount
    /// What the claim has reserved in that account already.
    let reservedInAccount: Int64

    /// `state` is lent: an initializer would be given a copy otherwise.
    init(id: ClaimID, record: ClaimRecord, state: borrowing LedgerState) {
        self.id = id
        self.record = record
        program = ProgramID(state.names.text(record.program))
        partner = PartnerID(state.names.text(record.partner))
        // A claim without a currency was never created, only mentioned; it has no money either.
        let currency =
            record.currency ?? state.latestRules(of: program)?.currency ?? Currency.all[0]
        account = FundAccount(
            program: program, partner: partner,
            period: PeriodLabel(state.names.text(record.period)), currency: currency)
        let isHere = record.holding.map { state.accounts[Int($0.index)] }.map {
            $0.program == record.program && $0.partner == record.partner
                && $0.period == record.period && $0.currency == currency
        }
        reservedInAccount = isHere == true ? record.reserved : 0
    }

    var drafted: Money { money(record.amount) }
    var submitted: Money { money(record.submitted) }
    var approved: Money { money(record.approved) }
    var due: Money { money(record.approved.subtractingClamped(record.paid)) }
    var paid: Money { money(record.paid) }

    private func money(_ units: Int64) -> Money {
        Money(minorUnits: units, currency: account.currency)
    }
}
