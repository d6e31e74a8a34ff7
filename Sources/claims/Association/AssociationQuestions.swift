import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct AssociationListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List associations.")

    @OptionGroup var filter: PartnerFilterOptions
    @Option(help: ArgumentHelp("Only associations in this status.", valueName: "status"))
    var status: String?
    @OptionGroup var read: ReadOptions

    func run() throws {
        var selection = filter.selection
        selection.status = try status.map { status in
            try StatusOption.status(
                status, among: AssociationStatus.allCases.filter { $0 != .absent }.map(\.rawValue))
        }
        let answer = try read.ledger.open().associations(selection, at: try read.viewpoint())
        try read.give(answer, associationTable(answer))
    }
}

struct AssociationShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one association.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @OptionGroup var read: ReadOptions

    func run() throws {
        let answer = try read.ledger.open()
            .history(of: AssociationID(association), at: try read.viewpoint())
        try read.give(answer, associationDetails(answer))
    }
}

struct AssociationHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show everything that happened to an association.")

    @Argument(help: "The association.", completion: .associations) var association: String
    @OptionGroup var read: ReadOptions

    func run() throws {
        let answer = try read.ledger.open()
            .history(of: AssociationID(association), at: try read.viewpoint())
        answer.warn()
        try read.give(answer) {
            historyText(answer, as: read.format, width: read.width, style: $0)
        }
    }
}

struct AssociationExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why an association stands where it stands.",
        discussion: """
            'claims explain ID' does the same where no claim has that id, but not of a log on \
            standard input, which can be read only once.
            """)

    @Argument(help: "The association.", completion: .associations) var association: String
    @OptionGroup var read: ReadOptions

    func run() throws { try read.explain(AssociationID(association), in: read.ledger.open()) }
}

struct AssociationCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Show what an association still needs, and which rule says so.",
        discussion: """
            Exit code 1 when a rule is broken. 'claims check ID' does the same where no claim has \
            that id, but not of a log on standard input, which can be read only once.

            Example:
              claims association check CPOR-2001 --as-of 2019-12-30
            """)

    @Argument(help: "The association.", completion: .associations) var association: String
    @OptionGroup var read: ReadOptions

    func run() throws { try read.check(AssociationID(association), in: read.ledger.open()) }
}

extension ReadOptions {
    /// Answers why an association stands where it stands.
    func explain(_ association: AssociationID, in ledger: Ledger) throws {
        let answer = try ledger.explanation(of: association, at: try viewpoint())
        answer.warn()
        let report = AssociationExplanationReport(answer)
        try give(answer) { report.text(as: format, width: width, style: $0) }
        guard answer.value.addsUp else {
            throw Stop(
                code: Stop.checkFailed,
                message: "error: the events do not lead to the status; look with 'claims verify'")
        }
    }

    /// Answers what an association still needs; exit code 1 when a rule is broken.
    func check(_ association: AssociationID, in ledger: Ledger) throws {
        let answer = try ledger.check(association, at: try viewpoint())
        try give(answer, checkTable(answer, association: association))
        if answer.value.contains(where: { $0.state == .broken }) {
            throw Stop(code: Stop.checkFailed, message: nil)
        }
    }
}

/// One question about a claim or, where no claim has the id, about an association.
enum EitherSubject {
    /// Asks about the claim first; its error is told when there is no such association either,
    /// unless only the associations have a name like it.
    static func ask(claim: () throws -> Void, association: () throws -> Void) throws {
        do {
            try claim()
        } catch let unknown as LedgerError where unknown.category == .notFound {
            do {
                try association()
            } catch let error as LedgerError where error.category == .notFound {
                let hasHint = { (error: LedgerError) in "\(error)".contains("did you mean") }
                throw hasHint(error) && !hasHint(unknown) ? error : unknown
            }
        }
    }
}
