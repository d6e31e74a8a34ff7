import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import EventLog
import TransparencyLog

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print the stored lines that match, as they are.",
        discussion: """
            Example:
              claims log --claim CLM-1042 | jq .type
            """)

    @OptionGroup var filter: FilterOptions
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var point: ViewpointOptions
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the lines to a file instead.", valueName: "file"))
    var output: String?
    @Option(
        help: ArgumentHelp(
            "Write a stamp beside the lines, for 'claims reproduce'.", valueName: "file"))
    var stamp: String?

    /// Lines are gathered into pieces of this size before they are written: one call for many.
    private static let pieceBytes = 1 << 16

    func run() throws {
        var piece: [UInt8] = []
        var digest = FileDigest()
        let answer = try ledger.open()
            .lines(try filter.selection(zone: point.zone), at: try point.viewpoint()) { line in
                for index in line.indices { piece.append(line[index]) }
                piece.append(LineFeeds.byte)
                guard output == nil, piece.count >= Self.pieceBytes else { return }
                digest.update(piece)
                try Console.answer(piece)
                piece.removeAll(keepingCapacity: true)
            }
        answer.warn()
        digest.update(piece)
        if let output { try OutputFile.write(piece, to: output) } else { try Console.answer(piece) }
        guard let stamp, Reproduction.current == nil else { return }
        try StampFile.write(
            to: stamp, answer, bodySHA256: digest.hexadecimal(), ledger: ledger, format: nil,
            width: nil)
    }
}

struct FollowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Print new events as they are committed, until Ctrl-C.")

    @OptionGroup var filter: FilterOptions
    @OptionGroup var ledger: LedgerOptions
    @Option(
        help: ArgumentHelp(
            "Print from this sequence on; only new events without it.", valueName: "sequence"))
    var fromSequence: Int64?
    @Option(help: ArgumentHelp("How often to look for more.", valueName: "milliseconds"))
    var poll = 100

    func validate() throws {
        guard poll > 0 else { throw ValidationError("--poll has to be at least 1 millisecond") }
    }

    func run() throws {
        let ledger = try ledger.open()
        let first = try fromSequence ?? ledger.head() + 1
        Ticker.stop()
        try Interrupt.whileWatching {
            try ledger.follow(
                from: first, try filter.selection(zone: nil), pollMilliseconds: poll,
                shouldStop: { Interrupt.isInterrupted }
            ) { line in
                var bytes: [UInt8] = []
                for index in line.indices { bytes.append(line[index]) }
                try Console.answer(bytes + [LineFeeds.byte])
            }
        }
    }
}
