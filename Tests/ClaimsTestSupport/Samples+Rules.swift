package import ClaimsDomain

extension Samples {
    /// `strictProgram` with every rule that a program may leave out, too.
    package static let strictestProgram: Program = {
        var rules = strictProgram
        rules.documentsAnswered = true
        rules.evidenceOnce = true
        rules.activities[0].expenses = ["hotel", "train", "registration"]
        rules.activities[0].caps += [
            Cap(limit: .attendees(3), per: .claim),
            Cap(limit: .fixedAmount(usd(500_000)), per: .person, expenses: ["hotel", "train"]),
        ]
        return rules
    }()

    /// The rules of `strictProgram` with its activity changed.
    package static func strict(
        _ set: (inout Activity) -> Void
    ) -> Program {
        var rules = strictProgram
        set(&rules.activities[0])
        return rules
    }

    /// The rules of `program` with an activity that needs nothing but is capped, without a fund, so
    /// that only the caps limit an approval.
    package static func capped(_ caps: [Cap]) -> Program {
        var rules = program("csp-capped", fundControl: .none)
        for index in rules.activities.indices { rules.activities[index].caps = caps }
        return rules
    }

    /// What the partner's events of a program come from.
    package static func source(in program: Program) -> Source {
        Source(program: program.id, partner: partner)
    }

    /// A document of a kind with a note; its file is named after claim and document, and no other
    /// claim has the same.
    package static func document(
        _ kind: EvidenceKind, _ evidence: String = "EV-1", of claim: ClaimID = claim,
        note: String? = "what it shows", metric: EvidenceAttached.Metric? = nil,
        invoice: EvidenceAttached.Invoice? = nil
    ) -> EvidenceAttached {
        EvidenceAttached(
            evidence: EvidenceID(evidence), kind: kind, filename: "\(claim)-\(evidence).pdf",
            mediaType: "application/pdf", size: 48_213, sha256: hash("\(claim) \(evidence)"),
            note: note, invoice: invoice, metric: metric)
    }

    /// A metric in a document of its own.
    package static func metric(
        _ name: String, _ value: String, _ evidence: String = "EV-M", of claim: ClaimID = claim
    ) -> EvidenceAttached {
        document(
            .metrics, evidence, of: claim,
            metric: EvidenceAttached.Metric(name: name, value: value))
    }

    /// An invoice of an amount.
    package static func invoice(
        _ amount: Money, number: String = "INV-1", vendor: String = "Northwind"
    ) -> EvidenceAttached.Invoice {
        EvidenceAttached.Invoice(
            number: number, vendor: vendor, date: day("2020-02-29"), amount: amount)
    }

    /// The documents that the activity of a draft needs, one of each kind.
    package static func documents(
        of claim: ClaimID = claim, _ draft: ClaimCreated = draft(), in program: Program
    ) -> [EvidenceAttached] {
        guard let activity = program.activity(draft.activity) else { return [] }
        let needed = activity.evidence.filter { requirement in
            switch requirement.when {
            case .always: true
            case .thirdPartyVendor: draft.thirdPartyVendor == true
            case .inHouseWork: draft.inHouseWork == true
            case .whereApplicable: false
            }
        }
        var kinds = EvidenceKind.allCases.filter { kind in needed.contains { $0.kind == kind } }
        if !activity.metrics.isEmpty, !kinds.contains(.metrics) { kinds.append(.metrics) }
        return kinds.enumerated().map { place, kind in
            document(kind, "EV-\(place + 1)", of: claim)
        }
    }

    /// 64 hexadecimal digits that differ where the texts do; no cryptographic hash.
    private static func hash(_ text: String) -> String {
        var generator = SeededGenerator(seed: 0)
        for byte in text.utf8 {
            generator = SeededGenerator(seed: generator.next() ^ UInt64(byte))
        }
        return (0..<4).map { _ in
            let digits = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
