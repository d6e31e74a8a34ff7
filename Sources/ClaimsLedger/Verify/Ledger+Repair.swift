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
    /// What follows the last whole line of the log; nil when it ends cleanly or is being written.
    public func tornTail() throws(LedgerError) -> TornTailNotice? {
        guard let folder else { throw notRepairable }
        do {
            guard let tail = try folder.tornTail(), !tail.isAppendInProgress else { return nil }
            let bytes = try WholeFile.read(tail.location.file)
            let rest = Array(bytes.dropFirst(tail.location.byteOffset))
            return TornTailNotice(
                file: tail.location.file, byteOffset: tail.location.byteOffset,
                byteCount: tail.byteCount, excerpt: Excerpt(of: rest.span, around: 0).text)
        } catch {
            throw LedgerError(error)
        }
    }

    /// Moves the torn tail to a file of its own; returns where.
    ///
    /// Throws when there is none or a writer is at work.
    public func setAsideTornTail() throws(LedgerError) -> String {
        guard let folder else { throw notRepairable }
        do {
            if let set = try folder.setAsideTornTail() { return set.path }
        } catch {
            throw LedgerError(error)
        }
        throw LedgerError(.fault("error: there is no torn tail any more", .notFound))
    }

    private var notRepairable: LedgerError {
        LedgerError(
            .noLedger(
                path: name, problem: "only a ledger folder can be repaired",
                fix: "name the folder with --ledger"))
    }
}
