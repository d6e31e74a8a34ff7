import ClaimsDomain

/// The documents of generated claims.
extension LedgerGenerator {
    /// One document of each kind the activity needs of this claim.
    mutating func attachAll(_ place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        let program = population.partners[claim.partner].program
        for needed in activities(of: program)[claim.activity].evidence {
            switch needed.when {
            case .thirdPartyVendor where !claim.isVendor: continue
            case .inHouseWork where claim.isVendor: continue
            case .whereApplicable: continue
            case .always, .thirdPartyVendor, .inHouseWork: try attach(needed.kind, place)
            }
        }
    }

    /// A document that the wrong file was attached for is withdrawn and attached again.
    mutating func replaceDocument(_ place: Int) throws(GeneratorStop) {
        try attach(.other, place)
        guard let claim = claims[place] else { return }
        try act(
            .detach(
                evidence: EvidenceID("EV-\(claim.documents)"), reason: "this is the wrong file"),
            place)
    }

    mutating func attach(_ kind: EvidenceKind, _ place: Int) throws(GeneratorStop) {
        guard var claim = claims[place] else { return }
        claim.documents += 1
        claims[place] = claim
        var document = EvidenceAttached(
            evidence: EvidenceID("EV-\(claim.documents)"), kind: kind,
            filename: "\(claim.id)-\(claim.documents)-\(Self.fileWords(kind)).pdf",
            mediaType: "application/pdf", size: random.number(20_000...4_000_000),
            sha256: desk.documentHash())
        switch kind {
        case .thirdPartyInvoice: document.invoice = invoice(for: claim)
        case .proofOfExecution:
            document.note = random.pick(Phrases.documentNotes)
            document.metric = metric(for: claim)
        case .coreRequirement, .certificationStatement, .metrics, .other:
            if random.chance(300) { document.note = random.pick(Phrases.documentNotes) }
        }
        try act(.attach(document), place)
    }

    static func fileWords(_ kind: EvidenceKind) -> String {
        switch kind {
        case .coreRequirement: "core"
        case .thirdPartyInvoice: "invoice"
        case .certificationStatement: "statement"
        case .proofOfExecution: "proof"
        case .metrics: "metrics"
        case .other: "more"
        }
    }

    private mutating func invoice(for claim: OpenClaim) -> EvidenceAttached.Invoice {
        numbers.invoice += 1
        return EvidenceAttached.Invoice(
            number: "INV-\(numbers.invoice)", vendor: "Vendor \(random.number(1...400))",
            date: today.adding(days: -Int(random.below(20))),
            amount: Money(
                minorUnits: claim.amount,
                currency: population.partners[claim.partner].currency))
    }

    /// What the activity has to report: its metric, its attendees, or its approval beforehand.
    private mutating func metric(for claim: OpenClaim) -> EvidenceAttached.Metric? {
        let program = population.partners[claim.partner].program
        let activity = activities(of: program)[claim.activity]
        if activity.preapproval {
            return EvidenceAttached.Metric(
                name: "preapproval", value: "PRE-\(random.number(1000...99_999))")
        }
        if activity.caps.contains(where: { $0.per == .person }) {
            return EvidenceAttached.Metric(name: "attendees", value: "\(random.number(1...4))")
        }
        return activity.metrics.first.map {
            EvidenceAttached.Metric(name: $0, value: "\(random.number(20...9_000))")
        }
    }
}
