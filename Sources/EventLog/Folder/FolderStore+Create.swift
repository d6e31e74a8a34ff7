extension FolderStore {
    /// Makes the log of a new ledger: the folder, unless it is there, and the lock file, both
    /// durable.
    ///
    /// The first append makes the first segment. Throws `logExists` when there is one.
    package func create() throws(LogFault) {
        try attempt(.creating) { () throws(SystemError) in
            if try !fileSystem.exists(folder) { try fileSystem.makeFolder(folder) }
        }
        try requireNoLog()
        let lock = try LogLock.acquire(lockPath, on: fileSystem, waitMilliseconds: 0)
        // Another one may have made it since.
        try requireNoLog()
        try attempt(.creating) { () throws(SystemError) in
            try fileSystem.syncFolder(folder)
            try fileSystem.syncFolder(parentFolder(of: folder))
        }
        lock.release()
    }

    private func requireNoLog() throws(LogFault) {
        guard try segmentSequences().isEmpty else { throw LogFault(.logExists, in: folder) }
    }
}

/// The folder that a path without a slash at its end is in.
private func parentFolder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
