package import ClaimsDomain
package import EventLog

/// The index of a log, open for questions: runs that cover it from its first event on.
package final class LogIndex {
    let store: IndexStore
    /// In the order of the log; never empty.
    let runs: [IndexRun]
    /// The segments covered, as they were when they were indexed.
    let segments: [SegmentEntry]
    private let lines: LogLines

    /// Opens what there is; nil where there is nothing.
    ///
    /// Throws where a file is damaged, or is of another log than this one is now. Reads a few pages
    /// a run, and the end of the log that is covered.
    package static func open(_ store: IndexStore) throws(IndexProblem) -> LogIndex? {
        let stretches = try store.stretches()
        var runs: [IndexRun] = []
        var next: Int64 = 1
        while let stretch = stretches.last(where: { $0.lowerBound == next }) {
            runs.append(try IndexRun(stretch, in: store))
            next = stretch.upperBound + 1
        }
        guard !runs.isEmpty else { return nil }
        return try LogIndex(store, runs)
    }

    private init(_ store: IndexStore, _ runs: [IndexRun]) throws(IndexProblem) {
        self.store = store
        self.runs = runs
        var segments: [SegmentEntry] = []
        var total: UInt64 = 0
        for (before, run) in zip([nil] + runs.map(Optional.some), runs) {
            guard run.header.startOffset == before?.header.endOffset ?? 0,
                run.header.accountsBefore
                    == before.map({ $0.header.accountsBefore + $0.header.accountCount }) ?? 0
            else { throw run.damaged }
            for segment in try run.segments() {
                if segments.last?.firstSequence == segment.firstSequence { segments.removeLast() }
                segments.append(segment)
            }
            let (sum, overflow) = total.addingReportingOverflow(run.header.total)
            guard !overflow, sum <= IndexFormat.highestTotal else { throw .needsReplay }
            total = sum
        }
        self.segments = segments
        lines = LogLines(store, segments)
        try checkLog()
    }

    /// Throws unless the log still begins with the bytes that were indexed, as far as can be told
    /// without reading them: names, sizes and stamps of the segments, and the last bytes.
    private func checkLog() throws(IndexProblem) {
        for (place, segment) in segments.enumerated() {
            let status = try store.status(ofSegment: segment.firstSequence)
            let path = store.log.path(ofSegment: segment.firstSequence)
            let isLast = place == segments.count - 1
            if isLast, Int64(status.byteCount) > segment.byteCount { continue }
            guard Int64(status.byteCount) == segment.byteCount else {
                throw .differs(file: path, what: "its size is not the one indexed")
            }
            guard status.stamp.number == segment.number,
                status.stamp.modifiedNanoseconds == segment.modifiedNanoseconds,
                status.stamp.changedNanoseconds == segment.changedNanoseconds
            else {
                throw .differs(file: path, what: "it was written to since it was indexed")
            }
        }
        let header = lastRun.header
        let tail = try store.tail(before: header.end)
        guard tail.count == header.tailCount, tail.hash == header.tailHash else {
            throw .differs(
                file: store.log.path(ofSegment: header.end.segmentFirstSequence),
                what: "its bytes are not those indexed")
        }
    }

    private var lastRun: IndexRun { runs[runs.count - 1] }

    /// The sequence of the last event indexed.
    package var last: Int64 { lastRun.last }
    /// Where the line after it begins.
    package var end: LogPosition { lastRun.header.end }
    /// The byte of the whole log there.
    package var endOffset: Int64 { lastRun.header.endOffset }
    /// When that event was recorded.
    package var lastRecordedAt: Instant {
        Instant(millisecondsSince1970: lastRun.header.lastRecordedAt)
    }
    var accountCount: Int64 { lastRun.header.accountsBefore + lastRun.header.accountCount }

    /// What was posted in all, to know that no sum can overflow.
    var total: UInt64 { runs.reduce(0) { $0 + $1.header.total } }

    /// The files it is made of.
    package var fileCount: Int { runs.count }

    func run(of sequence: Int64) throws(IndexProblem) -> IndexRun {
        var low = 0
        var high = runs.count - 1
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].last < sequence { low = middle + 1 } else { high = middle }
        }
        guard runs[low].contains(sequence) else { throw lastRun.damaged }
        return runs[low]
    }

    /// The line of an event without its LF, read from the log.
    func line(at sequence: Int64) throws(IndexProblem) -> [UInt8] {
        try lines.line(try run(of: sequence).bytes(of: sequence), at: sequence)
    }
}

/// Reads single lines of the log by the bytes they are at.
private final class LogLines {
    private let store: IndexStore
    private let segments: [SegmentEntry]
    private var open: [Int64: OpenFile] = [:]

    init(_ store: IndexStore, _ segments: [SegmentEntry]) {
        self.store = store
        self.segments = segments
    }

    deinit { for file in open.values { store.fileSystem.close(file) } }

    func line(
        _ range: Range<Int64>, at sequence: Int64
    ) throws(IndexProblem) -> [UInt8] {
        guard
            let segment = segments.last(where: {
                $0.firstSequence <= sequence && $0.start <= range.lowerBound
            })
        else { throw .needsReplay }
        let path = store.log.path(ofSegment: segment.firstSequence)
        var bytes: [UInt8] = []
        do throws(SystemError) {
            let file = try file(segment.firstSequence, path)
            while bytes.count < range.count {
                let before = bytes.count
                bytes = try store.fileSystem.read(
                    file, at: Int(range.lowerBound - segment.start) + before,
                    count: range.count - before, after: bytes)
                if bytes.count == before { break }
            }
        } catch {
            throw .system("\(error)")
        }
        guard bytes.count == range.count, bytes.popLast() == LineFeeds.byte else {
            throw .differs(file: path, what: "no line ends where one was indexed")
        }
        return bytes
    }

    private func file(_ segment: Int64, _ path: String) throws(SystemError) -> OpenFile {
        if let file = open[segment] { return file }
        let file = try store.fileSystem.open(path, for: .readingInside)
        open[segment] = file
        return file
    }
}
