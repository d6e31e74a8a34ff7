import ClaimsLedger
import EventLog

/// The records of an import that were left out, with line and reason, as CSV; that of a report can
/// be corrected and imported again.
///
/// Written aside and put in place at the end, so that it is there whole or not at all; removed
/// when that is not reached.
struct RejectsFile: ~Copyable {
    /// What stands before the report's own columns.
    static let columns = ["rejectLine", "rejectReason"]
    private static let blockBytes = 1 << 16

    private let path: String
    private let aside: String
    private let file: OpenFile
    private let fileSystem: any FileSystem
    private var pending: [UInt8] = []
    /// Columns of the report that are not written again: those of a rejects file read in.
    private let dropped: Set<Int>
    private var isDone = false

    /// Begins a file of rows of a report with its header row.
    static func ofReport(
        _ path: String, header: TableRecord, dropped: [Int]
    ) throws(SystemError) -> RejectsFile {
        var file = try RejectsFile(path, dropped: dropped)
        file.write(columns.map { Array($0.utf8)[...] }, header)
        return file
    }

    /// Begins a file of other records with its header row.
    static func ofRecords(_ path: String, columns: [String]) throws(SystemError) -> RejectsFile {
        var file = try RejectsFile(path, dropped: [])
        try file.add(columns)
        return file
    }

    private init(
        _ path: String, dropped: [Int], on fileSystem: any FileSystem = PosixFileSystem()
    ) throws(SystemError) {
        self.path = path
        self.fileSystem = fileSystem
        self.dropped = Set(dropped)
        aside = "\(path).\(fileSystem.processNumber).new"
        file = try fileSystem.open(aside, for: .creating)
    }

    deinit {
        fileSystem.close(file)
        if !isDone { try? fileSystem.remove(aside) }
    }

    /// Adds a row as it was read.
    mutating func add(_ record: TableRecord, reason: String) throws(SystemError) {
        write(
            [Array("\(record.line)".utf8)[...], FormulaGuard.guarded(Array(reason.utf8)[...])],
            record)
        if pending.count >= Self.blockBytes { try flush() }
    }

    /// Adds a record that is no row.
    mutating func add(_ fields: [String]) throws(SystemError) {
        write(fields.map { FormulaGuard.guarded(Array($0.utf8)[...]) }, TableRecord())
        if pending.count >= Self.blockBytes { try flush() }
    }

    /// Puts the file in place.
    mutating func finish() throws(SystemError) {
        try flush()
        try fileSystem.syncData(file)
        try fileSystem.rename(aside, to: path)
        isDone = true
        try fileSystem.syncFolder(WholeFile.folder(of: path))
    }

    private mutating func write(_ front: [ArraySlice<UInt8>], _ record: TableRecord) {
        var isFirst = true
        func field(_ bytes: ArraySlice<UInt8>, _ pending: inout [UInt8]) {
            if !isFirst { pending.append(UInt8(ascii: ",")) }
            isFirst = false
            let needsQuotes = bytes.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x2C || $0 == 0x3B }
            guard needsQuotes || bytes.first == 0x20 || bytes.last == 0x20 else {
                return pending.append(contentsOf: bytes)
            }
            pending.append(UInt8(ascii: "\""))
            for byte in bytes {
                if byte == UInt8(ascii: "\"") { pending.append(byte) }
                pending.append(byte)
            }
            pending.append(UInt8(ascii: "\""))
        }
        for bytes in front { field(bytes, &pending) }
        var start = 0
        for (column, end) in record.ends.enumerated() {
            if !dropped.contains(column) {
                field(FormulaGuard.guarded(record.bytes[start..<end]), &pending)
            }
            start = end
        }
        pending.append(UInt8(ascii: "\n"))
    }

    private mutating func flush() throws(SystemError) {
        var rest = pending[...]
        while !rest.isEmpty {
            rest = rest.dropFirst(try fileSystem.write(rest, to: file, at: nil))
        }
        pending.removeAll(keepingCapacity: true)
    }
}
