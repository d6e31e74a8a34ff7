import ClaimsDomain
import EventLog
import Foundation
import TransparencyLog

/// What a new ledger is made with.
public struct NewLedger: Sendable {
    /// A UUID.
    public var ledgerID: String
    /// The name of the log in checkpoints and keys: without spaces or plus signs.
    public var origin: String
    /// The size at which a segment is sealed.
    public var segmentBytes: Int64
    /// Where the private key is, or is to be; outside the ledger folder.
    public var keyFile: String

    /// The makings of a ledger.
    public init(
        ledgerID: String, origin: String, keyFile: String,
        segmentBytes: Int64? = nil
    ) {
        self.ledgerID = ledgerID
        self.origin = origin
        self.segmentBytes = segmentBytes ?? Int64(LogLimits.segmentBytes)
        self.keyFile = keyFile
    }
}

extension Ledger {
    /// Makes a ledger folder with its key pair, durably.
    ///
    /// An existing key file is used, a missing one is made with mode 0600. Throws when the folder
    /// holds a ledger already or cannot be made.
    public static func create(_ path: String, _ new: NewLedger) throws(LedgerError) -> Ledger {
        try requireNoLedger(in: path)
        guard new.segmentBytes > 0 else {
            throw LedgerError(.fault("error: a segment has at least 1 byte", .badData))
        }
        let key = try KeyFile.open(new.keyFile, origin: new.origin)
        return try create(
            path,
            LedgerSettings(
                ledgerID: new.ledgerID, origin: new.origin, publicKey: "\(key.verifierKey)",
                iso4217: Currency.tableVersion, segmentBytes: new.segmentBytes))
    }

    /// Makes a ledger folder whose key pair is kept elsewhere, durably.
    ///
    /// Throws when the folder holds a ledger already or cannot be made.
    package static func create(
        _ path: String, _ settings: LedgerSettings
    ) throws(LedgerError) -> Ledger {
        try requireNoLedger(in: path)
        let store = FolderStore(folder: path, segmentBytes: Int(settings.segmentBytes))
        do {
            try store.create()
        } catch {
            throw LedgerError(error)
        }
        do {
            try WholeFile.write(
                Array(settings.text.utf8), to: "\(path)/\(LedgerSettings.fileName)")
        } catch {
            throw LedgerError(.fault("error: \(error)", .cannotCreate))
        }
        return Ledger(
            location: .folder(path), settings: settings, source: store, folder: store)
    }

    private static func requireNoLedger(in path: String) throws(LedgerError) {
        let settings = "\(path)/\(LedgerSettings.fileName)"
        guard (try? PosixFileSystem().status(settings)) == nil else {
            throw LedgerError(
                .fault(
                    "\(path): error: the folder is a ledger already\n  fix: choose another folder",
                    .cannotCreate))
        }
    }
}

/// The private key of a ledger: a file of its owner's, never printed.
enum KeyFile {
    /// The key in a file, or a new one put there.
    static func open(_ path: String, origin: String) throws(LedgerError) -> SigningKey {
        do {
            if FileManager.default.fileExists(atPath: path) {
                let text = String(decoding: try WholeFile.read(path), as: UTF8.self)
                let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
                let key = try SigningKey(secretText: line)
                guard "\(key.verifierKey.name)" == origin else {
                    throw LedgerError(
                        .fault(
                            """
                            \(path): error: the key is named '\(key.verifierKey.name)', \
                            the ledger '\(origin)'
                              fix: name the ledger like its key with --origin
                            """, .badData))
                }
                return key
            }
            let key = SigningKey.generate(name: try KeyName(origin))
            try write(key, to: path)
            return key
        } catch let error as LedgerError {
            throw error
        } catch let error as TransparencyError {
            throw LedgerError(.fault("\(path): error: \(error)", .badData))
        } catch {
            throw LedgerError(.fault("\(path): error: \(error)", .cannotCreate))
        }
    }

    /// The file exists with mode 0600 before a byte of the key is in it.
    private static func write(_ key: SigningKey, to path: String) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: WholeFile.folder(of: path), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        guard
            files.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        try file.write(contentsOf: Data("\(key.secretText)\n".utf8))
        try file.synchronize()
        try file.close()
    }
}
