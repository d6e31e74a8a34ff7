import EventLog
import TransparencyLog

/// Copies of attached documents, named by their SHA-256.
package protocol EvidenceVault: Sendable {
    /// What it is called by.
    var path: String { get }

    /// Whether `discard` takes a document out again.
    var canDiscard: Bool { get }

    /// Whether there is a vault.
    func exists() throws(LedgerError) -> Bool

    /// Tells of a SHA-256 whether the vault holds a document of that name.
    func contents() throws(LedgerError) -> (String) -> Bool

    /// Keeps a document under its hash, durably, whole or not at all.
    ///
    /// A document that is there already is left as it is. Returns whether it was added. Throws when
    /// it cannot be copied, or is not the document of that hash any more. O(its bytes).
    func store(_ file: String, sha256: String) throws(LedgerError) -> Bool

    /// Takes a document out again whose event was not recorded.
    func discard(_ sha256: String)

    /// The names of all documents, in order.
    func names() throws(LedgerError) -> [String]

    /// The SHA-256 that a document has now, whatever its name says.
    ///
    /// O(its bytes).
    func sha256(of name: String) throws(LedgerError) -> String
}

/// `evidence/` in a ledger folder, a file for each document.
struct FolderVault: EvidenceVault {
    static let name = "evidence"

    let path: String
    private let fileSystem: any FileSystem

    /// The vault of a ledger folder; nothing is opened.
    init(ledger folder: FolderStore) {
        path = "\(folder.folder)/\(Self.name)"
        fileSystem = folder.fileSystem
    }

    var canDiscard: Bool { true }

    func exists() -> Bool { (try? fileSystem.status(path))?.kind == .folder }

    func contents() -> (String) -> Bool { { holds($0) } }

    /// Whether it holds a document itself; a symbolic link to one is none.
    private func holds(_ sha256: String) -> Bool {
        guard let file = try? fileSystem.open("\(path)/\(sha256)", for: .readingInside) else {
            return false
        }
        fileSystem.close(file)
        return true
    }

    /// Written aside while it is hashed, synced, renamed.
    func store(_ file: String, sha256: String) throws(LedgerError) -> Bool {
        if holds(sha256) { return false }
        let aside = "\(path)/\(sha256).\(fileSystem.processNumber).new"
        let found: String
        do throws(SystemError) {
            try WholeFile.makeFolders(path, on: fileSystem)
            found = try copy(file, to: aside)
        } catch {
            throw LedgerError(.fault("error: document \(error)", .cannotCreate))
        }
        guard found == sha256 else {
            try? fileSystem.remove(aside)
            throw Self.changed(file)
        }
        do throws(SystemError) {
            try fileSystem.rename(aside, to: "\(path)/\(sha256)")
            try fileSystem.syncFolder(path)
            try fileSystem.syncFolder(WholeFile.folder(of: path))
        } catch {
            try? fileSystem.remove(aside)
            throw LedgerError(.fault("error: document \(error)", .cannotCreate))
        }
        return true
    }

    /// Copies a file and syncs the copy; returns the SHA-256 of what was copied.
    private func copy(_ file: String, to aside: String) throws(SystemError) -> String {
        let source = try fileSystem.open(file, for: .reading)
        defer { fileSystem.close(source) }
        // Left by a process of the same number that ended in the middle of this.
        try? fileSystem.remove(aside)
        let target = try fileSystem.open(aside, for: .creating)
        var digest = FileDigest()
        do throws(SystemError) {
            var offset = 0
            while true {
                let piece = try fileSystem.read(
                    source, at: offset, count: LogLimits.blockBytes, after: [])
                if piece.isEmpty { break }
                offset += piece.count
                digest.update(piece)
                var rest = piece[...]
                while !rest.isEmpty {
                    rest = rest.dropFirst(try fileSystem.write(rest, to: target, at: nil))
                }
            }
            try fileSystem.syncData(target)
            fileSystem.close(target)
        } catch {
            fileSystem.close(target)
            try? fileSystem.remove(aside)
            throw error
        }
        return digest.hexadecimal()
    }

    func sha256(of name: String) throws(LedgerError) -> String {
        try EvidenceFile.describe("\(path)/\(name)", as: .readingInside, on: fileSystem).sha256
    }

    func discard(_ sha256: String) { try? fileSystem.remove("\(path)/\(sha256)") }

    /// Those being written and dot-files left out.
    func names() throws(LedgerError) -> [String] {
        do {
            return try fileSystem.names(in: path)
                .filter { !$0.hasPrefix(".") && !$0.hasSuffix(".new") }.sorted()
        } catch {
            throw LedgerError(error)
        }
    }
}

extension EvidenceVault {
    static func changed(_ file: String) -> LedgerError {
        LedgerError(
            .fault(
                "\(file): error: the document was changed while it was copied\n"
                    + "  fix: try again when nobody writes to it", .inputOutput))
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
