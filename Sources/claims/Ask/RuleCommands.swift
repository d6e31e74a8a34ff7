import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Show what a claim or an association still needs, and which rule says so.",
        discussion: """
            Exit code 1 when a rule is broken and no exception was granted.

            Example, on the day of the deadline:
              claims check CLM-1042 --as-of 2020-08-15
            """)

    @Argument(help: "The claim, or the association.", completion: .subjects) var claim: String
    @OptionGroup var read: ReadOptions

    func run() throws {
        let ledger = try read.ledger.open(rereads: true)
        try EitherSubject.ask {
            try check(in: ledger)
        } association: {
            try read.check(AssociationID(claim), in: ledger)
        }
    }

    private func check(in ledger: Ledger) throws {
        let answer = try ledger.check(ClaimID(claim), at: try read.viewpoint())
        try read.give(answer, checkTable(answer, claim: ClaimID(claim)))
        if answer.value.contains(where: { $0.state == .broken }) {
            throw Stop(code: Stop.checkFailed, message: nil)
        }
    }
}

struct FindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", abstract: "Show what history did against the rules.",
        discussion: """
            Nothing is refused or changed: what is in the log happened. Each finding has a code, the \
            event it is about, and what to look at first, since not every finding is a wrong. Exit \
            code 1 when there are any.

            Example:
              claims findings --count
            """)

    @OptionGroup var filter: PartnerFilterOptions
    @Option(
        help: ArgumentHelp("Only this claim.", valueName: "id"), completion: .claims)
    var claim: String?
    @Option(help: ArgumentHelp("Only findings of this code.", valueName: "code")) var code: String?
    @Flag(help: "Count the findings of each code.") var count = false
    @OptionGroup var read: ReadOptions

    func run() throws {
        var selection = filter.selection
        selection.claim = claim.map { ClaimID($0) }
        let code = try code.map(Self.code)
        let all = try read.ledger.open().findings(selection, at: try read.viewpoint())
        let answer = all.map { $0.only(code) }
        try read.give(answer, count ? findingCountTable(answer) : findingTable(answer))
        if !answer.value.rows.isEmpty { throw Stop(code: Stop.checkFailed, message: nil) }
    }

    private static func code(_ text: String) throws -> FindingCode {
        if let code = FindingCode(rawValue: text) { return code }
        let known = FindingCode.allCases.map(\.rawValue)
        let hint = NearestName.hint(
            for: text, among: known, else: "the codes are \(known.joined(separator: ", "))")
        throw ValidationError("there is no finding '\(text)'\(hint)")
    }
}
