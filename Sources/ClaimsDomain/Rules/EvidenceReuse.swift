extension LedgerState {
    /// Which documents of a claim prove another one too, by file and by invoice.
    ///
    /// Claims that were rejected or withdrawn do not count: what they failed to prove is free.
    func reuseBreaches(
        of claim: NameKey, _ documents: [ClaimDossier.Document]
    ) -> [RuleBreach] {
        let files = documents.compactMap { document -> RuleBreach? in
            holder(fileHolders.others(than: claim, having: Int(document.fact.file.name.index))).map
            {
                .documentElsewhere(EvidenceID(documentNames.text(document.evidence)), claim: $0)
            }
        }
        let invoices = documents.compactMap { document -> RuleBreach? in
            invoiceBreach(
                of: claim, number: document.fact.invoiceNumber,
                vendor: document.fact.invoiceVendor)
        }
        return files + invoices
    }

    /// The same for a document about to be attached.
    func reuseBreaches(of claim: NameKey, _ evidence: EvidenceAttached) -> [RuleBreach] {
        var breaches: [RuleBreach] = []
        if let file = documentNames.key(of: evidence.sha256),
            let other = holder(fileHolders.others(than: claim, having: Int(file.name.index)))
        {
            breaches.append(.documentElsewhere(evidence.evidence, claim: other))
        }
        guard let invoice = evidence.invoice, let number = documentNames.key(of: invoice.number),
            let vendor = documentNames.key(of: invoice.vendor)
        else { return breaches }
        let breach = invoiceBreach(of: claim, number: number, vendor: vendor)
        return breaches + [breach].compactMap(\.self)
    }

    private func invoiceBreach(
        of claim: NameKey, number: DocumentKey, vendor: DocumentKey
    ) -> RuleBreach? {
        guard number != .none, let place = invoices.place(of: WordTable.key(number, vendor))
        else { return nil }
        return holder(invoiceHolders.others(than: claim, having: place)).map {
            .invoiceElsewhere(
                number: documentNames.text(number), vendor: documentNames.text(vendor), claim: $0)
        }
    }

    /// The first known of the claims that still count.
    private func holder(_ claims: [NameKey]) -> ClaimID? {
        claims.filter { name in
            switch claimByName[name].map({ self.claims[$0].status }) {
            case .rejected, .withdrawn, .absent, nil: false
            case .editing, .submitted, .underReview, .actionRequired, .approved, .disputed: true
            }
        }.min { $0.index < $1.index }.map { ClaimID(names.text($0)) }
    }
}
