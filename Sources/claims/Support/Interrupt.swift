import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ctrl-C and TERM while something long runs: noted, so that it can end at a clean place.
enum Interrupt {
    private static let isNoted = Atomic<Bool>(false)
    /// Whether the terminal may have shown `^C` on a line on which nothing was said since.
    private static let hasEcho = Atomic<Bool>(false)

    /// Whether Ctrl-C or TERM came while something was watched.
    static var isInterrupted: Bool { isNoted.load(ordering: .relaxed) }

    /// Runs `body`, which asks `isInterrupted` now and then.
    ///
    /// A second Ctrl-C ends the program at once.
    static func whileWatching<Result>(_ body: () throws -> Result) rethrows -> Result {
        unblock()
        for number in [SIGINT, SIGTERM] {
            _ = signal(number) { number in
                Interrupt.isNoted.store(true, ordering: .relaxed)
                // The terminal echoes a key, not a signal that came from elsewhere.
                if number == SIGINT { Interrupt.hasEcho.store(true, ordering: .relaxed) }
                _ = signal(number, SIG_DFL)
            }
        }
        defer { for number in [SIGINT, SIGTERM] { _ = signal(number, SIG_DFL) } }
        return try body()
    }

    /// Whether the cursor stands behind `^C`; told once, to whoever is about to write or has
    /// cleared the line.
    static func takeEcho() -> Bool { hasEcho.exchange(false, ordering: .relaxed) }

    /// Whoever started the program may have left the signals blocked: they would never arrive.
    private static func unblock() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM] { unsafe sigaddset(&signals, number) }
        unsafe sigprocmask(SIG_UNBLOCK, &signals, nil)
    }
}
