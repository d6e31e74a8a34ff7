import ArgumentParser
import ClaimsLedger
import TransparencyLog

struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Sign the head of the log, and keep the checkpoint for ever.",
        discussion: """
            A checkpoint says how many events the log has and what their tree's root is, signed by \
            the ledger's key (C2SP tlog-checkpoint). Give it to somebody else: whoever has it can \
            tell with 'claims verify --checkpoint' that nothing was changed or cut off since. The \
            root is derived from the bytes, and nothing is signed unless every checkpoint kept \
            before still holds.

            Examples:
              claims checkpoint --output head.checkpoint
              claims checkpoint --for-witness 40 --output request.txt
              claims checkpoint --add cosigned.checkpoint --policy witnesses.policy
            """)

    @OptionGroup var ledger: LedgerOptions
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the checkpoint to a file instead.", valueName: "file"))
    var output: String?
    @Option(
        help: ArgumentHelp(
            "The private key's file; without it the one that 'init' made.", valueName: "file"))
    var key: String?
    @Option(
        help: ArgumentHelp(
            "Put the proof in front that the log extends its first so many events, for a witness "
                + "that cosigned those.", valueName: "size"))
    var forWitness: UInt64?
    @Option(
        help: ArgumentHelp(
            "Add the signatures of witnesses on this file to the kept checkpoint.",
            valueName: "file"))
    var add: String?
    @Option(
        help: ArgumentHelp(
            "A witness's public key, or a file with it; may be given several times.",
            valueName: "key"))
    var witness: [String] = []
    @Option(
        help: ArgumentHelp("A policy file that lists the witnesses.", valueName: "file"))
    var policy: String?

    func validate() throws {
        guard add != nil || (witness.isEmpty && policy == nil) else {
            throw ValidationError("--witness and --policy need --add beside them")
        }
        guard add == nil || forWitness == nil else {
            throw ValidationError("--add and --for-witness exclude each other")
        }
        guard add == nil || !witness.isEmpty || policy != nil else {
            throw ValidationError("--add needs the witness's key: --witness or --policy")
        }
    }

    func run() throws {
        let ledger = try ledger.open()
        let kept =
            try add.map { try ledger.addCosignatures(from: $0, by: witnesses()) } ?? make(ledger)
        let file = kept.file
        Console.note(
            kept.isNew ? "kept as '\(file.path)'" : "nothing was appended since '\(file.path)'")
        let text =
            try forWitness.map { try ledger.witnessRequest(for: file, from: $0).text }
            ?? file.note.description
        guard let output else { return try Console.answer(text) }
        try OutputFile.replace(Array(text.utf8), at: output)
    }

    private func make(_ ledger: Ledger) throws -> KeptCheckpoint {
        try ledger.makeCheckpoint(key: KeyFile(path: ProofKeys.file(key, of: ledger)))
    }

    private func witnesses() throws -> [VerifierKey] {
        try witness.map { try PublicKey.named($0, kind: .cosignature) }
            + (policy.map { try PolicyFile.read($0).witnesses } ?? [])
    }
}

/// Where private keys are looked for.
enum ProofKeys {
    /// The file given, else the one that `init` puts a ledger's key in.
    static func file(_ given: String?, of ledger: Ledger) -> String {
        given ?? ledger.settings.map { Edge.keyFile(ledgerID: $0.ledgerID) } ?? ""
    }

    /// The newest kept checkpoint if it covers an event, else a new one signed now, of what was
    /// `read` if that is given.
    static func checkpoint(
        covering sequence: Int64, key: String?, of ledger: Ledger, read: TreeRecorder? = nil
    ) throws -> CheckpointFile {
        if let kept = try ledger.newestCheckpoint(covering: sequence) { return kept }
        let kept = try ledger.makeCheckpoint(
            key: KeyFile(path: file(key, of: ledger)), of: read)
        Console.note("signed a checkpoint, kept as '\(kept.file.path)'")
        return kept.file
    }
}
