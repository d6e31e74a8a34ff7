import ClaimsCodec
import EventLog
package import TransparencyLog

/// A signed checkpoint in a file.
package struct CheckpointFile: Sendable {
    /// The file, as it was named.
    package let path: String
    /// The note with all its signatures.
    package let note: SignedNote
    /// What the note says.
    package let checkpoint: Checkpoint
}

/// `checkpoints/` in a ledger folder, a file for each size.
struct CheckpointFolder: CheckpointKeeper {
    static let name = "checkpoints"
    private static let suffix = ".checkpoint"

    let path: String
    let fileSystem: any FileSystem

    init(ledger folder: FolderStore) {
        path = "\(folder.folder)/\(Self.name)"
        fileSystem = folder.fileSystem
    }

    /// The file of a checkpoint of a size.
    func file(size: UInt64) -> String {
        let digits = String(size)
        let zeros = String(
            repeating: "0", count: max(0, LogLimits.sequenceDigits - digits.count))
        return "\(path)/\(zeros)\(digits)\(Self.suffix)"
    }

    func read(
        signedBy key: VerifierKey
    ) throws(LedgerError) -> (files: [CheckpointFile], faults: [String]) {
        var names: [String]
        do {
            names = try fileSystem.names(in: path)
        } catch {
            if error.reason == .notFound { return ([], []) }
            throw LedgerError(error)
        }
        // Dot-files are the business of editors and file managers, `.new` is one being written.
        names = names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".new") }.sorted()
        var files: [CheckpointFile] = []
        var faults: [String] = []
        for name in names {
            let file = "\(path)/\(name)"
            do throws(LedgerError) {
                let found = try CheckpointFile.read(
                    file, as: .readingInside, signedBy: key, on: fileSystem)
                guard self.file(size: found.checkpoint.size) == file else {
                    throw CheckpointFile.fault(
                        file,
                        "the file's name is not the size \(found.checkpoint.size) that it "
                            + "covers", fix: "give the file its name back")
                }
                files.append(found)
            } catch {
                faults.append(error.description)
            }
        }
        return (files, faults)
    }

    func kept(size: UInt64, signedBy key: VerifierKey) throws(LedgerError) -> CheckpointFile? {
        do throws(LedgerError) {
            return try CheckpointFile.read(file(size: size), signedBy: key, on: fileSystem)
        } catch {
            guard error.category == .notFound else { throw error }
            return nil
        }
    }

    /// A newer note takes the place of an older one of its size.
    func keep(
        _ note: SignedNote, size: UInt64, over known: CheckpointFile?
    ) throws(LedgerError) -> String? {
        try write(note, size: size)
    }

    /// Keeps a note, whole or not at all; returns the file.
    func write(_ note: SignedNote, size: UInt64) throws(LedgerError) -> String {
        let file = file(size: size)
        do throws(SystemError) {
            try WholeFile.makeFolders(path, on: fileSystem)
            try WholeFile.write(Array(note.description.utf8), to: file, on: fileSystem)
            try fileSystem.syncFolder(WholeFile.folder(of: path))
        } catch {
            throw LedgerError(.fault("\(file): error: \(error)", .cannotCreate))
        }
        return file
    }
}

extension CheckpointFile {
    /// Reads a note and checks that a log's key has signed it.
    ///
    /// Throws a located fault, or when there is no such file.
    static func read(
        _ path: String, as use: FileUse = .reading, signedBy key: VerifierKey,
        on fileSystem: any FileSystem
    ) throws(LedgerError) -> CheckpointFile {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(path, as: use, on: fileSystem)
        } catch {
            throw LedgerError(error)
        }
        return try CheckpointFile(parsing: bytes, of: path, signedBy: key)
    }

    /// Takes the bytes of a note from anywhere and checks that a log's key has signed it.
    ///
    /// Throws a located fault.
    init(
        parsing bytes: [UInt8], of path: String, signedBy key: VerifierKey
    ) throws(LedgerError) {
        do throws(TransparencyError) {
            let note = try SignedNote(bytes: bytes)
            let checkpoint = try Checkpoint(
                note: note, signedBy: key, origin: key.name.description)
            self.init(path: path, note: note, checkpoint: checkpoint)
        } catch {
            throw Self.fault(path, error, in: bytes)
        }
    }

    /// Reads a note that nobody has checked yet.
    static func readNote(
        _ path: String, as use: FileUse = .reading, on fileSystem: any FileSystem
    ) throws(LedgerError) -> (bytes: [UInt8], note: SignedNote) {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(path, as: use, on: fileSystem)
        } catch {
            throw LedgerError(error)
        }
        do {
            return (bytes, try SignedNote(bytes: bytes))
        } catch {
            throw fault(path, error, in: bytes)
        }
    }

    /// The fault of a file that is no usable checkpoint, at the line that the problem names.
    static func fault(
        _ path: String, _ problem: TransparencyError, in bytes: [UInt8]
    ) -> LedgerError {
        guard let line = problem.line else {
            return fault(path, "\(problem)", fix: fix(problem))
        }
        var offset = 0
        for _ in 1..<max(line, 1) {
            offset = (bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
        }
        return LedgerError(
            .fault(
                LocatedText.fault(
                    file: path, bytes: bytes, offset: offset, what: "\(problem)",
                    fix: fix(problem)),
                .badData))
    }

    private static func fix(_ problem: TransparencyError) -> String {
        switch problem {
        case .policy(.noQuorum): "have its witnesses cosign it with 'claims cosign'"
        case .policy(.unknownLog): "ask for one that is signed by a log of the policy"
        case .policy: "correct the policy, whose form is C2SP tlog-policy"
        case .hash, .tree, .proof, .key, .note, .checkpoint, .file: usualFix
        }
    }

    static let usualFix = "restore the file from a backup, or ask for it again"

    static func fault(_ path: String, _ what: String, fix: String = usualFix) -> LedgerError {
        LedgerError(.fault("\(path): error: \(what)\n  fix: \(fix)", .badData))
    }
}
