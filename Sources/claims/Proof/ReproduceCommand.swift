import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsReports

/// A command that only reads, so that a stamp may have it run again.
protocol ReadCommand: ParsableCommand {}

extension ReplayCommand: ReadCommand {}
extension ListCommand: ReadCommand {}
extension ShowCommand: ReadCommand {}
extension HistoryCommand: ReadCommand {}
extension BalanceCommand: ReadCommand {}
extension ExplainCommand: ReadCommand {}
extension DiffCommand: ReadCommand {}
extension CheckCommand: ReadCommand {}
extension FindingsCommand: ReadCommand {}
extension DeadlinesCommand: ReadCommand {}
extension RetentionCommand: ReadCommand {}
extension LogCommand: ReadCommand {}
extension ProgramListCommand: ReadCommand {}
extension ProgramShowCommand: ReadCommand {}
extension PartnerListCommand: ReadCommand {}
extension AssociationListCommand: ReadCommand {}
extension AssociationShowCommand: ReadCommand {}

struct ReproduceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce",
        abstract: "Ask the question of a stamp again, and compare the bytes of the answer.",
        discussion: """
            A stamp is what --stamp writes beside an answer or a receipt. The question is asked of \
            the log as it was then, whatever was appended since. Exit code 0 means that the log \
            still begins with the same events and gives the same bytes; 1 that it does not.

            Example:
              claims balance --partner 4567890 --stamp balance.stamp --output balance.txt
              claims reproduce balance.stamp
            """)

    @Argument(help: "The stamp.") var stamp: String
    @OptionGroup var ledger: LedgerOptions
    @Option(help: "How to give the answer.") var format: OutputFormat = .table

    func run() throws {
        let found = try Stamp.read(stamp)
        let ledger = try ledger.open()
        let isSigned = try ledger.check(found)
        if found.version != Claims.configuration.version {
            Console.note("the stamp was made by \(found.version)")
        }
        if found.query.first == RetentionCommand.configuration.commandName,
            try ledger.vault().exists()
        {
            Console.note(
                "the vault is looked at as it is today: a document kept or removed since the "
                    + "stamp was made makes the answer another")
        }
        let sha256 = try bodySHA256(found, ledger)
        let isSame = sha256 == found.bodySHA256
        try Console.answer(
            renderObject(
                reproductionDetails(found, isSame: isSame, sha256: sha256, isSigned: isSigned),
                as: format, width: Console.width))
        if !isSame { throw Stop(code: Stop.checkFailed, message: nil) }
    }

    private func bodySHA256(_ stamp: Stamp, _ ledger: Ledger) throws -> String {
        let surroundings = try Reproduction(of: stamp, ledger: self.ledger.path)
        try Reproduction.$current.withValue(surroundings) {
            switch stamp.answer {
            case .read: try ask(stamp.query)
            case .receipt, .repeatedReceipt: try giveReceipt(stamp, ledger)
            }
        }
        return surroundings.bodySHA256
    }

    private func ask(_ query: [String]) throws {
        guard var command = try? Claims.parseAsRoot(query), command is any ReadCommand else {
            throw Stop(
                code: Stop.badData,
                message: "\(stamp): error: the stamp's query is not a question: "
                    + "'\(query.joined(separator: " "))'")
        }
        do {
            try command.run()
        } catch let stop as Stop where stop.code == Stop.checkFailed {
            // The answer is given; that it found something is a part of it.
        }
    }

    private func giveReceipt(_ stamp: Stamp, _ ledger: Ledger) throws {
        guard let format = OutputFormat(rawValue: stamp.outputFormat) else {
            throw Stop(
                code: Stop.badData,
                message: "\(self.stamp): error: there is no format '\(stamp.outputFormat)'")
        }
        let receipt = try ledger.receipt(
            at: stamp.size, isRepeated: stamp.answer == .repeatedReceipt)
        let details = receiptDetails(
            receipt, isRehearsal: false, isForPeople: format == .table || format == .markdown)
        try Console.answer(renderObject(details, as: format, width: Console.width))
    }
}
