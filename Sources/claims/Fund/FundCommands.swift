import ArgumentParser
import ClaimsDomain
import ClaimsLedger

struct FundCommandGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fund", abstract: "Funds: earned, adjusted, converted, rolled over.",
        subcommands: [
            FundEarnCommand.self, FundAdjustCommand.self, FundConvertCommand.self,
            FundRolloverCommand.self,
        ])
}

/// The account a fund command is about, and its amount.
struct FundOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The program.", valueName: "id")) var program: String
    @Option(help: ArgumentHelp("The partner.", valueName: "id")) var partner: String
    @OptionGroup var amount: AmountOptions
    @OptionGroup var write: WriteOptions

    /// Runs a command of an account in a period; the amount is in the program's currency unless
    /// said otherwise.
    func run(
        period: (ProgramDesk) throws -> PeriodLabel, _ command: (Money) throws -> FundCommand
    ) throws {
        let partner: PartnerID = try NewIdentifier.check(partner, kind: "partner")
        try write.run { ledger in
            let desk = ProgramDesk(ledger, ProgramID(program), write)
            let amount = try amount.required(desk.currency)
            return .fund(
                try command(amount), program: ProgramID(program), partner: partner,
                period: try period(desk))
        }
    }
}

struct FundEarnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "earn", abstract: "Record co-op funds earned.",
        discussion: """
            Example:
              claims fund earn --program csp-indirect-reseller --partner 4567890 \
            --amount 20000.00 --earned-on 2019-12-31
            """)

    @OptionGroup var fund: FundOptions
    @Option(
        help: ArgumentHelp(
            "The usage period; without it the one the earning date earns for.", valueName: "label"))
    var period: String?
    @Option(help: ArgumentHelp("The day they were earned.", valueName: "date"))
    var earnedOn: String
    @Option(help: ArgumentHelp("The earning's id in its own system.", valueName: "id"))
    var reference: String?
    @Option(help: ArgumentHelp("The earning rule.", valueName: "name")) var lever: String?

    func run() throws {
        let day = try DayOption.day(earnedOn, option: "--earned-on")
        try fund.run(
            period: { desk in
                try desk.period(named: period, option: "--period") {
                    $0.usagePeriod(earnedOn: day)
                }
            },
            { .earn(FundsEarned(amount: $0, earnedOn: day, reference: reference, lever: lever)) })
    }
}

struct FundAdjustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adjust", abstract: "Correct a fund, up or down.")

    @OptionGroup var fund: FundOptions
    @Option(help: ArgumentHelp("The usage period.", valueName: "label")) var period: String
    @Option(help: ArgumentHelp("The kind of adjustment.", valueName: "code"))
    var reasonCode: String
    @Option(help: "Why.") var reason: String
    @Option(help: ArgumentHelp("The adjustment's id in its own system.", valueName: "id"))
    var reference: String?

    func run() throws {
        try fund.run(
            period: { _ in PeriodLabel(period) },
            {
                .adjust(
                    FundsAdjusted(
                        amount: $0, reasonCode: reasonCode, reason: reason, reference: reference))
            })
    }
}

struct FundConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Convert funds below the threshold to rebate.")

    @OptionGroup var fund: FundOptions
    @Option(help: ArgumentHelp("The usage period.", valueName: "label")) var period: String
    @Option(help: "Why.") var reason: String

    func run() throws {
        try fund.run(
            period: { _ in PeriodLabel(period) },
            { .convert(FundsConverted(amount: $0, reason: reason)) })
    }
}

struct FundRolloverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollover", abstract: "Move unused funds to another usage period.")

    @OptionGroup var fund: FundOptions
    @Option(help: ArgumentHelp("The usage period they leave.", valueName: "label"))
    var period: String
    @Option(help: ArgumentHelp("The usage period they go to.", valueName: "label"))
    var toPeriod: String
    @Option(help: "Why.") var reason: String

    func run() throws {
        try fund.run(
            period: { _ in PeriodLabel(period) },
            {
                .rollover(
                    FundsRolledOver(amount: $0, toPeriod: PeriodLabel(toPeriod), reason: reason))
            })
    }
}
