import ClaimsCodec
public import ClaimsDomain
import ClaimsIndex
import ClaimsProjections
import EventLog
import Foundation

/// One thing `doctor` looks at.
public struct HealthCheck: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// Whether it needs no attention.
    public let isWell: Bool
    /// What was seen.
    public let detail: String
}

extension Ledger {
    /// Looks at log, tail, clock, lock, checkpoints, tiles, disk, file system, permissions, links,
    /// cache and key; of a shared ledger at log, clock, checkpoints and key, and at the server:
    /// whether it takes writes, TLS, tables, rights, isolation, commits, its clock and
    /// notifications.
    ///
    /// One pass over the log.
    public func examine(now: Instant, keyFile: String?) throws(LedgerError) -> [HealthCheck] {
        guard folder != nil || shared != nil else {
            throw onlyLedger("only a ledger folder or a shared ledger can be examined")
        }
        var checks = logChecks(now: now)
        if let shared {
            do {
                checks += try shared.examine(nowMilliseconds: now.millisecondsSince1970).map {
                    HealthCheck(name: $0.name, isWell: $0.isWell, detail: $0.detail)
                }
            } catch {
                throw LedgerError(error)
            }
        }
        if let folder { checks.append(lockCheck(folder)) }
        checks.append(checkpointCheck())
        if let folder {
            checks.append(tileCheck(folder))
            checks.append(contentsOf: fileChecks(folder))
        }
        return checks + (keyFile.map { [Self.keyCheck($0, FileManager.default)] } ?? [])
    }

    /// Whether the log can be replayed, how it ends, and whether the clock is behind it.
    private func logChecks(now: Instant) -> [HealthCheck] {
        var checks: [HealthCheck] = []
        func note(_ name: String, _ isWell: Bool, _ detail: String) {
            checks.append(HealthCheck(name: name, isWell: isWell, detail: detail))
        }
        do throws(LedgerError) {
            let log = try replay()
            let last = log.order.lastRecordedAt
            note("log", true, "\(log.order.head) events, \(log.replay.bytesRead) bytes")
            if folder != nil {
                note(
                    "tail", log.tornTail == nil,
                    log.tornTail.map { "\($0.byteCount) torn bytes; run 'claims repair'" }
                        ?? "the log ends with a whole line")
            }
            let isBehind = last.map { now < $0 } ?? false
            note(
                "clock", !isBehind,
                isBehind
                    ? "the clock says \(now), the last event was recorded at \(last ?? now)"
                    : "\(now), after the last event")
        } catch {
            note("log", false, error.description)
        }
        return checks
    }

    /// What the index says about itself; empty where there is none.
    var indexDetail: String {
        guard let store = indexStore else { return "" }
        do throws(IndexProblem) {
            guard let index = try LogIndex.open(store) else { return "" }
            let files = index.fileCount == 1 ? "1 file" : "\(index.fileCount) files"
            return ", an index of events 1 to \(index.last) in \(files)"
        } catch {
            return ", an index that is not used: \(error.description ?? "the log is beyond it")"
        }
    }

    static func keyCheck(_ path: String, _ files: FileManager) -> HealthCheck {
        guard let attributes = try? files.attributesOfItem(atPath: path) else {
            return HealthCheck(
                name: "key", isWell: true,
                detail: "no private key at '\(path)': this machine cannot sign checkpoints")
        }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        let isPrivate = mode & 0o077 == 0
        return HealthCheck(
            name: "key", isWell: isPrivate,
            detail: isPrivate
                ? "'\(path)', readable by its owner only"
                : "'\(path)' is open to others; run 'chmod 600'")
    }

    /// Below this a bulk import may fill the disk: one segment and its index.
    static let leastFreeBytes: Int64 = 128 << 20
}
