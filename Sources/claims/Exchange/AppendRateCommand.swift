import ArgumentParser
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsReports

/// For `tools/bench` only: it writes to the ledger it is given, and is left out of the help.
struct AppendRateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append-rate",
        abstract: "Measure durable appends: comments on a claim, against bare writes with a sync.",
        discussion: """
            Writes comments to the ledger: only for a ledger that is thrown away. The median time of \
            each kind is given in microseconds.
            """, shouldDisplay: false)

    @Argument(help: "The claim to comment on.") var claim: String
    @Option(help: ArgumentHelp("How many of each kind.", valueName: "count")) var count = 400
    @OptionGroup var ledger: LedgerOptions
    @Option(help: "How to give the answer.") var format: OutputFormat = .table

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count has to be at least 1") }
    }

    func run() throws {
        let clock = ContinuousClock()
        let origin = clock.now
        var rate = AppendRate()
        try rate.measure(
            try ledger.open(), claim: ClaimID(claim), count: count, now: try Edge.now()
        ) {
            let parts = (clock.now - origin).components
            return parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
        }
        let (appends, bare) = (Self.median(rate.appends), Self.median(rate.bare))
        try Console.answer(
            renderObject(
                Details(fields: [
                    Details.Field(key: "count", title: "Count", value: .integer(Int64(count))),
                    Details.Field(
                        key: "appendMicroseconds", title: "Append", value: .integer(appends)),
                    Details.Field(
                        key: "bareMicroseconds", title: "Bare write and sync",
                        value: .integer(bare)),
                ]), as: format, width: Console.width))
    }

    private static func median(_ times: [Int64]) -> Int64 { times.sorted()[times.count / 2] }
}
