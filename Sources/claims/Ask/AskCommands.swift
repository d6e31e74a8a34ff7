import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List claims.",
        discussion: """
            Examples:
              claims list --status under_review --min-amount 5000
              claims list --actor u-260 --from 2020-01-01 --format csv
            """)

    @OptionGroup var filter: FilterOptions
    @OptionGroup var read: ReadOptions

    func run() throws {
        let answer = try read.ledger.open()
            .claims(try filter.selection(zone: read.point.zone), at: try read.viewpoint())
        try read.give(answer, claimTable(answer))
    }
}

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one claim or association.")

    @Argument(help: "The claim, or the association.", completion: .subjects) var claim: String
    @OptionGroup var read: ReadOptions

    func run() throws {
        let ledger = try read.ledger.open(rereads: true)
        try EitherSubject.ask {
            let answer = try ledger.history(of: ClaimID(claim), at: try read.viewpoint())
            try read.give(answer, claimDetails(answer))
        } association: {
            let answer = try ledger.history(
                of: AssociationID(claim), at: try read.viewpoint())
            try read.give(answer, associationDetails(answer))
        }
    }
}

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show everything that happened to a claim or an association.",
        discussion: """
            Example, what the ledger knew at the end of March about what had happened by February:
              claims history CLM-1042 --as-of 2020-02-29 --known-at 2020-03-31
            """)

    @Argument(help: "The claim, or the association.", completion: .subjects) var claim: String
    @OptionGroup var read: ReadOptions

    func run() throws {
        let ledger = try read.ledger.open(rereads: true)
        try EitherSubject.ask {
            let answer = try ledger.history(of: ClaimID(claim), at: try read.viewpoint())
            answer.warn()
            try read.give(answer) {
                historyText(answer, as: read.format, width: read.width, style: $0)
            }
        } association: {
            let answer = try ledger.history(
                of: AssociationID(claim), at: try read.viewpoint())
            answer.warn()
            try read.give(answer) {
                historyText(answer, as: read.format, width: read.width, style: $0)
            }
        }
    }
}

struct BalanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance", abstract: "Show earned versus claimed funds.",
        discussion: """
            Of each account: earned + adjusted + rolledIn - rolledOut - converted = \
            available + reserved + approved + expired.

            Examples:
              claims balance --partner 4567890 --as-of 2020-06-30
              claims balance --group-by program --history month --format csv
            """)

    @OptionGroup var filter: AccountFilterOptions
    @Option(help: "Sum within a currency.") var groupBy: BalanceGrouping?
    @Option(help: "A series over time, at the end of each step.") var history: SeriesStep?
    @OptionGroup var read: ReadOptions

    func run() throws {
        let ledger = try read.ledger.open(rereads: history != nil)
        let viewpoint = try read.viewpoint()
        if let history {
            let answer = try ledger.balanceSeries(
                filter.selection, grouping: groupBy, step: history, at: viewpoint)
            let table = balanceSeriesTable(answer, grouping: groupBy)
            let text = render(table, as: read.format, width: read.width)
            var shown = render(table, as: read.format, width: read.width, style: read.style)
            if read.style.isDecorated, read.format == .table, !answer.value.isEmpty {
                let lines = balanceLinesTable(answer, grouping: groupBy)
                shown += "\n" + render(lines, as: .table, width: read.width, style: read.style)
            }
            answer.warn()
            try read.give(answer, text: text, shown: shown)
        } else {
            let answer = try ledger.balances(filter.selection, grouping: groupBy, at: viewpoint)
            try read.give(answer, balanceTable(answer, grouping: groupBy))
        }
    }
}
