import ArgumentParser
import ClaimsDomain
import ClaimsLedger

struct CommentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment", abstract: "Add a comment to a claim.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @Option(help: "The comment.") var text: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .claim(ClaimID(claim), .comment(text: text)) }
    }
}

struct SubmitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Hand a claim in; its amount is reserved in the fund.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @OptionGroup var amount: AmountOptions
    @OptionGroup var write: WriteOptions

    func run() throws {
        let id = ClaimID(claim)
        try write.run { ledger in
            .claim(id, .submit(amount: try amount.money { try ledger.currency(of: id) }))
        }
    }
}

struct WithdrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take an undecided claim back.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @Option(help: "Why.") var reason: String?
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .claim(ClaimID(claim), .withdraw(reason: reason)) }
    }
}

struct DisputeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispute", abstract: "Contest a rejection; the amount is reserved again.")

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .claim(ClaimID(claim), .dispute(reason: reason)) }
    }
}
