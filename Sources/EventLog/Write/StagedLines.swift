/// Lines written beside a log, which become its end all together or not at all.
///
/// They are written once: into files shaped like the segments that they are to be. `LogWriter.keep`
/// gives these their names, and only what still fits into the open segment is copied. Until then no
/// reader sees any of them, and a process that dies leaves nothing but files that the next `stage`
/// removes.
struct StagedLines: ~Copyable {
    /// Where the lines are to go, or a folder to rehearse in.
    private let store: FolderStore
    /// Whether they may be kept: they are synced then, and their files have names.
    private let isKeepable: Bool
    /// The sequence of the last line; before the first, that of the log.
    private(set) var lastSequence: Int64
    /// In their order; the first one goes behind the open segment where that has room.
    private(set) var files: [StagedFile] = []
    /// What was written at once, in its order: how a line is found.
    private var blocks: [Block] = []
    /// The block read last, and where in it the line asked for last begins.
    private var recent: (block: Int, bytes: [UInt8], sequence: Int64, start: Int)?
    /// Room of the open segment, for the first file.
    private let openRoom: Int

    /// A file of staged lines.
    struct StagedFile {
        let firstSequence: Int64
        let path: String
        let file: OpenFile
        /// Whether its lines go behind those of the open segment.
        let continuesSegment: Bool
        fileprivate(set) var byteCount = 0
    }

    private struct Block {
        let firstSequence: Int64
        let file: Int
        let offset: Int
        let byteCount: Int
    }

    /// Ends the name of a file beside the log, as those of files that are to replace another one.
    private static let suffix = ".new"

    /// Begins behind a log that ends at `head`; `openRoom` is what its open segment still takes.
    ///
    /// Removes what a process that died has left of the same.
    init(behind head: Int64, of store: FolderStore, openRoom: Int) throws(LogFault) {
        self.store = store
        self.openRoom = openRoom
        lastSequence = head
        isKeepable = true
        try attempt(.writing) { () throws(SystemError) in
            for name in try store.fileSystem.names(in: store.folder)
            where Self.isName(name) {
                try store.fileSystem.remove("\(store.folder)/\(name)")
            }
        }
    }

    /// Whether a file is named like one of these: a segment, a process, the ending.
    private static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0].count == LogLimits.sequenceDigits
            && parts[0].allSatisfy(\.isWholeNumber) && parts[1] == "jsonl"
            && Int32(parts[2]) != nil && ".\(parts[3])" == suffix
    }

    /// Begins behind a log that ends at `head`, for lines that nobody keeps: in files without names
    /// in the folder of `store`.
    init(rehearsingBehind head: Int64, in store: FolderStore) {
        self.store = store
        openRoom = 0
        lastSequence = head
        isKeepable = false
    }

    deinit {
        for staged in files {
            store.fileSystem.close(staged.file)
            if isKeepable { try? store.fileSystem.remove(staged.path) }
        }
    }

    /// Writes lines behind those written before; see `EventWriter.append`.
    mutating func append(_ lines: [UInt8]) throws(LogFault) {
        let count = try checkedLineCount(of: lines.span)
        guard Int64(count) <= LogLimits.highestSequence - lastSequence else {
            throw LogFault(.sequenceOverLimit, in: store.folder)
        }
        var start = 0
        while start < lines.count {
            let place = try fileWithRoom()
            let room = self.room(of: files[place])
            let end = segmentEnd(of: lines.span, from: start, room: room)
            let staged = files[place]
            try attempt(.writing) { () throws(SystemError) in
                try store.fileSystem.writeAll(lines[start..<end], to: staged.file)
                if isKeepable, !staged.continuesSegment {
                    try store.fileSystem.syncData(staged.file)
                }
            }
            blocks.append(
                Block(
                    firstSequence: lastSequence + 1, file: place, offset: staged.byteCount,
                    byteCount: end - start))
            files[place].byteCount += end - start
            lastSequence += Int64(LineFeeds.count(in: lines.span.extracting(start..<end)))
            start = end
        }
    }

    private func room(of staged: StagedFile) -> Int {
        (staged.continuesSegment ? openRoom : store.segmentBytes) - staged.byteCount
    }

    /// The place of the file that takes the next line.
    private mutating func fileWithRoom() throws(LogFault) -> Int {
        if let last = files.last, room(of: last) > 0 { return files.count - 1 }
        let first = lastSequence + 1
        let path =
            "\(store.path(ofSegment: first)).\(store.fileSystem.processNumber)\(Self.suffix)"
        let file = try attempt(.writing) { () throws(SystemError) in
            let file = try store.fileSystem.open(path, for: .creating)
            if !isKeepable { try store.fileSystem.remove(path) }
            return file
        }
        files.append(
            StagedFile(
                firstSequence: first, path: path, file: file,
                continuesSegment: files.isEmpty && openRoom > 0))
        return files.count - 1
    }
}

