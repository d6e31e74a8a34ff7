import Dispatch

/// The one writer of a log for those who have much to append: stretches of lines are written and
/// synced on a thread of their own, in their order, while the next ones are made.
package struct BackgroundWriter: ~Copyable {
    private let core: Core
    private let queue = DispatchQueue(label: "claims.log-writer")
    /// Room for further stretches: with more, memory would grow and nothing be faster.
    private let room = DispatchSemaphore(value: Self.mostUnderWay)
    private static let mostUnderWay = 2

    /// Takes a writer over until this value goes away.
    package init(_ log: consuming LogWriter) { core = Core(log) }

    /// The same over a shared log; what is held back waits in files without names in `folder`.
    package init(_ log: any SharedWriter, holdingIn folder: FolderStore) {
        core = Core(log, folder)
    }

    /// A writer of nothing: lines go behind a log that ends at `head`, into files without names in
    /// a folder, and are gone with this value.
    package init(rehearsingBehind head: Int64, in folder: FolderStore) {
        core = Core(StagedLines(rehearsingBehind: head, in: folder))
    }

    deinit {
        // The lock goes with the writer, here and not some moment later.
        queue.sync { core.close() }
    }

    /// The sequence of the last record, once all that was handed over is written.
    package var head: Int64 { queue.sync { core.head } }

    /// Says where a shared log ended when the lines that come next were made.
    package func expect(_ head: Int64) { queue.sync { core.expect(head) } }

    /// Hands lines over, to be appended behind everything handed over before.
    ///
    /// They are durable when `finish` returns. Waits when too much is under way. Throws what kept
    /// earlier lines from being appended; then nothing after them is.
    package func append(_ lines: [UInt8]) throws(LogFault) {
        room.wait()
        if let fault = core.fault {
            room.signal()
            throw fault
        }
        queue.async { [core, room] in
            core.append(lines)
            room.signal()
        }
    }

    /// Appends lines behind everything handed over before, and returns when all is durable.
    ///
    /// Where nothing is under way, this thread does it.
    package func appendNow(_ lines: [UInt8]) throws(LogFault) {
        queue.sync { core.append(lines) }
        if let fault = core.takeConflict() ?? core.fault { throw fault }
    }

    /// Returns when everything handed over is durable, or throws what kept it from being appended.
    package func finish() throws(LogFault) {
        queue.sync {}
        if let fault = core.fault { throw fault }
    }

    /// Holds back what is appended from now on, until `keepHeld` or `dropHeld`; a rehearsal always
    /// does.
    package func hold() throws(LogFault) {
        try finish()
        if let fault = core.hold() { throw fault }
    }

    /// Appends all that was held back; returns when it is durable.
    ///
    /// A rehearsal goes on holding it.
    package func keepHeld() throws(LogFault) {
        try finish()
        if let fault = core.keepHeld() { throw fault }
    }

    /// Forgets all that was held back, also where some of it could not be written.
    package func dropHeld() { queue.sync { core.dropHeld() } }

    /// Hands over a line that is held back, without its line feed; false when it is none.
    package func heldLine(
        at sequence: Int64, body: (Span<UInt8>) throws -> Void
    ) throws -> Bool {
        try finish()
        return try core.heldLine(at: sequence, body)
    }

    /// Hands over all lines that are held back, many at a time.
    package func forEachHeldBlock(_ body: ([UInt8]) throws -> Void) throws {
        try finish()
        try core.forEachHeldBlock(body)
    }

    /// Makes what stands in the log durable, whoever wrote it; see `EventWriter`.
    package func makeDurable() throws(LogFault) {
        try finish()
        if let fault = core.makeDurable() { throw fault }
    }
}

