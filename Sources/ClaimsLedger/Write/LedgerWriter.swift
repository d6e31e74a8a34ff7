import ClaimsCodec
public import ClaimsDomain
import ClaimsProjections
import EventLog

/// The one writer of a ledger folder: holds its lock, keeps the folded state between commands.
///
/// ```swift
/// var writer = try ledger.openWriter()
/// let receipt = try writer.submit(.claim(ClaimID("CLM-1"), .startReview), context)
/// ```
public struct LedgerWriter: ~Copyable {
    let ledger: Ledger
    let log: BackgroundWriter
    var desk: CommandDesk
    /// Lines recorded and not yet handed over to be written.
    var pending: [UInt8] = []
    /// The last sequence that is known to be written.
    var durableHead: Int64
    var lines: LineLocator
    /// Where the log ends while what comes after it is held back.
    var heldBehind: Int64?
    /// Whether nothing of it is ever kept.
    package let isRehearsal: Bool

    fileprivate init(
        _ ledger: Ledger, _ folder: FolderStore, log: consuming BackgroundWriter,
        desk: CommandDesk, isRehearsal: Bool = false
    ) {
        self.ledger = ledger
        lines = LineLocator(folder)
        self.log = log
        self.desk = desk
        self.isRehearsal = isRehearsal
        heldBehind = isRehearsal ? desk.order.head : nil
        durableHead = desk.order.head
    }

    /// The sequence of the last event; 0 when there is none.
    public var head: Int64 { desk.order.head }

    /// Decides a command and appends its event; returns when it is durable.
    ///
    /// The same id with the same content again is answered with the first receipt. Throws a
    /// refusal, a conflict, or what kept the log from being written; nothing is appended then.
    public mutating func submit(
        _ command: Command, _ context: CommandContext
    ) throws(LedgerError) -> Receipt {
        if let earlier = try ledger.earlierReceipt(for: command, context, desk) {
            try makeDurable()
            return earlier
        }
        try flush()
        try desk.check(context.expected)
        let content = try desk.decided(command, context)
        let receipt = try take(content, now: context.now)
        do {
            try log.appendNow(receipt.line + [LineFeeds.byte])
        } catch {
            throw LedgerError(error)
        }
        return receipt
    }

    /// Applies an event; a desk that could not take it whole is replayed anew.
    mutating func take(
        _ content: ProposedEvent, now: Instant
    ) throws(LedgerError) -> Receipt {
        do throws(LedgerError) {
            return try desk.take(content, now: now)
        } catch {
            if desk.isSpoiled { try renewDesk() }
            throw error
        }
    }

    /// Replays the log for a desk that took an event in part, and what is held back behind it.
    mutating func renewDesk() throws(LedgerError) {
        try flush()
        var renewed = CommandDesk(try ledger.replay())
        do {
            try log.forEachHeldBlock { try renewed.takeAgain($0) }
        } catch {
            throw LedgerError(error)
        }
        desk = renewed
    }

    private mutating func makeDurable() throws(LedgerError) {
        do { try log.makeDurable() } catch { throw LedgerError(error) }
    }
}

extension CommandDesk {
    func check(_ expected: Int64?) throws(LedgerError) {
        guard let expected, expected != order.head else { return }
        throw LedgerError(.headMoved(expected: expected, head: order.head))
    }
}

extension Ledger {
    /// Becomes the one writer: takes the lock, then replays the log.
    ///
    /// Throws at a plain file, a held lock, a torn tail, a fault in the log.
    public func openWriter(waitMilliseconds: Int = 0) throws(LedgerError) -> LedgerWriter {
        guard let folder else { throw readOnly }
        do {
            let log = try folder.openLogWriter(waitMilliseconds: waitMilliseconds)
            return LedgerWriter(
                self, folder, log: BackgroundWriter(log), desk: CommandDesk(try replay()))
        } catch {
            throw LedgerError(error)
        }
    }

    /// A writer that does all a writer does and leaves no trace: no lock is taken, and what it
    /// appends is gone with it.
    ///
    /// What it appends is in files without names in `temporary`, a folder.
    package func rehearsalWriter(in temporary: String) throws(LedgerError) -> LedgerWriter {
        guard let folder else { throw readOnly }
        let desk = CommandDesk(try replay())
        let log = BackgroundWriter(
            rehearsingBehind: desk.order.head,
            in: FolderStore(
                folder: temporary, fileSystem: folder.fileSystem,
                segmentBytes: folder.segmentBytes))
        return LedgerWriter(self, folder, log: log, desk: desk, isRehearsal: true)
    }

