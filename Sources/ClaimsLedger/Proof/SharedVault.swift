import EventLog
import TransparencyLog

/// Documents in a table beside a shared log, for those who have no folder in common.
///
/// Whoever appends may add one, and nobody needs to delete any: what was kept for an event that
/// was refused in the end stays, and `verify` says that nothing refers to it.
struct SharedVault: EvidenceVault {
    private let log: any SharedStore
    private let fileSystem: any FileSystem

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

    /// Sent in pieces of one transaction while it is hashed.
    func store(_ file: String, sha256: String) throws(LedgerError) -> Bool {
        do {
            return try log.keepDocument(sha256) { receive in
                let found = try send(file, to: receive)
                guard found == sha256 else { throw Self.changed(file) }
            }
        } catch let error as SystemError {
            throw LedgerError(.fault("error: document \(error)", .cannotCreate))
        } catch {
            throw LedgerError(error)
        }
    }

    /// Hands over a file piece by piece, an empty one as an empty piece; returns its SHA-256.
    private func send(_ file: String, to receive: ([UInt8]) throws -> Void) throws -> String {
        let source = try fileSystem.open(file, for: .reading)
        defer { fileSystem.close(source) }
        var digest = FileDigest()
        var offset = 0
        while true {
            let piece = try fileSystem.read(
                source, at: offset, count: LogLimits.blockBytes, after: [])
            if piece.isEmpty, offset > 0 { break }
            digest.update(piece)
            try receive(piece)
            if piece.isEmpty { break }
            offset += piece.count
        }
        return digest.hexadecimal()
    }

    func discard(_ sha256: String) {}

    func names() throws(LedgerError) -> [String] {
        do { return try log.documents() } catch { throw LedgerError(error) }
    }

    func sha256(of name: String) throws(LedgerError) -> String {
        var digest = FileDigest()
        do {
            try log.readDocument(name) { digest.update($0) }
        } catch {
            throw LedgerError(error)
        }
        return digest.hexadecimal()
    }
}
