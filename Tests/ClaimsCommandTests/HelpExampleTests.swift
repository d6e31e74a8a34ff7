import Foundation
import Testing

@Suite("The examples in the help")
struct HelpExampleTests {
    /// What the examples need beside the sample ledger.
    private static let provisions = #"""
        set -e
        cp "$REPOSITORY/events/programs/csp-indirect-reseller.json" .
        printf invoice > invoice.pdf
        mkdir -p scans home/.config/claims/keys
        cp "$REPOSITORY/Tests/ClaimsCommandTests/Sessions/files/key" \
            home/.config/claims/keys/01700000-0000-7000-8000-000000000000.key
        chmod 600 home/.config/claims/keys/*.key
        cp events/000000000001.jsonl portal-2019.jsonl
        gzip -c events/000000000001.jsonl > 2019.jsonl.gz
        """#

    @Test("each example runs as it stands, or is refused by a rule only")
    func examplesRun() throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        try FileManager.default.copyItem(
            at: SessionFile.repository.appending(path: "events"),
            to: runner.folder.appending(path: "events"))
        #expect(try runner.run(Self.provisions).status == 0)
        let examples = try Self.examples(runner)
        #expect(examples.count >= 40)
        for example in examples where !Self.isOfManyHands(example) {
            let answer = try runner.run(
                example, environment: ["CLAIMS_NOW": "2020-09-20T10:00:00Z"])
            #expect(
                [0, 1].contains(answer.status),
                "'\(example)' ends with \(answer.status): \(answer.errors.prefix(3))")
        }
    }

    /// Examples that need a witness's or an auditor's files, or a portal's reports, which sessions
    /// make; a database server; a second ledger; or ten minutes.
    private static func isOfManyHands(_ example: String) -> Bool {
        [
            "--key", "--policy", "claims init", "--events 2000000", "import xes", "report.csv",
            "payments.csv", "| psql", "| duckdb", "| sqlite3", "postgresql://",
        ]
        .contains { example.contains($0) }
    }

    /// The lines of all helps that begin with `claims`, below `Example`, with what continues them.
    private static func examples(_ runner: CommandRunner) throws -> [String] {
        let help = try runner.run("claims --experimental-dump-help").output.joined(separator: "\n")
        let root = try JSONDecoder().decode(Tool.self, from: Data(help.utf8)).command
        return root.all.flatMap { command -> [String] in
            var found: [String] = []
            var isBelow = false
            var isContinued = false
            for line in (command.discussion ?? "").components(separatedBy: "\n") {
                if line.hasPrefix("Example") { isBelow = true }
                let text = line.trimmingCharacters(in: .whitespaces)
                if isContinued {
                    found[found.count - 1] += " " + text.replacing("\\", with: "")
                } else if isBelow, line.hasPrefix("  "), text.contains("claims ") {
                    found.append(text.replacing("\\", with: ""))
                } else {
                    continue
                }
                isContinued = text.hasSuffix("\\")
            }
            return found
        }
    }

    private struct Tool: Decodable { let command: Command }

    private struct Command: Decodable {
        let discussion: String?
        let subcommands: [Command]?
        var all: [Command] { [self] + (subcommands ?? []).flatMap(\.all) }
    }
}
