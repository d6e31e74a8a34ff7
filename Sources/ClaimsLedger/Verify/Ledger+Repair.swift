import ClaimsCodec
import EventLog

/// A torn tail, for people to look at before it is set aside.
public struct TornTailNotice: Equatable, Sendable {
    /// The file, as it was named.
    public let file: String
    /// The byte in the file it begins at, from 0.
    public let byteOffset: Int
    /// How many bytes.
    public let byteCount: Int
    /// Its beginning, safe to print.
    public let excerpt: String
}

extension Ledger {
    /// What an append that ended half-way left; nil when the log ends cleanly or is being written,
    /// and on a server, which commits whole lines.
    public func tornTail() throws(LedgerError) -> TornTailNotice? {
        if shared != nil { return nil }
        guard let folder else { throw notRepairable }
        do {
            guard let tail = try folder.tornTail(), !tail.isAppendInProgress else { return nil }
            let file = try folder.fileSystem.open(tail.location.file, for: .readingInside)
            defer { folder.fileSystem.close(file) }
            let beginning = try folder.fileSystem.read(
                file, at: tail.location.byteOffset, count: Self.excerptBytes, after: [])
            return TornTailNotice(
                file: tail.location.file, byteOffset: tail.location.byteOffset,
                byteCount: tail.byteCount, excerpt: Excerpt(of: beginning.span, around: 0).text)
        } catch {
            throw LedgerError(error)
        }
    }

    /// More than a line of a terminal shows.
    private static let excerptBytes = 1_024

    /// Moves the torn tail to a file of its own; returns where.
    ///
    /// Throws when there is none or a writer is at work, and when a checkpoint covers what is torn:
    /// that was stored once, so it was not an append that tore it.
    public func setAsideTornTail() throws(LedgerError) -> String {
        guard let folder else {
            if shared == nil { throw notRepairable }
            throw Self.noTornTail
        }
        do {
            if let tail = try folder.tornTail() { try requireUncovered(tail) }
            if let set = try folder.setAsideTornTail() { return set.path }
        } catch {
            throw LedgerError(error)
        }
        throw Self.noTornTail
    }

    private static let noTornTail = LedgerError(
        .fault("error: there is no torn tail any more", .notFound))

    private func requireUncovered(_ tail: TornTail) throws(LedgerError) {
        guard let checkpoint = try newestCheckpoint(covering: tail.location.sequence) else {
            return
        }
        throw LedgerError(
            .fault(
                """
                \(tail.location.file):\(tail.location.line): error: event \
                \(tail.location.sequence) is torn and was stored once: '\(checkpoint.path)' covers it
                  at byte \(tail.location.byteOffset)
                  fix: restore the file from a backup
                """, .badData))
    }

    private var notRepairable: LedgerError {
        onlyLedger("only a ledger folder or a shared ledger can be repaired")
    }
}
