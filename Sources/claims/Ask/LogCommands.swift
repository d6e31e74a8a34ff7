import ArgumentParser
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import EventLog

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print the stored lines that match, as they are.",
        discussion: """
            Example:
              claims log --claim CLM-1042 | jq .type
            """)

    @OptionGroup var filter: FilterOptions
    @OptionGroup var options: ExportOptions

    func validate() throws { try filter.requireEvents() }

    func run() throws {
        let selection = try filter.selection(zone: options.point.zone)
        try options.run { ledger, viewpoint, output in
            let answer = try ledger.lines(selection, at: viewpoint) { line in
                try output.write(line)
                try output.write([LineFeeds.byte])
            }
            try output.finish()
            return answer
        }
    }
}

extension FilterOptions {
    /// Throws for what is said of claims and not of single events, where events are asked for.
    fileprivate func requireEvents() throws {
        for (option, value) in [("--status", status), ("--activity", activity)] where value != nil {
            throw ValidationError(
                "\(option) is said of claims, not of events; 'claims list \(option)' gives the "
                    + "claims, --claim the events of one")
        }
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
        try filter.requireEvents()
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
