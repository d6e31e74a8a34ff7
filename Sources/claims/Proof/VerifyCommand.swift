import ArgumentParser
import ClaimsLedger
import ClaimsReports

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Re-derive everything from the bytes and list every fault.",
        discussion: """
            Checks format, order, ids, times, postings and the identity of the buckets, the \
            checkpoints the ledger keeps, its tiles, and its documents. Exit code 0 means that \
            something was checked and no fault was found; it says nothing about events that were \
            cut off the end, which only a checkpoint from outside can tell (--checkpoint). Rules \
            that history broke are findings, no faults.

            Examples:
              claims verify --checkpoint head.checkpoint --key ledger.pub
              claims verify --policy witnesses.policy --evidence scans
            """)

    @OptionGroup var ledger: LedgerOptions
    @Option(
        help: ArgumentHelp(
            "A checkpoint kept elsewhere; may be given several times.", valueName: "file"))
    var checkpoint: [String] = []
    @Option(
        help: ArgumentHelp(
            "The public key to believe checkpoints by, or a file with it; without it the one in "
                + "ledger.json.", valueName: "key"))
    var key: String?
    @Option(
        help: ArgumentHelp(
            "A policy that each checkpoint given has to satisfy; without one given, one of those "
                + "the ledger keeps.", valueName: "file"))
    var policy: String?
    @Option(
        help: ArgumentHelp(
            "A folder in which each document has to be that is not in the vault.",
            valueName: "folder"))
    var evidence: String?
    @Option(
        help: ArgumentHelp(
            "An older export of tiles, or copy of the log, to find the first event that differs.",
            valueName: "path"))
    var older: String?
    @Option(help: "How to give the answer.") var format: OutputFormat = .table

    func run() throws {
        var options = VerifyOptions()
        options.checkpoints = checkpoint
        options.key = key
        options.policy = policy
        options.evidence = evidence
        options.older = older
        let result = try ledger.open().verify(options)
        for fault in result.faults { Console.error(fault) }
        for notice in result.notices { Console.error(notice) }
        try Console.answer(
            renderObject(verificationDetails(result), as: format, width: Console.width))
        if result.events == 0 { Console.error("error: there is nothing to check") }
        if !result.isSound { throw Stop(code: Stop.checkFailed, message: nil) }
    }
}
