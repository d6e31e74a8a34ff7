import ClaimsCodec
public import ClaimsDomain
import EventLog

/// The events of a ledger folder or a shared ledger from a sequence on, and then those that are
/// committed, as they come.
///
/// ```swift
/// for try await event in try ledger.follow(from: 1) { print(event.sequence, event.kind) }
/// ```
///
/// Each event is a whole line that is on the disk. Cancelling the task ends the loop without an
/// error; a faulty line, after the events before it, ends it with one. Between two looks the task
/// sleeps; a server tells of an append at once where it can, and is waited for up to 30 seconds
/// when it goes away. Each iterator begins anew, on a server with a thread of its own.
public struct EventStream: AsyncSequence, Sendable {
    /// Where the lines come from.
    fileprivate enum Origin {
        case folder(FolderStore)
        case shared(any SharedStore)
    }

    fileprivate let origin: Origin
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
                if source.isFed {
                    try await source.awaitChunk()
                } else {
                    do { try await Task.sleep(for: interval) } catch { break }
                }
            }
            source.isDone = true
            return nil
        }
    }
}

/// What an iterator has read and not yet handed over.
private final class StreamSource {
    var isDone = false
    private var follower: LogFollower?
    private let feed: SharedFeed?
    private var reader = EventReader()
    private var order: LogOrder
    private var events: ArraySlice<Event> = []
    private var problem: LedgerError?

    init(_ stream: EventStream) {
        order = LogOrder(after: stream.first - 1)
        switch stream.origin {
        case .folder(let folder):
            follower = LogFollower(folder, from: stream.first)
            feed = nil
        case .shared(let store):
            follower = nil
            feed = SharedFeed(store, from: stream.first, every: stream.interval)
        }
    }

    /// Whether lines come of themselves, so that nobody has to look.
    var isFed: Bool { feed != nil }

    /// Waits for lines of a shared log; returns without any when the task was cancelled.
    func awaitChunk(
        isolation: isolated (any _Concurrency.Actor)? = #isolation
    ) async throws(LedgerError) {
        do {
            guard let chunk = try await feed?.next() else {
                isDone = true
                return
            }
            take(chunk)
        } catch {
            isDone = true
            throw LedgerError(error)
        }
    }

    /// The next event; nil when there is none now.
    func event() throws(LedgerError) -> Event? {
        if let event = events.popFirst() { return event }
        if isDone { return nil }
        do {
            if let problem { throw problem }
            guard let chunk = try follower?.next() else { return nil }
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
    /// Looks for more each `interval`, and on a server as soon as it tells of an append. Order and
    /// form of the lines are checked from there on; what lies before is passed over unread but for
    /// counting the lines of one segment. Throws when the ledger is a plain file or a stream.
    public func follow(
        from sequence: Int64, every interval: Duration = .milliseconds(100)
    ) throws(LedgerError) -> EventStream {
        let origin: EventStream.Origin
        switch (folder, shared) {
        case (let folder?, _): origin = .folder(folder)
        case (nil, let shared?): origin = .shared(shared)
        case (nil, nil): throw Self.notFollowed
        }
        return EventStream(
            origin: origin, first: max(1, sequence), interval: max(.milliseconds(1), interval))
    }

    /// The error of following what nobody appends to.
    static let notFollowed = LedgerError(
        .fault("error: only a ledger folder or a shared ledger can be followed", .notFound))
}
