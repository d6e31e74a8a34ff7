import ClaimsCodec
public import ClaimsDomain
import ClaimsProjections
import EventLog
import Foundation

/// A command with its circumstances.
public struct Submission: Equatable, Sendable {
    /// What is to be done.
    public var command: Command
    /// When, by whom, under which id.
    public var context: CommandContext

    /// A command to submit.
    public init(_ command: Command, _ context: CommandContext) {
        self.command = command
        self.context = context
    }
}

extension LedgerWriter {
    /// Decides a command and appends its event; returns when it is durable.
    ///
    /// The same id with the same content again is answered with the first receipt. Throws a
    /// refusal, a conflict, or what kept the log from being written; nothing is appended then.
    public mutating func submit(
        _ command: Command, _ context: CommandContext
    ) throws(LedgerError) -> Receipt {
        try submit([Submission(command, context)])[0].get()
    }

    /// Decides commands one after the other, each on what those before it led to, and appends their
    /// events together; returns when they are durable.
    ///
    /// Each has its own answer, at its place: one that is refused leaves the others alone. Throws
    /// what kept the log from being written; those that come after a place that was written may not
    /// be there then, and are answered once when they are sent again with their ids. One sync of a
    /// folder, one transaction on a server, for up to 4 MiB of events.
    public mutating func submit(
        _ submissions: [Submission]
    ) throws(LedgerError) -> [Result<Receipt, LedgerError>] {
        var answers: [Result<Receipt, LedgerError>] = []
        var tries = 0
        try flush()
        if let first = submissions.first { giveWay(to: first.context.id, tries: 0) }
        while answers.count < submissions.count {
            if let more = try attempt(submissions[answers.count...]) {
                answers += more
                tries = 0
                mostPause -= mostPause / 4
                continue
            }
            // Another writer was first: what it appended may change the decisions.
            tries += 1
            guard tries < Self.mostTries else { throw Self.alwaysLate }
            mostPause = min(mostPause + 1_000, 32_000)
            giveWay(to: submissions[answers.count].context.id, tries: tries)
            try catchUp()
        }
        return answers
    }

    /// How often commands are decided anew because another writer of a shared ledger was first.
    private static var mostTries: Int { 1_000 }

    private static var alwaysLate: LedgerError {
        LedgerError(
            .fault(
                """
                error: other writers were first \(mostTries) times, nothing is appended
                  fix: send it again with the same id
                """, .locked))
    }

    /// Lets other writers of a shared ledger pass, who cannot be seen until they were first.
    ///
    /// Up to 32 ms, the longer the more often others were first of late; each writer for another
    /// time, since those that came too late together would come together again. Who waits already
    /// waits less than who begins: else the one that was first would stay first.
    private func giveWay(to id: EventID, tries: Int) {
        let most = mostPause / (1 + tries)
        guard most >= 100 else { return }
        var hasher = Hasher()
        hasher.combine(id)
        hasher.combine(tries)
        let microseconds = Int(UInt(bitPattern: hasher.finalize()) % UInt(most))
        Thread.sleep(forTimeInterval: Double(microseconds) / 1_000_000)
    }

    /// One append of as many as go together, with their answers; nil when the log went on
    /// meanwhile, as a shared one may.
    private mutating func attempt(
        _ submissions: ArraySlice<Submission>
    ) throws(LedgerError) -> [Result<Receipt, LedgerError>]? {
        let head = desk.order.head
        var answers: [Result<Receipt, LedgerError>] = []
        var lines: [UInt8] = []
        for submission in submissions {
            guard lines.count < Self.importBatchBytes else { break }
            // Its event is among the lines that are not there yet: the next append tells.
            if let place = desk.place(of: submission), place > head { break }
            do throws(LedgerError) {
                answers.append(.success(try answer(submission, &lines)))
            } catch {
                // A state that took an event in part is made anew, once the lines are in the log.
                if desk.isSpoiled, !lines.isEmpty { break }
                if desk.isSpoiled { try renewDesk() }
                answers.append(.failure(error))
            }
        }
        guard try append(lines, behind: head) else { return nil }
        if desk.isSpoiled { try renewDesk() }
        return answers
    }

    /// The receipt of a command; its line is added to those to be appended, unless it is there.
    private mutating func answer(
        _ submission: Submission, _ lines: inout [UInt8]
    ) throws(LedgerError) -> Receipt {
        let (command, context) = (submission.command, submission.context)
        if let earlier = try ledger.earlierReceipt(for: command, context, desk) {
            do { try log.makeDurable() } catch { throw LedgerError(error) }
            return earlier
        }
        try desk.check(context.expected)
        let receipt = try desk.take(try desk.decided(command, context), now: context.now)
        lines += receipt.line
        lines.append(LineFeeds.byte)
        return receipt
    }

    /// Appends lines; false when a shared log does not end at `head`.
    private mutating func append(
        _ lines: [UInt8], behind head: Int64
    ) throws(LedgerError) -> Bool {
        guard !lines.isEmpty else { return true }
        do {
            try log.appendNow(lines)
        } catch {
            if ledger.shared != nil, case .headMoved = error.problem { return false }
            throw LedgerError(error)
        }
        if settled?.order.head == head {
            do { try settled?.takeAgain(lines) } catch { settled = nil }
        }
        durableHead = head + Int64(LineFeeds.count(in: lines.span))
        return true
    }

    /// Takes over what others appended to a shared log, and forgets what was not appended.
    ///
    /// O(what is new), and a copy of the state at the next command.
    private mutating func catchUp() throws(LedgerError) {
        var renewed = settled.take()
        do {
            _ = try ledger.source.read(from: (renewed?.order.head ?? 0) + 1) { chunk in
                guard renewed != nil else { return .stop }
                try renewed?.takeAgain(chunk.bytes)
                return .next
            }
        } catch {
            // A replay says what is wrong, and where.
            renewed = nil
        }
        if let renewed { desk = renewed } else { desk = CommandDesk(try ledger.replay()) }
        settled = desk
        durableHead = desk.order.head
        log.expect(durableHead)
    }
}

extension CommandDesk {
    /// The sequence at which the event of a command's id stands, if it does.
    fileprivate func place(of submission: Submission) -> Int64? {
        guard let source = submission.command.source(in: state) else { return nil }
        return order.sequence(id: submission.context.id, source: source)
    }
}
