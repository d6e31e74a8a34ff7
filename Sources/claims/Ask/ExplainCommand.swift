import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why a claim or a fund stands where it stands.",
        usage: """
            claims explain <claim> [<options>]
            claims explain <partner> <period> [<bucket>] [<options>]
            """,
        discussion: """
            One argument is a claim: its events, what the rules said to each, what each moved, and \
            the lines that add up to its figures; or an association: its events, the rules each \
            happened under and the clock each started. Two or three are a fund: the postings \
            behind its balance, or behind one bucket of it.

            Examples:
              claims explain CLM-1042
              claims explain 4567890 FY20-H2 available --as-of 2020-06-30
            """)

    @Argument(help: "The claim, the association, or the partner.", completion: .subjects)
    var subject: String
    @Argument(help: "The usage period.", completion: .periods) var period: String?
    @Argument(help: ArgumentHelp("The bucket: \(Self.bucketNames).")) var bucket: String?
    @Option(help: ArgumentHelp("Only funds of this program.", valueName: "id"))
    var program: String?
    @Option(help: ArgumentHelp("Only funds in this currency.", valueName: "code"))
    var currency: String?
    @OptionGroup var read: ReadOptions

    private static let bucketNames = Bucket.inReportOrder.map(\.rawValue).joined(separator: ", ")

    func run() throws {
        guard let question = try question() else {
            let ledger = try read.ledger.open(rereads: true)
            return try EitherSubject.ask {
                try explainClaim(in: ledger)
            } association: {
                try read.explain(AssociationID(subject), in: ledger)
            }
        }
        let answer = try read.ledger.open().explanations(of: question, at: try read.viewpoint())
        answer.warn()
        let report = AccountExplanationReport(answer, to: question)
        try read.give(answer) { report.text(as: read.format, width: read.width, style: $0) }
        try Self.check(answer.value.allSatisfy(\.addsUp))
    }

    private func explainClaim(in ledger: Ledger) throws {
        let answer = try ledger.explanation(of: ClaimID(subject), at: try read.viewpoint())
        answer.warn()
        let report = ClaimExplanationReport(answer)
        try read.give(answer) { report.text(as: read.format, width: read.width, style: $0) }
        try Self.check(answer.value.addsUp)
    }

    /// Which funds are asked about; nil for a claim.
    private func question() throws -> FundQuestion? {
        guard let period else {
            guard program == nil, currency == nil else {
                throw ValidationError(
                    "--program and --currency choose among the funds of a partner; "
                        + "name the usage period after the partner")
            }
            return nil
        }
        return FundQuestion(
            partner: PartnerID(subject), period: PeriodLabel(period),
            program: program.map { ProgramID($0) }, currency: try currency.map(Self.currency),
            bucket: try bucket.map(Self.bucket))
    }

    private static func bucket(_ text: String) throws -> Bucket {
        if let bucket = Bucket(rawValue: text) { return bucket }
        let hint = NearestName.hint(for: text, among: Bucket.inReportOrder.map(\.rawValue))
        throw ValidationError("there is no bucket '\(text)'; expected \(bucketNames)\(hint)")
    }

    private static func currency(_ code: String) throws -> Currency {
        guard let currency = Currency(code: code) else {
            throw ValidationError("there is no currency '\(code)'; expected a code such as 'USD'")
        }
        return currency
    }

    /// An explanation that does not add up is given all the same, but never as a success.
    private static func check(_ addsUp: Bool) throws {
        guard !addsUp else { return }
        throw Stop(
            code: Stop.checkFailed,
            message: "error: the lines do not add up to the figures; look with 'claims verify'")
    }
}
