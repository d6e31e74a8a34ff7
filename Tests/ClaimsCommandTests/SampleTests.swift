import Foundation
import Testing

@Suite("The sample ledger and the README")
struct SampleTests {
    @Test("The sample is what tools/make-sample makes, byte for byte", .timeLimit(.minutes(10)))
    func sampleIsAsMade() throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        let script = SessionFile.repository.appending(path: "tools/make-sample")
            .path(percentEncoded: false)
        let answer = try runner.run(
            "'\(script)' --check",
            environment: ["CLAIMS_BINARY": CommandRunner.program().path(percentEncoded: false)])
        #expect(answer.status == 0, "\((answer.output + answer.errors).joined(separator: "\n"))")
    }

    @Test("Each line of the sample verifies")
    func sampleVerifies() throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        try Self.copySample(to: runner.folder)
        let answer = try runner.run("claims verify")
        #expect(answer.status == 0)
        #expect(answer.errors.isEmpty)
    }

    @Test("The sample has each event type, claim status, payment state and association status")
    func sampleIsComplete() throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        try Self.copySample(to: runner.folder)
        func words(_ command: String) throws -> [String] { try runner.run(command).output }
        let replay = try words("claims replay --format json").joined(separator: "\n")
        let claims = try words("claims list --format csv")
        let associations = try words("claims association list --format csv")
        let types = try words("grep -oh '\"type\":\"[a-z_.]*\"' events/*.jsonl | sort -u")
        #expect(types.count == 35)
        #expect(replay.contains("\"claimCount\": \(claims.count - 1)"))
        #expect(claims.count > 80)
        let statuses = [
            "editing", "expired", "submitted", "under_review", "action_required", "approved",
            "rejected", "disputed", "withdrawn",
        ]
        for status in statuses { #expect(claims.contains { $0.contains(",\(status),") }) }
        for state in ["unpaid", "partly_paid", "paid", "reversed"] {
            #expect(claims.contains { $0.contains(",\(state),") })
        }
        for status in statuses + ["ended"] where !["expired", "withdrawn"].contains(status) {
            #expect(associations.contains { $0.contains(",\(status),") })
        }
    }

    @Test("The README shows what its commands print", arguments: try ReadmeExample.all())
    func readmeIsTrue(_ example: ReadmeExample) throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        try Self.copySample(to: runner.folder)
        let answer = try runner.run(
            example.command.replacingOccurrences(of: "swift run claims", with: "claims"))
        #expect(answer.output == example.output)
        #expect(answer.status == 0)
    }

    @Test("The recipes show what their commands print", arguments: try ReadmeExample.recipes())
    func recipesAreTrue(_ example: ReadmeExample) throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        try Self.copySample(to: runner.folder)
        let answer = try runner.run(example.command)
        #expect(answer.output == example.output)
        #expect(answer.status == 0)
        #expect(answer.errors.isEmpty)
    }

    @Test("The recipes answer twenty questions, each with a command of the program")
    func recipesAreTwenty() throws {
        let page = try String(contentsOf: ReadmeExample.recipePage, encoding: .utf8)
        let questions = page.components(separatedBy: "\n### ").dropFirst()
        #expect(questions.count == 20)
        for (index, question) in questions.enumerated() {
            #expect(question.hasPrefix("\(index + 1). "))
            #expect(question.contains("```console\n$ claims "), "\(question.prefix(60))")
        }
    }

    private static func copySample(to folder: URL) throws {
        try FileManager.default.copyItem(
            at: SessionFile.repository.appending(path: "events"),
            to: folder.appending(path: "events"))
    }
}

/// A command of the README with the output shown: in its `console` blocks, after a `$`.
struct ReadmeExample: CustomTestStringConvertible, Sendable {
    let command: String
    var output: [String] = []

    var testDescription: String { command }

    /// All of the README, in their order.
    static func all() throws -> [ReadmeExample] {
        try all(of: SessionFile.repository.appending(path: "README.md"))
    }

    /// The page of questions people ask; what needs other tools is run by tools/peers.
    static let recipePage = SessionFile.repository.appending(
        path: "Sources/ClaimsLedger/ClaimsLedger.docc/Recipes.md")

    /// All of the recipes that need the program alone.
    static func recipes() throws -> [ReadmeExample] { try all(of: recipePage) }

    /// All of a page.
    static func all(of page: URL) throws -> [ReadmeExample] {
        var examples: [ReadmeExample] = []
        var isConsole = false
        for line in try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n") {
            if line.hasPrefix("```") {
                isConsole = line == "```console"
            } else if isConsole, line.hasPrefix("$ ") {
                examples.append(ReadmeExample(command: String(line.dropFirst(2))))
            } else if isConsole, !examples.isEmpty {
                examples[examples.count - 1].output.append(line)
            }
        }
        // The blank line before the next command is nobody's output.
        return examples.map { example in
            var example = example
            while example.output.last == "" { example.output.removeLast() }
            return example
        }
    }
}
