import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsReports

struct PartnerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partner", abstract: "Partners of a program.",
        subcommands: [PartnerEnrollCommand.self, PartnerListCommand.self])
}

struct PartnerEnrollCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll", abstract: "Record that a partner takes part in a program.")

    @Argument(help: "The partner's id.") var partner: String
    @Option(help: ArgumentHelp("The program.", valueName: "id")) var program: String
    @Option(help: "The company's public name.") var name: String?
    @Option(help: ArgumentHelp("ISO 3166 alpha-2 code.", valueName: "code")) var country: String?
    @Option(help: ArgumentHelp("The currency it is paid in.", valueName: "code"))
    var currency: String?
    @OptionGroup var write: WriteOptions

    func run() throws {
        let id: PartnerID = try NewIdentifier.check(partner, kind: "partner")
        let payload = PartnerEnrolled(
            name: name, country: country, currency: try currency.map(AmountOptions.currency))
        try write.run { _ in .enroll(program: ProgramID(program), partner: id, payload) }
    }
}

struct PartnerListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the enrolled partners.")

    @OptionGroup var read: ReadOptions

    func run() throws {
        let answer = try read.ledger.open().partners(at: try read.viewpoint())
        try read.give(answer, partnerTable(answer))
    }
}
