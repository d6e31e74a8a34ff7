import ClaimsDomain
import ClaimsTestSupport
import Testing

/// Requests for documents in rounds: what was asked for, what came.
@Suite struct DocumentRoundTests {
    typealias Item = DocumentsRequested.Item

    private static let cutOff = Item(
        kind: .proofOfExecution, evidence: EvidenceID("EV-1"), reason: "page 14 is cut off")
    private static let invoice = Item(kind: .thirdPartyInvoice, reason: "the invoice")
    private static let reach = Item(kind: .metrics, reason: "the reach")

    /// What is asked for, what is attached (a minus withdraws), and the answer of each item.
    struct Row: Sendable {
        let items: [Item]
        var originals = false
        let attached: [(kind: EvidenceKind, evidence: String, original: Bool)]
        var withdrawn: [String] = []
        let answers: [String]
    }

    private static func doc(
        _ kind: EvidenceKind, _ evidence: String, original: Bool = false
    ) -> (kind: EvidenceKind, evidence: String, original: Bool) { (kind, evidence, original) }

    static let rows: [Row] = [
        Row(items: [cutOff, invoice], attached: [], answers: ["", ""]),
        Row(
            items: [cutOff, invoice], attached: [doc(.thirdPartyInvoice, "EV-2")],
            answers: ["", "EV-2"]),
        Row(items: [cutOff], attached: [doc(.proofOfExecution, "EV-2")], answers: ["EV-2"]),
        // The document asked about comes again under its id.
        Row(
            items: [Item(kind: .proofOfExecution, reason: "more"), cutOff],
            attached: [doc(.proofOfExecution, "EV-1"), doc(.proofOfExecution, "EV-2")],
            answers: ["EV-2", "EV-1"]),
        // One document answers one item.
        Row(
            items: [invoice, invoice], attached: [doc(.thirdPartyInvoice, "EV-2")],
            answers: ["EV-2", ""]),
        Row(items: [reach], attached: [doc(.other, "EV-2")], answers: [""]),
        Row(
            items: [invoice], attached: [doc(.thirdPartyInvoice, "EV-2")], withdrawn: ["EV-2"],
            answers: [""]),
        Row(
            items: [invoice],
            attached: [doc(.thirdPartyInvoice, "EV-2"), doc(.thirdPartyInvoice, "EV-3")],
            withdrawn: ["EV-2"], answers: ["EV-3"]),
        Row(
            items: [invoice], originals: true, attached: [doc(.thirdPartyInvoice, "EV-2")],
            answers: [""]),
        Row(
            items: [invoice], originals: true,
            attached: [
                doc(.thirdPartyInvoice, "EV-2"), doc(.thirdPartyInvoice, "EV-3", original: true),
            ], answers: ["EV-3"]),
    ]

    @Test("each item is answered by one document that came after it was asked", arguments: rows)
    func answers(row: Row) throws {
        var ledger = try TestLedger()
        try ledger.perform(Samples.create())
        // What was there before answers nothing.
        try ledger.perform(.attach(Samples.document(.proofOfExecution, "EV-1")))
        for step in [ClaimCommand.submit(amount: nil), .startReview] { try ledger.perform(step) }
        try ledger.perform(
            .requestDocuments(
                DocumentsRequested(items: row.items, originals: row.originals ? true : nil)))
        for (kind, evidence, isOriginal) in row.attached {
            var document = Samples.document(kind, evidence)
            document.original = isOriginal ? true : nil
            try ledger.perform(.attach(document))
        }
        for evidence in row.withdrawn {
            try ledger.perform(.detach(evidence: EvidenceID(evidence), reason: "wrong file"))
        }
        let dossier = try #require(ledger.state.dossier(of: Samples.claim))
        #expect(dossier.answers(in: 1).map { ledger.state.documentNames.text($0) } == row.answers)
        #expect(dossier.answers(in: 2) == [])
        #expect(
            dossier.arrivals(in: 1).map { ledger.state.documentNames.text($0.evidence) }
                == row.attached.map(\.evidence).filter { !row.withdrawn.contains($0) })
    }

    @Test("a document that reports a metric answers a request for one")
    func metric() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .underReview)
        try ledger.perform(.requestDocuments(DocumentsRequested(items: [Self.reach])))
        try ledger.perform(
            .attach(
                Samples.document(.other, "EV-2", metric: .init(name: "reach", value: "9000"))))
        let dossier = try #require(ledger.state.dossier(of: Samples.claim))
        #expect(dossier.answers(in: 1).map { ledger.state.documentNames.text($0) } == ["EV-2"])
    }

    @Test("what comes after a second request answers the second round")
    func rounds() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .underReview)
        for evidence in ["EV-2", "EV-3"] {
            try ledger.perform(.requestDocuments(DocumentsRequested(items: [Self.invoice])))
            try ledger.perform(.attach(Samples.document(.thirdPartyInvoice, evidence)))
            for step in [ClaimCommand.submit(amount: nil), .startReview] {
                try ledger.perform(step)
            }
        }
        let dossier = try #require(ledger.state.dossier(of: Samples.claim))
        let names = ledger.state.documentNames
        let answers = (1...3).map { dossier.answers(in: $0).map { names.text($0) } }
        #expect(answers == [["EV-2"], ["EV-3"], []])
    }
}
