import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsReports

struct ProgramCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "program", abstract: "Programs and their rules.",
        subcommands: [
            ProgramPublishCommand.self, ProgramListCommand.self, ProgramShowCommand.self,
        ])
}

struct ProgramPublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publish a program's rules from a file.",
        discussion: """
            Rules apply to what happens from their publication on. Without --at they count as \
            published on the day they take effect, or now if that is still to come.
            """)

    @Argument(help: "The program file.") var file: String
    @OptionGroup var write: WriteOptions

    func run() throws {
        let program = try ProgramFile.read(file)
        var write = write
        write.at = try write.at ?? Self.publicationTime(program)
        try write.run { _ in .publish(program) }
    }

    /// When rules count as published: when they took effect, or now if that is still to come.
    static func publicationTime(_ program: Program) throws -> String {
        min(program.effectiveAt, try Edge.now()).description
    }
}

struct ProgramListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the published versions of programs.")

    @OptionGroup var read: ReadOptions

    func run() throws {
        let answer = try read.ledger.open().programs(at: try read.viewpoint())
        try read.give(answer, programTable(answer))
    }
}

struct ProgramShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the rules of a program.")

    @Argument(help: "The program.") var program: String
    @Option(help: ArgumentHelp("A version; the latest published without it.", valueName: "name"))
    var ruleVersion: String?
    @OptionGroup var read: ReadOptions

    func run() throws {
        let answer = try read.ledger.open().programs(at: try read.viewpoint())
        let versions = answer.value.filter { $0.rules.id.text == program }
        guard
            let version = versions.last(where: {
                ruleVersion == nil || $0.rules.version == ruleVersion
            })
        else {
            let known =
                versions.isEmpty ? answer.value.map(\.rules.id.text) : versions.map(\.rules.version)
            let wanted =
                versions.isEmpty
                ? "program '\(program)' in this ledger"
                : "version '\(ruleVersion ?? "")' of program '\(program)'"
            let nearest = NearestName.suggestion(
                for: versions.isEmpty ? program : ruleVersion ?? "", among: known)
            let fix = nearest.map { "did you mean '\($0)'?" } ?? "look with 'claims program list'"
            throw Stop(
                code: Stop.noInput,
                message: "error: there is no \(wanted)\n  fix: \(fix)")
        }
        answer.warn()
        try read.give(
            answer,
            text: programText(
                version, notes: headerNotes(answer), as: read.format, width: read.width))
    }
}
