import ArgumentParser
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsReports

/// How the names and values of a report are read.
struct ReportMappingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A JSON file that maps the report's names to the ledger's.", valueName: "file"))
    var map: String?
    @Option(
        help: ArgumentHelp(
            "A program name or code of the report and the ledger's program; may be repeated.",
            valueName: "name=id"))
    var mapProgram: [String] = []
    @Option(
        help: ArgumentHelp(
            "How the report writes dates: iso, mdy (2/3/2020 is 3 February) or dmy.",
            valueName: "order"))
    var dates: String?
    @Flag(help: "Round amounts with more decimals than their currency, as the program rounds.")
    var round = false

    func mapping() throws -> ReportMapping {
        var mapping = try map.map { try ReportMapping(path: $0) } ?? ReportMapping()
        for pair in mapProgram {
            let (name, id) = try Self.pair(pair, option: "--map-program")
            mapping.add(program: name, as: id)
        }
        if let dates {
            guard let order = DateOrder(rawValue: dates) else {
                throw ValidationError("--dates is '\(dates)', expected 'iso', 'mdy' or 'dmy'")
            }
            mapping.dates = order
        }
        if round { mapping.rounds = true }
        return mapping
    }

    static func pair(_ text: String, option: String) throws -> (String, String) {
        guard let place = text.lastIndex(of: "="), place != text.startIndex,
            text.index(after: place) != text.endIndex
        else {
            throw ValidationError("\(option) is '\(text)', expected two names with '=' between")
        }
        return (String(text[..<place]), String(text[text.index(after: place)...]))
    }
}

/// How a report is checked, recorded and answered.
struct ReportImportArguments: ParsableArguments {
    @OptionGroup var names: ReportMappingOptions
    @OptionGroup var options: ImportOptions

    /// Checks a report, records it unless it is a rehearsal, and prints what became of it.
    func run(
        _ mapping: ReportMapping,
        _ make: (Ledger, ReportImportOptions) throws -> sending ReportImport
    ) throws {
        var given = ReportImportOptions(actor: try options.actor(), try options.terms())
        given.mapping = mapping
        let ledger = try options.ledger.open()
        let summary =
            if options.dryRun {
                try Interrupt.whileWatching {
                    var report = try make(ledger, given)
                    try check(&report)
                    return report.summary
                }
            } else {
                try record(ledger, given, make)
            }
        try options.give(summary)
    }

    private func record(
        _ ledger: Ledger, _ given: ReportImportOptions,
        _ make: (Ledger, ReportImportOptions) throws -> sending ReportImport
    ) throws -> ImportSummary {
        var writer = try options.openWriter(ledger)
        return try Interrupt.whileWatching {
            var report = try make(ledger, given)
            try check(&report)
            var progress = Progress("bytes recorded")
            defer { progress.end() }
            try report.record(into: &writer) { step in
                progress.tell(Int64(step.bytesDone), of: Int64(step.bytes))
                return !Interrupt.isInterrupted
            }
            return report.summary
        }
    }

    private func check(_ report: inout ReportImport) throws {
        var progress = Progress("bytes checked")
        defer { progress.end() }
        try report.check { step in
            progress.tell(Int64(step.bytesDone), of: Int64(step.bytes))
            return !Interrupt.isInterrupted
        }
    }
}

struct ImportEarningsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "earnings",
        abstract: "Import an earnings report (CSV or TSV): what was earned, adjusted, moved.",
        discussion: """
            Columns are found by name. Only co-op earnings feed a fund; other rows are counted and \
            left out. The day of an earning gives its usage period, by the calendar of the program \
            in the ledger. An earning is known by its earningId: again with the same amount it is \
            nothing new, with another one it is an adjustment by the difference. A row with a \
            reason code is an adjustment, a conversion or a rollover, as --reason-code or the \
            mapping say. A file is imported as a whole or not at all.

            A mapping, all of it optional:
              {"programs": {"CSP Indirect Reseller": "csp-indirect-reseller"},
               "partners": {"MPN-1": "4567890"}, "earningTypes": ["Coop", "Co-op"],
               "reasonCodes": {"Co-op Rollover": "rolled_over:next"},
               "columns": {"earningId": "Earning"}, "dates": "iso", "round": false}

            Examples:
              claims import earnings report.csv --dry-run
              claims import earnings report.csv --map-program 'CSP Indirect=csp-indirect' --rejects bad.csv
            """)

    @Argument(help: "The report, or - for standard input.") var file: String
    @Option(
        help: ArgumentHelp(
            "What a reason code means: \(ReportMapping.Adjustment.expectation).",
            valueName: "code=meaning"))
    var reasonCode: [String] = []
    @Flag(help: "Enroll the partners that the report names and the ledger has not heard of.")
    var enroll = false
    @OptionGroup var arguments: ReportImportArguments

    func run() throws {
        var mapping = try arguments.names.mapping()
        for pair in reasonCode {
            let (code, word) = try ReportMappingOptions.pair(pair, option: "--reason-code")
            guard let meaning = ReportMapping.Adjustment(word) else {
                throw ValidationError(
                    "--reason-code gives '\(word)', expected "
                        + ReportMapping.Adjustment.expectation)
            }
            mapping.reasonCodes[code.lowercased()] = meaning
        }
        try arguments.run(mapping) { ledger, options in
            try .earnings(file, of: ledger, options, enrolls: enroll)
        }
    }
}

struct ImportPaymentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments",
        abstract: "Import a payments report (CSV or TSV): what was sent, and what came back.",
        discussion: """
            Only 'Sent' is money paid; 'Reversed', 'Rejected' and 'Incorrect payment' undo it; rows \
            of other statuses are counted and left out. A payment is known by its paymentID: again \
            with the same amount it is nothing new; one that came back and is sent again on \
            another day is. What was earned is what the payment settles of its claim; taxes and \
            what was paid out are kept beside. A payment finds its claim by a column claimId, by \
            --links, or by --by-amount. A file is imported as a whole or not at all.

            Examples:
              claims import payments payments.csv --links earnings.csv --dry-run
              claims import payments payments.csv --by-amount --rejects bad.csv
            """)

    @Argument(help: "The report, or - for standard input.") var file: String
    @Option(
        help: ArgumentHelp(
            "A report that has paymentId beside claimId, such as the earnings report.",
            valueName: "file"))
    var links: String?
    @Flag(
        help: ArgumentHelp(
            "Take the one claim of the partner on which just that amount is due, or all of them "
                + "where it is due in all."))
    var byAmount = false
    @OptionGroup var arguments: ReportImportArguments

    func run() throws {
        var matching = PaymentMatching()
        (matching.links, matching.byAmount) = (links, byAmount)
        try arguments.run(try arguments.names.mapping()) { ledger, options in
            try .payments(file, of: ledger, options, matching)
        }
    }
}
