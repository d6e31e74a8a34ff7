/// The one writer of a log in a folder: holds the lock until the value goes away.
package struct LogWriter: EventWriter, ~Copyable {
    /// The sequence of the last record; 0 when there is none.
    package private(set) var head: Int64

    private let store: FolderStore
    private let lock: LogLock
    private var segment: OpenSegment?
    /// Set by the first append that failed half-way: how the log ends is no longer known then.
    private var isStopped = false

    /// The last segment, open for appending.
    private struct OpenSegment {
        let file: OpenFile
        /// Its size as far as this writer knows.
        var byteCount: Int
        /// Whether a sync of this writer covers all of it.
        var isDurable: Bool
    }

    private init(
        _ store: FolderStore, lock: consuming LogLock, head: Int64, segment: OpenSegment?
    ) {
        self.store = store
        self.lock = lock
        self.head = head
        self.segment = segment
    }

    deinit {
        if let segment { store.fileSystem.close(segment.file) }
    }

    /// Takes the lock, then finds the head by counting the last segment's lines, from `position` on
    /// when that is in it.
    ///
    /// Throws `torn` or `unwritten` when the log does not end in a whole line.
    static func open(
        _ store: FolderStore, waitMilliseconds: Int, countingFrom position: LogPosition?
    ) throws(LogFault) -> LogWriter {
        // First, so that a wrong path is not answered with a lock file.
        _ = try store.segmentSequences()
        let lock = try LogLock.acquire(
            store.lockPath, on: store.fileSystem, waitMilliseconds: waitMilliseconds)
        guard let last = try store.segmentSequences().last else {
            return LogWriter(store, lock: lock, head: 0, segment: nil)
        }
        let known = position?.segmentFirstSequence == last ? position : nil
        if let tail = try store.unwrittenTail(last, from: known) { throw tail.fault }
        let end = try store.measure(last, from: known)
        guard end.pendingBytes == 0 else {
            throw LogFault(
                .torn(bytes: end.pendingBytes), in: end.location.file, line: end.location.line,
                byteOffset: end.location.byteOffset)
        }
        let file = try attempt(.writing) { () throws(SystemError) in
            try store.fileSystem.open(end.location.file, for: .appending)
        }
        let segment = OpenSegment(
            file: file, byteCount: end.location.byteOffset, isDurable: false)
        return LogWriter(store, lock: lock, head: end.lastSequence, segment: segment)
    }

    package mutating func append(
        _ lines: [UInt8], expecting expected: Int64
    ) throws(LogFault) -> Int64 {
        if isStopped { throw LogFault(.writerStopped, in: store.folder) }
        guard expected == head else {
            throw LogFault(.headMoved(expected: expected, head: head), in: store.folder)
        }
        let count = try checkedLineCount(of: lines.span)
        guard Int64(count) <= LogLimits.highestSequence - head else {
            throw LogFault(.sequenceOverLimit, in: store.folder)
        }
        do {
            try commit(lines)
        } catch {
            isStopped = true
            throw error
        }
        head += Int64(count)
        return head
    }

    package mutating func makeDurable() throws(LogFault) {
        if isStopped { throw LogFault(.writerStopped, in: store.folder) }
        do {
            try syncSegment()
        } catch {
            isStopped = true
            throw error
        }
    }

    /// Fills segment after segment; each gets its lines in one write and is synced before the next.
    private mutating func commit(_ lines: [UInt8]) throws(LogFault) {
        try lock.requireInPlace()
        var start = 0
        var nextSequence = head + 1
        while start < lines.count {
            let file = try openSegment(for: nextSequence)
            let room = store.segmentBytes - (segment?.byteCount ?? 0)
            let end = segmentEnd(of: lines.span, from: start, room: room)
            segment?.isDurable = false
            try attempt(.writing) { () throws(SystemError) in
                try store.fileSystem.writeAll(lines[start..<end], to: file)
            }
            segment?.byteCount += end - start
            try syncSegment()
            nextSequence += Int64(LineFeeds.count(in: lines.span.extracting(start..<end)))
            start = end
        }
    }

    /// The segment that takes the next line: the last one while it has room, else a new one.
    private mutating func openSegment(for nextSequence: Int64) throws(LogFault) -> OpenFile {
        if let segment, segment.byteCount < store.segmentBytes {
            let found = try attempt(.writing) { () throws(SystemError) in
                // An empty one may be left by a writer that ended before it synced the folder.
                if segment.byteCount == 0 { try store.fileSystem.syncFolder(store.folder) }
                return try store.fileSystem.status(of: segment.file)
            }
            // The lock keeps out writers of this kind, not editors and copying programs.
            guard found.byteCount == segment.byteCount else {
                throw LogFault(
                    .segmentSize(found: found.byteCount, expected: segment.byteCount),
                    in: segment.file.path)
            }
            let isInPlace = try attempt(.writing) { () throws(SystemError) in
                try store.fileSystem.leads(segment.file.path, to: found.stamp.number)
            }
            guard isInPlace else { throw LogFault(.replaced, in: segment.file.path) }
            return segment.file
        }
        // A record must not be durable before those in front of it.
        try syncSegment()
        if let segment { store.fileSystem.close(segment.file) }
        segment = nil
        let path = store.path(ofSegment: nextSequence)
        let file = try attempt(.writing) { () throws(SystemError) in
            try store.fileSystem.open(path, for: .creating)
        }
        segment = OpenSegment(file: file, byteCount: 0, isDurable: true)
        // Before the first line, so that a segment with lines in it is known to keep its name.
        try attempt(.writing) { () throws(SystemError) in
            try store.fileSystem.syncFolder(store.folder)
        }
        return file
    }

    /// Makes the open segment durable, unless this writer has done so since the last write.
    private mutating func syncSegment() throws(LogFault) {
        guard let segment, !segment.isDurable else { return }
        try attempt(.writing) { () throws(SystemError) in
            try store.fileSystem.syncData(segment.file)
        }
        self.segment?.isDurable = true
    }
}

