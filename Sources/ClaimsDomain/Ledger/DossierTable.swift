/// The dossiers of all claims, by the place of the claim.
///
/// What every decision asks stands in one small record a claim; documents of all claims follow each
/// other in the order of the log, each with the place of the one before it of the same claim.
struct DossierTable: Sendable {
    private(set) var summaries: [DossierSummary] = []
    private var documents: [Entry] = []
    private var extras: [DossierExtras] = []

    private var details: [Details] = []

    /// A document without what only some have.
    private struct Entry {
        let evidence: DocumentKey
        let file: DocumentKey
        let round: UInt32
        /// The place + 1 of the document before it; 0 = none.
        var previous: UInt32
        /// The place + 1 of its invoice and metric; 0 = it has neither.
        let details: UInt32
        let kind: EvidenceKind
        let hasNote: Bool
        let isOriginal: Bool
    }

    /// The invoice and the metric of a document.
    private struct Details {
        let invoiceAmount: Int64
        let invoiceNumber: DocumentKey
        let invoiceVendor: DocumentKey
        let metricName: NameKey
        let metricValue: NameKey
        let invoiceCurrency: Currency?
    }

    /// Makes room for so many times as much; `roomy` says what a number needs.
    mutating func reserve(times factor: Int, _ roomy: (Int) -> Int) {
        summaries.reserveCapacity(roomy(summaries.count * factor))
        documents.reserveCapacity(roomy(documents.count * factor))
        details.reserveCapacity(roomy(details.count * factor))
    }

    /// Begins the dossier of the next claim.
    mutating func append() { summaries.append(DossierSummary()) }

    /// A claim's dossier as a whole.
    ///
    /// O(documents of the claim).
    subscript(claim: Int) -> ClaimDossier {
        ClaimDossier(documents: documents(of: claim), extras: extras(of: claim))
    }

    /// Attached and not withdrawn, in the order attached.
    func documents(of claim: Int) -> [ClaimDossier.Document] {
        var documents: [ClaimDossier.Document] = []
        var cursor = summaries[claim].lastDocument
        while cursor != 0 {
            let entry = self.documents[Int(cursor) - 1]
            documents.append(
                ClaimDossier.Document(
                    evidence: entry.evidence, fact: fact(entry), round: Int(entry.round)))
            cursor = entry.previous
        }
        documents.reverse()
        return documents
    }

    /// What few claims have beside documents.
    func extras(of claim: Int) -> DossierExtras {
        let place = summaries[claim].extras
        return place == 0 ? DossierExtras() : extras[Int(place) - 1]
    }

    /// Takes note of an event of a claim.
    mutating func take(_ fact: Fact, action: ClaimAction, claim: Int) {
        switch action {
        case .attach:
            guard let document = fact.document else { return }
            append(document, fact.evidence, claim)
            summaries[claim].lastDocument = UInt32(documents.count)
            summaries[claim].count(document)
        case .detach: remove(fact.evidence, claim)
        case .grantException: change(claim) { $0.exceptions.append(fact.reference) }
        case .requestDocuments:
            change(claim) { $0.requests.append(fact.request ?? RequestFact()) }
            summaries[claim].rounds += 1
        case .create, .amend:
            guard let expenses = fact.expenses else { return }
            change(claim) { $0.expenses = expenses }
            summaries[claim].isItemised = !expenses.isEmpty
        case .requestEvidence, .comment, .submit, .startReview, .endorse,
            .approve, .reject, .dispute, .withdraw, .requestPayment, .reimburse,
            .reverseReimbursement:
            break
        }
    }

    private mutating func append(_ document: DocumentFact, _ evidence: DocumentKey, _ claim: Int) {
        let hasDetails =
            document.invoiceCurrency != nil || document.invoiceAmount != 0
            || document.invoiceNumber != .none || document.invoiceVendor != .none
            || document.metricName != .none || document.metricValue != .none
        if hasDetails {
            details.append(
                Details(
                    invoiceAmount: document.invoiceAmount, invoiceNumber: document.invoiceNumber,
                    invoiceVendor: document.invoiceVendor, metricName: document.metricName,
                    metricValue: document.metricValue, invoiceCurrency: document.invoiceCurrency))
        }
        documents.append(
            Entry(
                evidence: evidence, file: document.file, round: summaries[claim].rounds,
                previous: summaries[claim].lastDocument,
                details: hasDetails ? UInt32(details.count) : 0, kind: document.kind,
                hasNote: document.hasNote, isOriginal: document.isOriginal))
    }

