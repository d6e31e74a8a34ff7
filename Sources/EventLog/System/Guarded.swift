#if THREAD_SANITIZER
    import Dispatch
#else
    import Synchronization
#endif

/// A value that one thread at a time looks at or changes.
///
/// The standard library's mutex. The thread sanitizer cannot see that a thread which had to wait
/// gets the lock, for that is done inside the standard library, and would report all it does then
/// as a race; a build for it makes the same of a semaphore, which it knows.
package struct Guarded<Value: ~Copyable>: ~Copyable {
    #if THREAD_SANITIZER
        private let turn = DispatchSemaphore(value: 1)
        private let content: Content

        private final class Content {
            nonisolated(unsafe) var value: Value
            init(_ value: consuming Value) { unsafe self.value = value }
        }
    #else
        private let mutex: Mutex<Value>
    #endif

    /// Guards a value from now on.
    package init(_ value: consuming sending Value) {
        #if THREAD_SANITIZER
            content = Content(value)
        #else
            mutex = Mutex(value)
        #endif
    }

    /// Hands the value to `body` when no other thread has it; waits until then.
    ///
    /// Throws what `body` throws.
    package borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        #if THREAD_SANITIZER
            turn.wait()
            defer { turn.signal() }
            return try unsafe body(&content.value)
        #else
            return try mutex.withLock(body)
        #endif
    }
}

// The value is reached under the lock only.
extension Guarded: @unchecked Sendable where Value: ~Copyable {}
