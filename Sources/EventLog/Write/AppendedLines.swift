/// Counts lines that are to be appended, and throws unless each has something in it, is within the
/// limit and ends in a line feed.
///
/// No lines are none.
func checkedLineCount(of lines: Span<UInt8>) throws(LogFault) -> Int {
    var start = 0
    var count = 0
    while start < lines.count {
        guard let end = LineFeeds.first(in: lines, from: start) else {
            throw fault(.lineFeedMissing, line: count + 1, byteOffset: start)
        }
        guard end > start else { throw fault(.lineEmpty, line: count + 1, byteOffset: start) }
        guard end - start <= LogLimits.lineBytes else {
            throw fault(.lineOverLimit(bytes: end - start), line: count + 1, byteOffset: start)
        }
        start = end + 1
        count += 1
    }
    return count
}

/// Where the lines for a segment with so many bytes of room end: behind the one that fills it.
func segmentEnd(of lines: Span<UInt8>, from start: Int, room: Int) -> Int {
    guard start + room < lines.count else { return lines.count }
    let lastFeed = LineFeeds.first(in: lines, from: start + max(room, 1) - 1)
    return (lastFeed ?? lines.count - 1) + 1
}

/// The lines as one buffer, each ended by a line feed; throws when one has a line feed inside.
func joinedLines(_ lines: [[UInt8]]) throws(LogFault) -> [UInt8] {
    var buffer: [UInt8] = []
    buffer.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
    for (index, line) in lines.enumerated() {
        guard LineFeeds.first(in: line.span, from: 0) == nil else {
            throw fault(.lineFeedInside, line: index + 1, byteOffset: buffer.count)
        }
        buffer += line
        buffer.append(LineFeeds.byte)
    }
    return buffer
}

/// Locates a fault in lines that are in no file yet.
private func fault(_ problem: LogFault.Problem, line: Int, byteOffset: Int) -> LogFault {
    LogFault(problem, in: "appended lines", line: line, byteOffset: byteOffset)
}
