package import EventLog
import TransparencyLog

/// Copies of attached documents, named by their SHA-256.
package protocol EvidenceVault: Sendable {
    /// What it is called by.
    var path: String { get }

    /// Where the files are that `store` takes documents from.
    var fileSystem: any FileSystem { get }

    /// Whether `discard` takes a document out again.
    var canDiscard: Bool { get }

    /// Whether there is a vault.
    func exists() throws(LedgerError) -> Bool

    /// Tells of a SHA-256 whether the vault holds a document of that name.
    func contents() throws(LedgerError) -> (String) -> Bool

    /// Delivers the bytes of a document piece by piece, those of an empty one as an empty piece.
    ///
    /// Returns false, having delivered nothing, where there is none of that name. Throws
    /// `DamagedDocument` where there is one that cannot be read, and whatever `body` throws.
    func read(_ name: String, body: ([UInt8]) throws -> Void) throws -> Bool

    /// Keeps a document, durably, all pieces that `pieces` hands to its receiver or none.
    ///
    /// A document that is there already is left as it is. Returns whether it was added. Throws when
    /// it cannot be kept, and whatever `pieces` throws, which may be asked for them again.
    func keep(
        _ sha256: String, pieces: (_ receive: ([UInt8]) throws -> Void) throws -> Void
    ) throws -> Bool

    /// Takes a document out again whose event was not recorded.
    func discard(_ sha256: String)

    /// The names of all documents, in order; none where there is no vault.
    func names() throws(LedgerError) -> [String]
}

/// A document in a vault that is not there as it was kept.
struct DamagedDocument: Error, CustomStringConvertible {
    /// What is the matter.
    enum Problem {
        case unreadable
        case changed(found: String, expected: String)
    }

    /// The document, by its vault.
    let path: String
    let problem: Problem

    var description: String {
        let (what, fix) =
            switch problem {
            case .unreadable: ("the document cannot be read", "look at the disk")
            case .changed(let found, let expected):
                (
                    "the document is changed: its SHA-256 is \(found), expected \(expected)",
                    "restore the file from a backup"
                )
            }
        return "\(path): error: \(what)\n  fix: \(fix)"
    }
}

extension EvidenceVault {
    /// Keeps a file under its hash, durably, whole or not at all; returns whether it was added.
    ///
    /// It is hashed on the way. Throws when it cannot be copied, or is not the document of that
    /// hash any more. O(its bytes).
    package func store(_ file: String, sha256: String) throws(LedgerError) -> Bool {
        do {
            return try keep(sha256) { receive in
                var digest = FileDigest()
                try FilePieces.read(file, on: fileSystem) { piece in
                    digest.update(piece)
                    try receive(piece)
                }
                guard digest.hexadecimal() == sha256 else {
                    throw LedgerError(
                        .fault(
                            "\(file): error: the document was changed while it was copied\n"
                                + "  fix: try again when nobody writes to it", .inputOutput))
                }
            }
        } catch let error as SystemError {
            throw LedgerError(.fault("error: document \(error)", .cannotCreate))
        } catch {
            throw LedgerError(error)
        }
    }

    /// The SHA-256 that a document has now, whatever its name says.
    ///
    /// O(its bytes).
    package func sha256(of name: String) throws(LedgerError) -> String {
        var digest = FileDigest()
        do {
            guard try read(name, body: { digest.update($0) }) else {
                throw DamagedDocument(path: "\(path)/\(name)", problem: .unreadable)
            }
        } catch {
            throw LedgerError(error)
        }
        return digest.hexadecimal()
    }
}

extension Ledger {
    /// The vault of a ledger folder or of a shared ledger, there or not.
    ///
    /// Throws at a plain file, which has none.
    package func vault() throws(LedgerError) -> any EvidenceVault {
        if let folder { return FolderVault(ledger: folder) }
        if let shared { return SharedVault(shared) }
        throw onlyLedger("only a ledger folder or a shared ledger has a vault")
    }
}
