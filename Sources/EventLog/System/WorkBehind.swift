import Dispatch

/// Does pieces of work on a thread of its own, one after the other, while the next is prepared.
///
/// At most one waits or is under way: with more, memory would grow and nothing be faster.
package final class WorkBehind<Failure: Error>: Sendable {
    private let queue = DispatchQueue(label: "claims.behind")
    private let room = DispatchSemaphore(value: 1)
    /// What the first piece threw that failed; none after it is begun.
    private let failure = Guarded<Failure?>(nil)

    package init() {}

    /// Hands work over; waits while another piece is under way.
    ///
    /// Throws what an earlier one threw.
    package func add(
        _ work: @escaping @Sendable () throws(Failure) -> Void
    ) throws(Failure) {
        room.wait()
        if let failure = failure.withLock({ $0 }) {
            room.signal()
            throw failure
        }
        queue.async { [room, self] in
            do throws(Failure) {
                try work()
            } catch {
                self.failure.withLock { [error] in $0 = error }
            }
            room.signal()
        }
    }

    /// Returns when nothing is under way any more; throws what a piece threw.
    package func finish() throws(Failure) {
        room.wait()
        room.signal()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
