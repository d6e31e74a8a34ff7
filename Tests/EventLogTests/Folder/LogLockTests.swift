import EventLog
import Foundation
import Testing

@Suite("one writer at a time")
struct LogLockTests {
    @Test("a second one is told who the first one is, until the first one is gone")
    func second() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 1)
        do {
            let first = try store.openLogWriter()
            let found = fault { _ = try store.openLogWriter() }
            let process = ProcessInfo.processInfo.processIdentifier
            #expect(found == LogFault(.locked(process: process), in: folder.path("lock")))
            #expect(first.head == 1)
        }
        var second = try store.openLogWriter()
        let head = try second.append(record(2) + [10], expecting: 1)
        #expect(head == 2)
    }

    @Test("whoever holds the lock by other means, with or without a number in it")
    func otherHolder() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 1)
        let system = PosixFileSystem()
        try folder.write("", to: "lock")
        let file = try system.open(folder.path("lock"), for: .locking)
        try take(file, .exclusive)
        #expect(fault { _ = try store.openLogWriter() }?.problem == .locked(process: nil))
        try folder.write("      4711\n", to: "lock")
        #expect(fault { _ = try store.openLogWriter() }?.problem == .locked(process: 4_711))
        system.close(file)
        #expect(try store.openLogWriter().head == 1)
    }

    @Test("another process too", .enabled(if: FileManager.default.fileExists(atPath: flock)))
    func otherProcess() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 1)
        let child = Process()
        child.executableURL = URL(fileURLWithPath: Self.flock)
        child.arguments = [folder.path("lock"), "sh", "-c", "echo held; read line"]
        let toChild = Pipe()
        let fromChild = Pipe()
        child.standardInput = toChild
        child.standardOutput = fromChild
        try child.run()
        #expect(fromChild.fileHandleForReading.availableData.isEmpty == false)
        let found = fault { _ = try store.openLogWriter() }
        try toChild.fileHandleForWriting.close()
        child.waitUntilExit()
        #expect(found?.category == .locked)
        #expect(try store.openLogWriter().head == 1)
    }

    /// Takes a lock that nobody holds but, for an instant, a process that another test starts and
    /// that has the writer's files open until it is another program.
    private func take(_ file: OpenFile, _ kind: LockKind) throws {
        let system = PosixFileSystem()
        while try !system.tryLock(file, kind) { system.pause(milliseconds: 1) }
    }

    /// A program that holds the same kind of lock.
    static let flock = "/usr/bin/flock"

    @Test("one that waits gets its turn, after looking ever more seldom")
    func wait() throws {
        let folder = try TempFolder()
        _ = try makeLog(in: folder, records: 1)
        let fileSystem = FaultyFileSystem()
        let store = folder.store(fileSystem: fileSystem)
        let system = PosixFileSystem()
        let file = try system.open(folder.path("lock"), for: .locking)
        try take(file, .exclusive)
        fileSystem.change("pause 8", .runBefore { system.close(file) })
        #expect(try store.openLogWriter(waitMilliseconds: 60_000).head == 1)
        let pauses = fileSystem.calls.filter { $0.hasPrefix("pause") }
        #expect(pauses == ["pause 1", "pause 2", "pause 4", "pause 8"])
    }

    @Test("one that waits in vain gives up when its time is over")
    func waitInVain() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        let store = folder.store(fileSystem: fileSystem)
        try store.create()
        let first = try store.openLogWriter()
        fileSystem.forgetCalls()
        #expect(fault { _ = try store.openLogWriter(waitMilliseconds: 10) }?.category == .locked)
        let pauses = fileSystem.calls.filter { $0.hasPrefix("pause") }
        #expect(pauses == ["pause 1", "pause 2", "pause 4", "pause 3"])
        #expect(first.head == 0)
    }

    @Test("a reader that asks for an instant whether there is a writer keeps none out")
    func outlastsReader() throws {
        let folder = try TempFolder()
        _ = try makeLog(in: folder, records: 1)
        let fileSystem = FaultyFileSystem()
        let system = PosixFileSystem()
        let file = try system.open(folder.path("lock"), for: .reading)
        try take(file, .shared)
        fileSystem.change("pause 1", .runBefore { system.close(file) })
        #expect(try folder.store(fileSystem: fileSystem).openLogWriter().head == 1)
        #expect(fileSystem.calls.contains("pause 1"))
    }

    @Test("a number that cannot be noted is no obstacle")
    func noNumber() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        fileSystem.change("write lock", .fail(.noSpace))
        _ = try makeLog(in: folder, records: 1)
        #expect(try folder.store(fileSystem: fileSystem).openLogWriter().head == 1)
    }

    @Test("a lock file that this user may not open is a fault of its own")
    func noPermission() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        fileSystem.change("open-locking lock", .fail(.permission))
        _ = try makeLog(in: folder, records: 1)
        let store = folder.store(fileSystem: fileSystem)
        #expect(fault { _ = try store.openLogWriter() }?.category == .noPermission)
    }
}
