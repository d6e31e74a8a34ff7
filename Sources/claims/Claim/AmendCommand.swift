import ArgumentParser
import ClaimsDomain
import ClaimsLedger

struct AmendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "Change fields of a draft or of a claim sent back.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @Option(help: ArgumentHelp("The usage period.", valueName: "label")) var period: String?
    @Option(help: ArgumentHelp("The activity.", valueName: "id")) var activity: String?
    @OptionGroup var amount: AmountOptions
    @Option(help: ArgumentHelp("When it took place.", valueName: "date")) var activityDate: String?
    @Option(help: "What it was.") var title: String?
    @Option(help: "The partner's location.") var location: String?
    @Flag(inversion: .prefixedNo, help: "Done by the partner's own staff.") var inHouseWork: Bool?
    @Flag(inversion: .prefixedNo, help: "Done by an outside vendor.") var thirdPartyVendor: Bool?
    @OptionGroup var parts: ExpenseOptions
    @OptionGroup var write: WriteOptions

    func run() throws {
        let id = ClaimID(claim)
        try write.run { ledger in
            var changes = ClaimAmended()
            changes.period = period.map { PeriodLabel($0) }
            changes.activity = activity.map { ActivityID($0) }
            changes.amount = try amount.money { try ledger.currency(of: id) }
            changes.activityDate = try activityDate.map {
                try DayOption.day($0, option: "--activity-date")
            }
            changes.title = title
            changes.location = location
            changes.inHouseWork = inHouseWork
            changes.thirdPartyVendor = thirdPartyVendor
            changes.expenses = try parts.expenses {
                try changes.amount?.currency ?? ledger.currency(of: id)
            }
            return .claim(id, .amend(changes))
        }
    }
}
