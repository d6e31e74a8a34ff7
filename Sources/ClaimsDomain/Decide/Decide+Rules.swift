extension ClaimsDesk {
    /// Holds the programme's rules against an action; the first breach not excepted refuses.
    ///
    /// Order: role, duties, calendar, documents, expenses, answers, reuse. Caps are looked at with
    /// the amount.
    func obey(
        _ command: ClaimCommand, _ file: ClaimFile, _ state: LedgerState
    ) throws(Refusal) {
        guard mayBreakRules(command, file, state),
            let book = state.ruleBook(for: file.record, at: instant)
        else { return }
        var breaches = book.roleBreaches(command.action, role: role)
        switch command {
        case .attach(let evidence):
            guard book.rules.evidenceOnce else { break }
            breaches += state.reuseBreaches(of: file.record.claim, evidence)
        case .submit:
            let isFirst = file.record.isNewToPeriod
            breaches += book.calendarBreaches(at: instant, isFirst: isFirst)
            breaches += book.documentBreaches() + book.expenseBreaches() + book.answerBreaches()
            guard book.rules.evidenceOnce else { break }
            breaches += state.reuseBreaches(of: file.record.claim, book.dossier.documents)
        case .approve:
            breaches += duties(book, state)
            breaches += book.documentBreaches()
        case .reject: breaches += duties(book, state)
        case .amend, .requestEvidence, .detach, .comment, .startReview, .endorse,
            .requestDocuments, .dispute, .withdraw, .grantException, .requestPayment, .reimburse,
            .reverseReimbursement:
            break
        }
        try obey(breaches, book)
    }

    /// Whether an action could break a rule: false only where one look shows that it breaks none.
    ///
    /// Most actions have no rule to meet but that of roles, and the book of a claim is dear.
    private func mayBreakRules(
        _ command: ClaimCommand, _ file: ClaimFile, _ state: LedgerState
    ) -> Bool {
        guard let rules = state.rulesInForce(of: file.record.program, at: instant)?.rules else {
            return false
        }
        if !rules.roles.isEmpty { return true }
        switch command {
        case .submit, .approve, .reject: return true
        case .attach(let evidence):
            return rules.evidenceOnce
                && !state.reuseBreaches(of: file.record.claim, evidence).isEmpty
        case .amend, .requestEvidence, .detach, .comment, .startReview, .endorse,
            .requestDocuments, .dispute, .withdraw, .grantException, .requestPayment, .reimburse,
            .reverseReimbursement:
            return false
        }
    }

    /// Throws the first breach that no exception covers.
    func obey(_ breaches: [RuleBreach], _ book: RuleBook) throws(Refusal) {
        guard let breach = breaches.first(where: { !book.isExcepted($0.rule) }) else { return }
        throw .breaksRule(breach, program: book.rules.id, version: book.rules.version)
    }

    private func duties(_ book: RuleBook, _ state: LedgerState) -> [RuleBreach] {
        guard let actor else { return [] }
        return book.dutyBreaches(
            actor: state.names.key(of: actor.id) ?? .none, name: actor.id)
    }
}
