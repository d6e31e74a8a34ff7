import Testing

@testable import EventLog

/// Work on a thread of its own is done in the order it was added, and none after a failure.
@Suite struct WorkBehindTests {
    private struct Failure: Error, Equatable { let number: Int }

    @Test("all of it is done, in order, when it is finished")
    func order() throws {
        let behind = WorkBehind<Failure>()
        let done = Guarded<[Int]>([])
        for number in 0..<100 {
            try behind.add { () throws(Failure) in done.withLock { $0.append(number) } }
        }
        try behind.finish()
        #expect(done.withLock { $0 } == Array(0..<100))
    }

    @Test("after a failure nothing is begun, and all who ask are told")
    func failure() throws {
        let behind = WorkBehind<Failure>()
        let done = Guarded<[Int]>([])
        try behind.add { () throws(Failure) in throw Failure(number: 7) }
        for number in 0..<3 {
            #expect(throws: Failure(number: 7)) {
                try behind.add { () throws(Failure) in done.withLock { $0.append(number) } }
            }
        }
        #expect(throws: Failure(number: 7)) { try behind.finish() }
        #expect(done.withLock { $0 }.isEmpty)
    }

    @Test("nothing to do is finished at once")
    func nothing() throws { try WorkBehind<Failure>().finish() }
}
