import ClaimsDomain
package import ClaimsLedger
import EventLog
package import TransparencyLog

/// A generated ledger as a folder: its identity and key come from size and seed like its events.
package struct GeneratedLedger: ~Copyable {
    /// The ledger, as far as it is written.
    package let ledger: Ledger
    /// The number of events written.
    package private(set) var eventCount: Int64 = 0
    /// The bytes written.
    package private(set) var byteCount: Int64 = 0
    private let log: BackgroundWriter
    private var generator: LedgerGenerator

    /// How many bytes go into one durable write.
    package static let batchBytes = LedgerWriter.importBatchBytes
    /// Beyond it the partners' seven-digit ids run out.
    package static let mostEvents: Int64 = 1_000_000_000

    private init(
        _ ledger: Ledger, log: consuming LogWriter, generator: consuming LedgerGenerator
    ) {
        self.ledger = ledger
        self.log = BackgroundWriter(log)
        self.generator = generator
    }

    /// Makes the folder.
    ///
    /// Throws when it is there and not empty, or cannot be made.
    package static func make(
        _ folder: String, events: Int64, seed: UInt64, segmentBytes: Int64? = nil
    ) throws(LedgerError) -> GeneratedLedger {
        try requireEmpty(folder)
        let key = try key(events: events, seed: seed)
        let ledger = try Ledger.create(
            folder,
            LedgerSettings(
                ledgerID: ledgerID(events: events, seed: seed),
                origin: "\(key.verifierKey.name)", publicKey: "\(key.verifierKey)",
                iso4217: Currency.tableVersion,
                segmentBytes: segmentBytes ?? Int64(LogLimits.segmentBytes)))
        guard let store = ledger.folder else {
            throw LedgerError(.fault("\(folder): error: this is no folder", .cannotCreate))
        }
        do {
            return GeneratedLedger(
                ledger, log: try store.openLogWriter(),
                generator: LedgerGenerator(events: events, seed: seed))
        } catch {
            throw LedgerError(error)
        }
    }

    /// Makes the next events and has them written while more are made; whether there are more to
    /// come.
    ///
    /// What is written is a whole ledger, also when nothing more comes; durable after `finish`.
    package mutating func writeNext() throws(LedgerError) -> Bool {
        var lines: [UInt8] = []
        let hasMore = try generator.next(bytes: Self.batchBytes) { lines = $0 }
        do { try log.append(lines) } catch { throw LedgerError(error) }
        eventCount += Int64(LineFeeds.count(in: lines.span))
        byteCount += Int64(lines.count)
        return hasMore
    }

    /// Returns when all events made are durable.
    package func finish() throws(LedgerError) {
        do { try log.finish() } catch { throw LedgerError(error) }
    }

    /// The key pair of a generated ledger.
    ///
    /// The public half has to be the same each time, and so whoever knows the seed can make the
    /// private half: it is written nowhere and proves nothing.
    package static func key(events: Int64, seed: UInt64) throws(LedgerError) -> SigningKey {
        do {
            let name = try KeyName("claims.invalid/\(ledgerID(events: events, seed: seed))")
            let secret = TreeHash(leaf: Array("claims generate, key of seed \(seed)".utf8))
            return try SigningKey(name: name, seed: secret.bytes)
        } catch {
            throw LedgerError(.fault("error: \(error)", .badData))
        }
    }

    /// A UUID of version 8, whose bits are the maker's own: the number of events and the seed.
    ///
    /// Source: RFC 9562.
    private static func ledgerID(events: Int64, seed: UInt64) -> String {
        func digits(_ value: UInt64, _ count: Int) -> String {
            let text = String(value, radix: 16)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let number = UInt64(events)
        let parts = [
            digits(number >> 16 & 0xFFFF_FFFF, 8), digits(number & 0xFFFF, 4),
            digits(0x8000 | seed >> 52, 4), digits(0x8000 | (seed >> 38 & 0x3FFF), 4),
            digits(seed & 0x3F_FFFF_FFFF, 12),
        ]
        return parts.joined(separator: "-")
    }

    private static func requireEmpty(_ folder: String) throws(LedgerError) {
        let names: [String]
        do {
            names = try PosixFileSystem().names(in: folder)
        } catch {
            guard error.reason != .notFound else { return }
            throw LedgerError(.fault("\(folder): error: \(error)", .cannotCreate))
        }
        guard names.isEmpty else {
            throw LedgerError(
                .fault(
                    "\(folder): error: the folder is not empty\n  fix: name a new folder",
                    .cannotCreate))
        }
    }
}
