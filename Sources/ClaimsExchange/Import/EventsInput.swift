import ClaimsCodec
import ClaimsLedger
import EventLog

/// An input of events that is open, with its first bytes read: lines, or one array.
struct EventsInput: ~Copyable {
    private let file: OpenFile
    private let fileSystem: any FileSystem
    /// What was read of it already.
    let ahead: [UInt8]
    /// Whether its first byte that is no white space opens an array.
    let isBatch: Bool

    /// Opens a file; `-` is the standard input.
    init(_ path: String, on fileSystem: any FileSystem = PosixFileSystem()) throws(SystemError) {
        let file = path == "-" ? .standardInput : try fileSystem.open(path, for: .reading)
        do throws(SystemError) {
            ahead = try Self.beginning(of: file, on: fileSystem)
        } catch {
            if file != .standardInput { fileSystem.close(file) }
            throw error
        }
        let opening = ahead.first { !Self.whiteSpace.contains($0) }
        isBatch = opening == UInt8(ascii: "[")
        self.file = file
        self.fileSystem = fileSystem
    }

    /// The bytes up to one that is no white space, and what came with it.
    private static func beginning(
        of file: OpenFile, on fileSystem: any FileSystem
    ) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let known = bytes.count
            bytes = try fileSystem.read(
                file, at: nil, count: LogLimits.blockBytes, after: bytes)
            if bytes[known...].contains(where: { !whiteSpace.contains($0) }) { return bytes }
            if bytes.count == known { return bytes }
        }
    }

    private static let whiteSpace: [UInt8] = [0x20, 0x09, 0x0D, 0x0A]

    deinit { if isBatch, file != .standardInput { fileSystem.close(file) } }

    /// The input as lines; reading them closes it.
    var lines: StreamStore { StreamStore(reading: file, after: ahead, on: fileSystem) }

    /// The bytes after those read before; empty at the end.
    func nextBlock() throws(SystemError) -> [UInt8] {
        try fileSystem.read(file, at: nil, count: LogLimits.blockBytes, after: [])
    }

    /// A problem of an array at its place.
    func fault(_ problem: JSONProblem, in elements: BatchElements) -> String {
        LocatedText.fault(
            file: file.path, bytes: elements.text, offset: problem.offset, what: "\(problem)",
            fix: "a batch is one JSON array of events", firstLine: elements.firstLine,
            firstByte: elements.firstByte)
    }
}
