import ArgumentParser
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Replay the log and print what it holds.",
        discussion: """
            The time taken goes to standard error. With --format csv only the funds are printed.

            A part of a ledger is all events of some partners, and of nobody else, beside those of \
            whole programs (program.published, period.closed), in the ledger's order. Partners with \
            a claim, document, invoice or customer in common belong into one part. The figures of \
            the parts, each replayed with --part and from one viewpoint, add up to those of the \
            ledger, but for what 'programWide' counts, which every part has.

            Examples:
              claims replay
              gzip -dc 2019.jsonl.gz | claims replay --ledger -
              cat 2019.jsonl | claims replay - --part --known-at 2020-08-12 --format json
            """)

    @Argument(help: "The ledger, as with --ledger.") var path: String?
    @Flag(help: "Count events of types this program does not know, instead of stopping there.")
    var tolerateUnknown = false
    @Flag(help: "The lines are a part of a ledger: sequences rise, with gaps.")
    var part = false
    @OptionGroup var read: ReadOptions

    func run() throws {
        var read = read
        read.ledger.ledger = path ?? read.ledger.ledger
        let ledger = try read.ledger.open()
        if part, !ledger.isStream {
            throw ValidationError(
                "--part is for a file of lines or standard input, and '\(read.ledger.path)' is a "
                    + "whole ledger")
        }
        let clock = ContinuousClock()
        let start = clock.now
        let (answer, replay) = try ledger.summary(
            at: try read.viewpoint(), toleratingUnknown: tolerateUnknown, isPart: part)
        let elapsed = clock.now - start
        answer.warn()
        let report = ReplayReport(answer, isPart: part)
        try read.give(answer) { report.text(as: read.format, width: read.width, style: $0) }
        for (type, count) in replay.unknownTypes.sorted(by: { $0.key < $1.key }) {
            Console.note("\(count) events of unknown type '\(type)' were passed over")
        }
        Console.error(
            Pace.text("replayed", elapsed, events: replay.eventsKnown, bytes: replay.bytesRead))
    }
}

extension Ledger {
    /// Whether it is lines alone, without a folder or server that says what belongs to it.
    fileprivate var isStream: Bool {
        switch location {
        case .file, .standardInput: true
        case .folder, .shared: false
        }
    }
}
