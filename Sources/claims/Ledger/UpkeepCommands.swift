import ArgumentParser
import ClaimsLedger
import ClaimsReports

struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Show a torn tail and set it aside.",
        discussion: """
            A torn tail is what a writer left that ended in the middle of a write; nobody was told \
            that it is stored. Its bytes go to a file in the folder 'torn'. A ledger on a server \
            has none: a server commits whole lines.
            """)

    @OptionGroup var ledger: LedgerOptions
    @Flag(help: "Show the torn tail; set nothing aside.") var dryRun = false

    func run() throws {
        let ledger = try ledger.open()
        guard let tail = try ledger.tornTail() else {
            let reason =
                ledger.shared == nil
                ? "the log ends with a whole line" : "a server commits whole lines"
            return try Console.answer("\(reason): nothing to repair\n")
        }
        try Console.answer(
            """
            torn tail: \(tail.byteCount) bytes at byte \(tail.byteOffset) of \(tail.file)
              \(tail.excerpt)

            """)
        guard !dryRun else { return }
        let path = try ledger.setAsideTornTail()
        try Console.answer("set aside in \(path)\n")
    }
}

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at lock, tail, clock, checkpoints, tiles, disk, cache and keys.",
        discussion: """
            Of a ledger on a server: whether it takes writes, TLS, its tables, what this user may \
            do with them, isolation, commits, its clock, and whether it tells of appends. Exit \
            code 1 when something needs attention.
            """)

    @OptionGroup var ledger: LedgerOptions
    @Option(help: "How to give the answer.") var format: OutputFormat = .table

    func run() throws {
        let ledger = try ledger.open()
        let checks = try ledger.examine(
            now: try Edge.now(),
            keyFile: ledger.settings.map { Edge.keyFile(ledgerID: $0.ledgerID) })
        try Console.answer(render(doctorTable(checks), as: format, width: Console.width))
        if checks.contains(where: { !$0.isWell }) {
            throw Stop(code: Stop.checkFailed, message: nil)
        }
    }
}
