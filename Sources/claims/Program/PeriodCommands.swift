import ArgumentParser
import ClaimsDomain
import ClaimsLedger

struct PeriodCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "period", abstract: "Usage periods.", subcommands: [PeriodCloseCommand.self])
}

struct PeriodCloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close the books of a usage period: record its balances and the tree head.",
        discussion: "Later facts for the period are taken, and listed as findings.")

    @Argument(help: "The usage period.") var period: String
    @Option(help: ArgumentHelp("The program.", valueName: "id")) var program: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { ledger in
            .closePeriod(
                program: ProgramID(program), period: PeriodLabel(period),
                treeHead: try ledger.treeHead())
        }
    }
}
