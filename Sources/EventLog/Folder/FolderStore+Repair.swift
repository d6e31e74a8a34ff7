extension FolderStore {
    /// Makes durable what can be read now, whoever wrote it.
    ///
    /// For promises about records that another writer may not have been told to be stored yet.
    /// Needs no lock. One sync; the segments before the last one are durable already.
    package func makeDurable() throws(LogFault) {
        guard let last = try segmentSequences().last else { return }
        try attempt(.writing) { () throws(SystemError) in
            let file = try fileSystem.open(path(ofSegment: last), for: .appending)
            defer { fileSystem.close(file) }
            try fileSystem.syncData(file)
            try fileSystem.syncFolder(folder)
        }
    }

    /// Whether the lock, once held, keeps a second writer of this machine out.
    ///
    /// It does not where a file system grants every lock. Throws `locked` while a writer is at
    /// work, and what taking it fails with.
    package func isLockKept() throws(LogFault) -> Bool {
        _ = try segmentSequences()
        let first = try LogLock.acquire(lockPath, on: fileSystem, waitMilliseconds: 0)
        var isKept = false
        do throws(LogFault) {
            try LogLock.acquire(lockPath, on: fileSystem, waitMilliseconds: 0).release()
        } catch {
            guard error.category == .locked else { throw error }
            isKept = true
        }
        first.release()
        return isKept
    }

    /// What an append that ended half-way left at the end of the log, or nil.
    ///
    /// Looks through the last segment, O(its bytes).
    package func tornTail() throws(LogFault) -> TornTail? {
        guard let last = try segmentSequences().last else { return nil }
        if let tail = try unwrittenTail(last) { return tail }
        var reader = try reader(of: last, lowest: .max)
        while true {
            while try reader.next() != nil {}
            if reader.pendingBytes == 0 { return nil }
            if let tail = try tail(of: reader) { return tail }
        }
    }

    /// Moves the torn tail of the log, which nobody was told is stored, to a file of its own in the
    /// folder `torn`.
    ///
    /// Returns where, or nil when there is none. Throws `locked` while a writer is at work.
    ///
    /// The only place where a file of a log ever gets shorter. The bytes are durable under their
    /// new name before that, so they are at no moment in no file.
    package func setAsideTornTail(
        waitMilliseconds: Int = 0
    ) throws(LogFault) -> (tail: TornTail, path: String)? {
        _ = try segmentSequences()
        let lock = try LogLock.acquire(
            lockPath, on: fileSystem, waitMilliseconds: waitMilliseconds)
        guard let last = try segmentSequences().last else { return nil }
        var found = try unwrittenTail(last)
        if found == nil { found = try unendedTail(last) }
        guard let tail = found else { return nil }
        let file = try attempt(.writing) { () throws(SystemError) in
            try fileSystem.open(tail.location.file, for: .appending)
        }
        defer { fileSystem.close(file) }
        let path = try copyAside(tail, of: file, segment: last)
        try attempt(.writing) { () throws(SystemError) in
            try fileSystem.truncate(file, to: tail.location.byteOffset)
            try fileSystem.syncData(file)
        }
        lock.release()
        return (tail, path)
    }

    /// The bytes after the last line feed, while no writer is at work.
    private func unendedTail(_ segment: Int64) throws(LogFault) -> TornTail? {
        let end = try measure(segment, from: nil)
        guard end.pendingBytes > 0 else { return nil }
        return TornTail(
            location: end.location, byteCount: end.pendingBytes, isAppendInProgress: false)
    }

    /// Everything from the first line on that the disk never got all of.
    ///
    /// What follows it belongs to the same append: a sync that covered more would have covered it.
    func unwrittenTail(
        _ segment: Int64, from position: LogPosition? = nil
    ) throws(LogFault) -> TornTail? {
        guard let line = try unwrittenLine(segment, from: position) else { return nil }
        let byteCount = try attempt(.reading) { () throws(SystemError) in
            try fileSystem.status(path(ofSegment: segment)).byteCount
        }
        return TornTail(
            location: line, byteCount: byteCount - line.byteOffset, isAppendInProgress: false,
            isUnwritten: true)
    }

    /// Copies the tail to a name that no other tail has, and makes it durable.
    private func copyAside(
        _ tail: TornTail, of file: OpenFile, segment: Int64
    ) throws(LogFault) -> String {
        try attempt(.creating) { () throws(SystemError) in
            let torn = "\(folder)/torn"
            if try !fileSystem.exists(torn) { try fileSystem.makeFolder(torn) }
            try fileSystem.syncFolder(folder)
            let path = try unusedPath(for: tail, segment: segment, in: torn)
            // Left by a repair that was ended; the log still has these bytes.
            let partial = "\(torn)/partial"
            if try fileSystem.exists(partial) { try fileSystem.remove(partial) }
            try copy(tail, of: file, to: partial)
            try fileSystem.rename(partial, to: path)
            try fileSystem.syncFolder(torn)
            return path
        }
    }

    /// A name that says where the tail was; a second tail at the same place gets a number, so that
    /// it does not replace the first.
    private func unusedPath(
        for tail: TornTail, segment: Int64, in torn: String
    ) throws(SystemError) -> String {
        let digits = segmentName(segment).prefix(LogLimits.sequenceDigits)
        let stem = "\(torn)/\(digits)-\(tail.location.byteOffset)"
        var path = "\(stem).bin"
        var number = 1
        while try fileSystem.exists(path) {
            number += 1
            path = "\(stem)-\(number).bin"
        }
        return path
    }

    private func copy(
        _ tail: TornTail, of file: OpenFile, to path: String
    ) throws(SystemError) {
        let copy = try fileSystem.open(path, for: .creating)
        defer { fileSystem.close(copy) }
        let end = tail.location.byteOffset + tail.byteCount
        var offset = tail.location.byteOffset
        while offset < end {
            let bytes = try fileSystem.read(
                file, at: offset, count: min(blockBytes, end - offset), after: [])
            guard !bytes.isEmpty else {
                // Shorter than measured under the lock: cutting it now would lose bytes.
                throw SystemError(call: "pread", path: file.path, reason: .device)
            }
            try fileSystem.writeAll(bytes[...], to: copy)
            offset += bytes.count
        }
        try fileSystem.syncData(copy)
    }
}
