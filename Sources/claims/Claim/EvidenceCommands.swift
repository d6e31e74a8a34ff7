import ArgumentParser
import ClaimsDomain
import ClaimsLedger

struct RequestEvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request-evidence", abstract: "Ask a colleague for a document.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @Option(help: ArgumentHelp("Who is asked, an opaque id.", valueName: "id")) var from: String
    @Option(help: "The kind of document.") var kind: EvidenceKind
    @Option(help: "What is needed.") var note: String?
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in
            .claim(
                ClaimID(claim),
                .requestEvidence(EvidenceRequested(from: from, kind: kind, note: note)))
        }
    }
}

struct AttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Attach a document to a claim, by its hash.",
        discussion: """
            Example:
              claims attach CLM-1042 invoice.pdf --kind third_party_invoice \
            --invoice-number 2020-17 --invoice-vendor "Print & Co" --invoice-date 2020-02-10 \
            --invoice-amount 6000.00 --invoice-currency USD
            """)

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @OptionGroup var evidence: EvidenceOptions
    @OptionGroup var write: WriteOptions

    func run() throws { try evidence.run(write) { .claim(ClaimID(claim), .attach($0)) } }
}

struct DetachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detach", abstract: "Withdraw a document from a claim.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @Argument(help: "The document's id in the claim.") var evidence: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in
            .claim(ClaimID(claim), .detach(evidence: EvidenceID(evidence), reason: reason))
        }
    }
}
