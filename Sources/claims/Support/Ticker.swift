import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Tells on a terminal that something is under way, from the first second on: a line that counts
/// seconds, and is gone before anything else is said.
///
/// Reading a log has no end that is known from the start, as standard input may be one; so seconds
/// are told, not shares.
enum Ticker {
    private struct State {
        var isRunning = false
        var isShown = false
    }

    private static let state = Mutex(State())

    /// Begins to count, where standard error is a terminal and nothing counts yet.
    static func start(_ what: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let isNew = state.withLock { state in
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard isNew else { return }
        Thread.detachNewThread {
            let clock = ContinuousClock()
            let begin = clock.now
            Thread.sleep(forTimeInterval: 1)
            while tell("\(what), \((clock.now - begin).components.seconds) s") {
                Thread.sleep(forTimeInterval: 0.2)
            }
        }
    }

    /// Ends it, and clears its line.
    static func stop() {
        state.withLock { state in
            state.isRunning = false
            guard state.isShown else { return }
            state.isShown = false
            write("\r\u{1B}[K")
            _ = Interrupt.takeEcho()
        }
    }

    /// Shows the line while it runs; false when it was ended.
    private static func tell(_ text: String) -> Bool {
        state.withLock { state in
            guard state.isRunning else { return false }
            state.isShown = true
            write("\r\(text)\u{1B}[K")
            return true
        }
    }

    private static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
