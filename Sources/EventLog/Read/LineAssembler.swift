/// Cuts blocks of bytes into chunks of whole lines, and keeps what is left for the next block.
struct LineAssembler {
    /// The file as shown in messages.
    let file: String
    /// Lines before this sequence are counted and not delivered.
    let lowest: Int64
    /// The sequence of the line that comes next.
    private(set) var sequence: Int64
    /// The number of that line in the file, from 1.
    private(set) var line: Int
    /// The byte that it begins at.
    private(set) var byteOffset: Int
    /// The beginning of that line, to be put before the next block.
    private(set) var carry: [UInt8] = []

    /// Bytes of a line over the limit, which are not kept: only whether it ends matters then.
    private var droppedBytes = 0
    /// The fault of a line whose predecessors had to be delivered first.
    private var heldFault: LogFault?

    /// Begins at a position; nothing is carried yet.
    init(file: String, at position: LogPosition, lowest: Int64) {
        self.file = file
        self.lowest = lowest
        sequence = position.sequence
        line = position.lineInFile
        byteOffset = position.byteOffset
    }

    /// The bytes after the last line feed so far.
    var pendingBytes: Int { droppedBytes + carry.count }

    /// The byte of the file to read next.
    var nextByteOffset: Int { byteOffset + pendingBytes }

    /// Where the pending line begins.
    var location: LineLocation {
        LineLocation(sequence: sequence, file: file, line: line, byteOffset: byteOffset)
    }

    /// Forgets the beginning of the pending line, for a file where it can be read again.
    mutating func restart() {
        droppedBytes = 0
        carry = []
        heldFault = nil
    }

    /// Throws the fault that an earlier block had behind its good lines.
    func throwHeldFault() throws(LogFault) {
        if let heldFault { throw heldFault }
    }

    /// Takes `carry` and the bytes after it; returns the whole lines to deliver, if any.
    ///
    /// A line over the limit is a fault only once its predecessors are delivered, so that the
    /// first fault of a file is the same however its bytes fall into blocks.
    mutating func take(_ block: consuming [UInt8]) throws(LogFault) -> LogChunk? {
        if droppedBytes > 0 { return try drop(block) }
        guard let lastFeed = LineFeeds.last(in: block.span, 0..<block.count) else {
            keep(block)
            return nil
        }
        var end = lastFeed + 1
        if let long = overlongLine(in: block.span, end: end) {
            let fault = LogFault(
                .lineOverLimit(bytes: long.count), in: file,
                line: line + LineFeeds.count(in: block.span.extracting(0..<long.lowerBound)),
                byteOffset: byteOffset + long.lowerBound)
            if long.lowerBound == 0 { throw fault }
            heldFault = fault
            end = long.lowerBound
        }
        carry = Array(block[end...])
        block.removeLast(block.count - end)
        return advance(over: block)
    }

    /// Moves past whole lines and returns those that are asked for.
    private mutating func advance(over lines: consuming [UInt8]) -> LogChunk? {
        let count = LineFeeds.count(in: lines.span)
        let start = location
        let skipped = Int(min(max(0, lowest - sequence), Int64(count)))
        sequence += Int64(count)
        line += count
        byteOffset += lines.count
        if skipped == count { return nil }
        var skippedBytes = 0
        for _ in 0..<skipped {
            skippedBytes = (LineFeeds.first(in: lines.span, from: skippedBytes) ?? 0) + 1
        }
        lines.removeFirst(skippedBytes)
        return LogChunk(
            bytes: lines, firstSequence: start.sequence + Int64(skipped),
            lineCount: count - skipped, file: file, firstLineInFile: start.line + skipped,
            byteOffsetInFile: start.byteOffset + skippedBytes)
    }

    private mutating func keep(_ block: consuming [UInt8]) {
        if block.count > LogLimits.lineBytes {
            droppedBytes = block.count
            carry = []
        } else {
            carry = block
        }
    }

    /// Looks for the end of a line over the limit: one that ends is a fault, one that does not is
    /// a torn tail.
    private mutating func drop(_ block: [UInt8]) throws(LogFault) -> LogChunk? {
        guard let feed = LineFeeds.first(in: block.span, from: 0) else {
            droppedBytes += block.count
            return nil
        }
        throw LogFault(
            .lineOverLimit(bytes: droppedBytes + feed), in: file, line: line,
            byteOffset: byteOffset)
    }

    /// The first line over the limit in whole lines up to `end`.
    ///
    /// Looks at one line in each stretch as long as the limit, so it costs next to nothing.
    private func overlongLine(in bytes: Span<UInt8>, end: Int) -> Range<Int>? {
        var start = 0
        while start < end {
            let reach = min(end, start + LogLimits.lineBytes + 1)
            guard let feed = LineFeeds.last(in: bytes, start..<reach) else {
                return start..<(LineFeeds.first(in: bytes, from: reach) ?? end)
            }
            start = feed + 1
        }
        return nil
    }
}
