/// Whole lines of a log, in order, with their line feeds: what one read delivers.
///
/// No line is longer than `LogLimits.lineBytes`. May be kept, and handed to another thread.
package struct LogChunk: Sendable, Equatable {
    /// The lines; never empty, always ended by a line feed.
    package let bytes: [UInt8]
    /// The sequence of the first line.
    package let firstSequence: Int64
    /// How many lines there are, at least 1.
    package let lineCount: Int
    /// The file they are in, as shown in messages.
    package let file: String
    /// The line of that file that the first one is, from 1.
    package let firstLineInFile: Int
    /// The byte of that file that the first one begins at, from 0.
    package let byteOffsetInFile: Int

    /// Makes a chunk; for readers of a store.
    package init(
        bytes: [UInt8], firstSequence: Int64, lineCount: Int, file: String,
        firstLineInFile: Int, byteOffsetInFile: Int
    ) {
        self.bytes = bytes
        self.firstSequence = firstSequence
        self.lineCount = lineCount
        self.file = file
        self.firstLineInFile = firstLineInFile
        self.byteOffsetInFile = byteOffsetInFile
    }

    /// The sequence of the last line.
    package var lastSequence: Int64 { firstSequence + Int64(lineCount) - 1 }

    /// Where the line after this chunk begins, or will begin.
    package var end: LogPosition {
        LogPosition(
            sequence: lastSequence + 1, lineInFile: firstLineInFile + lineCount,
            byteOffset: byteOffsetInFile + bytes.count)
    }

    /// Hands over each line without its line feed until `body` says stop or throws; returns what it
    /// said last.
    ///
    /// One search for a byte a line.
    @inlinable
    package func forEachLine<Failure: Error>(
        _ body: (Span<UInt8>, LineLocation) throws(Failure) -> ReadStep
    ) throws(Failure) -> ReadStep {
        let all = bytes.span
        var start = 0
        var number = 0
        while let end = LineFeeds.first(in: all, from: start) {
            let location = LineLocation(
                sequence: firstSequence + Int64(number), file: file,
                line: firstLineInFile + number, byteOffset: byteOffsetInFile + start)
            if try body(all.extracting(start..<end), location) == .stop { return .stop }
            start = end + 1
            number += 1
        }
        return .next
    }
}

/// Where one line of a log is.
package struct LineLocation: Equatable, Sendable {
    /// Its number over the whole log, from 1.
    package let sequence: Int64
    /// The file it is in, as shown in messages.
    package let file: String
    /// Its number in that file, from 1.
    package let line: Int
    /// The byte of that file that it begins at, from 0.
    package let byteOffset: Int

    /// Makes a location.
    @inlinable
    package init(sequence: Int64, file: String, line: Int, byteOffset: Int) {
        self.sequence = sequence
        self.file = file
        self.line = line
        self.byteOffset = byteOffset
    }
}

/// The beginning of a line that a reader remembers, so that the next one need not count to it.
package struct LogPosition: Equatable, Hashable, Sendable {
    /// The sequence of the line that begins there.
    package let sequence: Int64
    /// The number of that line in its segment, from 1.
    package let lineInFile: Int
    /// The byte of the segment, from 0.
    package let byteOffset: Int

    /// Makes a position; it is checked when it is used.
    package init(sequence: Int64, lineInFile: Int, byteOffset: Int) {
        self.sequence = sequence
        self.lineInFile = lineInFile
        self.byteOffset = byteOffset
    }

    /// The first sequence of the segment, which is its name.
    package var segmentFirstSequence: Int64 { sequence - Int64(lineInFile) + 1 }
}

/// What the receiver of a line or a chunk wants next.
package enum ReadStep: Equatable, Sendable {
    /// The one after it.
    case next
    /// No more.
    case stop
}
