import Foundation
import Testing

@Suite("The pages of the documentation")
struct PageTests {
    private static let folder = SessionFile.repository.appending(
        path: "Sources/ClaimsLedger/ClaimsLedger.docc")

    /// Those with commands, each of which is played from its beginning in a folder of its own.
    static let played = [
        "Embedding", "FundsAndPostings", "ProofGuide", "QuickStart", "TimeAndCorrections",
    ]

    @Test("show what their commands print", arguments: played)
    func commandsAreTrue(_ name: String) throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        try Self.provide(runner)
        let examples = try ReadmeExample.all(of: Self.folder.appending(path: "\(name).md"))
        #expect(!examples.isEmpty)
        for example in examples {
            let settings = name == "QuickStart" ? ["CLAIMS_LEDGER": "my-ledger"] : [:]
            let answer = try runner.run(example.command, environment: settings)
            #expect(answer.output == example.output, "\(name): \(example.command)")
            #expect(answer.errors.isEmpty, "\(name): \(example.command)")
            #expect(answer.status == 0, "\(name): \(example.command)")
        }
    }

    @Test("have no listing that is not compiled by the tests")
    func listingsAreCompiled() throws {
        let sources = try ["ClaimsLedgerTests", "Examples/Embedding"].flatMap { folder in
            try Self.files(in: SessionFile.repository.appending(path: "Tests/\(folder)"), "swift")
                .map { Self.statements(in: try String(contentsOf: $0, encoding: .utf8)) }
        }
        var listings = 0
        for page in try Self.files(in: Self.folder, "md") {
            let text = try String(contentsOf: page, encoding: .utf8)
            for block in text.components(separatedBy: "```swift\n").dropFirst() {
                let listing = block.components(separatedBy: "\n```")[0]
                let wanted = Self.statements(in: listing)
                #expect(
                    sources.contains { $0.contains(wanted) },
                    "\(page.lastPathComponent): no test compiles\n\(listing)")
                listings += 1
            }
        }
        #expect(listings == 5)
    }

    @Test("are all linked from the first one, or are about the command line's questions")
    func pagesAreLinked() throws {
        let first = try String(
            contentsOf: Self.folder.appending(path: "ClaimsLedger.md"), encoding: .utf8)
        let names = try Self.files(in: Self.folder, "md").map {
            $0.deletingPathExtension().lastPathComponent
        }
        #expect(names.count == 14)
        for name in names where name != "ClaimsLedger" {
            #expect(first.contains("- <doc:\(name)>\n"), "\(name) is not linked")
        }
    }

    @Test("the program of the page on embedding has 30 lines")
    func programIsShort() throws {
        let program = SessionFile.repository.appending(path: "Tests/Examples/Embedding/main.swift")
        let lines = try String(contentsOf: program, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 31, "with what follows the last line feed")
    }

    /// The sample ledger with its private key, and the verifier that shares no code with ours.
    private static func provide(_ runner: CommandRunner) throws {
        let answer = try runner.run(
            """
            set -e
            cp -R "$REPOSITORY/events" .
            rm -rf events/cache
            mkdir -p tools home/.config/claims/keys
            cp "$REPOSITORY/tools/verify_proof.py" tools
            cp "$REPOSITORY/Tests/ClaimsCommandTests/Sessions/files/key" \
                home/.config/claims/keys/01700000-0000-7000-8000-000000000000.key
            chmod 600 home/.config/claims/keys/*.key
            """)
        #expect(answer.status == 0)
    }

    private static func files(in folder: URL, _ kind: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == kind }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// The lines without their indentation, blank ones and imports.
    private static func statements(in text: String) -> String {
        "\n"
            + text.components(separatedBy: "\n")
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("import ") }
            .joined(separator: "\n") + "\n"
    }
}
