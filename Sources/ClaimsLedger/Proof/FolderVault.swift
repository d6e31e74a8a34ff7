import EventLog

/// `evidence/` in a ledger folder, a file for each document.
struct FolderVault: EvidenceVault {
    static let name = "evidence"

    let path: String
    let fileSystem: any FileSystem

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

    func read(_ name: String, body: ([UInt8]) throws -> Void) throws -> Bool {
        let unreadable = DamagedDocument(path: "\(path)/\(name)", problem: .unreadable)
        let file: OpenFile
        do throws(SystemError) {
            file = try fileSystem.open(unreadable.path, for: .readingInside)
        } catch {
            guard error.reason == .notFound || error.reason == .isALink else { throw unreadable }
            return false
        }
        defer { fileSystem.close(file) }
        // What whoever takes a piece throws is no matter of this file.
        var isReading = true
        do {
            try FilePieces.read(file, on: fileSystem) { piece in
                isReading = false
                try body(piece)
                isReading = true
            }
        } catch {
            throw isReading ? unreadable : error
        }
        return true
    }

    /// Written aside, synced, renamed.
    func keep(
        _ sha256: String, pieces: (([UInt8]) throws -> Void) throws -> Void
    ) throws -> Bool {
        if holds(sha256) { return false }
        var file: AsideFile?
        func opened() throws(SystemError) -> AsideFile {
            if let file { return file }
            try WholeFile.makeFolders(path, on: fileSystem)
            let new = try AsideFile("\(path)/\(sha256)", on: fileSystem)
            file = new
            return new
        }
        do {
            try pieces { try opened().append($0) }
        } catch {
            file?.discard()
            throw error
        }
        try opened().commit()
        try fileSystem.syncFolder(WholeFile.folder(of: path))
        return true
    }

    func discard(_ sha256: String) { try? fileSystem.remove("\(path)/\(sha256)") }

    /// Those being written and dot-files left out.
    func names() throws(LedgerError) -> [String] {
        do throws(SystemError) {
            return try fileSystem.names(in: path)
                .filter { !$0.hasPrefix(".") && !$0.hasSuffix(".new") }.sorted()
        } catch {
            if error.reason == .notFound { return [] }
            throw LedgerError(error)
        }
    }
}