extension StagedLines {
    /// Hands over the line of a sequence without its line feed; false when it is not one of these.
    ///
    /// Reads what was written at once with it, unless that was read last.
    mutating func line(
        at sequence: Int64, body: (Span<UInt8>) throws -> Void
    ) throws -> Bool {
        guard let first = blocks.first, first.firstSequence <= sequence, sequence <= lastSequence
        else { return false }
        var (low, high) = (0, blocks.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if blocks[middle].firstSequence <= sequence { low = middle } else { high = middle }
        }
        if recent?.block != low || (recent?.sequence ?? 0) > sequence {
            recent = (low, try bytes(of: low), blocks[low].firstSequence, 0)
        }
        guard let (_, bytes, known, place) = recent else { return false }
        var start = place
        for _ in known..<sequence {
            start = (LineFeeds.first(in: bytes.span, from: start) ?? bytes.count) + 1
        }
        recent = (low, bytes, sequence, start)
        let end = LineFeeds.first(in: bytes.span, from: start) ?? bytes.count
        try body(bytes.span.extracting(start..<end))
        return true
    }

    /// Hands over all lines as they were written, some at a time.
    func forEachBlock(_ body: ([UInt8]) throws -> Void) throws {
        for block in blocks.indices { try body(try bytes(of: block)) }
    }

    /// The same for the lines that go behind the open segment.
    func forEachBlockOfOpenSegment(
        _ body: ([UInt8]) throws(LogFault) -> Void
    ) throws(LogFault) {
        guard files.first?.continuesSegment ?? false else { return }
        for block in blocks.indices where blocks[block].file == 0 {
            try body(try bytes(of: block))
        }
    }

    private func bytes(of block: Int) throws(LogFault) -> [UInt8] {
        let block = blocks[block]
        let file = files[block.file]
        return try attempt(.reading) { () throws(SystemError) in
            var bytes: [UInt8] = []
            while bytes.count < block.byteCount {
                let found = bytes.count
                bytes = try store.fileSystem.read(
                    file.file, at: block.offset + found, count: block.byteCount - found,
                    after: bytes)
                guard bytes.count > found else {
                    throw SystemError(call: "read", path: file.path, reason: .device)
                }
            }
            return bytes
        }
    }

    /// Gives the first file the name of its segment; it is none of these any more.
    ///
    /// The folder is still to be synced.
    mutating func nameFirst() throws(LogFault) {
        guard let staged = files.first else { return }
        let path = store.path(ofSegment: staged.firstSequence)
        try attempt(.writing) { () throws(SystemError) in
            try store.fileSystem.rename(staged.path, to: path)
        }
        store.fileSystem.close(staged.file)
        files.removeFirst()
    }

    /// Removes the file of the lines that were copied behind the open segment.
    mutating func dropOpenSegment() {
        guard let first = files.first, first.continuesSegment else { return }
        store.fileSystem.close(first.file)
        try? store.fileSystem.remove(first.path)
        files.removeFirst()
    }
}
