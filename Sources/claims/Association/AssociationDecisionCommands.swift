import ArgumentParser
import ClaimsDomain

struct AssociationSubmitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Hand an association in.",
        discussion: """
            Fields that are still missing, or have to be corrected, are given here; what is left \
            out stays.

            Example:
              claims association submit CPOR-2001 --customer-contact c-9 --by u-17
            """)

    @Argument(help: "The association.", completion: .associations) var association: String
    @Option(help: "All products or workloads, in place of those before.") var product: [String] = []
    @OptionGroup var customer: CustomerOptions
    @OptionGroup var write: WriteOptions

    func run() throws {
        var fields = try customer.fields()
        if !product.isEmpty { fields.products = product }
        try write.run { _ in .association(AssociationID(association), .submit(fields)) }
    }
}

struct AssociationStartReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start-review", abstract: "Begin to review a submitted association.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .startReview) }
    }
}

struct AssociationRequestInformationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request-information", abstract: "Ask the partner for more.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @OptionGroup var request: DocumentsOptions
    @OptionGroup var write: WriteOptions

    func run() throws {
        let request = try request.requested()
        try write.run { _ in
            .association(AssociationID(association), .requestInformation(request))
        }
    }
}

struct AssociationApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve an association.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @Option(help: "Why.") var reason: String?
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .approve(reason: reason)) }
    }
}

struct AssociationDeclineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Record that the customer opts out.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @Option(help: "Why.") var reason: String?
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .decline(reason: reason)) }
    }
}

struct AssociationRejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Reject an association.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @Option(help: "Why; may be given several times.") var reason: [String]
    @OptionGroup var write: WriteOptions

    func validate() throws {
        guard !reason.isEmpty else { throw ValidationError("a rejection needs a --reason") }
    }

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .reject(reasons: reason)) }
    }
}

struct AssociationDisputeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispute", abstract: "Contest a rejection.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .dispute(reason: reason)) }
    }
}

struct AssociationEndCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End an approved association.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .end(reason: reason)) }
    }
}
