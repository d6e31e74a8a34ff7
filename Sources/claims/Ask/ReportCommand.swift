import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a page with charts, for people who would rather look.",
        discussion: """
            One HTML file with all in it: it needs no network, and no script to be read. It shows \
            funds by program and period, claims by status and age, associations with their \
            clocks, what expires next, findings, and the claims of each account with their \
            timelines; a slider shows the end of any month. It prints to a clean PDF.

            Examples:
              claims report --html report.html
              claims report --html q2.html --program csp-direct --as-of 2020-06-30 --stamp q2.stamp
            """)

    @Option(help: ArgumentHelp("The file to write, or - for standard output.", valueName: "file"))
    var html: String
    @OptionGroup var filter: AccountFilterOptions
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var point: ViewpointOptions
    @Option(
        help: ArgumentHelp(
            "Write a stamp beside the page, for 'claims reproduce'.", valueName: "file"))
    var stamp: String?

    func run() throws {
        let ledger = try ledger.open()
        guard ledger.location != .standardInput else {
            throw ValidationError(
                "a report reads the log more than once, and standard input can be read only once; "
                    + "save the lines in a file and name that")
        }
        let answer = try ledger.report(filter.selection, at: try point.viewpoint())
        answer.warn()
        let timelines = try ledger.timelines(
            of: ReportPage.claimsWithTimeline(answer.value), with: answer)
        let page = ReportPage(
            answer, timelines: timelines, origin: try origin(answer, of: ledger))
        try give(Array(page.text.utf8), answer)
    }

    /// What the page says of its log and of how it was asked for.
    private func origin(_ answer: Answer<LedgerReport>, of ledger: Ledger) throws
        -> ReportPage.Origin
    {
        var stamp = Stamp()
        let size = answer.lastSequence
        if size > 0 { _ = try ledger.describe(&stamp, size: size) }
        var query = ["report", "--html", html]
        for (option, value) in [
            ("--program", filter.whose.program), ("--partner", filter.whose.partner),
            ("--period", filter.period),
            ("--as-of", point.asOf), ("--known-at", point.knownAt),
            ("--zone", point.zone),
        ] {
            if let value { query += [option, value] }
        }
        return ReportPage.Origin(
            origin: stamp.origin, root: size > 0 ? stamp.root : nil, query: query,
            version: Claims.configuration.version)
    }

    private func give(_ page: [UInt8], _ answer: Answer<LedgerReport>) throws {
        if html == "-" || Reproduction.current != nil {
            try Console.answer(page)
        } else {
            try OutputFile.write(page, to: html)
        }
        guard let stamp, Reproduction.current == nil else { return }
        try StampFile.write(
            to: stamp, answer, bodySHA256: Stamp.digest(page), ledger: ledger, format: nil,
            width: nil)
    }
}

extension ReportCommand: ReadCommand {}
