package import ClaimsIndex

/// When a ledger folder's questions are answered from an index beside the log.
///
/// The index is derived: it is written by the first question that gains from it, extended by later
/// ones, and can be deleted at any time. It never changes an answer.
public struct IndexPolicy: Equatable, Sendable {
    /// The format of the index's files; those of another are written anew.
    package static let formatVersion = IndexFormat.version
    /// The smallest log that gets an index.
    package var leastLogBytes: Int
    /// How the files are laid out.
    package var layout = IndexLayout()
    /// How many bytes of the log may lie behind the index before a question extends it.
    package var leastTailBytes: Int

    /// From 4 MiB of log on: up to there a replay takes about as long as starting the program.
    ///
    /// The last 64 KiB, some 150 events, are folded on top without extending it.
    public static let automatic = IndexPolicy(leastLogBytes: 4 << 20, leastTailBytes: 64 << 10)
    /// Whatever the size of the log.
    public static let always = IndexPolicy(leastLogBytes: 0, leastTailBytes: 64 << 10)
    /// Every answer by a replay; an index that is there is left alone.
    public static let never = IndexPolicy(leastLogBytes: .max, leastTailBytes: .max)
}
