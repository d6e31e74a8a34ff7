import Foundation
import Testing

/// A session file beside the tests.
struct SessionFile: CustomTestStringConvertible, Sendable {
    let path: URL

    var testDescription: String { path.lastPathComponent }

    /// The repository.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let folder = repository.appending(path: "Tests/ClaimsCommandTests/Sessions")

    /// All of them, by name.
    static let all: [SessionFile] = {
        let found = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        return (found ?? []).filter { $0.pathExtension == "session" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }.map { SessionFile(path: $0) }
    }()

    /// Plays the session; each answer that differs is an issue.
    ///
    /// It has a folder with the shared files and `sample`, the repository's sample ledger. With
    /// `RECORD_GOLDEN=1` the answers are written down instead, and it fails all the same.
    func play() throws {
        let expected = try Session(String(contentsOf: path, encoding: .utf8))
        let runner = try CommandRunner()
        defer { runner.remove() }
        try provide(runner.folder)
        guard try canRun(expected, runner) else { return }
        var found = expected
        for (index, element) in expected.elements.enumerated() {
            switch element {
            case .remark: break
            case .file(let name, let lines):
                let content = lines.map { "\($0)\n" }.joined()
                try Data(content.utf8).write(to: runner.folder.appending(path: name))
            case .step(let step):
                let answer = try runner.run(step.command.joined(separator: "\n"))
                found.elements[index] = .step(Session.Step(command: step.command, answer: answer))
                let escapes = (answer.output + answer.errors).filter { $0.contains("\u{1B}") }
                #expect(escapes.isEmpty, "escape codes in the answer of '\(step.command[0])'")
            }
        }
        guard found != expected else { return }
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try Data(found.text.utf8).write(to: path)
            Issue.record("recorded \(path.lastPathComponent)")
        } else {
            for (wanted, given) in zip(expected.elements, found.elements) where wanted != given {
                Issue.record("\(path.lastPathComponent): \(Self.difference(wanted, given))")
            }
        }
    }

    /// Whether root's rights can be laid down where a session needs that; if not, it is left out.
    private func canRun(_ session: Session, _ runner: CommandRunner) throws -> Bool {
        guard session.text.contains("as-nobody") else { return true }
        let isAble = try runner.run("./as-nobody claims --version").status == 0
        if !isAble { print("notice: left out as root: \(path.lastPathComponent)") }
        return isAble
    }

    private func provide(_ folder: URL) throws {
        let files = FileManager.default
        let shared = Self.folder.appending(path: "files")
        for file in try files.contentsOfDirectory(at: shared, includingPropertiesForKeys: nil) {
            try files.copyItem(at: file, to: folder.appending(path: file.lastPathComponent))
        }
        try files.createSymbolicLink(
            at: folder.appending(path: "sample"),
            withDestinationURL: Self.repository.appending(path: "events"))
    }

    private static func difference(
        _ expected: Session.Element, _ found: Session.Element
    ) -> String {
        let texts = [expected, found].map { Session(elements: [$0]).text }
        return "expected\n\(texts[0])found\n\(texts[1])"
    }
}
