import ArgumentParser
import ClaimsDomain
import ClaimsLedger

struct RequestEvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request-evidence", abstract: "Ask a colleague for a document.")

    @Argument(help: "The claim.") var claim: String
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

    @Argument(help: "The claim.") var claim: String
    @OptionGroup var evidence: EvidenceOptions
    @Flag(help: "Keep a copy of the document in the ledger's vault, by its SHA-256.")
    var store = false
    @OptionGroup var write: WriteOptions

    func run() throws {
        let attached = try evidence.attached()
        let command = Command.claim(ClaimID(claim), .attach(attached))
        guard store, !write.dryRun else { return try write.run { _ in command } }
        let vault = try write.ledger.open().vault()
        // Before the event, so that no event says of a document that it is there and it is not.
        let isNew = try vault.store(evidence.file, sha256: attached.sha256)
        do {
            try write.give(write.submit { _ in command })
        } catch {
            if isNew { vault.discard(attached.sha256) }
            throw error
        }
    }
}

struct DetachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detach", abstract: "Withdraw a document from a claim.")

    @Argument(help: "The claim.") var claim: String
    @Argument(help: "The document's id in the claim.") var evidence: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in
            .claim(ClaimID(claim), .detach(evidence: EvidenceID(evidence), reason: reason))
        }
    }
}
