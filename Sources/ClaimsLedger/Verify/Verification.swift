import ClaimsCodec
import ClaimsDomain
import ClaimsProjections
import EventLog
import TransparencyLog

/// What re-deriving everything from the bytes of a log brought to light.
public struct Verification: Sendable {
    /// Each fault in the house layout, in the order of the log.
    ///
    /// Any fault means: not as written.
    public internal(set) var faults: [String] = []
    /// Rules that history broke, by code: no faults, the log is as it was written.
    public internal(set) var findings: [String: Int] = [:]
    /// How many events.
    public internal(set) var events: Int64 = 0
    /// How many bytes.
    public internal(set) var bytes: Int64 = 0
    /// How many fund accounts there are.
    public internal(set) var accounts = 0
    /// RFC 6962 root over the stored lines, base64.
    public internal(set) var rootHash = ""

    /// Whether something was checked and nothing is wrong with it.
    public var isSound: Bool { faults.isEmpty && events > 0 }
}

extension Ledger {
    /// Re-derives everything from the bytes: format, order, ids, times, postings and the buckets'
    /// identity; goes on after a fault and lists every one.
    ///
    /// One pass over the log.
    public func verify() throws(LedgerError) -> Verification {
        var run = VerificationRun()
        do {
            let end = try source.read(from: 1) { chunk in
                run.result.bytes += Int64(chunk.bytes.count)
                return try chunk.forEachLine { (bytes, location) throws(any Error) in
                    run.take(bytes, at: location)
                    return .next
                }
            }
            if let tail = end.tornTail, !tail.isAppendInProgress {
                run.result.faults.append("\(tail.fault)")
            }
        } catch let fault as LogFault {
            // A missing or misnamed segment ends what can be read; what was read still counts.
            guard fault.category == .badData else { throw LedgerError(fault) }
            run.result.faults.append("\(fault)")
        } catch {
            throw LedgerError(error)
        }
        return run.finished()
    }
}

private struct VerificationRun {
    var result = Verification()
    private var reader = FactReader()
    private var order = LogOrder()
    private var state = LedgerState()
    private var tree = TreeBuilder()

    mutating func take(_ bytes: Span<UInt8>, at location: LineLocation) {
        result.events += 1
        tree.append(TreeHash(leaf: bytes))
        do throws(LineProblem) {
            try check(bytes)
        } catch {
            result.faults.append("\(LineFault(error, in: bytes, at: location))")
            order.resume(after: location.sequence)
        }
    }

    private mutating func check(_ bytes: Span<UInt8>) throws(LineProblem) {
        guard case .fact(let fact, let rules) = try reader.read(bytes, names: &state.names) else {
            return
        }
        try order.accept(reader, bytes)
        try state.take(fact, rules: rules)
        for posting in state.lastPostings {
            let balance = state.accounts[Int(posting.account.index)].balance
            precondition(balance.isBalanced, "postings move money, they never make any")
        }
    }

    func finished() -> Verification {
        var result = result
        result.accounts = state.accounts.count
        result.rootHash = tree.root.base64
        for finding in state.findings { result.findings[finding.code.rawValue, default: 0] += 1 }
        return result
    }
}
