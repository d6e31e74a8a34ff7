import ClaimsDomain
package import EventLog
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
    /// holds a ledger already or cannot be made, or when the key would be inside it; a key file
    /// made for it is gone then.
    public static func create(_ path: String, _ new: NewLedger) throws(LedgerError) -> Ledger {
        let fileSystem = PosixFileSystem()
        try requireNoLedger(in: path, on: fileSystem)
        guard new.segmentBytes > 0 else {
            throw LedgerError(.fault("error: a segment has at least 1 byte", .badData))
        }
        guard LedgerSettings.isLedgerID(new.ledgerID) else {
            throw LedgerError(
                .fault(
                    "error: the ledger's id is '\(new.ledgerID)', expected "
                        + LedgerSettings.ledgerIDExpectation, .badData))
        }
        let keyFile = KeyFile(path: new.keyFile)
        try keyFile.requireOutside(ledger: path)
        // Nothing is made before everything that can be wrong was looked at.
        let (key, isNew) = try keyFile.readOrGenerate(origin: new.origin)
        let settings = LedgerSettings(
            ledgerID: new.ledgerID, origin: new.origin, publicKey: "\(key.verifierKey)",
            iso4217: Currency.tableVersion, segmentBytes: new.segmentBytes)
        let store = try makeStore(path, settings, fileSystem)
        if isNew { try keyFile.write(key) }
        do throws(LedgerError) {
            return try make(path, settings, store)
        } catch {
            // A key that signs for no ledger must not be found and used later.
            if isNew { try? fileSystem.remove(new.keyFile) }
            throw error
        }
    }

    /// Makes a ledger folder whose key pair is kept elsewhere, durably.
    ///
    /// Throws when the folder holds a ledger already or cannot be made.
    package static func create(
        _ path: String, _ settings: LedgerSettings,
        on fileSystem: any FileSystem = PosixFileSystem()
    ) throws(LedgerError) -> Ledger {
        try requireNoLedger(in: path, on: fileSystem)
        return try make(path, settings, makeStore(path, settings, fileSystem))
    }

    private static func makeStore(
        _ path: String, _ settings: LedgerSettings, _ fileSystem: any FileSystem
    ) throws(LedgerError) -> FolderStore {
        let store = FolderStore(
            folder: path, fileSystem: fileSystem, segmentBytes: Int(settings.segmentBytes))
        do {
            try store.create()
        } catch {
            throw LedgerError(error)
        }
        return store
    }

    /// Writes the settings, which make the folder a ledger.
    private static func make(
        _ path: String, _ settings: LedgerSettings, _ store: FolderStore
    ) throws(LedgerError) -> Ledger {
        do {
            try WholeFile.write(
                Array(settings.text.utf8), to: "\(path)/\(LedgerSettings.fileName)",
                on: store.fileSystem)
        } catch {
            throw LedgerError(.fault("error: \(error)", .cannotCreate))
        }
        return Ledger(
            location: .folder(path), settings: settings, source: store, folder: store)
    }

    private static func requireNoLedger(
        in path: String, on fileSystem: any FileSystem
    ) throws(LedgerError) {
        let settings = "\(path)/\(LedgerSettings.fileName)"
        guard (try? fileSystem.status(settings)) == nil else {
            throw LedgerError(
                .fault(
                    "\(path): error: the folder is a ledger already\n  fix: choose another folder",
                    .cannotCreate))
        }
    }
}
