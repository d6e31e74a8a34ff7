public import ClaimsDomain
import EventLog

/// A writer that many threads or tasks hand commands to at once.
///
/// Those that come while an append is under way go together in the next one: many wait for one sync
/// of a folder, or one transaction of a server. Each still has its own decision, in the order in
/// which they came, and its own answer once its event is durable.
///
/// ```swift
/// let writer = ConcurrentWriter(try ledger.openWriter())
/// let receipt = try await writer.submit(.claim(ClaimID("CLM-1"), .startReview), context)
/// ```
public final class ConcurrentWriter: Sendable {
    private let gathering: Gathering<Submission, Result<Receipt, LedgerError>>

    /// Takes a writer over; its lock goes with the last use of this value.
    public init(_ writer: consuming sending LedgerWriter) {
        // One round at a time uses it; the lock shows that to the compiler.
        let desk = WriterAtWork(writer)
        gathering = Gathering { desk.answers(to: $0) }
    }

    /// Has a command decided and its event appended; returns when it is durable.
    ///
    /// Throws as `LedgerWriter.submit` does. A task that is cancelled meanwhile gets its answer
    /// nevertheless, for the event may be in the log.
    public func submit(
        _ command: Command, _ context: CommandContext
    ) async throws(LedgerError) -> Receipt {
        try await gathering.hand(Submission(command, context)).get()
    }

    /// The same for a thread, which waits.
    public func submitAndWait(
        _ command: Command, _ context: CommandContext
    ) throws(LedgerError) -> Receipt {
        try gathering.handAndWait(Submission(command, context)).get()
    }
}

private final class WriterAtWork: Sendable {
    private let writer: Guarded<LedgerWriter>

    init(_ writer: consuming sending LedgerWriter) { self.writer = Guarded(writer) }

    func answers(to submissions: [Submission]) -> [Result<Receipt, LedgerError>] {
        writer.withLock { writer in
            do throws(LedgerError) {
                return try writer.submit(submissions)
            } catch {
                return submissions.map { _ in .failure(error) }
            }
        }
    }
}