    /// What a command would append and change; nothing is written and no lock is taken.
    public func rehearse(
        _ command: Command, _ context: CommandContext
    ) throws(LedgerError) -> Receipt {
        guard folder != nil else { throw readOnly }
        var desk = CommandDesk(try replay())
        if let earlier = try earlierReceipt(for: command, context, desk) { return earlier }
        try desk.check(context.expected)
        return try desk.take(try desk.decided(command, context), now: context.now)
    }

    private var readOnly: LedgerError {
        LedgerError(
            .noLedger(
                path: name, problem: "only a ledger folder can be written to",
                fix: "name the folder with --ledger, or import the file into one"))
    }

    /// How the ledger is called in messages.
    package var name: String {
        switch location {
        case .folder(let path), .file(let path): path
        case .standardInput: "<stdin>"
        }
    }

    /// The event at a sequence.
    ///
    /// Reads from its segment's start.
    package func event(at sequence: Int64) throws(LedgerError) -> Event {
        var found: Event?
        do {
            _ = try source.read(from: sequence) { chunk in
                try chunk.forEachLine { (bytes, _) throws(any Error) in
                    var reader = EventReader()
                    found = try reader.read(bytes)
                    return .stop
                }
            }
        } catch {
            throw LedgerError(error)
        }
        guard let found else { throw Self.noEvent(at: sequence) }
        return found
    }

    static func noEvent(at sequence: Int64) -> LedgerError {
        LedgerError(.fault("error: there is no event at sequence \(sequence)", .notFound))
    }

    /// The first receipt of a command whose id is recorded already; nil when the id is new.
    ///
    /// The command's content is held against the recorded event, and nothing is decided again: what
    /// was recorded stands, whatever the rules say today. Throws a conflict when they differ.
    fileprivate func earlierReceipt(
        for command: Command, _ context: CommandContext, _ desk: CommandDesk
    ) throws(LedgerError) -> Receipt? {
        guard let source = command.source(in: desk.state),
            let sequence = desk.order.sequence(id: context.id, source: source)
        else { return nil }
        let recorded = try event(at: sequence)
        let differences = EventDifference.between(recorded.content, command, context)
        guard differences.isEmpty else {
            throw LedgerError(
                .conflict(
                    id: context.id, sequence: sequence,
                    differences: differences.map(\.description)))
        }
        var before = CommandDesk(
            try replay(Viewpoint(knownAt: .sequence(sequence - 1))))
        let again = try before.take(recorded.content, now: recorded.recordedAt)
        return Receipt(
            event: recorded, line: EventWriter.line(recorded), statusBefore: again.statusBefore,
            statusAfter: again.statusAfter, payment: again.payment, postings: again.postings,
            isRepeated: true, clockBehindMilliseconds: 0)
    }
}

extension EventDifference {
    /// The fields of a recorded event that a command sent under the same id says otherwise.
    ///
    /// What the command leaves open is not compared: its time, amounts that are all there is, and
    /// what a decision computes.
    static func between(
        _ recorded: ProposedEvent, _ command: Command, _ context: CommandContext
    ) -> [EventDifference] {
        let payload = command.draft(like: recorded.payload)
        var content = recorded
        content.subject = command.subject
        content.occurredAt = context.at ?? recorded.occurredAt
        content.actor = context.actor
        content.role = context.role
        content.correlationID = context.correlationID
        content.causationID = context.causationID
        content.payload = payload ?? recorded.payload
        let fields = between(recorded, content)
        guard payload == nil else { return fields }
        // Another type of event: its data says nothing that could be compared.
        return [EventDifference(typeOf: recorded.payload.kind, command.eventKind)] + fields
    }
}

extension Command {
    /// Where the command's event would come from; nil for a claim or association nobody knows.
    func source(in state: LedgerState) -> Source? {
        switch self {
        case .publish(let program): Source(program: program.id)
        case .enroll(let program, let partner, _), .fund(_, let program, let partner, _),
            .create(_, let program, let partner, _),
            .createAssociation(_, let program, let partner, _):
            Source(program: program, partner: partner)
        case .claim(let id, _):
            state.claim(id).map {
                Source(
                    program: ProgramID(state.names.text($0.program)),
                    partner: PartnerID(state.names.text($0.partner)))
            }
        case .association(let id, _):
            state.association(id).map {
                Source(
                    program: ProgramID(state.names.text($0.program)),
                    partner: PartnerID(state.names.text($0.partner)))
            }
        case .closePeriod(let program, _, _): Source(program: program)
        }
    }
}
