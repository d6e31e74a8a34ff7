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
            funds by program and period, claims by status and age, what expires next, findings, \
            and the claims of each account with their timelines; a slider shows the end of any \
            month. It prints to a clean PDF.

            Examples:
              claims report --html report.html
              claims report --html q2.html --program csp-direct --as-of 2020-06-30 --stamp q2.stamp
            """)

    @Option(help: ArgumentHelp("The file to write, or - for standard output.", valueName: "file"))
    var html: String
    @Option(
        help: ArgumentHelp("Only this program.", valueName: "id"), completion: .programs)
    var program: String?
    @Option(
        help: ArgumentHelp("Only this partner.", valueName: "id"), completion: .partners)
    var partner: String?
    @Option(
        help: ArgumentHelp("Only this usage period.", valueName: "label"), completion: .periods)
    var period: String?
    @OptionGroup var ledger: LedgerOptions
    @Option(
        help: ArgumentHelp(
            "What had happened by then: a time, a date (its end), or 'now'.", valueName: "when"))
    var asOf: String?
    @Option(
        help: ArgumentHelp(
            "What the ledger knew by then: a time, a date (its end), 'now', or a sequence.",
            valueName: "when"))
    var knownAt: String?
    @Option(help: ArgumentHelp("The time zone of dates, UTC without it.", valueName: "name"))
    var zone: String?
    @Option(
        help: ArgumentHelp(
            "Write a stamp beside the page, for 'claims reproduce'.", valueName: "file"))
    var stamp: String?

    func run() throws {
        var read = ReadOptions()
        read.asOf = asOf
        read.knownAt = knownAt
        read.zone = zone
        var selection = Selection()
        selection.program = program.map { ProgramID($0) }
        selection.partner = partner.map { PartnerID($0) }
        selection.period = period.map { PeriodLabel($0) }
        let ledger = try ledger.open()
        guard ledger.location != .standardInput else {
            throw ValidationError(
                "a report reads the log more than once, and standard input can be read only once; "
                    + "save the lines in a file and name that")
        }
        let answer = try ledger.report(selection, at: try read.viewpoint())
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
            ("--program", program), ("--partner", partner), ("--period", period),
            ("--as-of", asOf), ("--known-at", knownAt), ("--zone", zone),
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
