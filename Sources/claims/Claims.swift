import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsReports

/// The command line: parses, runs, and turns every error into its exit code.
@main
struct Claims: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims",
        abstract: "An event-sourced ledger for incentive claims.",
        discussion: """
            Every action on a claim or a fund is one line appended to a log of JSON lines; every \
            answer is computed by replaying it.

            Examples:
              claims replay --ledger events
              claims balance --partner 4567890 --as-of 2020-06-30
              claims history CLM-1042
              claims submit CLM-1042 --by u-17

            The ledger folder comes from --ledger, else CLAIMS_LEDGER, else ./events.
            Questions about a log of 4 MiB or more keep an index in its folder 'cache', which \
            changes no answer; CLAIMS_INDEX=off replays the log instead.
            Exit codes: 0 done; 1 refused by a rule, or a check found something; 64 wrong usage; \
            65 bad data; 66 no such ledger, file or claim; 73 cannot create; 74 input/output \
            error; 75 another writer holds the lock.
            """,
        version: "claims 0.1.0 (ledger format \(LedgerSettings.formatVersion), CloudEvents 1.0, "
            + "index format \(IndexPolicy.formatVersion), tiles C2SP tlog-tiles, "
            + "report format \(ReportPage.formatVersion))",
        subcommands: [
            InitCommand.self, ProgramCommand.self, PartnerCommand.self, PeriodCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "A partner's claim",
                subcommands: [
                    CreateCommand.self, AmendCommand.self, RequestEvidenceCommand.self,
                    AttachCommand.self, DetachCommand.self, CommentCommand.self,
                    SubmitCommand.self, WithdrawCommand.self, DisputeCommand.self,
                ]),
            CommandGroup(
                name: "Review",
                subcommands: [
                    StartReviewCommand.self, EndorseCommand.self, RequestDocumentsCommand.self,
                    ApproveCommand.self, RejectCommand.self, GrantExceptionCommand.self,
                ]),
            CommandGroup(
                name: "Payment",
                subcommands: [
                    RequestPaymentCommand.self, ReimburseCommand.self,
                    ReverseReimbursementCommand.self,
                ]),
            CommandGroup(
                name: "Funds and associations",
                subcommands: [FundCommandGroup.self, AssociationCommandGroup.self]),
            CommandGroup(
                name: "Questions",
                subcommands: [
                    ReplayCommand.self, ListCommand.self, ShowCommand.self, HistoryCommand.self,
                    BalanceCommand.self, ExplainCommand.self, DiffCommand.self,
                    CheckCommand.self, FindingsCommand.self,
                    DeadlinesCommand.self, RetentionCommand.self, ReportCommand.self,
                    LogCommand.self, FollowCommand.self,
                ]),
            CommandGroup(
                name: "Upkeep",
                subcommands: [
                    RepairCommand.self, DoctorCommand.self, ImportCommand.self,
                    ReconcileCommand.self,
                    ExportCommandGroup.self, GenerateCommand.self, AppendRateCommand.self,
                    CopyCommand.self, WriterRateCommand.self,
                ]),
            CommandGroup(
                name: "Proof",
                subcommands: [
                    VerifyCommand.self, CheckpointCommand.self, CosignCommand.self,
                    ProveCommand.self, VerifyProofCommand.self, ReproduceCommand.self,
                ]),
        ])

    static func main() {
        do {
            var command = try parseAsRoot()
            do {
                try command.run()
            } catch let error as ValidationError {
                throw Stop(
                    code: Stop.usage,
                    message: "error: \(error.message)\n  fix: see '\(name(of: command)) --help'")
            }
        } catch let error as LedgerError {
            Console.error(error.description)
            exit(withError: ExitCode(error.exitCode))
        } catch let stop as Stop {
            if let message = stop.message { Console.error(message) }
            exit(withError: ExitCode(stop.code))
        } catch {
            // Help and the version come this way too, as does what the parser finds wrong.
            if exitCode(for: error) == .validationFailure {
                Console.error(UsageError.text(error))
                exit(withError: ExitCode(Stop.usage))
            }
            exit(withError: error)
        }
    }

    /// How a command is called, with the commands it stands under.
    private static func name(of command: any ParsableCommand) -> String {
        func path(_ root: any ParsableCommand.Type) -> [String]? {
            let name = root.configuration.commandName ?? "\(root)"
            guard root != type(of: command) else { return [name] }
            let groups = root.configuration.groupedSubcommands.flatMap(\.subcommands)
            for child in root.configuration.subcommands + groups {
                if let found = path(child) { return [name] + found }
            }
            return nil
        }
        return path(Claims.self)?.joined(separator: " ") ?? "claims"
    }
}

/// Ends the program with a code, after a message for people.
struct Stop: Error {
    let code: Int32
    let message: String?

    /// A check found something.
    static let checkFailed: Int32 = 1
    /// Wrong usage.
    static let usage: Int32 = 64
    /// Bad data.
    static let badData: Int32 = 65
    /// No such file.
    static let noInput: Int32 = 66
    /// A file cannot be made.
    static let cannotCreate: Int32 = 73
    /// An input or output error.
    static let inputOutput: Int32 = 74
}

extension LedgerError {
    /// The exit code of the command-line contract.
    var exitCode: Int32 {
        if case .refusal(.unknownClaim) = reason { return Stop.noInput }
        if case .refusal(.unknownAssociation) = reason { return Stop.noInput }
        return switch category {
        case .refused: 1
        case .badData: 65
        case .notFound: 66
        case .cannotCreate: 73
        case .inputOutput: 74
        case .locked: 75
        }
    }
}
