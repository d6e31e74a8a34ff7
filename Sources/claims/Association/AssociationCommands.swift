import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct AssociationCommandGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "association", abstract: "Claimed-partner-of-record associations.",
        subcommands: [
            AssociationCreateCommand.self, AssociationAttachCommand.self,
            AssociationSubmitCommand.self, AssociationStartReviewCommand.self,
            AssociationRequestInformationCommand.self, AssociationApproveCommand.self,
            AssociationDeclineCommand.self, AssociationRejectCommand.self,
            AssociationDisputeCommand.self, AssociationEndCommand.self,
            AssociationListCommand.self, AssociationShowCommand.self,
            AssociationHistoryCommand.self, AssociationExplainCommand.self,
            AssociationCheckCommand.self,
        ])
}

struct AssociationCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Draft an association with a customer.")

    @Argument(help: "The new association's id.") var association: String
    @Option(help: ArgumentHelp("The program.", valueName: "id")) var program: String
    @Option(help: ArgumentHelp("The partner.", valueName: "id")) var partner: String
    @Option(help: "The customer's domain.") var customerDomain: String
    @Option(help: "The customer's directory.") var tenantID: String
    @Option(help: "Such as 'Microsoft 365'.") var solutionArea: String
    @Option(help: "Pre-sales, usage or revenue association.") var activity: String
    @Option(help: "A product or workload; may be given several times.") var product: [String]
    @OptionGroup var customer: CustomerOptions
    @OptionGroup var write: WriteOptions

    func validate() throws {
        guard !product.isEmpty else { throw ValidationError("an association needs a --product") }
    }

    func run() throws {
        let id: AssociationID = try NewIdentifier.check(association, kind: "association")
        let partner: PartnerID = try NewIdentifier.check(partner, kind: "partner")
        var payload = AssociationCreated(
            customerDomain: customerDomain, tenantID: tenantID, solutionArea: solutionArea,
            activity: ActivityID(activity), products: product)
        payload.take(try customer.fields())
        try write.run { _ in
            .createAssociation(id, program: ProgramID(program), partner: partner, payload)
        }
    }
}

struct AssociationAttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Attach a document to an association, by its hash.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @OptionGroup var evidence: EvidenceOptions
    @OptionGroup var write: WriteOptions

    func run() throws {
        try evidence.run(write) { .association(AssociationID(association), .attach($0)) }
    }
}
