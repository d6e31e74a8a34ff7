import Foundation

/// Runs shell commands with the program just built, each time in the same surroundings: a folder of
/// their own, a fixed clock, no settings of the user's.
struct CommandRunner {
    /// The time the commands are run at.
    static let now = "2020-03-02T10:00:00Z"

    /// The folder the commands run in.
    let folder: URL
    private let outputs: URL
    private let program: URL

    /// Makes a folder under the system's temporary one.
    init() throws {
        program = try Self.program()
        let root = FileManager.default.temporaryDirectory
            .appending(path: "claims-session-\(UUID().uuidString)")
        folder = root.appending(path: "in")
        outputs = root.appending(path: "out")
        for path in [folder.appending(path: "home"), outputs] {
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        }
    }

    /// Deletes the folder.
    func remove() { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

    /// The program, beside the test bundle, or the one of `CLAIMS_BINARY`.
    static func program() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["CLAIMS_BINARY"] {
            return URL(filePath: path)
        }
        let places = [
            URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent(),
            Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
        ]
        let found = places.map { $0.appending(path: "claims") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) }
        guard let found else { throw CocoaError(.fileNoSuchFile) }
        return found
    }

    /// Runs a command to its end; nothing is on its standard input.
    func run(_ command: String, environment more: [String: String] = [:]) throws -> Session.Answer {
        let files = [outputs.appending(path: "stdout"), outputs.appending(path: "stderr")]
        let handles = try files.map { file in
            _ = FileManager.default.createFile(
                atPath: file.path(percentEncoded: false), contents: nil)
            return try FileHandle(forWritingTo: file)
        }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        process.environment = surroundings.merging(more) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        try process.run()
        process.waitUntilExit()
        for handle in handles { try handle.close() }
        return Session.Answer(
            output: try Self.lines(of: files[0]), errors: try Self.lines(of: files[1]),
            status: process.terminationStatus)
    }

    private var surroundings: [String: String] {
        let programs = program.deletingLastPathComponent().path(percentEncoded: false)
        return [
            "PATH": "\(programs):/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC",
            "HOME": folder.appending(path: "home").path(percentEncoded: false),
            "CLAIMS_NOW": Self.now, "CLAIMS_BY": "u-1",
            "REPOSITORY": SessionFile.repository.path(percentEncoded: false),
        ]
    }

    /// The lines of a text; one that does not end is marked.
    private static func lines(of file: URL) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        guard !text.isEmpty else { return [] }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" {
            lines.removeLast()
        } else {
            lines.append("(no line feed at the end)")
        }
        return lines
    }
}
