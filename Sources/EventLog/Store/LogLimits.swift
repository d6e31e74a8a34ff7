/// The limits of a log, each with its reason.
package enum LogLimits {
    /// The longest line without its line feed: with it, 64 KiB, so that a record and an offset in
    /// it fit 16 bits, and a reader in any language knows how much memory a line can take.
    package static let lineBytes = 65_535

    /// How much one read asks for: large enough that the calls cost nothing, small enough to be
    /// still in the processor's cache when the lines are scanned.
    package static let blockBytes = 1 << 19

    /// The size at which a segment is sealed unless the ledger says otherwise: small enough to
    /// copy, check and count in an instant, large enough that years fit a few files.
    package static let segmentBytes = 64 << 20

    /// The digits of a segment's name, so that names in their order are sequences in theirs.
    package static let sequenceDigits = 12

    /// The highest sequence that the name of a segment, or an event, can hold.
    package static let highestSequence: Int64 = 999_999_999_999
}
