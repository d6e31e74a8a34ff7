import ClaimsCodec
package import EventLog
import PostgreSQLStore

/// A ledger to ask and, when it is a folder, to write to.
///
/// ```swift
/// let ledger = try Ledger.open("events")
/// let balances = try ledger.balances(Viewpoint(asOf: Instant("2020-06-30T23:59:59Z")))
/// ```
public struct Ledger: Sendable {
    /// Where the log is.
    public enum Location: Equatable, Sendable {
        /// A ledger folder, by its path.
        case folder(String)
        /// One plain file of lines, read only.
        case file(String)
        /// Lines from standard input, read only and once.
        case standardInput
        /// A log on a server that many machines append to; its address without passwords.
        case shared(String)
    }

    /// Where its log is.
    public let location: Location
    /// nil for a plain file or standard input.
    public let settings: LedgerSettings?
    package let source: any EventSource
    /// The segments, where the ledger is a folder.
    package let folder: FolderStore?
    /// The log on a server, where many machines share the ledger.
    package var shared: (any SharedStore)?
    /// On how many threads a replay scans; no answer depends on it.
    package var scanThreads = min(8, PosixFileSystem.processorCount)
    /// When questions are answered from an index beside the log.
    ///
    /// It changes the time an answer takes, never the answer.
    public var indexing = IndexPolicy.automatic
    /// Where to say what a user may want to know beside the answer, such as a damaged index.
    public var remark: @Sendable (String) -> Void = { _ in }

    /// Opens a ledger folder, a plain `.jsonl` file, `-` for standard input, or, where the program
    /// was built for it, a ledger on a server by its `postgresql://` address.
    ///
    /// Throws when there is nothing of that name, or a folder that is no ledger. Reads
    /// `ledger.json` only.
    public static func open(_ path: String) throws(LedgerError) -> Ledger {
        try open(path, on: PosixFileSystem())
    }

    /// The same on another file system than the machine's.
    package static func open(
        _ path: String, on fileSystem: any FileSystem
    ) throws(LedgerError) -> Ledger {
        guard path != "-" else {
            return Ledger(
                location: .standardInput, settings: nil, source: StreamStore(path: nil),
                folder: nil)
        }
        if ServerAddress.isAddress(path) { return try openShared(path) }
        let status: FileStatus
        do {
            status = try fileSystem.status(path)
        } catch {
            throw missing(path, error)
        }
        guard status.kind == .folder else {
            return Ledger(
                location: .file(path), settings: nil, source: StreamStore(path: path), folder: nil)
        }
        let settings = try readSettings(path, fileSystem)
        let store = FolderStore(
            folder: path, fileSystem: fileSystem, segmentBytes: Int(settings.segmentBytes))
        return Ledger(
            location: .folder(path), settings: settings, source: store, folder: store)
    }

    /// The ledger for questions that read it more than once: standard input is read to its end and
    /// put aside in a folder, in a file without a name.
    package func rereadable(in temporary: String) throws(LedgerError) -> Ledger {
        guard location == .standardInput else { return self }
        do {
            return Ledger(
                location: .standardInput, settings: nil,
                source: try StreamStore(copyingStandardInputTo: temporary), folder: nil)
        } catch {
            throw LedgerError(error)
        }
    }

    private static func missing(_ path: String, _ error: SystemError) -> LedgerError {
        guard error.reason == .notFound else {
            return LedgerError(.fault("\(path): error: \(error)", .inputOutput))
        }
        return LedgerError(
            .noLedger(
                path: path, problem: "there is no such ledger",
                fix: "name one with --ledger or CLAIMS_LEDGER, or make one with 'claims init'"))
    }

    private static func readSettings(
        _ path: String, _ fileSystem: any FileSystem
    ) throws(LedgerError) -> LedgerSettings {
        let file = "\(path)/\(LedgerSettings.fileName)"
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(file, as: .readingInside, on: fileSystem)
        } catch {
            guard error.reason == .notFound else {
                throw LedgerError(.fault("\(file): error: \(error)", .inputOutput))
            }
            throw LedgerError(
                .noLedger(
                    path: path,
                    problem: "the folder is no ledger: it has no \(LedgerSettings.fileName)",
                    fix: "name a ledger folder, or make one with 'claims init'"))
        }
        return try LocatedText.parsed(
            bytes, of: file, fix: "restore the file from a backup",
            LedgerSettings.init(parsing:))
    }
}

/// The house layout for a fault in a text file of several lines.
package enum LocatedText {
    /// What a small JSON file says; throws its first problem at its place.
    static func read<Value>(
        _ path: String, fix: String, _ parse: ([UInt8]) throws(JSONProblem) -> Value
    ) throws(LedgerError) -> Value {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(path)
        } catch {
            throw LedgerError(error)
        }
        return try parsed(bytes, of: path, fix: fix, parse)
    }

    /// The same for bytes that were read.
    static func parsed<Value>(
        _ bytes: [UInt8], of path: String, fix: String,
        _ parse: ([UInt8]) throws(JSONProblem) -> Value
    ) throws(LedgerError) -> Value {
        do {
            return try parse(bytes)
        } catch {
            throw LedgerError(
                .fault(
                    fault(
                        file: path, bytes: bytes, offset: error.offset, what: "\(error)",
                        fix: fix), .badData))
        }
    }

    /// Place, problem, excerpt with caret, fix.
    ///
    /// `firstLine`, from 1, and `firstByte`, from 0: where in the file `bytes` begin. O(bytes).
    package static func fault(
        file: String, bytes: [UInt8], offset: Int, what: String, fix: String,
        firstLine: Int = 1, firstByte: Int = 0
    ) -> String {
        let offset = min(offset, bytes.count)
        let before = bytes[..<offset]
        let line = before.reduce(firstLine) { $1 == 0x0A ? $0 + 1 : $0 }
        let start = (before.lastIndex(of: 0x0A) ?? -1) + 1
        let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
        let excerpt = Excerpt(of: Array(bytes[start..<end]).span, around: offset - start)
        return """
            \(file):\(line): error: \(what)
              at byte \(firstByte + offset)
              \(excerpt.text)
              \(String(repeating: " ", count: excerpt.column))^
              fix: \(fix)
            """
    }
}
