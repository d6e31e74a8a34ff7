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

/// How an import is run and answered.
struct ImportOptions: ParsableArguments {
    @OptionGroup var ledger: LedgerOptions
    @Option(
        help: ArgumentHelp(
            "Who did it where the input does not say: an opaque id.", valueName: "actor"))
    var by: String?
    @Option(
        help: ArgumentHelp(
            "How long to wait for another writer's lock, in seconds.", valueName: "seconds"))
    var wait: Double = 0
    @Option(
        help: ArgumentHelp("Write what was not taken to a file, as CSV.", valueName: "file"))
    var rejects: String?
    @Option(help: "How to give the summary.") var format: OutputFormat = .table

    /// Opens the writer, runs an import that can be stopped with Ctrl-C, and prints its summary.
    func run(
        _ body: (inout LedgerWriter, Instant) throws -> ImportSummary
    ) throws {
        let now = try Edge.now()
        var writer = try ledger.open()
            .openWriter(waitMilliseconds: Int(max(0, wait) * 1000))
        let summary = try Interrupt.whileWatching { try body(&writer, now) }
        if let rejects {
            let table = listedTable(summary, atMost: nil)
            try OutputFile.write(Array(render(table, as: .csv).utf8), to: rejects)
        }
        try give(summary)
    }

    /// Who imports, where the input does not say who did what.
    var actor: Actor {
        by.map { Actor(kind: .user, id: $0) } ?? Actor(kind: .system, id: "import")
    }

    /// Prints what became of an import.
    func give(_ summary: ImportSummary) throws {
        try Console.answer(importText(summary, as: format, width: Console.width))
        if summary.isInterrupted {
            throw Stop(
                code: Stop.checkFailed,
                message: "interrupted: what is counted above is recorded; import again to go on")
        }
    }
}

struct ImportEventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Import CloudEvents of another producer: JSON lines, or one JSON array.",
        discussion: """
            Each gets a place of its own in this log; unknown attributes and data are kept byte for \
            byte.

            Example:
              claims import events portal-2019.jsonl --rejects left-out.csv
            """)

    @Argument(help: "The file, or - for lines on standard input.") var file: String
    @OptionGroup var options: ImportOptions

    func run() throws {
        let actor = options.by.map { Actor(kind: .user, id: $0) }
        try options.run { writer, now in
            var events = EventsImport(path: file, now: now, defaultActor: actor)
            var progress = Progress("records read")
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
            actor and time, and which events each activity becomes. Events it leaves out are listed.

            Example:
              gzip -dc log.xes.gz | claims import xes - --map mapping.json
            """)

    @Argument(help: "The XES file, or - for standard input.") var file: String
    @Option(help: ArgumentHelp("The mapping file.", valueName: "file")) var map: String
    @OptionGroup var options: ImportOptions

    func run() throws {
        try options.run { writer, now in
            var log = try XESImport(file: file, mapping: map, now: now)
            return try log.run(into: &writer, shouldStop: { Interrupt.isInterrupted })
        }
    }
}
