#if PostgreSQL
    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// How long to go on trying while a server is away, and how often.
    struct Patience {
        private var waitedMilliseconds = 0
        private var nextMilliseconds = 20
        private let limitMilliseconds: Int

        /// A server that stands alone is expected to answer at once; one of several may take a
        /// while to stand in for another.
        init(isCluster: Bool) {
            limitMilliseconds = isCluster ? PostgreSQLStore.patienceMilliseconds : 0
        }

        /// For a writer at work, whose server did answer before.
        init(limitMilliseconds: Int = PostgreSQLStore.patienceMilliseconds) {
            self.limitMilliseconds = limitMilliseconds
        }

        /// Waits a little before the next try; false when it is time to give up.
        mutating func waits() -> Bool {
            guard waitedMilliseconds < limitMilliseconds else { return false }
            Self.pause(milliseconds: nextMilliseconds)
            waitedMilliseconds += nextMilliseconds
            nextMilliseconds = min(nextMilliseconds * 2, 500)
            return true
        }

        static func pause(milliseconds: Int) {
            // Interrupted by a signal, it is only shorter.
            _ = poll(nil, 0, Int32(clamping: milliseconds))
        }
    }
#endif
