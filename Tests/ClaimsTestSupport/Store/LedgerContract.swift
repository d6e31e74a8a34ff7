import ClaimsCodec
import ClaimsDomain
package import ClaimsLedger
import Dispatch
import EventLog
import Synchronization

/// What a ledger has to answer to commands that come again, whatever keeps its lines.
///
/// Whether an id is taken is decided on the replayed log, above the stores, so it is asked of whole
/// ledgers. Each rule takes a ledger without events and returns what it found wrong, in words;
/// `again` opens the same ledger as somebody else would.
package struct LedgerContract: Sendable, CustomStringConvertible {
    /// A ledger, as often as it is asked for.
    package typealias Opening = @Sendable () throws -> Ledger

    /// The rule, as a sentence.
    package let description: String
    /// Holds a ledger that is empty to it.
    package let violations: @Sendable (_ again: Opening) throws -> [String]

    private init(
        _ description: String, _ violations: @escaping @Sendable (Opening) throws -> [String]
    ) {
        self.description = description
        self.violations = violations
    }

    /// All rules.
    package static let all: [LedgerContract] = [
        LedgerContract("the same event again is answered with the first receipt", repeated),
        LedgerContract("other content under its id is a conflict, and changes nothing", conflict),
        LedgerContract("the id of another source is another id", sources),
        LedgerContract("of one command from many at once one event is made", sameAtOnce),
        LedgerContract("of several commands under one id at once one wins", othersAtOnce),
    ]

    private static let writerCount = 4
    /// How long a writer waits for the lock of a folder.
    private static let waitMilliseconds = 20_000

    private static func earn(
        _ minorUnits: Int64, partner: PartnerID = Samples.partner
    ) -> Command {
        .fund(
            .earn(FundsEarned(amount: usd(minorUnits), earnedOn: Samples.day("2019-12-31"))),
            program: Samples.program.id, partner: partner, period: Samples.firstPeriod)
    }

    private static func context(_ id: String, minutes: Int64 = 0) -> CommandContext {
        CommandContext(
            now: Samples.start.adding(milliseconds: minutes * 60_000), actor: Samples.reviewer,
            id: EventID(id))
    }

    /// One command as a process of its own sends it.
    @discardableResult
    private static func send(
        _ command: Command, _ context: CommandContext, _ open: Opening
    ) throws -> Receipt {
        while true {
            do throws(LedgerError) {
                let ledger: Ledger
                do { ledger = try open() } catch { throw LedgerError(error) }
                var writer = try ledger.openWriter(waitMilliseconds: waitMilliseconds)
                return try writer.submit(command, context)
            } catch {
                // On a simulated disk no time passes while one waits for a lock.
                guard error.category == .locked else { throw error }
            }
        }
    }

    /// Publishes the program and earns some; the receipt of that.
    private static func begin(_ open: Opening) throws -> Receipt {
        try send(.publish(Samples.program), context("program"), open)
        return try send(earn(100), context("e-1"), open)
    }

    /// What was told instead of a conflict over an id; nil for that.
    private static func noConflict(_ body: () throws -> Receipt) -> String? {
        do {
            return "event \(try body().sequence) is made"
        } catch let error as LedgerError {
            if case .conflict = error.reason { return nil }
            return error.description
        } catch {
            return "\(error)"
        }
    }

    private static func repeated(_ open: Opening) throws -> [String] {
        let first = try begin(open)
        try send(earn(200), context("e-2", minutes: 1), open)
        var found: [String] = []
        // At once, and later than what came in between; through a writer that knows of it or not.
        for minutes in [0, 5] as [Int64] {
            var writer = try open().openWriter(waitMilliseconds: waitMilliseconds)
            for _ in 1...2 {
                let receipt = try writer.submit(earn(100), context("e-1", minutes: minutes))
                if !receipt.isRepeated { found.append("\(minutes) min: it is taken for new") }
                if receipt.line != first.line { found.append("\(minutes) min: another line") }
                if receipt.postings != first.postings { found.append("\(minutes) min: postings") }
            }
        }
        if try open().head() != 3 { found.append("the log has \(try open().head()) events") }
        return found
    }

    private static func conflict(_ open: Opening) throws -> [String] {
        _ = try begin(open)
        var found: [String] = []
        var writer = try open().openWriter(waitMilliseconds: waitMilliseconds)
        for _ in 1...2 {
            if let told = noConflict({ try writer.submit(earn(101), context("e-1")) }) {
                found.append(told)
            }
        }
        // The writer goes on after a conflict.
        if try writer.submit(earn(101), context("e-2")).sequence != 3 {
            found.append("it does not go on")
        }
        return found
    }

    private static func sources(_ open: Opening) throws -> [String] {
        let first = try begin(open)
        let other = try send(earn(100, partner: PartnerID("10")), context("e-1"), open)
        let isOther = !other.isRepeated && other.sequence == 3 && other.line != first.line
        return isOther ? [] : ["it is answered with event \(other.sequence)"]
    }

    private static func sameAtOnce(_ open: Opening) throws -> [String] {
        try send(.publish(Samples.program), context("program"), open)
        let receipts = Guarded<[Receipt]>([])
        let problems = Guarded<[String]>([])
        DispatchQueue.concurrentPerform(iterations: writerCount) { _ in
            do {
                let receipt = try send(earn(100), context("e-1"), open)
                receipts.withLock { $0.append(receipt) }
            } catch {
                problems.withLock { $0.append("\(error)") }
            }
        }
        var found = problems.withLock { $0 }
        let made = receipts.withLock { $0 }
        if Set(made.map(\.line)).count != 1 { found.append("the lines differ") }
        if made.count(where: { !$0.isRepeated }) != 1 { found.append("not one is the first") }
        if try open().head() != 2 { found.append("the log has \(try open().head()) events") }
        return found
    }

    private static func othersAtOnce(_ open: Opening) throws -> [String] {
        try send(.publish(Samples.program), context("program"), open)
        let problems = Guarded<[String]>([])
        let conflicts = Guarded(0)
        DispatchQueue.concurrentPerform(iterations: writerCount) { number in
            let told = noConflict {
                try send(earn(Int64(number + 1)), context("e-1"), open)
            }
            if let told {
                if told != "event 2 is made" { problems.withLock { $0.append(told) } }
            } else {
                conflicts.withLock { $0 += 1 }
            }
        }
        var found = problems.withLock { $0 }
        let count = conflicts.withLock { $0 }
        if count != writerCount - 1 { found.append("\(count) conflicts") }
        if try open().head() != 2 { found.append("the log has \(try open().head()) events") }
        return found
    }
}
