/// A log in a folder of segments, each named by the sequence of its first line.
package struct FolderStore: EventStore {
    /// The path of the folder as the user gave it, without a slash at the end.
    package let folder: String
    /// Where the files are.
    package let fileSystem: any FileSystem
    /// The size in bytes at which a segment is sealed.
    package let segmentBytes: Int
    /// How many bytes one read asks for.
    package let blockBytes: Int

    /// Names a store; nothing is opened or checked.
    ///
    /// Sizes are at least 1.
    package init(
        folder: String, fileSystem: any FileSystem = PosixFileSystem(),
        segmentBytes: Int = LogLimits.segmentBytes, blockBytes: Int = LogLimits.blockBytes
    ) {
        precondition(segmentBytes > 0 && blockBytes > 0, "sizes of a store are at least 1")
        var path = folder.isEmpty ? "." : folder
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.folder = path
        self.fileSystem = fileSystem
        self.segmentBytes = segmentBytes
        self.blockBytes = blockBytes
    }

    /// The sequence of the last whole record, 0 when there is none.
    ///
    /// Counts the last segment's lines, O(its bytes).
    package func head() throws(LogFault) -> Int64 {
        guard let last = try segmentSequences().last else { return 0 }
        return try measure(last, from: nil).lastSequence
    }

    /// The segments and their sizes.
    ///
    /// One look at each file's entry, none at its bytes.
    package func extent() throws(LogFault) -> LogExtent {
        var segments: [LogExtent.Segment] = []
        for first in try segmentSequences() {
            let status = try attempt(.reading) { () throws(SystemError) in
                try fileSystem.status(path(ofSegment: first))
            }
            segments.append(.init(firstSequence: first, byteCount: status.byteCount))
        }
        return LogExtent(segments: segments)
    }

    /// The path of a segment, as shown in messages.
    package func path(ofSegment firstSequence: Int64) -> String {
        "\(folder)/\(segmentName(firstSequence))"
    }

    /// The path of the lock file.
    package var lockPath: String { "\(folder)/lock" }
}

extension FolderStore {
    /// The first sequence of each segment, ascending; the first is 1.
    func segmentSequences() throws(LogFault) -> [Int64] {
        let names: [String]
        do {
            names = try fileSystem.names(in: folder)
        } catch {
            throw folderFault(error, while: .reading)
        }
        var sequences: [Int64] = []
        // In order, so that of several odd names the same one is reported each time.
        for name in names.sorted() {
            if let sequence = try firstSequence(ofFile: name, in: folder) {
                sequences.append(sequence)
            }
        }
        sequences.sort()
        if let first = sequences.first { try requireOrder(found: first, expected: 1) }
        return sequences
    }

    /// Throws unless a segment begins where the one before it ended.
    func requireOrder(found: Int64, expected: Int64) throws(LogFault) {
        guard found != expected else { return }
        throw LogFault(
            .segmentOrder(found: found, expected: expected), in: path(ofSegment: found))
    }

    /// Says that the folder is what is missing, where that is so.
    func folderFault(_ error: SystemError, while activity: LogFault.Activity) -> LogFault {
        switch error.reason {
        case .notFound: LogFault(.folderNotFound, in: folder)
        case .notAFolder: LogFault(.notAFolder, in: folder)
        case .permission, .readOnly, .exists, .isAFolder, .isALink, .isNoFile, .tooLarge, .noSpace,
            .quota, .device, .tooManyFiles, .other:
            LogFault(error, while: activity)
        }
    }

    /// Opens a segment for reading at its beginning, or at a remembered position in it, which is
    /// checked.
    ///
    /// Lines before `lowest` are passed over.
    func reader(
        of segment: Int64, from position: LogPosition? = nil, lowest: Int64
    ) throws(LogFault) -> LineReader {
        let start = position ?? LogPosition(sequence: segment, lineInFile: 1, byteOffset: 0)
        let path = path(ofSegment: segment)
        let file = try attempt(.reading) { () throws(SystemError) in
            try fileSystem.open(path, for: .readingInside)
        }
        let reader = LineReader(
            file, on: fileSystem, blockBytes: blockBytes, isStream: false,
            assembler: LineAssembler(file: path, at: start, lowest: lowest))
        guard start.byteOffset > 0 else { return reader }
        let before = try attempt(.reading) { () throws(SystemError) in
            try fileSystem.read(file, at: start.byteOffset - 1, count: 1, after: [])
        }
        if before == [LineFeeds.byte] { return reader }
        throw LogFault(.positionUnknown, in: path, byteOffset: start.byteOffset)
    }

    /// Where a segment ends: its last line, and what follows it.
    ///
    /// Counts from `position` on.
    func measure(
        _ segment: Int64, from position: LogPosition?
    ) throws(LogFault) -> SegmentMeasure {
        var reader = try reader(of: segment, from: position, lowest: .max)
        while try reader.next() != nil {}
        return SegmentMeasure(
            lastSequence: reader.lastSequence, location: reader.location,
            pendingBytes: reader.pendingBytes)
    }
}

/// How a segment ends.
struct SegmentMeasure {
    /// The sequence of its last whole line; with none, one less than its name.
    let lastSequence: Int64
    /// Where the next line begins, or will begin.
    let location: LineLocation
    /// The bytes after the last line feed.
    let pendingBytes: Int
}
