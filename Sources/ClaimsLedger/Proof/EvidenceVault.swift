package import EventLog
import TransparencyLog

/// `evidence/`: copies of attached documents, named by their SHA-256.
package struct EvidenceVault: Sendable {
    static let name = "evidence"

    /// The folder.
    package let path: String
    private let fileSystem: any FileSystem

    /// The vault of a ledger folder; nothing is opened.
    package init(ledger folder: FolderStore) {
        path = "\(folder.folder)/\(Self.name)"
        fileSystem = folder.fileSystem
    }

    /// Whether there is a vault.
    package var exists: Bool { (try? fileSystem.status(path))?.kind == .folder }

    /// Whether it holds a document itself; a symbolic link to one is none.
    package func holds(_ sha256: String) -> Bool {
        guard let file = try? fileSystem.open("\(path)/\(sha256)", for: .readingInside) else {
            return false
        }
        fileSystem.close(file)
        return true
    }

    /// Keeps a document under its hash, durably: written aside while it is hashed, synced, renamed.
    ///
    /// A document that is there already is left as it is. Returns whether it was added. Throws when
    /// it cannot be copied, or is not the document of that hash any more.
    package func store(_ file: String, sha256: String) throws(LedgerError) -> Bool {
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
            throw LedgerError(
                .fault(
                    "\(file): error: the document was changed while it was copied\n"
                        + "  fix: try again when nobody writes to it", .inputOutput))
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

    /// What a document of the vault is now, whatever its name says.
    ///
    /// O(its bytes).
    func describe(_ name: String) throws(LedgerError) -> EvidenceFile {
        try EvidenceFile.describe("\(path)/\(name)", as: .readingInside, on: fileSystem)
    }

    /// Takes a document out again whose event was not recorded.
    package func discard(_ sha256: String) { try? fileSystem.remove("\(path)/\(sha256)") }

    /// The names in the vault, in order; those being written and dot-files left out.
    func names() throws(SystemError) -> [String] {
        try fileSystem.names(in: path).filter { !$0.hasPrefix(".") && !$0.hasSuffix(".new") }
            .sorted()
    }
}

extension Ledger {
    /// The vault of a ledger folder, there or not.
    ///
    /// Throws at a plain file, which has none.
    package func vault() throws(LedgerError) -> EvidenceVault {
        guard let folder else {
            throw onlyFolder("only a ledger folder has a vault")
        }
        return EvidenceVault(ledger: folder)
    }
}
