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
        try run(
            period: period, computed: { desk in try command(try amount.required(desk.currency)) })
    }

    /// Runs a command of an account in a period that says itself what it takes.
    func run(
        period: (ProgramDesk) throws -> PeriodLabel,
        computed command: (ProgramDesk) throws -> FundCommand
    ) throws {
        let partner: PartnerID = try NewIdentifier.check(partner, kind: "partner")
        try write.run { ledger in
            let desk = ProgramDesk(ledger, ProgramID(program), write)
            return .fund(
                try command(desk), program: ProgramID(program), partner: partner,
                period: try period(desk))
        }
    }
}

struct FundEarnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "earn", abstract: "Record co-op funds earned.",
        discussion: """
            --amount is what goes into the fund. With --eligible it is computed instead: the \
            program's co-op share of these earnings, rounded as the program says; the rest is \
            rebate.

            Examples:
              claims fund earn --program csp-indirect-reseller --partner 4567890 \
            --amount 20000.00 --earned-on 2019-12-31
              claims fund earn --program csp-indirect-reseller --partner 4567890 \
            --eligible 61234.57 --earned-on 2019-12-31
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
    @Option(
        help: ArgumentHelp(
            "Earnings to take the co-op share of, in place of --amount.", valueName: "decimal"))
    var eligible: String?

    func validate() throws {
        guard eligible != nil, fund.amount.amount != nil else { return }
        throw ValidationError("--eligible and --amount exclude each other: the share is computed")
    }

    func run() throws {
        let day = try DayOption.day(earnedOn, option: "--earned-on")
        try fund.run(
            period: { desk in
                try desk.period(named: period, option: "--period") {
                    $0.usagePeriod(earnedOn: day)
                }
            }, computed: { desk in try earned(on: day, desk) })
    }

    private func earned(on day: Day, _ desk: ProgramDesk) throws -> FundCommand {
        guard let eligible else {
            return .earn(
                FundsEarned(
                    amount: try fund.amount.required(desk.currency), earnedOn: day,
                    reference: reference, lever: lever))
        }
        let named = try fund.amount.currency.map(AmountOptions.currency)
        let currency = try named ?? desk.currency()
        return .earnShare(
            of: try AmountOptions.money(eligible, currency, option: "--eligible"), earnedOn: day,
            reference: reference, lever: lever)
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
        commandName: "convert", abstract: "Convert funds below the threshold to rebate.",
        discussion: """
            Without --amount, all co-op funds of the period when they stayed below the program's \
            threshold: refused before the earning period is over, and at or above the threshold. \
            An --amount is converted whatever the threshold says, and needs a --reason. Which \
            funds are below: claims deadlines shows them as funds_conversion.

            Example, at the end of the half-year:
              claims fund convert --program csp-direct --partner 4655318 --period FY20-H1
            """)

    @OptionGroup var fund: FundOptions
    @Option(help: ArgumentHelp("The usage period.", valueName: "label")) var period: String
    @Option(help: "Why; without it the figures of the threshold.") var reason: String?

    func validate() throws {
        guard fund.amount.amount != nil, reason == nil else { return }
        throw ValidationError("an --amount needs a --reason: the threshold does not give one")
    }

    func run() throws {
        let label = PeriodLabel(period)
        guard fund.amount.amount != nil, let reason else {
            guard fund.amount.currency == nil else {
                throw ValidationError("--currency needs an --amount beside it")
            }
            try fund.run(
                period: { _ in label },
                computed: { _ in .convertBelowThreshold(reason: reason) })
            return
        }
        try fund.run(
            period: { _ in label }, { .convert(FundsConverted(amount: $0, reason: reason)) })
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
