import ArgumentParser
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Replay the log and print what it holds.",
        discussion: """
            The time taken goes to standard error. With --format csv only the funds are printed.

            Examples:
              claims replay
              gzip -dc 2019.jsonl.gz | claims replay --ledger -
            """)

    @Argument(help: "The ledger, as with --ledger.") var path: String?
    @Flag(help: "Count events of types this program does not know, instead of stopping there.")
    var tolerateUnknown = false
    @OptionGroup var read: ReadOptions

    func run() throws {
        var read = read
        read.ledger.ledger = path ?? read.ledger.ledger
        let ledger = try read.ledger.open()
        let clock = ContinuousClock()
        let start = clock.now
        let (answer, replay) = try ledger.summary(
            at: try read.viewpoint(), toleratingUnknown: tolerateUnknown)
        let elapsed = clock.now - start
        answer.warn()
        let report = ReplayReport(answer)
        try read.give(answer, text: report.text(as: read.format, width: read.width))
        for (type, count) in replay.unknownTypes.sorted(by: { $0.key < $1.key }) {
            Console.note("\(count) events of unknown type '\(type)' were passed over")
        }
        Console.error(
            Pace.text("replayed", elapsed, events: replay.eventsKnown, bytes: replay.bytesRead))
    }
}
