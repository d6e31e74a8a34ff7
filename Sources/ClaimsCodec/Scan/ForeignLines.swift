package import ClaimsDomain
import EventLog

/// Records of another producer, brought into lines of this ledger: what a thread makes of a stretch
/// of input without knowing the log.
package struct ForeignLines: Sendable {
    /// The records that are events, as lines with their facts, of a sequence still to be given.
    package internal(set) var scanned = ScannedChunk()
    /// Where each line comes from, and where its place in the log is written.
    package internal(set) var places: [Place] = []
    /// The records that are none, in the order of the input.
    package internal(set) var problems: [Problem] = []
    /// How many records the stretch has.
    package internal(set) var recordCount = 0

    /// One line.
    package struct Place: Sendable {
        /// The number of its record in the input, from 1.
        package let number: Int
        /// The bytes of the line from the value of `recordedtime` to the end of that of
        /// `sequence`: what a log gives, and no producer.
        package let given: Range<Int>
    }

    /// A record that is no event.
    package struct Problem: Sendable {
        /// The number of its record in the input, from 1.
        package let number: Int
        /// What it is, with its id where it has one.
        package let what: String
        /// What is wrong with it.
        package let reason: String
    }

    /// An empty one, to be filled by a `ForeignChunkReader`.
    package init() {}

    /// Gives a line its place in the log.
    package mutating func setPlace(line: Int, sequence: Int64, recordedAt: Instant) {
        scanned.events[line].fact.sequence = sequence
        scanned.events[line].fact.recordedAt = recordedAt
    }

    /// Writes a line with its LF behind what is in `bytes`, with the sequence it was given.
    package func append(line: Int, to bytes: inout [UInt8]) {
        let event = scanned.events[line]
        let start = bytes.count
        bytes.append(contentsOf: scanned.chunk.bytes[Int(event.start)...Int(event.end)])
        var rest = event.fact.sequence
        var place = start + places[line].given.upperBound
        for _ in 0..<Attribute.sequenceDigits {
            place -= 1
            bytes[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    /// Whether a line says byte for byte what a recorded one says, but for its place in the log.
    package func isSame(line: Int, as recorded: Span<UInt8>) -> Bool {
        let event = scanned.events[line]
        guard let other = Self.given(in: recorded) else { return false }
        let own = places[line].given
        let length = Int(event.end - event.start)
        guard own.lowerBound == other.lowerBound,
            length - own.upperBound == recorded.count - other.upperBound
        else { return false }
        let bytes = scanned.chunk.bytes.span.extracting(Int(event.start)..<Int(event.end))
        for index in 0..<own.lowerBound where bytes[index] != recorded[index] { return false }
        for index in 0..<(length - own.upperBound)
        where bytes[own.upperBound + index] != recorded[other.upperBound + index] {
            return false
        }
        return true
    }

    /// Where a line of this ledger has what the log gave it; nil for one of another layout.
    static func given(in line: Span<UInt8>) -> Range<Int>? {
        var padded = PaddedLine()
        return padded.scan(line) { bytes in given(in: bytes, from: 0, to: line.count) }
    }

    /// The same in the midst of other bytes; offsets count from `start`.
    static func given(in bytes: ScanBytes, from start: Int, to end: Int) -> Range<Int>? {
        let text = CanonicalReader.EnvelopeText.shared
        var at = start
        while at < end {
            let quotes = Words.zeros(bytes.word(at) ^ Words.all(UInt8(ascii: "\"")))
            guard quotes != 0 else {
                at += 8
                continue
            }
            at += Words.first(quotes)
            guard text.recordedTime.stands(in: bytes, at: at) else {
                at += 1
                continue
            }
            let time = at + text.recordedTime.count
            for length in [secondsLength, millisecondsLength]
            where text.sequence.stands(in: bytes, at: time + length) {
                let digits = time + length + text.sequence.count
                return (time - start)..<(digits + Attribute.sequenceDigits - start)
            }
            return nil
        }
        return nil
    }

    /// The lengths of a moment as this ledger writes it.
    private static let secondsLength = 20
    private static let millisecondsLength = 24
}
