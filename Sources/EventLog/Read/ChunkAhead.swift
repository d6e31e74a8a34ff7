import Dispatch

/// The chunk of a log after the one that is worked on, fetched on a thread of its own.
///
/// Who reads from a server and the server work one after the other otherwise, each waiting for half
/// of the time.
package final class ChunkAhead: Sendable {
    private let queue = DispatchQueue(label: "claims.chunk-ahead")
    private let chunk = Guarded<Result<LogChunk, LogFault>?>(nil)

    /// Fetches nothing yet.
    package init() {}

    /// Begins to fetch; one chunk at a time.
    package func fetch(_ body: @escaping @Sendable () throws(LogFault) -> LogChunk) {
        queue.async { self.chunk.withLock { $0 = Result(catching: body) } }
    }

    /// The chunk that was asked for last, as soon as it is there; nil when none was.
    ///
    /// Throws what kept it from being fetched.
    package func take() throws(LogFault) -> LogChunk? {
        let taken = queue.sync { self.chunk.withLock { $0.take() } }
        return try taken?.get()
    }
}
