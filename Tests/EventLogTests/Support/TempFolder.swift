import EventLog
import Foundation

/// A folder of its own for one test, removed with the value that holds it.
final class TempFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("event-log-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A file or folder in it.
    func path(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    /// Adds bytes as a program that knows no lock would.
    func add(_ text: String, to name: String) throws {
        try write(bytes(of: name) + Array(text.utf8), to: name)
    }

    func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    func text(of name: String) throws -> String {
        String(decoding: try bytes(of: name), as: UTF8.self)
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: path(name), withIntermediateDirectories: false)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path(name))
    }

    /// Puts a file in the place of another.
    func rename(_ name: String, to newName: String) throws {
        try PosixFileSystem().rename(path(name), to: path(newName))
    }

    /// Makes a symbolic link.
    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: path(name), withDestinationPath: target)
    }

    /// The names in it, in order.
    func names(_ name: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
    }

    /// A store over this folder, with sizes that fit a test.
    func store(
        segmentBytes: Int = LogLimits.segmentBytes, blockBytes: Int = LogLimits.blockBytes,
        fileSystem: any FileSystem = PosixFileSystem()
    ) -> FolderStore {
        FolderStore(
            folder: path, fileSystem: fileSystem, segmentBytes: segmentBytes,
            blockBytes: blockBytes)
    }
}

/// The name of the first segment of every log.
let firstSegment = "000000000001.jsonl"

/// Record `number` of a test log: lines of different lengths, so that a mix-up shows.
func record(_ number: Int) -> [UInt8] {
    Array("record \(number) \(String(repeating: "x", count: number % 5))".utf8)
}

/// Some records as one buffer, each ended by a line feed.
func recordLines(_ numbers: ClosedRange<Int>) -> [UInt8] {
    Array(numbers.map { record($0) + [10] }.joined())
}

/// One line as a reader delivered it.
struct ReadLine: Equatable {
    let location: LineLocation
    let text: String
}

/// Everything a source delivers from a sequence on, line by line.
func readLines(_ source: some EventSource, from sequence: Int64 = 1) throws -> [ReadLine] {
    var lines: [ReadLine] = []
    try source.read(from: sequence) { chunk in
        collect(chunk, into: &lines)
        return .next
    }
    return lines
}

/// Adds the lines of a chunk.
func collect(_ chunk: LogChunk, into lines: inout [ReadLine]) {
    _ = chunk.forEachLine { bytes, location in
        let text = String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
        lines.append(ReadLine(location: location, text: text))
        return .next
    }
}

/// The text of each line.
func texts(_ source: some EventSource, from sequence: Int64 = 1) throws -> [String] {
    try readLines(source, from: sequence).map(\.text)
}

/// The text of some records, as `texts` returns them.
func recordTexts(_ numbers: ClosedRange<Int>) -> [String] {
    numbers.map { String(decoding: record($0), as: UTF8.self) }
}

/// The fault that a piece of work throws; nil when it throws none, or something else.
func fault(_ work: () throws -> Void) -> LogFault? {
    do {
        try work()
        return nil
    } catch {
        return error as? LogFault
    }
}

/// Makes a log of records 1 to `count`, appended one by one, and returns its store.
func makeLog(
    in folder: TempFolder, records count: Int, segmentBytes: Int = LogLimits.segmentBytes
) throws -> FolderStore {
    let store = folder.store(segmentBytes: segmentBytes)
    try store.create()
    var writer = try store.openLogWriter()
    for number in 0..<count {
        _ = try writer.append(lines: [record(number + 1)], expecting: Int64(number))
    }
    return store
}