    private func fact(_ entry: Entry) -> DocumentFact {
        var fact = DocumentFact()
        fact.kind = entry.kind
        fact.hasNote = entry.hasNote
        fact.isOriginal = entry.isOriginal
        fact.file = entry.file
        guard entry.details != 0 else { return fact }
        let details = details[Int(entry.details) - 1]
        fact.invoiceNumber = details.invoiceNumber
        fact.invoiceVendor = details.invoiceVendor
        fact.invoiceAmount = details.invoiceAmount
        fact.invoiceCurrency = details.invoiceCurrency
        fact.metricName = details.metricName
        fact.metricValue = details.metricValue
        return fact
    }

    private mutating func change(_ claim: Int, _ body: (inout DossierExtras) -> Void) {
        if summaries[claim].extras == 0 {
            extras.append(DossierExtras())
            summaries[claim].extras = UInt32(extras.count)
        }
        body(&extras[Int(summaries[claim].extras) - 1])
    }

    /// Takes the documents of an id out of a claim's list and counts the others again.
    private mutating func remove(_ evidence: DocumentKey, _ claim: Int) {
        var summary = summaries[claim]
        summary.forgetDocuments()
        // From the last to the first; what each is counted for does not depend on the order.
        var last: UInt32 = 0
        var kept = 0
        var cursor = summaries[claim].lastDocument
        while cursor != 0 {
            let place = Int(cursor) - 1
            let previous = documents[place].previous
            if documents[place].evidence != evidence {
                if last == 0 { last = cursor } else { documents[kept].previous = cursor }
                kept = place
                documents[kept].previous = 0
                summary.count(fact(documents[place]))
            }
            cursor = previous
        }
        summary.lastDocument = last
        summaries[claim] = summary
    }

    /// What stands where a claim's record is.
    @inline(__always)
    func touch(_ claim: Int) -> UInt64 { UInt64(summaries[claim].lastDocument) }
}

/// What a fold asks of a claim's documents at every decision.
struct DossierSummary: Sendable {
    /// What the invoices add up to, unless they are in several currencies.
    private(set) var invoiceTotal: Int64 = 0
    private(set) var invoiceCurrency: Currency?
    private(set) var hasMixedInvoices = false
    /// The kinds of the documents, and whether one of them reports a metric.
    private(set) var kinds: EvidenceKinds = []
    /// The kinds of those that came without a note.
    private(set) var kindsWithoutNote: EvidenceKinds = []
    private(set) var reportsMetric = false
    /// Whether somebody said what the amount is made up of.
    fileprivate(set) var isItemised = false
    /// The place + 1 of the document attached last; 0 = none.
    fileprivate(set) var lastDocument: UInt32 = 0
    /// How many requests for documents there were.
    fileprivate(set) var rounds: UInt32 = 0
    /// The place + 1 of what few claims have; 0 = none.
    fileprivate(set) var extras: UInt32 = 0

    fileprivate mutating func count(_ document: DocumentFact) {
        kinds.insert(EvidenceKinds(document.kind))
        if !document.hasNote { kindsWithoutNote.insert(EvidenceKinds(document.kind)) }
        if document.kind == .metrics || document.metricName != .none { reportsMetric = true }
        guard let currency = document.invoiceCurrency else { return }
        if let invoiceCurrency, invoiceCurrency != currency { hasMixedInvoices = true }
        invoiceCurrency = currency
        invoiceTotal = invoiceTotal.addingClamped(document.invoiceAmount)
    }

    fileprivate mutating func forgetDocuments() {
        kinds = []
        kindsWithoutNote = []
        reportsMetric = false
        invoiceTotal = 0
        invoiceCurrency = nil
        hasMixedInvoices = false
    }
}

/// What few claims have beside documents.
struct DossierExtras: Sendable {
    var exceptions: [NameKey] = []
    var expenses: [ExpenseFact] = []
    var requests: [RequestFact] = []
}
