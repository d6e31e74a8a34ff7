import ArgumentParser
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsReports

struct ReconcileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "Hold what others report against the ledger.",
        subcommands: [ReconcilePaymentsCommand.self])
}

struct ReconcilePaymentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments",
        abstract: "Compare a payments report (CSV or TSV) with the reimbursements of the ledger.",
        discussion: """
            Payments are compared by their id, those left by the claim the report names, then by \
            amounts that add up in one way only. What was earned is compared with what the ledger \
            says is settled; a difference that is one of the report's own taxes is explained by \
            it. Classes: \(ReconciliationClass.allCases.map(\.rawValue).joined(separator: ", ")). \
            Ends with 0 when all matches or is explained, with 1 otherwise. --record writes the \
            outcome into the trail of every claim compared, with the SHA-256 of the report.

            Examples:
              claims reconcile payments payments.csv --from 2020-02-01 --to 2020-02-29
              claims reconcile payments payments.csv --differences --format csv
            """)

    @Argument(help: "The report, or - for standard input.") var file: String
    @OptionGroup var filter: PartnerFilterOptions
    @Option(help: ArgumentHelp("Only what is paid from this day on.", valueName: "date"))
    var from: String?
    @Option(help: ArgumentHelp("Only what is paid up to this day.", valueName: "date"))
    var to: String?
    @Flag(help: "Show only what does not match; the totals are of all.") var differences = false
    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            "Show only this class; may be repeated. The totals are of all.", valueName: "class"))
    var classes: [String] = []
    @Flag(help: "Record the outcome as a comment on every claim compared, once a report.")
    var record = false
    @Option(help: ArgumentHelp("Who records it: an opaque id.", valueName: "actor"))
    var by: String?
    @OptionGroup var names: ReportMappingOptions
    @OptionGroup var read: ReadOptions

    func validate() throws {
        if record, read.point.asOf != nil || read.point.knownAt != nil {
            throw ValidationError(
                "--record is for the ledger as it is, without --as-of and --known-at")
        }
        if by != nil, !record { throw ValidationError("--by needs --record beside it") }
    }

    func run() throws {
        let shown = try classes.map(Self.kind)
        let answer = try PaymentsReport.reconcile(
            file, with: try read.ledger.open(), try names.mapping(), try scope(),
            at: try read.viewpoint())
        answer.warn()
        try read.give(
            answer,
            text: reconciliationText(answer, as: read.format, width: read.width) { row in
                (shown.isEmpty || shown.contains(row.kind)) && !(differences && row.kind.agrees)
            })
        if record, Reproduction.current == nil { try note(answer.value) }
        let unmatched = answer.value.rows.count { !$0.kind.agrees }
        guard unmatched > 0 else { return }
        throw Stop(
            code: Stop.checkFailed,
            message: "note: \(unmatched) of \(answer.value.rows.count) comparisons do not match")
    }

    private func note(_ found: Reconciliation) throws {
        var writer = try read.ledger.open().openWriter()
        let actor = try ActorOption.actor(by)
        let counts = try ReconciliationRecord.write(
            found, into: &writer, by: actor, now: try Edge.now())
        Console.note(
            "\(counts.recorded) outcomes recorded on their claims, \(counts.repeated) before")
    }

    private func scope() throws -> ReconciliationScope {
        var scope = ReconciliationScope()
        scope.program = filter.selection.program
        scope.partner = filter.selection.partner
        scope.from = try from.map { try DayOption.day($0, option: "--from") }
        scope.to = try to.map { try DayOption.day($0, option: "--to") }
        return scope
    }

    private static func kind(_ text: String) throws -> ReconciliationClass {
        if let kind = ReconciliationClass(rawValue: text) { return kind }
        let hint = NearestName.choice(
            for: text, among: ReconciliationClass.allCases.map(\.rawValue))
        throw ValidationError("there is no class '\(text)'\(hint)")
    }
}
