/// Which segments a log has and how large they are: enough to tell whether it has grown.
package struct LogExtent: Equatable, Sendable {
    /// The segments by first sequence.
    package let segments: [Segment]

    /// Makes an extent.
    package init(segments: [Segment]) { self.segments = segments }

    /// The bytes of all segments.
    package var byteCount: Int { segments.reduce(0) { $0 + $1.byteCount } }

    /// One file of a log.
    package struct Segment: Equatable, Sendable {
        /// The sequence of its first line.
        package let firstSequence: Int64
        /// Its size, a torn tail included.
        package let byteCount: Int

        /// Makes a segment's entry.
        package init(firstSequence: Int64, byteCount: Int) {
            self.firstSequence = firstSequence
            self.byteCount = byteCount
        }

        /// The name of its file in the ledger folder.
        package var name: String { segmentName(firstSequence) }
    }
}

/// What the name of each segment ends with.
private let segmentSuffix = ".jsonl"

/// The file name of the segment whose first line has this sequence (1 or higher).
package func segmentName(_ firstSequence: Int64) -> String {
    let digits = String(firstSequence)
    let zeros = String(repeating: "0", count: max(0, LogLimits.sequenceDigits - digits.count))
    return zeros + digits + segmentSuffix
}

/// The first sequence that a file name stands for; nil when it is no segment's and not odd;
/// throws `segmentName` when it ends like a segment's name and is not one.
func firstSequence(ofFile name: String, in folder: String) throws(LogFault) -> Int64? {
    // Dot-files are the business of editors and file managers.
    guard name.hasSuffix(segmentSuffix), !name.hasPrefix(".") else { return nil }
    guard let sequence = Int64(name.dropLast(segmentSuffix.count)), sequence >= 1,
        segmentName(sequence) == name
    else {
        throw LogFault(.segmentName, in: "\(folder)/\(name)")
    }
    return sequence
}
