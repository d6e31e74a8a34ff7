import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections

struct CreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Draft a claim.",
        discussion: """
            Example:
              claims create CLM-1042 --program csp-indirect-reseller --partner 4567890 \
            --activity print-advertising --amount 6000.00 --currency USD --activity-date 2020-02-03
            """)

    @Argument(help: "The new claim's id.") var claim: String
    @Option(help: ArgumentHelp("The program.", valueName: "id")) var program: String
    @Option(help: ArgumentHelp("The partner.", valueName: "id")) var partner: String
    @Option(
        help: ArgumentHelp(
            "The usage period; without it the one the activity date falls in.", valueName: "label"))
    var period: String?
    @Option(help: ArgumentHelp("The activity.", valueName: "id")) var activity: String
    @OptionGroup var amount: AmountOptions
    @Option(help: ArgumentHelp("When it took place.", valueName: "date")) var activityDate: String
    @Option(help: "What it was.") var title: String?
    @Option(help: "The partner's location.") var location: String?
    @Flag(help: "Done by the partner's own staff.") var inHouseWork = false
    @Flag(help: "Done by an outside vendor.") var thirdPartyVendor = false
    @OptionGroup var parts: ExpenseOptions
    @OptionGroup var write: WriteOptions

    func run() throws {
        let id: ClaimID = try NewIdentifier.check(claim, kind: "claim")
        let partner: PartnerID = try NewIdentifier.check(partner, kind: "partner")
        let date = try DayOption.day(activityDate, option: "--activity-date")
        try write.run { ledger in
            let desk = ProgramDesk(ledger, ProgramID(program), write)
            let amount = try amount.required(desk.currency)
            let draft = ClaimCreated(
                period: try desk.period(named: period, option: "--period") {
                    $0.usagePeriod(usedOn: date)
                },
                activity: ActivityID(activity), amount: amount,
                activityDate: date, title: title, location: location,
                inHouseWork: inHouseWork ? true : nil,
                thirdPartyVendor: thirdPartyVendor ? true : nil,
                expenses: try parts.expenses { amount.currency })
            return .create(id, program: ProgramID(program), partner: partner, draft)
        }
    }
}

/// What a program's rules fill in where an option is left out.
struct ProgramDesk {
    private let ledger: Ledger
    private let program: ProgramID
    private let write: WriteOptions

    init(_ ledger: Ledger, _ program: ProgramID, _ write: WriteOptions) {
        self.ledger = ledger
        self.program = program
        self.write = write
    }

    private func rules() throws -> Program {
        let context = try write.context()
        if let rules = try ledger.rules(of: program, at: context.at ?? context.now) { return rules }
        let known = try ledger.programs(at: Viewpoint()).value.map(\.rules.id.text)
        let nearest = NearestName.suggestion(for: program.text, among: known)
        throw LedgerError(
            .refusal(.unknownProgram(program, nearest: nearest.map { ProgramID($0) })))
    }

    /// The program's currency.
    func currency() throws -> Currency { try rules().currency }

    /// The period given, else the one that `find` picks from the calendar.
    func period(
        named label: String?, option: String, find: (Program) -> UsagePeriod?
    ) throws -> PeriodLabel {
        if let label { return PeriodLabel(label) }
        guard let period = find(try rules()) else {
            throw ValidationError(
                "no usage period of '\(program)' has that date; name one with \(option)")
        }
        return period.label
    }
}
