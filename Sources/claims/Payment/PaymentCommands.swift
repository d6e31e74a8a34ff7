import ArgumentParser
import ClaimsDomain
import ClaimsLedger

struct RequestPaymentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request-payment", abstract: "Ask finance to pay an approved claim.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @OptionGroup var amount: AmountOptions
    @OptionGroup var write: WriteOptions

    func run() throws {
        let id = ClaimID(claim)
        try write.run { ledger in
            .claim(id, .requestPayment(amount: try amount.money { try ledger.currency(of: id) }))
        }
    }
}

struct ReimburseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reimburse", abstract: "Record a payment of an approved claim.",
        discussion: """
            Without --amount, all that is due. A payment in another currency than the claim's \
            needs the rate it was made at; --amount may then be in either currency. What it \
            settles of the claim is recorded in the claim's currency, rounded as the program \
            says, beside what was paid out. Several entities may pay one claim.

            Example, the rest of a claim in dollars paid in euros:
              claims reimburse CLM-1042 --payment-reference PAY-88 --payer MSFT-IE \
            --rate-from USD --rate-to EUR --rate-value 0.9023 --rate-date 2020-03-06
            """)

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @OptionGroup var amount: AmountOptions
    @Option(help: ArgumentHelp("The payment's own id.", valueName: "id"))
    var paymentReference: String
    @Option(
        help: ArgumentHelp("Which entity paid, where several do: an opaque id.", valueName: "id"))
    var payer: String?
    @Option(
        help: ArgumentHelp(
            "The day the money was sent; the day it happened without it.", valueName: "date"))
    var paidOn: String?
    @Option(help: ArgumentHelp("One unit of this currency ...", valueName: "code"))
    var rateFrom: String?
    @Option(help: ArgumentHelp("... is in this currency ...", valueName: "code"))
    var rateTo: String?
    @Option(help: ArgumentHelp("... worth so much ...", valueName: "decimal"))
    var rateValue: String?
    @Option(help: ArgumentHelp("... on this day.", valueName: "date")) var rateDate: String?
    @OptionGroup var write: WriteOptions

    func run() throws {
        let id = ClaimID(claim)
        let rate = try rate()
        let paidOn = try paidOn.map { try DayOption.day($0, option: "--paid-on") }
        try write.run { ledger in
            .claim(
                id,
                .reimburse(
                    amount: try amount.money { try ledger.currency(of: id) },
                    paymentReference: paymentReference, paidOn: paidOn, rate: rate,
                    payer: payer))
        }
    }

    private func rate() throws -> Reimbursed.Rate? {
        let parts = [rateFrom, rateTo, rateValue, rateDate]
        guard parts.contains(where: { $0 != nil }) else { return nil }
        guard let rateFrom, let rateTo, let rateValue, let rateDate else {
            throw ValidationError(
                "a rate needs all of --rate-from, --rate-to, --rate-value and --rate-date")
        }
        guard let value = ExactDecimal(rateValue), value.unscaled > 0 else {
            throw ValidationError(
                "--rate-value is '\(rateValue)', expected a decimal such as '1.1025'")
        }
        return Reimbursed.Rate(
            from: try AmountOptions.currency(rateFrom), to: try AmountOptions.currency(rateTo),
            value: value, date: try DayOption.day(rateDate, option: "--rate-date"))
    }
}

struct ReverseReimbursementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reverse-reimbursement", abstract: "Record a payment that came back.",
        discussion: "Without --amount, all that was paid.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @OptionGroup var amount: AmountOptions
    @Option(help: ArgumentHelp("The payment's own id.", valueName: "id"))
    var paymentReference: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        let id = ClaimID(claim)
        try write.run { ledger in
            .claim(
                id,
                .reverseReimbursement(
                    amount: try amount.money { try ledger.currency(of: id) },
                    paymentReference: paymentReference, reason: reason))
        }
    }
}
