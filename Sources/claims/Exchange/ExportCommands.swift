import ArgumentParser
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct ExportCommandGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the ledger in forms that other tools read.",
        discussion: """
            Each reads the log once and holds none of it. The same ledger and options give the \
            same bytes.
            """,
        subcommands: [
            ExportCSVCommand.self, ExportHledgerCommand.self, ExportBeancountCommand.self,
            ExportSQLCommand.self, ExportDuckDBCommand.self, ExportXESCommand.self,
            ExportOCELCommand.self, ExportCloudEventsCommand.self, ExportTilesCommand.self,
        ])
}

/// What goes into a journal of the funds, and where to.
struct JournalOptions: ParsableArguments {
    @OptionGroup var filter: AccountFilterOptions
    @OptionGroup var options: ExportOptions
    @Option(
        help: ArgumentHelp(
            "A folder with the documents by their SHA-256, to name them by.", valueName: "folder"))
    var documents: String?

    func write(_ tool: FundJournal.Tool) throws {
        let journal = FundJournal(tool, selection: filter.selection, documents: documents)
        try options.run { try journal.write($0, at: $1, to: $2) }
    }
}

struct ExportHledgerCommand: ReadCommand {
    static let configuration = CommandConfiguration(
        commandName: "hledger", abstract: "Write the funds as a journal of hledger.",
        discussion: """
            Every posting is a transaction; documents are transactions without postings; what each \
            account held at the end of its usage period, at its claim deadline and at the end is \
            asserted. Accounts are ROOT:PROGRAM:PARTNER:PERIOD:BUCKET: what is available, reserved \
            and due are assets, what was paid, converted and expired are expenses.

            Examples:
              claims export hledger --output funds.journal
              hledger -f funds.journal check --strict
              hledger -f funds.journal balance assets: --depth 3
            """)

    @OptionGroup var journal: JournalOptions

    func run() throws { try journal.write(.hledger) }
}

struct ExportBeancountCommand: ReadCommand {
    static let configuration = CommandConfiguration(
        commandName: "beancount", abstract: "Write the funds as a file of Beancount.",
        discussion: """
            As for hledger, with accounts such as Assets:Csp-direct:4567890:FY20-H2:Available; the \
            exact ids stand beside each 'open'. A document is a note, or a 'document' where its \
            file is in the folder of --documents.

            Examples:
              claims export beancount --output funds.beancount
              bean-check funds.beancount
            """)

    @OptionGroup var journal: JournalOptions

    func run() throws { try journal.write(.beancount) }
}

struct ExportSQLCommand: ReadCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Write the ledger as tables, one script for SQLite, PostgreSQL and DuckDB.",
        discussion: """
            The tables are described in the script. Load it into an empty database. They are \
            limited by --program, --partner, --period and --claim: the rows of each that are \
            about one.

            Examples:
              claims export sql | sqlite3 -bail ledger.db
              claims export sql | psql -q -v ON_ERROR_STOP=1 ledger
              claims export sql | duckdb -bail ledger.duckdb
            """)

    @OptionGroup var filter: FilterOptions
    @OptionGroup var options: ExportOptions

    func run() throws {
        let zone = options.point.zone
        let script = SQLScript(selection: try filter.selectionOfAllTables(zone: zone))
        try options.run { try script.write($0, at: $1, to: $2) }
    }
}

struct ExportDuckDBCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duckdb",
        abstract: "Write views for DuckDB straight over the lines of the log.",
        discussion: """
            The views name the ledger by the path given, and read it anew in each query.

            Example:
              claims export duckdb | duckdb ledger.duckdb
            """)

    @OptionGroup var ledger: LedgerOptions
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to a file, whole or not at all.", valueName: "file"))
    var output: String?

    func run() throws {
        let text = try DuckDBViews(of: try ledger.open()).text
        guard let output else { return try Console.answer(text) }
        try OutputFile.write(Array(text.utf8), to: output)
    }
}

struct ExportXESCommand: ReadCommand {
    static let configuration = CommandConfiguration(
        commandName: "xes", abstract: "Write the claims as an event log of XES, a trace each.",
        discussion: """
            An event's activity is what it was called in the log it was imported from, else its \
            type. 'claims import xes' reads it back with the mapping tools/xes/claims.json.

            Example:
              claims export xes --output claims.xes
            """)

    /// What a trace is.
    enum Cases: String, ExpressibleByArgument, CaseIterable { case claim, association }

    @Option(help: "What a trace is.") var cases: Cases = .claim
    @OptionGroup var filter: EventFilterOptions
    @OptionGroup var options: ExportOptions

    func run() throws {
        let export = XESExport(
            cases: cases == .claim ? .claim : .association,
            selection: try filter.selection(zone: options.point.zone))
        try options.run { try export.write($0, at: $1, to: $2) }
    }
}

struct ExportOCELCommand: ReadCommand {
    static let configuration = CommandConfiguration(
        commandName: "ocel",
        abstract: "Write the ledger as an object-centric event log, OCEL 2.0 in JSON.",
        discussion: """
            Programs, partners, funds, claims, associations, evidence and payments are objects; \
            every event names those it touched.

            Example:
              claims export ocel --output ledger.jsonocel
            """)

    @OptionGroup var filter: EventFilterOptions
    @OptionGroup var options: ExportOptions

    func run() throws {
        let export = OCELExport(selection: try filter.selection(zone: options.point.zone))
        try options.run { try export.write($0, at: $1, to: $2) }
    }
}

struct ExportCloudEventsCommand: ReadCommand {
    static let configuration = CommandConfiguration(
        commandName: "cloudevents",
        abstract: "Write stored events as one JSON array, the CloudEvents batch format.",
        discussion: """
            Each event stands in it byte for byte as in the log. 'claims import events' reads it.

            Example:
              claims export cloudevents --claim CLM-1042 --output claim.json
            """)

    @OptionGroup var filter: EventFilterOptions
    @OptionGroup var options: ExportOptions

    func run() throws {
        let batch = CloudEventsBatch(selection: try filter.selection(zone: options.point.zone))
        try options.run { try batch.write($0, at: $1, to: $2) }
    }
}
