import ClaimsCodec
import ClaimsDomain

/// Reads what stored lines say, line after line, for as long as a log is.
///
/// A reader keeps every name it meets; so that this one does not grow, it is begun anew now and
/// then.
struct PayloadsOfLines {
    /// Few enough that their names take little memory, many enough that a new reader costs nothing.
    private static let linesPerReader = 8_192

    private var reader = EventReader()
    private var linesRead = 0

    /// What a line without its LF says.
    mutating func payload(_ bytes: Span<UInt8>) throws(LineProblem) -> EventPayload {
        if linesRead == Self.linesPerReader {
            reader = EventReader()
            linesRead = 0
        }
        linesRead += 1
        return try reader.read(bytes).content.payload
    }
}
