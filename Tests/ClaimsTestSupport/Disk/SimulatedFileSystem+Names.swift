package import EventLog
import Synchronization

// The calls about names, and what all calls share.

extension SimulatedFileSystem {
    package func status(_ path: String) throws(SystemError) -> FileStatus {
        try call("status", path) { state throws(SystemError) in
            if state.disk.folders.contains(path) { return FileStatus(kind: .folder, byteCount: 0) }
            guard let file = state.disk.names[path] else {
                throw SystemError(call: "stat", path: path, reason: .notFound)
            }
            return state.status(of: file)
        }
    }

    package func status(of file: OpenFile) throws(SystemError) -> FileStatus {
        try call("status", file.path) { state throws(SystemError) in
            state.status(of: try state.file(file, "fstat"))
        }
    }

    package func names(in folder: String) throws(SystemError) -> [String] {
        try call("names", folder) { state throws(SystemError) in
            try state.requireFolder(folder, "opendir")
            let paths = Array(state.disk.names.keys) + state.disk.folders
            return paths.filter { $0 != "/" && parentFolder(of: $0) == folder }
                .map { String($0[$0.index(after: $0.lastIndex(of: "/") ?? $0.startIndex)...]) }
        }
    }

    package func makeFolder(_ path: String) throws(SystemError) {
        try call("makeFolder", path) { state throws(SystemError) in
            guard state.disk.names[path] == nil, !state.disk.folders.contains(path) else {
                throw SystemError(call: "mkdir", path: path, reason: .exists)
            }
            try state.requireParent(of: path, "mkdir")
            state.change(.makeFolder(path))
        }
    }

    package func rename(_ path: String, to newPath: String) throws(SystemError) {
        try call("rename", path) { state throws(SystemError) in
            guard let file = state.disk.names[path] else {
                throw SystemError(call: "rename", path: path, reason: .notFound)
            }
            try state.requireParent(of: newPath, "rename")
            state.change(.rename(file: file, from: path, to: newPath))
        }
    }

    package func remove(_ path: String) throws(SystemError) {
        try call("remove", path) { state throws(SystemError) in
            guard state.disk.names[path] != nil else {
                throw SystemError(call: "unlink", path: path, reason: .notFound)
            }
            state.change(.remove(path))
        }
    }

    package func tryLock(_ file: OpenFile, _ kind: LockKind) throws(SystemError) -> Bool {
        try call("tryLock", file.path) { state throws(SystemError) in
            let number = try state.file(file, "flock")
            let isTaken = state.handles.contains { descriptor, other in
                guard descriptor != file.descriptor, other.file == number, let lock = other.lock
                else { return false }
                return lock == .exclusive || kind == .exclusive
            }
            if state.grantsEveryLock { return true }
            if !isTaken { state.handles[file.descriptor]?.lock = kind }
            return !isTaken
        }
    }

    package func pause(milliseconds: Int) {}

    package func medium(of path: String) throws(SystemError) -> FileSystemMedium {
        try call("medium", path) { state throws(SystemError) in
            try state.requireFolder(path, "statfs")
            return state.medium
        }
    }

    /// Counts a call, and makes it unless a fault is ordered for it; `instead` takes a fault that
    /// the call itself gives a meaning.
    func call<Result: Sendable>(
        _ name: String, _ path: String, instead: (Fault) -> Void = { _ in },
        _ body: (inout State) throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        let isOwnMeaning = name == "write" || name == "syncData"
        return try state.withLock { state throws(SystemError) in
            state.calls += 1
            if let fault = state.fault?(Call(number: state.calls, name: name, path: path)) {
                guard isOwnMeaning else {
                    throw SystemError(call: name, path: path, reason: fault.reason)
                }
                instead(fault)
            }
            return try body(&state)
        }
    }
}

extension SimulatedFileSystem.State {
    /// Makes a change and notes it.
    mutating func change(_ operation: DiskOperation) {
        disk.apply(operation)
        journal.append(operation)
    }

    /// What a file is, with the number that tells it from any other.
    func status(of file: Int) -> FileStatus {
        var stamp = FileStamp()
        stamp.number = UInt64(file) + 1
        return FileStatus(kind: .file, byteCount: disk.bytes(of: file).count, stamp: stamp)
    }

    /// The number of an open file.
    func file(_ file: OpenFile, _ call: String) throws(SystemError) -> Int {
        guard let handle = handles[file.descriptor] else {
            throw SystemError(call: call, path: file.path, reason: .other(9))
        }
        guard let number = handle.file else {
            throw SystemError(call: call, path: file.path, reason: .isAFolder)
        }
        return number
    }

    func requireFolder(_ path: String, _ call: String) throws(SystemError) {
        guard disk.folders.contains(path) else {
            let reason: SystemError.Reason = disk.names[path] == nil ? .notFound : .notAFolder
            throw SystemError(call: call, path: path, reason: reason)
        }
    }

    func requireParent(of path: String, _ call: String) throws(SystemError) {
        try requireFolder(parentFolder(of: path), call)
    }
}
