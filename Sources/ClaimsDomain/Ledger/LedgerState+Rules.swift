extension LedgerState {
    /// The rules held against a claim at a moment; nil when none were in force.
    ///
    /// `isRead`: what breaks them is shown, and not only counted.
    func ruleBook(
        for claim: ClaimRecord, at instant: Instant, isRead: Bool = true
    ) -> RuleBook? {
        guard let index = claimByName[claim.claim],
            let rules = rulesInForce(of: claim.program, at: instant)
        else { return nil }
        return RuleBook(
            keyed: rules, claim: claim, dossier: dossiers[index], names: names,
            documentNames: isRead ? documentNames : nil)
    }

    /// The figures the caps of a claim are taken over: those of its account, without the claim.
    ///
    /// O(activities of the account + its partner's itemised claims).
    func capBasis(of claim: ClaimRecord) -> CapBasis {
        guard let currency = claim.currency,
            let account = accountTable.key(
                program: claim.program, partner: claim.partner, period: claim.period,
                currency: currency)
        else { return CapBasis(earned: 0, approvedByActivity: [:]) }
        var approved = approvals.sums(of: account)
        if claim.holding == account, claim.approved != 0 {
            approved[claim.approvedFor, default: 0] -= claim.approved
        }
        return CapBasis(
            earned: accounts[Int(account.index)].balance.earned, approvedByActivity: approved,
            itemised: itemised(in: account, but: claim))
    }

    /// The approved claims of an account that say what their amount is made up of.
    private func itemised(in account: AccountKey, but claim: ClaimRecord) -> [CapBasis.Itemised] {
        let owner = WordTable.key(claim.program, claim.partner)
        return (itemisedClaims[owner] ?? []).compactMap { index in
            let other = claims[index]
            guard other.claim != claim.claim, other.holding == account, other.approved != 0
            else { return nil }
            return CapBasis.Itemised(
                activity: other.approvedFor, approved: other.approved,
                expenses: dossiers.extras(of: index).expenses)
        }
    }

    /// Whether a version of a programme has a cap that counts what claims are made up of.
    package func capsCountExpenses(of program: NameKey) -> Bool {
        let id = names.text(program)
        return programs.contains { version in
            version.rules.id.text == id
                && version.rules.activities.contains { activity in
                    activity.caps.contains { !$0.expenses.isEmpty }
                }
        }
    }

    /// Takes note that a claim says what its amount is made up of.
    mutating func noteItemised(_ fact: Fact, claim index: Int) {
        guard fact.expenses != nil else { return }
        let owner = WordTable.key(claims[index].program, claims[index].partner)
        if itemisedClaims[owner]?.contains(index) == true { return }
        itemisedClaims[owner, default: []].append(index)
    }

    /// Counts what a claim's approval changes for the caps of its account.
    mutating func countApproval(_ amount: Int64, for activity: NameKey, in account: AccountKey) {
        guard amount != 0 else { return }
        let place = approvals.add(amount, activity: activity, account: account)
        lastApprovals.append(
            ApprovalCount(account: account, activity: activity, amount: amount, place: place))
    }
}

// MARK: - What history broke

extension LedgerState {
    /// The programme's rules that an event broke and no exception covers.
    mutating func ruleFindings(
        _ fact: Fact, _ action: ClaimAction, claim index: Int, isFirst: Bool
    ) -> [FindingCode] {
        switch action {
        case .attach: return reuseFindings(fact, claim: index)
        case .submit, .approve, .reject:
            guard mayBreakRules(fact, action, claim: index, isFirst: isFirst) else { return [] }
            let claim = claims[index]
            guard let book = ruleBook(for: claim, at: fact.occurredAt, isRead: false) else {
                return []
            }
            return action == .submit
                ? submissionFindings(fact, book, isFirst: isFirst)
                : decisionFindings(fact, action, book)
        case .create, .amend, .requestEvidence, .detach, .comment, .startReview, .endorse,
            .requestDocuments, .dispute, .withdraw, .grantException, .requestPayment, .reimburse,
            .reverseReimbursement:
            return []
        }
    }

