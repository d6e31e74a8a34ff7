import ArgumentParser
import ClaimsLedger
import TransparencyLog

struct CosignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cosign",
        abstract: "Witness a ledger's checkpoint: cosign it unless the log went backwards.",
        discussion: """
            For a second person, or an auditor's machine: it needs no ledger, only the file that \
            'claims checkpoint' wrote. A cosignature (C2SP tlog-cosignature) says that the log \
            only grew since the last one. The witness remembers that in a state file of its own; \
            whoever deletes it can be shown another history.

            Examples:
              claims cosign head.checkpoint --key w1.key --name witness.example/w1 \
            --log-key ledger.pub --output cosigned.checkpoint
              claims cosign request.txt --key w1.key --output cosigned.checkpoint
            """)

    @Argument(help: "The checkpoint, or the request with the proof in front of it.")
    var file: String
    @Option(
        help: ArgumentHelp("The witness's private key: made if it is not there.", valueName: "file")
    )
    var key: String
    @Option(
        help: ArgumentHelp(
            "The witness's name, a URL without a scheme, for making its key.", valueName: "name"))
    var name: String?
    @Option(
        help: ArgumentHelp(
            "The log's public key, or a file with it; for a log that is new to the witness.",
            valueName: "key"))
    var logKey: String?
    @Option(
        help: ArgumentHelp(
            "What the witness remembers; without it beside the key.", valueName: "file"))
    var state: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the cosigned checkpoint to a file instead.", valueName: "file"))
    var output: String?

    func run() throws {
        let keyFile = KeyFile(path: key)
        let signingKey: SigningKey
        if let name {
            let (found, isNew) = try keyFile.readOrGenerate(origin: name, kind: .cosignature)
            if isNew {
                try keyFile.write(found)
                Console.note("made the witness's key in '\(key)'")
            }
            signingKey = found
        } else {
            do throws(LedgerError) {
                signingKey = try keyFile.read(kind: .cosignature)
            } catch {
                guard error.category == .notFound else { throw error }
                throw Stop(
                    code: Stop.noInput,
                    message: "\(key): error: there is no such key file\n"
                        + "  fix: give the witness's name with --name to make one")
            }
        }
        let witness = Witness(key: signingKey, stateFile: state ?? "\(key).state")
        let note = try witness.cosign(
            file, logKey: try logKey.map { try PublicKey.named($0) }, now: try Edge.now())
        Console.note("cosigned by '\(signingKey.verifierKey)'")
        guard let output else { return try Console.answer(note.description) }
        try OutputFile.replace(Array(note.description.utf8), at: output)
    }
}
