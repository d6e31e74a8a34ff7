import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How far something long has come: one line on the terminal that writes over itself, from the
/// first second on.
struct Progress {
    private let what: String
    private let clock = ContinuousClock()
    private var next: ContinuousClock.Instant
    private var isShown = false
    private let isOnTerminal = isatty(STDERR_FILENO) == 1

    /// `what`: what is counted, such as `events generated`.
    init(_ what: String) {
        self.what = what
        next = clock.now.advanced(by: .seconds(1))
    }

    /// Tells how much is done, at most five times a second; `total` nil where nobody knows.
    mutating func tell(_ done: Int64, of total: Int64? = nil) {
        let now = clock.now
        guard isOnTerminal, now >= next else { return }
        Ticker.stop()
        next = now.advanced(by: .milliseconds(200))
        isShown = true
        guard let total else { return write("\r\(done) \(what)") }
        write("\r\(done) of \(total) \(what) (\(done * 100 / max(1, total)) %)")
    }

    /// Clears the line, `^C` too, so that what comes next stands alone.
    mutating func end() {
        guard isShown else { return }
        isShown = false
        write("\r\u{1B}[K")
        _ = Interrupt.takeEcho()
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
