/// What a fold keeps of an attached document: enough for the rules and the findings.
package struct DocumentFact: Equatable, Hashable, Sendable {
    package var kind = EvidenceKind.other
    package var hasNote = false
    /// Whether the original on paper came with it.
    package var isOriginal = false
    /// The file's SHA-256, interned.
    package var file = DocumentKey.none
    package var invoiceNumber = DocumentKey.none
    package var invoiceVendor = DocumentKey.none
    package var metricName = NameKey.none
    package var metricValue = NameKey.none
    package var invoiceAmount: Int64 = 0
    package var invoiceCurrency: Currency?

    package init() {}

    /// Puts other keys in the place of those of the document.
    mutating func mapKeys(_ key: (DocumentKey) -> DocumentKey) {
        file = key(file)
        invoiceNumber = key(invoiceNumber)
        invoiceVendor = key(invoiceVendor)
    }
}

/// The documents and exceptions of one claim.
package struct ClaimDossier: Equatable, Sendable {
    /// One attached document, by its id in the claim.
    package struct Document: Equatable, Sendable {
        package let evidence: DocumentKey
        package let fact: DocumentFact
        /// How many requests for documents came before it.
        package let round: Int
    }

    /// Attached and not withdrawn, in the order attached.
    package let documents: [Document]
    /// The rules an exception was granted from.
    package let exceptions: [NameKey]
    /// What the amount is made up of; empty where nobody said.
    package let expenses: [ExpenseFact]
    /// What was asked for, in the order asked: the rounds.
    package let requests: [RequestFact]

    init(documents: [Document], extras: DossierExtras) {
        self.documents = documents
        exceptions = extras.exceptions
        expenses = extras.expenses
        requests = extras.requests
    }
}
