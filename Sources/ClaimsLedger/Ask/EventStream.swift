import ClaimsCodec
public import ClaimsDomain
import EventLog

/// The events of a ledger folder from a sequence on, and then those that are committed, as they
/// come.
///
/// ```swift
/// for try await event in try ledger.follow(from: 1) { print(event.sequence, event.kind) }
/// ```
///
/// Each event is a whole line that is on the disk. Cancelling the task ends the loop without an
/// error; a faulty line, after the events before it, ends it with one. Between two looks the task
/// sleeps. Each iterator begins anew.
public struct EventStream: AsyncSequence, Sendable {
    fileprivate let folder: FolderStore
    fileprivate let first: Int64
    fileprivate let interval: Duration

    /// An iterator that begins at the sequence the stream was made with.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// One run through the events; not to be shared between tasks.
    public struct Iterator: AsyncIteratorProtocol {
        private let source: StreamSource
        private let interval: Duration

        fileprivate init(_ stream: EventStream) {
            source = StreamSource(stream)
            interval = stream.interval
        }

        /// The next event, as soon as there is one; nil once the task was cancelled or an error
        /// was thrown.
        public mutating func next(
            isolation: isolated (any _Concurrency.Actor)? = #isolation
        ) async throws(LedgerError) -> Event? {
            while !Task.isCancelled {
                if let event = try source.event() { return event }
                if source.isDone { return nil }
                do { try await Task.sleep(for: interval) } catch { break }
            }
            source.isDone = true
            return nil
        }
    }
}

/// What an iterator has read and not yet handed over.
private final class StreamSource {
    var isDone = false
    private var follower: LogFollower
    private var reader = EventReader()
    private var order: LogOrder
    private var events: ArraySlice<Event> = []
    private var problem: LedgerError?

    init(_ stream: EventStream) {
        follower = LogFollower(stream.folder, from: stream.first)
        order = LogOrder(after: stream.first - 1)
    }

    /// The next event; nil when there is none now.
    func event() throws(LedgerError) -> Event? {
        if let event = events.popFirst() { return event }
        if isDone { return nil }
        do {
            if let problem { throw problem }
            guard let chunk = try follower.next() else { return nil }
            take(chunk)
            if let problem, events.isEmpty { throw problem }
            return events.popFirst()
        } catch {
            isDone = true
            throw LedgerError(error)
        }
    }

    /// Reads the lines up to the first faulty one, whose problem waits until they are handed over.
    private func take(_ chunk: LogChunk) {
        // Ids are held against those of the same piece: all of them would take a replay.
        var order = LogOrder(after: self.order.head)
        order.resume(after: self.order.head, recordedAt: self.order.lastRecordedAt)
        var read: [Event] = []
        read.reserveCapacity(chunk.lineCount)
        do {
            _ = try chunk.forEachLine { (bytes, location) throws(LineFault) in
                do throws(LineProblem) {
                    read.append(try reader.read(bytes, next: &order))
                } catch {
                    throw LineFault(error, in: bytes, at: location)
                }
                return .next
            }
        } catch {
            problem = LedgerError(error)
        }
        self.order = order
        events = read[...]
    }
}

extension Ledger {
    /// The events from a sequence on (1 is the first), and those committed later as they come.
    ///
    /// Looks for more each `interval`. Order and form of the lines are checked from there on; what
    /// lies before is passed over unread but for counting the lines of one segment. Throws when the
    /// ledger is no folder.
    public func follow(
        from sequence: Int64, every interval: Duration = .milliseconds(100)
    ) throws(LedgerError) -> EventStream {
        EventStream(
            folder: try followed(), first: max(1, sequence),
            interval: max(.milliseconds(1), interval))
    }

    /// The folder that can be followed; throws where there is none.
    func followed() throws(LedgerError) -> FolderStore {
        guard let folder else {
            throw LedgerError(.fault("error: only a ledger folder can be followed", .notFound))
        }
        return folder
    }
}