/// What both threads share; one of them uses it at a time.
private final class Core: Sendable {
    private struct State: ~Copyable {
        /// Nil in a rehearsal, and where the log is shared.
        var log: LogWriter?
        /// A shared log, and where what is held back for it waits.
        var shared: (log: any SharedWriter, folder: FolderStore)?
        /// Where a shared log is to end before the next append.
        var sharedHead: Int64 = 0
        /// Takes what is appended while it is there.
        var held: StagedLines?
        /// The first fault of an append.
        var fault: LogFault?

        /// Whether there is a log behind it, and no rehearsal.
        var isKept: Bool { log != nil || shared != nil }

        /// Makes what was held back the end of a shared log, in one transaction.
        mutating func keep(
            _ held: borrowing StagedLines, in log: any SharedWriter
        ) throws(LogFault) {
            sharedHead = try log.append(expecting: sharedHead) { receive throws(LogFault) in
                do {
                    try held.forEachBlock { try receive($0) }
                } catch let fault as LogFault {
                    throw fault
                } catch {
                    preconditionFailure("held lines throw faults: \(error)")
                }
            }
        }
    }

    private let state: Guarded<State>

    init(_ log: consuming LogWriter) { state = Guarded(State(log: log)) }

    init(_ log: any SharedWriter, _ folder: FolderStore) {
        state = Guarded(State(shared: (log, folder)))
    }

    init(_ held: consuming StagedLines) { state = Guarded(State(held: held)) }

    var fault: LogFault? { state.withLock { $0.fault } }

    var head: Int64 { state.withLock { $0.log?.head ?? $0.sharedHead } }

    func expect(_ head: Int64) { state.withLock { $0.sharedHead = head } }

    /// The fault of an append to a shared log that came too late; the next one may do better.
    func takeConflict() -> LogFault? {
        state.withLock { state in
            guard state.shared != nil, case .headMoved? = state.fault?.problem else { return nil }
            return state.fault.take()
        }
    }

    func append(_ lines: [UInt8]) {
        state.withLock { state in
            guard state.fault == nil else { return }
            do throws(LogFault) {
                if state.held != nil {
                    try state.held?.append(lines)
                    return
                }
                if let shared = state.shared?.log {
                    let expected = state.sharedHead
                    state.sharedHead = try shared.append(expecting: expected) {
                        (receive) throws(LogFault) in try receive(lines)
                    }
                    return
                }
                let head = state.log?.head ?? 0
                _ = try state.log?.append(lines, expecting: head)
            } catch {
                state.fault = error
            }
        }
    }

    func makeDurable() -> LogFault? {
        state.withLock { state in
            do throws(LogFault) {
                try state.log?.makeDurable()
                return nil
            } catch {
                return error
            }
        }
    }

    func hold() -> LogFault? {
        state.withLock { state in
            guard state.held == nil else { return nil }
            do throws(LogFault) {
                if let shared = state.shared {
                    state.held = StagedLines(
                        rehearsingBehind: state.sharedHead, in: shared.folder)
                    return nil
                }
                state.held = try state.log?.stage()
                return nil
            } catch {
                return error
            }
        }
    }

    func keepHeld() -> LogFault? {
        state.withLock { state in
            guard state.isKept, var held = state.held.take() else { return nil }
            do throws(LogFault) {
                if let shared = state.shared?.log {
                    try state.keep(held, in: shared)
                    return nil
                }
                try state.log?.keep(&held)
                return nil
            } catch {
                state.fault = error
                return error
            }
        }
    }

    func dropHeld() {
        state.withLock { state in
            guard state.isKept else { return }
            state.held = nil
            // What could not be held back is not missing in the log.
            state.fault = nil
        }
    }

    func heldLine(at sequence: Int64, _ body: (Span<UInt8>) throws -> Void) throws -> Bool {
        try state.withLock { try $0.held?.line(at: sequence, body: body) ?? false }
    }

    func forEachHeldBlock(_ body: ([UInt8]) throws -> Void) throws {
        try state.withLock { try $0.held?.forEachBlock(body) }
    }

    func close() { state.withLock { $0.log = nil } }
}
