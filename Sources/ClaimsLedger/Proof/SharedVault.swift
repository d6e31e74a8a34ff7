import EventLog

/// Documents in a table beside a shared log, for those who have no folder in common.
///
/// Whoever appends may add one, and nobody needs to delete any: what was kept for an event that
/// was refused in the end stays, and `verify` says that nothing refers to it.
struct SharedVault: EvidenceVault {
    private let log: any SharedStore
    let fileSystem: any FileSystem

    init(_ log: any SharedStore, fileSystem: any FileSystem = PosixFileSystem()) {
        self.log = log
        self.fileSystem = fileSystem
    }

    var path: String { "\(log.name) (claims_document)" }

    var canDiscard: Bool { false }

    func exists() throws(LedgerError) -> Bool { try !names().isEmpty }

    /// One question to the server for all of them.
    func contents() throws(LedgerError) -> (String) -> Bool {
        let names = Set(try names())
        return { names.contains($0) }
    }

    func read(_ name: String, body: ([UInt8]) throws -> Void) throws -> Bool {
        var isThere = false
        try log.readDocument(name) { piece in
            isThere = true
            try body(piece)
        }
        return isThere
    }

    /// Sent in one transaction.
    func keep(
        _ sha256: String, pieces: (([UInt8]) throws -> Void) throws -> Void
    ) throws -> Bool {
        try log.keepDocument(sha256, pieces: pieces)
    }

    func discard(_ sha256: String) {}

    func names() throws(LedgerError) -> [String] {
        do { return try log.documents() } catch { throw LedgerError(error) }
    }
}
