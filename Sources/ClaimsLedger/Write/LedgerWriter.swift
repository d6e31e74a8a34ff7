import ClaimsCodec
public import ClaimsDomain
import ClaimsProjections
import EventLog
import Foundation

/// The one writer of a ledger folder, which holds its lock, or one of many of a shared ledger;
/// keeps the folded state between commands.
///
/// ```swift
/// var writer = try ledger.openWriter()
/// let receipt = try writer.submit(.claim(ClaimID("CLM-1"), .startReview), context)
/// ```
public struct LedgerWriter: ~Copyable {
    let ledger: Ledger
    let log: BackgroundWriter
    var desk: CommandDesk
    /// The state that the log of a shared ledger led to when this writer saw it last, to begin anew
    /// from when another one was first; nil for a folder, which has one writer.
    var settled: CommandDesk?
    /// The longest pause before an append, in microseconds, for other writers of a shared ledger.
    var mostPause = 0
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
        _ ledger: Ledger, _ lines: LineLocator, log: consuming BackgroundWriter,
        desk: CommandDesk, isRehearsal: Bool = false
    ) {
        self.ledger = ledger
        self.lines = lines
        self.log = log
        self.desk = desk
        self.isRehearsal = isRehearsal
        heldBehind = isRehearsal ? desk.order.head : nil
        durableHead = desk.order.head
    }

    /// The sequence of the last event; 0 when there is none.
    public var head: Int64 { desk.order.head }

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
        if let shared { return try openWriter(of: shared, waitMilliseconds: waitMilliseconds) }
        guard let folder else { throw readOnly }
        do {
            let log = try folder.openLogWriter(waitMilliseconds: waitMilliseconds)
            return LedgerWriter(
                self, LineLocator(folder), log: BackgroundWriter(log),
                desk: CommandDesk(try replay()))
        } catch {
            throw LedgerError(error)
        }
    }

    private func openWriter(
        of store: any SharedStore, waitMilliseconds: Int
    ) throws(LedgerError) -> LedgerWriter {
        do {
            let writer = try store.openSharedWriter(
                waitMilliseconds: waitMilliseconds, remark: remark)
            let log = BackgroundWriter(
                writer, holdingIn: FolderStore(folder: NSTemporaryDirectory()))
            let desk = CommandDesk(try replay())
            log.expect(desk.order.head)
            var opened = LedgerWriter(self, LineLocator(store), log: log, desk: desk)
            opened.settled = desk
            return opened
        } catch {
            throw LedgerError(error)
        }
    }

    /// A writer that does all a writer does and leaves no trace: no lock is taken, and what it
    /// appends is gone with it.
    ///
    /// What it appends is in files without names in `temporary`, a folder.
    package func rehearsalWriter(in temporary: String) throws(LedgerError) -> LedgerWriter {
        guard let lines = folder.map({ LineLocator($0) }) ?? shared.map({ LineLocator($0) })
        else { throw readOnly }
        let desk = CommandDesk(try replay())
        let log = BackgroundWriter(
            rehearsingBehind: desk.order.head,
            in: FolderStore(
                folder: temporary, fileSystem: folder?.fileSystem ?? PosixFileSystem(),
                segmentBytes: folder?.segmentBytes ?? LogLimits.segmentBytes))
        return LedgerWriter(self, lines, log: log, desk: desk, isRehearsal: true)
    }

    /// What a command would append and change; nothing is written and no lock is taken.
    public func rehearse(
        _ command: Command, _ context: CommandContext
    ) throws(LedgerError) -> Receipt {
        guard folder != nil || shared != nil else { throw readOnly }
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
        case .folder(let path), .file(let path), .shared(let path): path
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
    func earlierReceipt(
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
