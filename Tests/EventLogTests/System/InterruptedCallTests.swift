import EventLog
import Foundation
import Testing

@Suite("a call that a signal interrupts is made again")
struct InterruptedCallTests {
    /// The pipe, and the thread that reads from it.
    private final class Reading: Sendable {
        let result = Guarded<Result<[UInt8], SystemError>?>(nil)
        let thread = Guarded<pthread_t?>(nil)

        func start(_ file: OpenFile) {
            Thread.detachNewThread {
                self.thread.withLock { $0 = pthread_self() }
                let result = Result { () throws(SystemError) in
                    try PosixFileSystem().read(file, at: nil, count: 100, after: [])
                }
                self.result.withLock { $0 = result }
            }
        }
    }

    @Test("a read that waits is interrupted fifty times, and still gets what comes")
    func waitingRead() throws {
        // A handler without SA_RESTART: the system call ends with EINTR.
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        var before = sigaction()
        try #require(unsafe sigaction(SIGUSR2, &action, &before) == 0)
        defer { unsafe sigaction(SIGUSR2, &before, nil) }
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        let file = OpenFile(descriptor: ends[0], path: "pipe")
        let reading = Reading()
        reading.start(file)
        for _ in 0..<50 {
            usleep(1_000)
            guard let thread = reading.thread.withLock({ $0 }) else { continue }
            pthread_kill(thread, SIGUSR2)
        }
        #expect(reading.result.withLock { $0 } == nil, "the read ended before anything came")
        #expect(unsafe write(ends[1], "hello", 5) == 5)
        while reading.result.withLock({ $0 }) == nil { usleep(1_000) }
        #expect(reading.result.withLock { $0 } == .success(Array("hello".utf8)))
        close(ends[0])
        close(ends[1])
    }
}
