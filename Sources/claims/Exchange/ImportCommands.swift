import ArgumentParser
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsReports

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take over history from elsewhere.",
        discussion: """
            What happened is taken as it happened: no rule refuses it, what it broke is listed by \
            the findings of a replay. Importing the same again appends nothing.
            """,
        subcommands: [
            ImportEarningsCommand.self, ImportPaymentsCommand.self, ImportEventsCommand.self,
            ImportXESCommand.self,
        ])
}

/// How an import is run and answered, whatever it reads.
struct ImportOptions: ParsableArguments {
    @OptionGroup var ledger: LedgerOptions
    @Flag(help: "Check the file and say what it would record; record nothing.")
    var dryRun = false
    @Flag(help: "Record what can be taken where other records cannot.")
    var partial = false
    @Option(
        help: ArgumentHelp(
            "Write what was not taken to a file, as CSV with line and reason.",
            valueName: "file"))
    var rejects: String?
    @Option(
        help: ArgumentHelp(
            "Who did it where the input does not say: an opaque id.", valueName: "actor"))
    var by: String?
    @Option(
        help: ArgumentHelp(
            "How long to wait for another writer's lock, in seconds.", valueName: "seconds"))
    var wait: Double = 0
    @Option(help: "How to give the summary.") var format: OutputFormat = .table

    func validate() throws {
        if rejects == "-" {
            throw ValidationError(
                "--rejects is '-', expected the name of a file: standard output has the summary")
        }
    }

    /// Who `--by` says did it where the input does not say; nil without it.
    func givenActor() throws -> Actor? { try by.map { try ActorOption.parsed($0) } }

    /// Who imports, where the input says nothing of who did what.
    func actor() throws -> Actor { try givenActor() ?? Actor(kind: .system, id: "import") }

    func terms() throws -> ImportTerms {
        var terms = ImportTerms(now: try Edge.now())
        (terms.isPartial, terms.rejects) = (partial, rejects)
        return terms
    }

    /// Opens the writer, which takes the lock and waits for it as long as was said.
    func openWriter(_ ledger: Ledger) throws -> LedgerWriter {
        try ledger.openWriter(waitMilliseconds: Int(max(0, wait) * 1000))
    }

    /// Runs an import that can be stopped with Ctrl-C, and prints what became of it.
    ///
    /// A rehearsal gets a writer of which nothing is left.
    func run(
        _ body: (inout LedgerWriter, ImportTerms) throws -> ImportSummary
    ) throws {
        let terms = try terms()
        let ledger = try ledger.open()
        var writer =
            try dryRun ? ledger.rehearsalWriter(in: TemporaryFolder.path) : openWriter(ledger)
        try give(try Interrupt.whileWatching { try body(&writer, terms) })
    }

    /// Prints what became of an import; says what was left out, and whether that was the end of it.
    func give(_ found: ImportSummary) throws {
        var summary = found
        summary.isRehearsal = dryRun
        try Console.answer(importText(summary, as: format, width: Console.width))
        if summary.isInterrupted { throw interrupted }
        guard summary.listedCount > 0 else { return }
        let nouns = summary.records == 1 ? summary.noun : "\(summary.noun)s"
        let count = "\(summary.listedCount) of \(summary.records) \(nouns) cannot be taken"
        guard summary.isRefused else {
            throw Stop(
                code: Stop.checkFailed,
                message: "note: \(count); the others \(dryRun ? "would be" : "are") recorded")
        }
        let places = summary.isReport ? ", in the report or in the file of --rejects" : ""
        throw Stop(
            code: Stop.badData,
            message: """
                error: \(count), so nothing \(dryRun ? "would be" : "was") recorded
                  fix: correct them\(places), or take the others with --partial
                """)
    }

    private var interrupted: Stop {
        Stop(
            code: Stop.checkFailed,
            message: partial && !dryRun
                ? "interrupted: what is counted above is recorded; import again to go on"
                : "interrupted: nothing was recorded")
    }
}

struct ImportEventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Import CloudEvents of another producer: JSON lines, or one JSON array.",
        discussion: """
            Each gets a place of its own in this log; unknown attributes and data are kept byte for \
            byte. A file is imported as a whole or not at all: what it says is held back until its \
            last event is judged.

            Examples:
              claims import events portal-2019.jsonl --dry-run
              claims import events portal-2019.jsonl --partial --rejects left-out.csv
              curl https://portal.example/events | claims import events -
            """)

    @Argument(help: "The file, or - for standard input.") var file: String
    @OptionGroup var options: ImportOptions

    func run() throws {
        let actor = try options.givenActor()
        try options.run { writer, terms in
            let events = EventsImport(path: file, terms, defaultActor: actor)
            var progress = Progress("events read")
            defer { progress.end() }
            return try events.run(
                into: &writer, progress: { progress.tell(Int64($0)) },
                shouldStop: { Interrupt.isInterrupted })
        }
    }
}

struct ImportXESCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "xes", abstract: "Import an XES log (IEEE 1849) through a mapping.",
        discussion: """
            The mapping, a JSON file, says which attributes give claim, partner, program, amount, \
            actor and time, and which events each activity becomes; what it leaves out on purpose is \
            counted. A file is imported as a whole or not at all, as are the mapping's programs.

            Examples:
              claims import xes log.xes --map mapping.json --dry-run
              gzip -dc log.xes.gz | claims import xes - --map mapping.json
            """)

    @Argument(help: "The XES file, or - for standard input.") var file: String
    @Option(help: ArgumentHelp("The mapping file.", valueName: "file")) var map: String
    @OptionGroup var options: ImportOptions

    func run() throws {
        _ = try options.givenActor()
        try options.run { writer, terms in
            let log = try XESImport(file: file, mapping: map, terms)
            var progress = Progress("events read")
            defer { progress.end() }
            return try log.run(
                into: &writer, progress: { progress.tell(Int64($0)) },
                shouldStop: { Interrupt.isInterrupted })
        }
    }
}
