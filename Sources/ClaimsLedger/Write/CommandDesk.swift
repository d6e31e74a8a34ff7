import ClaimsCodec
import ClaimsDomain
import ClaimsProjections
import EventLog

/// The folded state that commands are decided on, and the way from a command to its line.
///
/// The line is what is read back and applied: a command, a replay and an as-of answer cannot
/// disagree, and nothing is appended that could not be read again.
struct CommandDesk: Sendable {
    var state: LedgerState
    var order: LogOrder
    /// Whether an event was taken in part and then failed: the state is not to be used again.
    var isSpoiled = false
    /// The way of foreign lines to the names of the log, and into its order.
    var merge = ChunkMerge()
    var chunkOrder = ChunkOrder()
    var chunkDocuments = ChunkDocuments()
    private var reader = FactReader()

    init(_ log: ReplayedLog) {
        state = log.replay.state
        order = log.order
    }

    /// Decides a command: the event to record, or why it is refused.
    ///
    /// Nothing changes.
    func decided(
        _ command: Command, _ context: CommandContext
    ) throws(LedgerError) -> ProposedEvent {
        let recordedAt = recordingTime(context.now)
        if let at = context.at, at > recordedAt {
            throw LedgerError(.inTheFuture(at: at, recordedAt: recordedAt))
        }
        let occurredAt = context.at ?? recordedAt
        let decision: Decision
        do {
            decision = try decide(
                command, on: state, at: occurredAt, by: context.actor, role: context.role)
        } catch {
            throw LedgerError(.refusal(error))
        }
        return ProposedEvent(
            id: context.id, source: decision.source, subject: decision.subject,
            occurredAt: occurredAt, actor: context.actor, role: context.role,
            correlationID: context.correlationID, causationID: context.causationID,
            payload: decision.payload)
    }

    /// Gives an event its place and applies it; its line is still to be appended.
    ///
    /// When it throws, nothing was taken unless `isSpoiled` says so.
    mutating func take(
        _ content: ProposedEvent, now: Instant
    ) throws(LedgerError) -> Receipt {
        let recordedAt = recordingTime(now)
        let event = Event(content: content, recordedAt: recordedAt, sequence: order.head + 1)
        let line = EventWriter.line(event)
        guard line.count <= LogLimits.lineBytes else {
            throw LedgerError(.lineTooLong(bytes: line.count, limit: LogLimits.lineBytes))
        }
        let changes = try apply(line)
        let behind = recordedAt.millisecondsSince1970 - now.millisecondsSince1970
        return Receipt(
            event: event, line: line, statusBefore: changes.before, statusAfter: changes.after,
            payment: changes.payment, postings: changes.postings, isRepeated: false,
            clockBehindMilliseconds: max(0, behind))
    }

    /// The receipt of a recorded event that comes next, as it was given then.
    mutating func receipt(of event: Event, isRepeated: Bool) throws(LedgerError) -> Receipt {
        let line = EventWriter.line(event)
        let changes = try apply(line)
        return Receipt(
            event: event, line: line, statusBefore: changes.before, statusAfter: changes.after,
            payment: changes.payment, postings: changes.postings, isRepeated: isRepeated,
            clockBehindMilliseconds: 0)
    }

    /// Applies lines that it has taken before.
    mutating func takeAgain(_ lines: [UInt8]) throws(LedgerError) {
        var start = 0
        while let end = LineFeeds.first(in: lines.span, from: start) {
            _ = try apply(Array(lines[start..<end]))
            start = end + 1
        }
    }

    /// `recordedtime` never decreases, also when the clock steps back.
    func recordingTime(_ now: Instant) -> Instant { max(now, order.lastRecordedAt ?? now) }

    /// What an event changed.
    private struct Changes {
        var before: String?
        var after: String?
        var payment: PaymentState?
        var postings: [FundMovement]
    }

    /// Reads a line as a replay would and applies it.
    private mutating func apply(_ line: [UInt8]) throws(LedgerError) -> Changes {
        do throws(LineProblem) {
            let bytes = line.span
            guard case .fact(let fact, let rules) = try reader.read(bytes, into: &state)
            else { throw LineProblem(.emptyLine, at: 0) }
            isSpoiled = true
            try order.accept(reader, bytes)
            let before = status(of: fact)
            try state.take(fact, rules: rules)
            isSpoiled = false
            let subject = state.names.text(fact.subject)
            return Changes(
                before: before, after: status(of: fact),
                payment: fact.kind.subjectKind == .claim
                    ? state.claim(ClaimID(subject))?.payment : nil,
                postings: state.postingsInText.map {
                    FundMovement(account: $0.account, from: $0.from, to: $0.to, amount: $0.amount)
                })
        } catch {
            throw Self.cannotRecord(error)
        }
    }

    static func cannotRecord(_ problem: LineProblem) -> LedgerError {
        LedgerError(.fault("error: the event cannot be recorded: \(problem.what)", .badData))
    }

    private func status(of fact: Fact) -> String? {
        let subject = state.names.text(fact.subject)
        switch fact.kind.subjectKind {
        case .claim: return (state.claim(ClaimID(subject))?.status ?? .absent).rawValue
        case .association:
            return (state.association(AssociationID(subject))?.status ?? .absent).rawValue
        case .program, .partner, .period: return nil
        }
    }
}
