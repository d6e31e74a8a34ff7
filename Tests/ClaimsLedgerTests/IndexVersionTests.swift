import ClaimsDomain
import ClaimsIndex
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Foundation
import Testing
import TransparencyLog

/// The index stores findings and postings as the fold gave them: a fold that says something else
/// about the same log is another version of the index, and nothing else would tell.
@Suite("The version of the index")
struct IndexVersionTests {
    private static let sample = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../events").standardizedFileURL.path
    private static let record = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/index-versions.txt")

    /// What the fold says of each event: postings, then what it broke.
    private struct Fold {
        var log: [UInt8] = []
        var answers = ""
        private var found = 0

        mutating func note(_ fact: Fact, _ state: LedgerState, _ line: Span<UInt8>) {
            if fact.sequence == 1 { found = 0 }
            for index in line.indices { log.append(line[index]) }
            log.append(0x0A)
            for posting in state.postingsInText {
                answers +=
                    "\(fact.sequence) \(posting.account) \(posting.from) \(posting.to) "
                    + "\(posting.amount)\n"
            }
            for finding in state.findings[found...] {
                answers +=
                    "\(finding.sequence) \(finding.code.rawValue) "
                    + "\(state.names.text(finding.subject))\n"
            }
            found = state.findings.count
        }
    }

    /// The sample ledger, in which little is broken, and histories in which much is.
    private static func fold() throws -> (log: String, answers: String) {
        var fold = Fold()
        _ = try Ledger.open(sample).replay { fold.note($1, $0, $2) }
        let postings = fold.answers.count
        for seed: UInt64 in 0..<20 {
            let history = try randomBrokenHistory(seed: seed, events: 80)
            let desk = try IndexDesk(history.entries.map(\.line))
            _ = try desk.replayed.replay { fold.note($1, $0, $2) }
        }
        #expect(postings > 10_000 && fold.answers.count > 2 * postings)
        return (Stamp.digest(fold.log), Stamp.digest(Array(fold.answers.utf8)))
    }

    @Test("is raised when the fold says something else about the same log")
    func raised() throws {
        let (log, answers) = try Self.fold()
        let text = (try? String(contentsOf: Self.record, encoding: .utf8)) ?? ""
        // One line a version: the version, the logs it was recorded with, what the fold said.
        var lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let version = "\(IndexFormat.version)"
        let place = lines.firstIndex { $0.first == version }
        let isSameLog = place.map { lines[$0][1] == log } ?? false
        if let place, isSameLog {
            #expect(
                lines[place][2] == answers,
                """
                the fold gives other findings or postings for the same logs than when version \
                \(version) of the index was recorded: raise IndexFormat.version, then record with \
                RECORD_GOLDEN=1, or indexes written before go on giving the old answers
                """)
            return
        }
        guard ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" else {
            Issue.record(
                "version \(version) is not recorded for these logs; RECORD_GOLDEN=1 does")
            return
        }
        if let place { lines.remove(at: place) }
        lines.append([version, log, answers])
        let recorded = lines.map { $0.joined(separator: " ") + "\n" }.joined()
        try FileManager.default.createDirectory(
            at: Self.record.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(recorded.utf8).write(to: Self.record)
        Issue.record("recorded version \(version) of the index")
    }
}
