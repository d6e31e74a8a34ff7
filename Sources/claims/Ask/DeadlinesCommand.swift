import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct DeadlinesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadlines",
        abstract: "Show what is due or overdue, and funds about to expire.",
        discussion: """
            Computed for the moment of --as-of, without it for the last event known; for today \
            say --as-of now. Claim deadlines end with their day in the program's zone, all other \
            days in UTC. A draft past its deadline reads as expired.

            Examples:
              claims deadlines --as-of now --within 14
              claims deadlines --partner 4567890 --as-of 2020-08-01
              claims deadlines --overdue --format csv
            """)

    @OptionGroup var filter: ClaimFilterOptions
    @Option(
        help: ArgumentHelp(
            "Of what is due, only that of so many days, 0 for today; what is overdue stays.",
            valueName: "days"))
    var within: Int64?
    @Flag(help: "Only what is overdue or expired, funds that have expired too.")
    var overdue = false
    @OptionGroup var read: ReadOptions

    func validate() throws {
        if let within, within < 0 { throw ValidationError("--within has to be 0 or more days") }
        if within != nil, overdue {
            throw ValidationError(
                "--within and --overdue exclude each other: what is overdue is always shown")
        }
    }

    func run() throws {
        let scope: DeadlineScope =
            overdue ? .late : within.map { DeadlineScope.within(days: $0) } ?? .open
        let answer = try read.ledger.open()
            .deadlines(filter.selection, scope: scope, at: try read.viewpoint())
        try read.give(answer, deadlineTable(answer))
    }
}
