import ClaimsCodec
import ClaimsDomain
import ClaimsProjections
import EventLog
import TransparencyLog

/// What the bytes of a log give: figures and faults, the tree, the documents referred to.
struct DerivedLog {
    var result: Verification
    let record: TreeRecorder
    let evidence: EvidenceNotes
    /// The state of a log without faults.
    var replay: Replay?
}

extension Ledger {
    /// Whether a second look gives the same bytes: not from a pipe.
    var canBeReadTwice: Bool {
        switch location {
        case .folder, .shared: true
        case .file(let path): (try? PosixFileSystem().status(path))?.kind == .file
        case .standardInput: false
        }
    }

    /// Replays the log as any question does and hashes it beside that; nil where it has a fault.
    ///
    /// One pass over the log. Throws when the log cannot be read.
    func deriveClean(
        _ recorder: TreeRecorder, notingEvidence: Bool
    ) throws(LedgerError) -> DerivedLog? {
        var evidence = EvidenceNotes(isWanted: notingEvidence)
        var closings = ClosingNotes()
        let (log, record): (ReplayedLog, TreeRecorder)
        do throws(LedgerError) {
            (log, record) = try replayHashing(recorder, isVerified: true) { kind in
                kind == .periodClosed || notingEvidence && EvidenceNotes.concerns(kind)
            } visit: { _, fact, line in
                evidence.note(fact, line)
                closings.note(fact, line)
            }
        } catch {
            guard error.category == .badData else { throw error }
            return nil
        }
        guard log.tornTail == nil, closings.faults(record.roots).isEmpty else { return nil }
        var result = Verification()
        result.events = log.order.head
        result.bytes = log.replay.bytesRead
        result.accounts = log.replay.state.accounts.count
        for finding in log.replay.state.findings {
            result.findings[finding.code.rawValue, default: 0] += 1
        }
        return DerivedLog(
            result: result, record: record, evidence: evidence, replay: log.replay)
    }
}

extension LedgerState {
    /// A defect of this program if the last event's postings made money, or lost any.
    func checkIdentity() {
        for posting in lastPostings {
            let balance = accounts[Int(posting.account.index)].balance
            precondition(balance.isBalanced, "postings move money, they never make any")
        }
    }
}
