import EventLog
import Foundation
import Synchronization

/// The lines of a shared log as they come, read on a thread of its own; one task takes them.
///
/// A store waits for its server in the way of threads; whoever waits in a task must not be kept
/// from being cancelled by that.
final class SharedFeed {
    private var chunks: AsyncThrowingStream<LogChunk, any Error>.Iterator
    private let gate: Gate

    /// Lets the thread read on only when what it has read is taken.
    private final class Gate: Sendable {
        private let isOver = Atomic<Bool>(false)
        private let room = DispatchSemaphore(value: 0)

        var isClosed: Bool { isOver.load(ordering: .acquiring) }

        func close() {
            isOver.store(true, ordering: .releasing)
            room.signal()
        }

        func open() { room.signal() }

        func wait() { room.wait() }
    }

    /// Begins to read from a sequence on.
    init(_ store: any SharedStore, from first: Int64, every interval: Duration) {
        let (stream, feed) = AsyncThrowingStream<LogChunk, any Error>.makeStream()
        let gate = Gate()
        self.gate = gate
        chunks = stream.makeAsyncIterator()
        feed.onTermination = { _ in gate.close() }
        let milliseconds = Int(clamping: interval.wholeMilliseconds)
        let thread = Thread {
            do {
                try store.follow(
                    from: first, pollMilliseconds: milliseconds,
                    shouldStop: { gate.isClosed },
                    body: { chunk in
                        feed.yield(chunk)
                        gate.wait()
                        return gate.isClosed ? .stop : .next
                    })
                feed.finish()
            } catch {
                feed.finish(throwing: error)
            }
        }
        thread.name = "claims.shared-feed"
        thread.start()
    }

    deinit { gate.close() }

    /// The next lines, as soon as there are some; nil once the task was cancelled.
    func next(
        isolation: isolated (any _Concurrency.Actor)? = #isolation
    ) async throws -> LogChunk? {
        let chunk = try await chunks.next(isolation: isolation)
        gate.open()
        return chunk
    }
}

extension Duration {
    /// Rounded down.
    fileprivate var wholeMilliseconds: Int64 {
        components.seconds.multipliedReportingOverflow(by: 1_000).overflow
            ? .max : components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
