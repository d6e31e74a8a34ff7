extension LedgerState {
    /// The rules held against a claim at a moment; nil when none were in force.
    func ruleBook(for claim: ClaimRecord, at instant: Instant) -> RuleBook? {
        guard let index = claimByName[claim.claim],
            let rules = rules(of: ProgramID(names.text(claim.program)), at: instant)
        else { return nil }
        return RuleBook(
            rules: rules, claim: claim, dossier: dossiers[index], names: names)
    }

    /// The figures the caps of a claim are taken over.
    ///
    /// O(claims).
    func capBasis(of claim: ClaimRecord) -> CapBasis {
        let own = claim.holding.map { accounts[Int($0.index)] }
        let isOwn: (AccountRecord) -> Bool = { account in
            account.program == claim.program && account.partner == claim.partner
                && account.period == claim.period && account.currency == claim.currency
        }
        let account = own.flatMap { isOwn($0) ? $0 : nil } ?? accounts.first(where: isOwn)
        var approved: [NameKey: Int64] = [:]
        for other in claims
        where other.claim != claim.claim && other.approved != 0
            && other.program == claim.program && other.partner == claim.partner
            && other.period == claim.period && other.currency == claim.currency
        {
            approved[other.activity, default: 0] =
                approved[other.activity, default: 0].addingClamped(other.approved)
        }
        return CapBasis(
            earned: account?.balance.earned ?? 0, approvedByActivity: approved)
    }
}

// MARK: - What history broke

extension LedgerState {
    /// The programme's rules that an event broke and no exception covers.
    mutating func ruleFindings(
        _ fact: Fact, _ action: ClaimAction, claim index: Int, isFirst: Bool
    ) -> [FindingCode] {
        switch action {
        case .attach: return reuseFindings(fact)
        case .submit, .approve, .reject:
            let claim = claims[index]
            guard let book = ruleBook(for: claim, at: fact.occurredAt) else { return [] }
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
        guard let currency = fact.currency, book.activity?.caps.isEmpty == false,
            !book.isExcepted(.withinCap)
        else { return codes }
        let amount = Money(minorUnits: fact.amount, currency: currency)
        let breaches = book.capBreaches(amount, capBasis(of: book.claim))
        let isOver = breaches.contains { if case .overCap = $0 { true } else { false } }
        if isOver { codes.append(.approvedOverCap) }
        return codes
    }

    /// A document or invoice that another claim has attached and not withdrawn.
    private mutating func reuseFindings(_ fact: Fact) -> [FindingCode] {
        guard let document = fact.document else { return [] }
        var codes: [FindingCode] = []
        if fileHolders.add(fact.subject, to: document.file) { codes.append(.evidenceReused) }
        guard let invoice = InvoiceKey(document, of: fact) else { return codes }
        if invoiceHolders.add(fact.subject, to: invoice) { codes.append(.invoiceReused) }
        return codes
    }

    /// A document about to be withdrawn is free to prove another claim, unless the claim has the
    /// same once more.
    mutating func forget(documentsOf fact: Fact, claim index: Int) {
        let documents = dossiers[index].documents
        let kept = documents.filter { $0.evidence != fact.reference }.map(\.fact)
        for document in documents where document.evidence == fact.reference {
            let file = document.fact.file
            if !kept.contains(where: { $0.file == file }) {
                fileHolders.remove(fact.subject, from: file)
            }
            guard let invoice = InvoiceKey(document.fact, of: fact),
                !kept.contains(where: { InvoiceKey($0, of: fact) == invoice })
            else { continue }
            invoiceHolders.remove(fact.subject, from: invoice)
        }
    }
}

/// An invoice by what its issuer calls it.
struct InvoiceKey: Hashable, Sendable {
    let program: NameKey
    let partner: NameKey
    let number: NameKey
    let vendor: NameKey

    /// The invoice of a document; nil where it has no number.
    init?(_ document: DocumentFact, of fact: Fact) {
        guard document.invoiceNumber != .none else { return nil }
        program = fact.program
        partner = fact.partner
        number = document.invoiceNumber
        vendor = document.invoiceVendor
    }
}
