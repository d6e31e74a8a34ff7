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
    @Option(help: "The association's name.") var title: String?
    @Option(help: "Of several subscriptions, which.") var subscriptionID: String?
    @Option(help: "An opaque id.") var customerContact: String?
    @Option(help: "An opaque id.") var partnerContact: String?
    @Option(help: "An opaque id.") var technicalContact: String?
    @Option(help: "An opaque id.") var solutionSeller: String?
    @Option(help: "The ISV's product or solution.") var productName: String?
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
        payload.title = title
        payload.subscriptionID = subscriptionID
        payload.customerContact = customerContact
        payload.partnerContact = partnerContact
        payload.technicalContact = technicalContact
        payload.solutionSeller = solutionSeller
        payload.productName = productName
        try write.run { _ in
            .createAssociation(id, program: ProgramID(program), partner: partner, payload)
        }
    }
}

struct AssociationAttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Attach a document to an association, by its hash.")

    @Argument(help: "The association.") var association: String
    @OptionGroup var evidence: EvidenceOptions
    @OptionGroup var write: WriteOptions

    func run() throws {
        let attached = try evidence.attached()
        try write.run { _ in .association(AssociationID(association), .attach(attached)) }
    }
}

struct AssociationListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List associations.")

    @Option(help: ArgumentHelp("Only this program.", valueName: "id")) var program: String?
    @Option(help: ArgumentHelp("Only this partner.", valueName: "id")) var partner: String?
    @Option(help: ArgumentHelp("Only associations in this status.", valueName: "status"))
    var status: String?
    @OptionGroup var read: ReadOptions

    func run() throws {
        var selection = Selection()
        selection.program = program.map { ProgramID($0) }
        selection.partner = partner.map { PartnerID($0) }
        if let status {
            let known = AssociationStatus.allCases.filter { $0 != .absent }.map(\.rawValue)
            guard known.contains(status) else {
                throw ValidationError(
                    "there is no status '\(status)'; expected \(known.joined(separator: ", "))")
            }
            selection.status = status
        }
        let answer = try read.ledger.open().associations(selection, at: try read.viewpoint())
        try read.give(answer, associationTable(answer))
    }
}

struct AssociationShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one association.")

    @Argument(help: "The association.") var association: String
    @OptionGroup var read: ReadOptions

    func run() throws {
        let answer = try read.ledger.open()
            .history(of: AssociationID(association), at: try read.viewpoint())
        try read.give(answer, associationDetails(answer))
    }
}
