import ClaimsDomain
import ClaimsProjections
import EventLog

extension Ledger {
    /// Compares the documents in the vault, and in a folder that was named, with what the log says
    /// of them.
    ///
    /// A document that is in neither is a fault only where a folder was named: the vault is kept
    /// for those who want it. Hashes every file.
    func checkDocuments(
        _ vault: any EvidenceVault, _ options: VerifyOptions, _ notes: EvidenceNotes,
        into result: inout Verification
    ) throws(LedgerError) {
        let hasVault = try vault.exists()
        guard hasVault || options.evidence != nil else { return }
        var check = DocumentCheck(notes)
        if hasVault { try check.take(vault) }
        if let path = options.evidence {
            try check.take(folder: path)
            let missing = check.missing
            let retained = missing.isEmpty ? [:] : try retentionStates()
            for document in missing { check.miss(document, retained[document.subject]) }
        }
        result.faults += check.faults
        result.notices += check.notices
        result.documents = check.count
    }

    /// What may be done with the documents of each claim; nothing where the log cannot be replayed.
    private func retentionStates() throws(LedgerError) -> [String: RetentionState] {
        guard let rows = try? retention().value.rows else { return [:] }
        return Dictionary(rows.map { ($0.claim.text, $0.state) }) { first, _ in first }
    }
}

/// Documents on disk beside those that a log refers to.
private struct DocumentCheck {
    private(set) var faults: [String] = []
    private(set) var notices: [String] = []
    private(set) var count = DocumentCount()
    private let required: [ReferencedDocument]
    /// Also those withdrawn: they are known.
    private let known: Set<String>
    private var found: Set<String> = []
    /// Files in the named folder by their name, for documents that were changed.
    private var pathsByName: [String: String] = [:]

    init(_ notes: EvidenceNotes) {
        required = notes.documents.filter { !$0.isWithdrawn }
        known = Set(notes.documents.map(\.sha256))
        count.referenced = required.count
    }

    /// Hashes every file of the vault.
    mutating func take(_ vault: any EvidenceVault) throws(LedgerError) {
        for name in try vault.names() {
            let path = "\(vault.path)/\(name)"
            guard let sha256 = try? vault.sha256(of: name) else {
                faults.append("\(DamagedDocument(path: path, problem: .unreadable))")
                continue
            }
            if known.contains(name), sha256 != name {
                let change = DamagedDocument.Problem.changed(found: sha256, expected: name)
                faults.append("\(DamagedDocument(path: path, problem: change))")
                found.insert(name)
            } else if known.contains(sha256) {
                note(sha256)
            } else {
                unreferenced(path)
            }
        }
    }

    /// Hashes every file of a folder and those in it.
    mutating func take(folder path: String) throws(LedgerError) {
        let fileSystem = PosixFileSystem()
        do throws(SystemError) {
            for name in try fileSystem.names(in: path).sorted() where !name.hasPrefix(".") {
                let file = "\(path)/\(name)"
                if try fileSystem.status(file).kind == .folder {
                    do {
                        try take(folder: file)
                    } catch {
                        faults.append(error.description)
                    }
                    continue
                }
                guard let described = try? EvidenceFile.describe(file) else {
                    faults.append("\(file): error: the document cannot be read\n  fix: look at it")
                    continue
                }
                pathsByName[name] = file
                if known.contains(described.sha256) {
                    note(described.sha256)
                } else if !required.contains(where: { $0.filename == name }) {
                    unreferenced(file)
                }
            }
        } catch {
            throw LedgerError(error)
        }
    }

    private mutating func note(_ sha256: String) {
        guard found.insert(sha256).inserted else { return }
        count.found += required.count { $0.sha256 == sha256 }
    }

    private mutating func unreferenced(_ path: String) {
        count.unreferenced += 1
        notices.append("\(path): warning: no event refers to this file")
    }

    /// The documents of the log that were nowhere.
    var missing: [ReferencedDocument] { required.filter { !found.contains($0.sha256) } }

    /// Says that a document is missing, or changed where a file has its name.
    mutating func miss(_ document: ReferencedDocument, _ state: RetentionState?) {
        let who = "document '\(document.evidence)' of '\(document.subject)'"
        if let path = pathsByName[document.filename] {
            faults.append(
                "\(path): error: \(who) is changed since event \(document.sequence), expected "
                    + "SHA-256 \(document.sha256)\n  fix: find the file as it was")
        } else if state == .mayGo {
            notices.append("warning: \(who) is gone, which its retention period allows")
        } else {
            faults.append(
                "error: \(who), attached at event \(document.sequence) as "
                    + "'\(document.filename)', is missing: SHA-256 \(document.sha256)\n"
                    + "  fix: put the file into the folder, or attach it with --store")
        }
    }
}