    private func submissionFindings(
        _ fact: Fact, _ book: RuleBook, isFirst: Bool
    ) -> [FindingCode] {
        var codes: [FindingCode] = []
        for breach in book.calendarBreaches(at: fact.occurredAt, isFirst: isFirst)
        where !book.isExcepted(breach.rule) {
            switch breach {
            case .activityOutsidePeriod: codes.append(.activityOutsidePeriod)
            case .windowNotOpen: codes.append(.submittedEarly)
            case .deadlinePassed: codes.append(.submittedLate)
            default: break
            }
        }
        if !book.isExcepted(.documentsAnswered), !book.answerBreaches().isEmpty {
            codes.append(.requestUnanswered)
        }
        if !book.isExcepted(.eligibleExpenses), !book.expenseBreaches().isEmpty {
            codes.append(.ineligibleExpense)
        }
        let invoices = book.dossier.documents.filter {
            $0.fact.invoiceCurrency != nil && $0.fact.invoiceCurrency == fact.currency
        }
        let total = invoices.reduce(Int64(0)) { $0.addingClamped($1.fact.invoiceAmount) }
        if !invoices.isEmpty, total < fact.amount { codes.append(.overInvoices) }
        return codes
    }

    private func decisionFindings(
        _ fact: Fact, _ action: ClaimAction, _ book: RuleBook
    ) -> [FindingCode] {
        var codes: [FindingCode] = []
        if !book.isExcepted(.separationOfDuties),
            !book.dutyBreaches(actor: fact.actor, name: "").isEmpty
        {
            codes.append(.submitterDecided)
        }
        guard action == .approve else { return codes }
        if book.documentBreaches().contains(where: { !book.isExcepted($0.rule) }) {
            codes.append(.evidenceMissing)
        }
        // An approval in another currency than the claim's counts as nothing.
        guard let currency = fact.currency, currency == book.claim.currency,
            book.activity?.caps.isEmpty == false,
            !book.isExcepted(.withinCap)
        else { return codes }
        let amount = Money(minorUnits: fact.amount, currency: currency)
        let breaches = book.capBreaches(amount, capBasis(of: book.claim))
        let isOver = breaches.contains { if case .overCap = $0 { true } else { false } }
        if isOver { codes.append(.approvedOverCap) }
        return codes
    }

    /// A document or invoice that another claim has attached and not withdrawn.
    private mutating func reuseFindings(_ fact: Fact, claim index: Int) -> [FindingCode] {
        guard let document = fact.document else { return [] }
        var codes: [FindingCode] = []
        if fileHolders.add(fact.subject, to: Int(document.file.name.index)),
            !isExcepted(.documentOnce, claim: index)
        {
            codes.append(.evidenceReused)
        }
        guard let invoice = Self.invoiceKey(of: document) else { return codes }
        if invoiceHolders.add(fact.subject, to: invoices.placeOrAdd(invoice)),
            !isExcepted(.invoiceOnce, claim: index)
        {
            codes.append(.invoiceReused)
        }
        return codes
    }

    /// The documents and exceptions of a claim; nil when there is no such claim.
    package func dossier(of claim: ClaimID) -> ClaimDossier? {
        names.key(of: claim.text).flatMap { claimByName[$0] }.map { dossiers[$0] }
    }

    func isExcepted(_ rule: ClaimRule, claim index: Int) -> Bool {
        dossiers.extras(of: index).exceptions.contains { names.text($0) == rule.rawValue }
    }

    /// A document about to be withdrawn is free to prove another claim, unless the claim has the
    /// same once more.
    mutating func forget(documentsOf fact: Fact, claim index: Int) {
        let documents = dossiers.documents(of: index)
        let kept = documents.filter { $0.evidence != fact.evidence }.map(\.fact)
        for document in documents where document.evidence == fact.evidence {
            let file = document.fact.file
            if !kept.contains(where: { $0.file == file }) {
                fileHolders.remove(fact.subject, from: Int(file.name.index))
            }
            guard let invoice = Self.invoiceKey(of: document.fact),
                let place = invoices.place(of: invoice),
                !kept.contains(where: { Self.invoiceKey(of: $0) == invoice })
            else { continue }
            invoiceHolders.remove(fact.subject, from: place)
        }
    }

    /// An invoice by what its issuer calls it: one bill, whoever claims it; nil where the document
    /// has no number.
    static func invoiceKey(of document: DocumentFact) -> UInt64? {
        guard document.invoiceNumber != .none else { return nil }
        return WordTable.key(document.invoiceNumber, document.invoiceVendor)
    }
}
