import ArgumentParser
import ClaimsLedger
import ClaimsReports

struct CopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy a ledger to a folder or a server, byte for byte.",
        discussion: """
            Lines, identity and checkpoints go along; the private key and attached files do not. \
            What is at the destination already is held against the origin, so a copy that was \
            stopped goes on where it ended, and both have the same tree head when it is done. With \
            --follow a folder is the verified replica of a shared ledger, for every question at \
            the speed of a folder.

            Examples:
              claims copy events backup
              claims copy postgresql://ledger.example/claims replica --follow
            """)

    @Argument(help: "The ledger to copy: a folder or a postgresql:// address.")
    var from: String
    @Argument(help: "Where to: a folder or an address; made if it is not there.")
    var to: String
    @Flag(help: "Go on with what is appended later, until Ctrl-C.") var follow = false
    @Option(help: ArgumentHelp("How often to look for more.", valueName: "milliseconds"))
    var poll = 200
    @Option(help: "How to give the answer.") var format: OutputFormat = .table

    func validate() throws {
        guard poll > 0 else { throw ValidationError("--poll has to be at least 1 millisecond") }
    }

    func run() throws {
        var origin = try Ledger.open(from)
        origin.remark = { Console.note($0) }
        let copy = try origin.openCopy(to)
        let receipt = try origin.copy(to: copy)
        let details = copyDetails(receipt, from: origin, to: copy)
        try Console.answer(renderObject(details, as: format, width: Console.width))
        guard follow else { return }
        try Interrupt.whileWatching {
            try origin.keepCopying(
                to: copy, pollMilliseconds: poll, shouldStop: { Interrupt.isInterrupted }
            ) { part in
                switch part {
                case .events(let last): Console.note("copied to sequence \(last)")
                case .checkpoints(let count):
                    Console.note("copied \(count == 1 ? "a checkpoint" : "\(count) checkpoints")")
                }
            }
        }
    }
}