extension LogWriter {
    /// Begins lines that become the end of the log all together or not at all.
    func stage() throws(LogFault) -> StagedLines {
        let room = segment.map { max(0, store.segmentBytes - $0.byteCount) } ?? 0
        return try StagedLines(behind: head, of: store, openRoom: room)
    }

    /// Makes staged lines the end of the log; returns when they are durable.
    ///
    /// Nothing may have been appended since `stage`. Costs a copy of what the open segment still
    /// takes, then two calls a segment: a process that dies in between leaves a beginning of the
    /// lines in the log. O(bytes of a segment).
    mutating func keep(_ staged: inout StagedLines) throws(LogFault) {
        if isStopped { throw LogFault(.writerStopped, in: store.folder) }
        do {
            try staged.forEachBlockOfOpenSegment { lines throws(LogFault) in
                _ = try append(lines, expecting: head)
            }
            staged.dropOpenSegment()
            while let next = staged.files.first {
                let end = staged.files.count > 1 ? staged.files[1].firstSequence - 1 : nil
                try syncSegment()
                if let segment { store.fileSystem.close(segment.file) }
                segment = nil
                try staged.nameFirst()
                let path = store.path(ofSegment: next.firstSequence)
                let file = try attempt(.writing) { () throws(SystemError) in
                    try store.fileSystem.syncFolder(store.folder)
                    return try store.fileSystem.open(path, for: .appending)
                }
                segment = OpenSegment(file: file, byteCount: next.byteCount, isDurable: true)
                head = end ?? staged.lastSequence
            }
        } catch {
            isStopped = true
            throw error
        }
    }
}

extension FolderStore {
    /// Becomes the one writer; see `EventStore`.
    ///
    /// Reads the last segment once, O(its bytes).
    package func openWriter(
        waitMilliseconds: Int = 0
    ) throws(LogFault) -> any EventWriter & ~Copyable {
        try openLogWriter(waitMilliseconds: waitMilliseconds)
    }

    /// The same as a concrete type, which may begin to count at a remembered position.
    package func openLogWriter(
        waitMilliseconds: Int = 0, countingFrom position: LogPosition? = nil
    ) throws(LogFault) -> LogWriter {
        try LogWriter.open(
            self, waitMilliseconds: waitMilliseconds, countingFrom: position)
    }
}
