/// Finds single lines of a log by their sequence without reading it from its beginning each time.
///
/// Remembers where every `stride`-th line begins; learns that by reading forward once, and goes on
/// from there when lines were appended.
package struct LineLocator: Sendable {
    /// Lines between two remembered ones: a look-up reads at most so many.
    private static let stride: Int64 = 32
    /// What one read of a look-up asks for: `stride` ordinary lines.
    private static let blockBytes = 1 << 14

    /// Nil where a store finds its lines itself.
    private let store: FolderStore?
    private let source: any EventSource
    /// Where every `stride`-th line begins, the first one included.
    private var positions: [LogPosition] = []
    /// The lines read last, and where in them the line asked for last begins: those who ask for one
    /// line after the other read each block once.
    private var recent: (chunk: LogChunk, sequence: Int64, start: Int)?

    /// A locator for a store; nothing is read yet.
    package init(_ store: FolderStore) {
        let store = FolderStore(
            folder: store.folder, fileSystem: store.fileSystem, segmentBytes: store.segmentBytes,
            blockBytes: Self.blockBytes)
        self.store = store
        source = store
    }

    /// The same for a store that begins a read at any sequence without counting to it.
    package init(_ store: any SharedStore) {
        self.store = nil
        source = store
    }

    /// Hands over the line of a sequence without its line feed; false when there is none.
    ///
    /// Reads at most `stride` lines once the log is known up to there, O(bytes of the log) before.
    package mutating func line(
        at sequence: Int64, body: (Span<UInt8>) throws -> Void
    ) throws -> Bool {
        guard sequence >= 1 else { return false }
        if try recentLine(at: sequence, body) { return true }
        guard let store else {
            recent = nil
            _ = try source.read(from: sequence) { chunk in
                recent = (chunk, chunk.firstSequence, 0)
                return .stop
            }
            return try recentLine(at: sequence, body)
        }
        let place = Int((sequence - 1) / Self.stride)
        if place >= positions.count { try learn(store) }
        guard place < positions.count else { return false }
        recent = nil
        _ = try store.read(at: positions[place]) { chunk in
            guard chunk.lastSequence >= sequence else { return .next }
            recent = (chunk, chunk.firstSequence, 0)
            return .stop
        }
        return try recentLine(at: sequence, body)
    }

    /// Hands over a line that was read already and stands behind the one asked for last.
    private mutating func recentLine(
        at sequence: Int64, _ body: (Span<UInt8>) throws -> Void
    ) throws -> Bool {
        guard let recent, recent.sequence <= sequence, sequence <= recent.chunk.lastSequence else {
            return false
        }
        let bytes = recent.chunk.bytes.span
        var start = recent.start
        var end = LineFeeds.first(in: bytes, from: start) ?? bytes.count
        for _ in recent.sequence..<sequence {
            start = end + 1
            end = LineFeeds.first(in: bytes, from: start) ?? bytes.count
        }
        self.recent = (recent.chunk, sequence, start)
        try body(bytes.extracting(start..<end))
        return true
    }

    /// Reads on from the last remembered line to the end of the log.
    private mutating func learn(_ store: FolderStore) throws {
        var found = positions
        let known = found.last?.sequence ?? 0
        let reader = FolderStore(
            folder: store.folder, fileSystem: store.fileSystem, segmentBytes: store.segmentBytes)
        let take: (LogChunk) -> ReadStep = { chunk in
            chunk.forEachLine { (_, location) in
                if location.sequence > known, (location.sequence - 1) % Self.stride == 0 {
                    found.append(
                        LogPosition(
                            sequence: location.sequence, lineInFile: location.line,
                            byteOffset: location.byteOffset))
                }
                return .next
            }
        }
        if let last = found.last {
            _ = try reader.read(at: last, body: take)
        } else {
            _ = try reader.read(from: 1, body: take)
        }
        positions = found
    }
}
