import ClaimsDomain

/// Reads a line with the canonical reader, and with the general one where that gives up.
struct LineReading: Sendable {
    var general: GeneralReader
    private var canonical = CanonicalReader()
    private var padded = PaddedLine()

    init(toleratesUnknown: Bool) { general = GeneralReader(toleratesUnknown: toleratesUnknown) }

    /// Reads a line that stands alone, without its line feed.
    mutating func read(
        _ bytes: Span<UInt8>, into event: inout ScannedEvent, _ tables: inout LineTables
    ) throws(LineProblem) -> ScannedLineKind {
        let isRead = padded.scan(bytes) { padded in
            canonical.read(padded, from: 0, into: &event, &tables) == bytes.count
        }
        if isRead { return .event }
        // What the canonical reader took before it gave up is only names too many.
        event = ScannedEvent(start: Int(event.start))
        return try general.read(bytes, into: &event, &tables)
    }

    /// Reads the line at `start` of a chunk if it is in the canonical layout: the offset of its
    /// line feed, or nothing.
    @inline(__always)
    mutating func readCanonical(
        _ bytes: ScanBytes, from start: Int, into event: inout ScannedEvent,
        _ tables: inout LineTables
    ) -> Int {
        canonical.read(bytes, from: start, into: &event, &tables)
    }
}
