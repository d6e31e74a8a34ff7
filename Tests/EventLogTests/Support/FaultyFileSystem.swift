import EventLog

/// The real file system, with a list of the calls made, and one call that fails or is run before.
final class FaultyFileSystem: FileSystem {
    /// What happens instead of, or before, a call.
    enum Change: Sendable {
        /// The call does nothing and fails.
        case fail(SystemError.Reason)
        /// A write takes only so many bytes.
        case takeOnly(Int)
        /// Something else happens first.
        case runBefore(@Sendable () -> Void)
    }

    private struct State {
        var calls: [String] = []
        var changes: [(call: String, change: Change)] = []
    }

    private let real = PosixFileSystem()
    private let state = Guarded(State())

    /// The calls that change or sync something, in order: `write 000000000001.jsonl`.
    var calls: [String] { state.withLock { $0.calls } }

    /// Forgets the calls so far.
    func forgetCalls() { state.withLock { $0.calls = [] } }

    /// Changes the next call of this form; changes of the same form follow each other.
    func change(_ call: String, _ change: Change) {
        state.withLock { $0.changes.append((call, change)) }
    }

    private static func lastName(_ path: String) -> String {
        String(path.split(separator: "/").last ?? "/")
    }

    /// Notes a call and makes what was ordered for it; returns how many bytes a write may take.
    private func note(_ name: String, _ path: String) throws(SystemError) -> Int {
        let call = "\(name) \(Self.lastName(path))"
        let change = state.withLock { state -> Change? in
            state.calls.append(call)
            guard let index = state.changes.firstIndex(where: { $0.call == call }) else {
                return nil
            }
            return state.changes.remove(at: index).change
        }
        switch change {
        case .fail(let reason): throw SystemError(call: name, path: path, reason: reason)
        case .takeOnly(let count): return count
        case .runBefore(let work): work()
        case nil: break
        }
        return .max
    }

    func open(_ path: String, for use: FileUse) throws(SystemError) -> OpenFile {
        _ = try note("open-\(use)", path)
        return try real.open(path, for: use)
    }

    func close(_ file: OpenFile) { real.close(file) }

    func read(
        _ file: OpenFile, at offset: Int?, count: Int, after prefix: [UInt8]
    ) throws(SystemError) -> [UInt8] {
        _ = try note("read", file.path)
        return try real.read(file, at: offset, count: count, after: prefix)
    }

    func write(
        _ bytes: ArraySlice<UInt8>, to file: OpenFile, at offset: Int?
    ) throws(SystemError) -> Int {
        let limit = try note("write", file.path)
        return try real.write(bytes.prefix(limit), to: file, at: offset)
    }

    func syncData(_ file: OpenFile) throws(SystemError) {
        _ = try note("syncData", file.path)
        try real.syncData(file)
    }

    func syncFolder(_ path: String) throws(SystemError) {
        _ = try note("syncFolder", path)
        try real.syncFolder(path)
    }

    func truncate(_ file: OpenFile, to byteCount: Int) throws(SystemError) {
        _ = try note("truncate", file.path)
        try real.truncate(file, to: byteCount)
    }

    func status(_ path: String) throws(SystemError) -> FileStatus { try real.status(path) }

    func status(of file: OpenFile) throws(SystemError) -> FileStatus {
        _ = try note("status", file.path)
        return try real.status(of: file)
    }

    func names(in folder: String) throws(SystemError) -> [String] {
        _ = try note("names", folder)
        return try real.names(in: folder)
    }

    func makeFolder(_ path: String) throws(SystemError) {
        _ = try note("makeFolder", path)
        try real.makeFolder(path)
    }

    func rename(_ path: String, to newPath: String) throws(SystemError) {
        _ = try note("rename", path)
        try real.rename(path, to: newPath)
    }

    func remove(_ path: String) throws(SystemError) {
        _ = try note("remove", path)
        try real.remove(path)
    }

    func tryLock(_ file: OpenFile, _ kind: LockKind) throws(SystemError) -> Bool {
        _ = try note("lock-\(kind)", file.path)
        return try real.tryLock(file, kind)
    }

    func medium(of path: String) throws(SystemError) -> FileSystemMedium {
        _ = try note("medium", path)
        return try real.medium(of: path)
    }

    func pause(milliseconds: Int) {
        _ = try? note("pause", "\(milliseconds)")
        real.pause(milliseconds: milliseconds)
    }

    var processNumber: Int32 { real.processNumber }
}
