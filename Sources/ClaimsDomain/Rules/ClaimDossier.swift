/// What a fold keeps of an attached document: enough for the rules and the findings.
package struct DocumentFact: Equatable, Hashable, Sendable {
    package var kind = EvidenceKind.other
    /// The file's SHA-256, interned.
    package var file = NameKey.none
    package var hasNote = false
    package var invoiceNumber = NameKey.none
    package var invoiceVendor = NameKey.none
    package var invoiceAmount: Int64 = 0
    package var invoiceCurrency: Currency?
    package var metricName = NameKey.none
    package var metricValue = NameKey.none
    /// Whether the original on paper came with it.
    package var isOriginal = false

    package init() {}
}

/// The documents and exceptions of one claim.
package struct ClaimDossier: Equatable, Sendable {
    /// One attached document, by its id in the claim.
    package struct Document: Equatable, Sendable {
        package let evidence: NameKey
        package let fact: DocumentFact
        /// How many requests for documents came before it.
        package let round: Int
    }

    /// Attached and not withdrawn, in the order attached.
    package private(set) var documents: [Document] = []
    /// The rules an exception was granted from.
    package private(set) var exceptions: [NameKey] = []
    /// What the amount is made up of; empty where nobody said.
    package private(set) var expenses: [ExpenseFact] = []
    /// What was asked for, in the order asked: the rounds.
    package private(set) var requests: [RequestFact] = []

    /// The kinds of the documents, and whether one of them reports a metric.
    private(set) var kinds: EvidenceKinds = []
    private(set) var reportsMetric = false
    /// What the invoices add up to, unless they are in several currencies.
    private(set) var invoiceTotal: Int64 = 0
    private(set) var invoiceCurrency: Currency?
    private(set) var hasMixedInvoices = false

    /// Takes note of an event of the claim.
    mutating func take(_ fact: Fact, action: ClaimAction) {
        switch action {
        case .attach:
            guard let document = fact.document else { return }
            documents.append(
                Document(evidence: fact.reference, fact: document, round: requests.count))
            count(document)
        case .detach:
            documents.removeAll { $0.evidence == fact.reference }
            recount()
        case .grantException: exceptions.append(fact.reference)
        case .requestDocuments: requests.append(fact.request ?? RequestFact())
        case .create, .amend:
            if let expenses = fact.expenses { self.expenses = expenses }
        case .requestEvidence, .comment, .submit, .startReview, .endorse,
            .approve, .reject, .dispute, .withdraw, .requestPayment, .reimburse,
            .reverseReimbursement:
            break
        }
    }

    /// Counts a document for what a fold asks at every decision.
    private mutating func count(_ document: DocumentFact) {
        kinds.insert(EvidenceKinds(document.kind))
        if document.kind == .metrics || document.metricName != .none { reportsMetric = true }
        guard let currency = document.invoiceCurrency else { return }
        if let invoiceCurrency, invoiceCurrency != currency { hasMixedInvoices = true }
        invoiceCurrency = currency
        invoiceTotal = invoiceTotal.addingClamped(document.invoiceAmount)
    }

    private mutating func recount() {
        kinds = []
        reportsMetric = false
        invoiceTotal = 0
        invoiceCurrency = nil
        hasMixedInvoices = false
        for document in documents { count(document.fact) }
    }
}
