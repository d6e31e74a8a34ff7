import ClaimsCodec
import ClaimsDomain
package import EventLog
import PostgreSQLStore
import TransparencyLog

// Ledgers on a server. Checkpoints and documents are kept there, the key with whoever signs; what
// is derived and kept in files beside a folder's log (index, tiles) is a replica's: `Ledger.copy`
// makes and feeds one.
extension Ledger {
    /// Opens a ledger on a server; one short question to it.
    static func openShared(_ address: String) throws(LedgerError) -> Ledger {
        let store = try sharedStore(address)
        let bytes: [UInt8]?
        do { bytes = try store.settings() } catch { throw LedgerError(error) }
        guard let bytes else {
            throw LedgerError(
                .noLedger(
                    path: store.name, problem: "the database holds no such ledger",
                    fix: "name one with '?ledger=NAME', or make one with 'claims init ADDRESS'"))
        }
        let settings = try LocatedText.parsed(
            bytes, of: "\(store.name) (claims_ledger)", fix: "restore the row from a backup",
            LedgerSettings.init(parsing:))
        return shared(store, settings)
    }

    /// Makes a ledger on a server with its key pair; returns also what is left to do there.
    public static func createShared(
        _ address: String, _ new: NewLedger
    ) throws(LedgerError) -> (ledger: Ledger, advice: [String]) {
        let store = try sharedStore(address)
        let keyFile = KeyFile(path: new.keyFile)
        let (key, isNew) = try keyFile.readOrGenerate(origin: new.origin)
        let settings = LedgerSettings(
            ledgerID: new.ledgerID, origin: new.origin, publicKey: "\(key.verifierKey)",
            iso4217: Currency.tableVersion, segmentBytes: new.segmentBytes)
        if isNew { try keyFile.write(key) }
        do {
            let advice = try store.create(settings: Array(settings.text.utf8))
            return (shared(store, settings), advice)
        } catch {
            // A key that signs for no ledger must not be found and used later.
            if isNew { try? PosixFileSystem().remove(new.keyFile) }
            throw LedgerError(error)
        }
    }

    /// Makes a ledger on a server that is to be a copy of one elsewhere.
    static func createShared(
        _ address: String, _ settings: LedgerSettings
    ) throws(LedgerError) -> Ledger {
        let store = try sharedStore(address)
        do { _ = try store.create(settings: Array(settings.text.utf8)) } catch {
            throw LedgerError(error)
        }
        return shared(store, settings)
    }

    /// The log as one that can be appended to and followed; nil for a plain file or a stream.
    package var store: (any EventStore)? {
        if let folder { return folder }
        return shared
    }

    /// The refusal of what no plain file of lines can do, in words, with what to do instead.
    func onlyLedger(_ problem: String) -> LedgerError {
        LedgerError(
            .noLedger(path: name, problem: problem, fix: "name the ledger with --ledger"))
    }

    /// Whether a text names a ledger on a server.
    public static func isShared(_ address: String) -> Bool { ServerAddress.isAddress(address) }

    /// The ledger in a log that many machines append to.
    package static func shared(_ store: any SharedStore, _ settings: LedgerSettings) -> Ledger {
        Ledger(
            location: .shared(store.name), settings: settings, source: store, folder: nil,
            shared: store)
    }

    private static func sharedStore(_ text: String) throws(LedgerError) -> any SharedStore {
        let address: ServerAddress
        do { address = try ServerAddress(text) } catch { throw LedgerError(error) }
        #if PostgreSQL
            return PostgreSQLStore(address)
        #else
            throw LedgerError(
                .noLedger(
                    path: address.shown, problem: "this program was built without PostgreSQL",
                    fix: "build it with 'swift build -c release --traits PostgreSQL' "
                        + "(needs libpq-dev)"))
        #endif
    }
}
