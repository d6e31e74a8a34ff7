import ArgumentParser
import ClaimsDomain

struct AssociationSubmitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Hand an association in.")

    @Argument(help: "The association.") var association: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .submit) }
    }
}

struct AssociationStartReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start-review", abstract: "Begin to review a submitted association.")

    @Argument(help: "The association.") var association: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .startReview) }
    }
}

struct AssociationRequestInformationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request-information", abstract: "Ask the partner for more.")

    @Argument(help: "The association.") var association: String
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

    @Argument(help: "The association.") var association: String
    @Option(help: "Why.") var reason: String?
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .approve(reason: reason)) }
    }
}

struct AssociationDeclineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Record that the customer opts out.")

    @Argument(help: "The association.") var association: String
    @Option(help: "Why.") var reason: String?
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .decline(reason: reason)) }
    }
}

struct AssociationRejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Reject an association.")

    @Argument(help: "The association.") var association: String
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

    @Argument(help: "The association.") var association: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .dispute(reason: reason)) }
    }
}

struct AssociationEndCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End an approved association.")

    @Argument(help: "The association.") var association: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        try write.run { _ in .association(AssociationID(association), .end(reason: reason)) }
    }
}
