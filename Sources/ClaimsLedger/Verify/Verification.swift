/// What a verification is to look at beside the log itself.
public struct VerifyOptions: Sendable {
    /// Files with checkpoints that were kept outside the ledger.
    public var checkpoints: [String] = []
    /// A verifier key, or a file that holds one; nil is the key in `ledger.json`.
    public var key: String?
    /// A policy file that each checkpoint has to satisfy.
    public var policy: String?
    /// A folder in which the documents of the log have to be.
    public var evidence: String?
    /// An older export of tiles, or copy of the log, to find the first event that differs.
    public var older: String?

    /// The log, and what lies in its folder.
    public init() {}
}

/// What re-deriving everything from the bytes of a log brought to light.
public struct Verification: Sendable {
    /// Each fault in the house layout, in the order of the log; then checkpoints, then documents.
    ///
    /// Any fault means: not as written.
    public internal(set) var faults: [String] = []
    /// Derived files that were made anew, documents nobody refers to: no faults.
    public internal(set) var notices: [String] = []
    /// Rules that history broke, by code: no faults, the log is as it was written.
    public internal(set) var findings: [String: Int] = [:]
    /// The sequence up to which findings and accounts were computed; nil for all of the log.
    ///
    /// Behind a fault nobody knows what history says.
    public internal(set) var foldedUpTo: Int64?
    /// How many events.
    public internal(set) var events: Int64 = 0
    /// How many bytes.
    public internal(set) var bytes: Int64 = 0
    /// How many fund accounts there are.
    public internal(set) var accounts = 0
    /// RFC 6962 root over the stored lines, base64.
    public internal(set) var rootHash = ""
    /// How many checkpoints the ledger keeps itself.
    public internal(set) var keptCheckpoints = 0
    /// How many checkpoints from outside were given.
    public internal(set) var outsideCheckpoints = 0
    /// How far checkpoints from outside cover the log; nil when none was given or none fits.
    public internal(set) var coverage: Coverage?
    /// The documents looked at; nil when there were none to look at.
    public internal(set) var documents: DocumentCount?

    /// Whether something was checked and nothing is wrong with it.
    public var isSound: Bool { faults.isEmpty && events > 0 }
}

/// How far an outside checkpoint vouches for a log.
public struct Coverage: Equatable, Sendable {
    /// The sequence of the last event covered.
    public let upTo: Int64
    /// The file with the checkpoint.
    public let file: String
    /// Whether it was kept outside the ledger; if not, witnesses vouch for it.
    public let isOutside: Bool
    /// The key that has signed it.
    public let signedBy: String
    /// Whether the key was given, or taken from the policy, not from the ledger itself.
    public let isKeyFromOutside: Bool
    /// The witnesses that have cosigned it, as the policy knows them.
    public let witnesses: [String]
}

/// What was found of the documents that a log refers to.
public struct DocumentCount: Equatable, Sendable {
    /// Documents attached and not withdrawn.
    public internal(set) var referenced = 0
    /// Of these, found with the very bytes.
    public internal(set) var found = 0
    /// Files in the vault or folder that the log does not refer to.
    public internal(set) var unreferenced = 0
}
