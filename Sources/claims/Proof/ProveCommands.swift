import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsReports
import TransparencyLog

struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Write an offline proof of an event, a claim, or a partner's usage period.",
        discussion: """
            The file holds the stored lines, an inclusion proof of each (C2SP tlog-proof), the \
            signed checkpoint, the public key, and the SHA-256 of each document. 'claims \
            verify-proof' checks it without the ledger. The newest kept checkpoint is used where \
            it covers the events, else one is signed.

            Examples:
              claims prove CLM-1042 --output CLM-1042.proof
              claims prove 408
              claims prove 4567890 FY20-H2 --output FY20-H2.proof
            """)

    @Argument(help: "A claim, an event's sequence or id, or a partner.") var subject: String
    @Argument(help: "The usage period, after a partner.") var period: String?
    @OptionGroup var ledger: LedgerOptions
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the proof to a file instead.", valueName: "file"))
    var output: String?
    @Option(
        help: ArgumentHelp(
            "The private key's file, where a checkpoint has to be signed.", valueName: "file"))
    var key: String?

    func run() throws {
        let ledger = try ledger.open(rereads: true)
        let material =
            if let period {
                try ledger.proofMaterial(for: .account(PartnerID(subject), PeriodLabel(period)))
            } else {
                try ledger.proofMaterial(named: subject)
            }
        let checkpoint = try ProofKeys.checkpoint(
            covering: material.lastSequence, key: key, of: ledger, read: material.record)
        let bundle = try ledger.prove(material, upTo: checkpoint)
        Console.note(
            "\(Self.count(bundle.entries.count, "event")), "
                + "\(Self.count(bundle.documents.count, "document")), proved by a checkpoint of "
                + Self.count(Int(checkpoint.checkpoint.size), "event"))
        guard let output else { return try Console.answer(bundle.bytes) }
        try OutputFile.replace(bundle.bytes, at: output)
    }
}

extension ProveCommand {
    private static func count(_ number: Int, _ what: String) -> String {
        "\(number) \(what)\(number == 1 ? "" : "s")"
    }
}

struct VerifyProofCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-proof",
        abstract: "Check an offline proof without its ledger.",
        discussion: """
            Checks the signature, that each line stands in the log where it says, and that lines \
            and documents belong to the subject. Without --key the proof's own key is believed: \
            compare it with one you have from elsewhere. That no event of the subject is left out \
            shows only beside a copy of the log (--log).

            Example:
              claims verify-proof CLM-1042.proof --key ledger.pub
            """)

    @Argument(help: "The file that 'claims prove' wrote.") var file: String
    @Option(
        help: ArgumentHelp("The ledger's public key, or a file with it.", valueName: "key"))
    var key: String?
    @Option(help: ArgumentHelp("A policy that the checkpoint has to satisfy.", valueName: "file"))
    var policy: String?
    @Option(help: ArgumentHelp("A folder with the documents.", valueName: "folder"))
    var evidence: String?
    @Option(help: ArgumentHelp("A copy of the log, or its ledger.", valueName: "path"))
    var log: String?
    @Option(help: "How to give the answer.") var format: OutputFormat = .table

    func run() throws {
        let bundle = try ProofBundle.read(file)
        var options = BundleCheckOptions()
        options.key = try key.map { try PublicKey.named($0) }
        options.policy = try policy.map { try PolicyFile.read($0) }
        options.evidence = evidence
        options.log = try log.map { try Ledger.open($0) }
        let result = try bundle.check(options)
        for fault in result.faults { Console.error("\(file): error: \(fault)") }
        try Console.answer(
            renderObject(bundleDetails(result), as: format, width: Console.width))
        if !result.isSound { throw Stop(code: Stop.checkFailed, message: nil) }
    }
}

struct ExportTilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "Write the log as a static folder that any transparency-log client reads.",
        discussion: """
            Checkpoint, tiles and entry bundles as in C2SP tlog-tiles; serve the folder as it is. \
            An older export in the folder is extended.

            Example:
              claims export tiles public
            """)

    @Argument(help: "The folder.") var folder: String
    @OptionGroup var ledger: LedgerOptions
    @Option(
        help: ArgumentHelp(
            "The private key's file, where a checkpoint has to be signed.", valueName: "file"))
    var key: String?

    func run() throws {
        let ledger = try ledger.open()
        let checkpoint = try ProofKeys.checkpoint(
            covering: max(1, try ledger.head()), key: key, of: ledger)
        let count = try ledger.exportTiles(to: folder, upTo: checkpoint)
        try Console.answer(
            "\(count) files in '\(folder)', covering \(checkpoint.checkpoint.size) events\n")
    }
}
