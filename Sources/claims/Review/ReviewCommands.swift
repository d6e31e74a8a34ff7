import ArgumentParser
import ClaimsDomain
import ClaimsLedger

struct StartReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start-review", abstract: "Begin to review a submitted claim.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @OptionGroup var write: WriteOptions

    func run() throws { try write.run { _ in .claim(ClaimID(claim), .startReview) } }
}

struct EndorseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endorse", abstract: "Give one approval of several.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @Option(help: "Which approval.") var step: String
    @OptionGroup var write: WriteOptions

    func run() throws { try write.run { _ in .claim(ClaimID(claim), .endorse(step: step)) } }
}

struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a claim, in whole or in part.",
        discussion: "Without --amount, all that was submitted. What is not approved is released.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @OptionGroup var amount: AmountOptions
    @Option(help: "Why, when less than submitted.") var reason: String?
    @OptionGroup var write: WriteOptions

    func run() throws {
        let id = ClaimID(claim)
        try write.run { ledger in
            let amount = try amount.money { try ledger.currency(of: id) }
            return .claim(id, .approve(amount: amount, reason: reason))
        }
    }
}

struct RejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Reject a claim; its amount is released.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @Option(help: "Why; may be given several times.") var reason: [String]
    @OptionGroup var write: WriteOptions

    func validate() throws {
        guard !reason.isEmpty else { throw ValidationError("a rejection needs a --reason") }
    }

    func run() throws { try write.run { _ in .claim(ClaimID(claim), .reject(reasons: reason)) } }
}

struct GrantExceptionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant-exception",
        abstract: "Override a named rule for a claim, forever visible.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @Option(help: ArgumentHelp("The rule, as a refusal names it.", valueName: "name"))
    var rule: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in
            .claim(ClaimID(claim), .grantException(rule: rule, reason: reason))
        }
    }
}
