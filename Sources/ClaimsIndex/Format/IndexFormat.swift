import ClaimsDomain

/// The fixed numbers of the index's files.
///
/// A run file holds the columns of a stretch of the log. Numbers are little-endian and fixed-width,
/// in columns; no memory layout of this program is stored. Another version is another format: such
/// files are left out and replaced.
package enum IndexFormat {
    /// To be raised when a column changes, and when the fold says something else about the same
    /// log: findings and postings are stored as the fold gave them.
    package static let version: UInt32 = 5
    /// The first eight bytes of a run: `claimidx`.
    static let magic: UInt64 = 0x7864_696D_6961_6C63
    /// A page of a file with its checksum; what one look-up reads.
    static let pageBytes = 4096
    /// The bytes of a page that the checksum stands behind.
    static let payloadBytes = pageBytes - 8
    /// Sequences are stored in 32 bits; a longer log is replayed.
    static let highestSequence = Int64(UInt32.max) - 1
    /// Postings of more than this in sum could overflow an account somewhere: such a log is
    /// replayed, so that the fault is the replay's.
    static let highestTotal: UInt64 = 1 << 62
    /// How much of the log's end a run remembers by its hash.
    static let tailBytes = 1 << 16

    /// What the numbers for buckets and findings stand for: files of another list are left out.
    static let vocabulary: UInt64 = {
        let words = Bucket.allCases.map(\.rawValue) + FindingCode.allCases.map(\.rawValue)
        let text = Array(words.joined(separator: "\n").utf8)
        return WordHash.hash(text.span, seed: UInt64(version))
    }()
}

/// How many events stand together in the index; tests take small numbers.
package struct IndexLayout: Equatable, Sendable {
    /// Events a summary row is about.
    package var eventsABlock = 4096
    /// The most events of a run: what a question about all accounts reads around its moment, and
    /// what merging rewrites at the most.
    package var eventsARun = 1 << 18

    package init() {}
}

/// Why an index cannot be used for an answer.
///
/// None of these reaches the answer: it is then computed by replaying the log.
package enum IndexProblem: Error, Equatable {
    /// A page does not have the bytes that were written.
    case damaged(file: String)
    /// The index is of another log, or of this one before somebody rewrote it.
    case differs(file: String, what: String)
    /// The system would not let it be read or written.
    case system(String)
    /// The question needs the whole log: a fold of another order, or figures beyond the columns.
    case needsReplay

    /// In words, for people; nil where nothing is wrong.
    package var description: String? {
        switch self {
        case .damaged(let file): "'\(file)' is damaged"
        case .differs(let file, let what): "'\(file)' is not of this log: \(what)"
        case .system(let text): text
        case .needsReplay: nil
        }
    }
}
