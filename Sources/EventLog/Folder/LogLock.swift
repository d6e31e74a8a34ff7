/// The lock of a log, held until the value goes away; the system drops it when the process ends.
struct LogLock: ~Copyable {
    private let fileSystem: any FileSystem
    private let file: OpenFile?
    /// The number of the file, by which it is told from another one of its name.
    private let number: UInt64

    private init(_ file: OpenFile?, _ number: UInt64 = 0, on fileSystem: any FileSystem) {
        self.file = file
        self.number = number
        self.fileSystem = fileSystem
    }

    deinit {
        if let file { fileSystem.close(file) }
    }

    /// Drops the lock now, not whenever the compiler sees no more use of it.
    consuming func release() {}

    /// Takes the lock for writing, or waits so long for it and then throws `locked`.
    static func acquire(
        _ path: String, on fileSystem: any FileSystem, waitMilliseconds: Int
    ) throws(LogFault) -> LogLock {
        for _ in 0..<mostReplacements {
            // From here on each way out closes the file.
            let lock = try attempt(.writing) { () throws(SystemError) in
                let file = try fileSystem.open(path, for: .locking)
                do throws(SystemError) {
                    let number = try fileSystem.status(of: file).stamp.number
                    return LogLock(file, number, on: fileSystem)
                } catch {
                    fileSystem.close(file)
                    throw error
                }
            }
            let isTaken = try attempt(.writing) { () throws(SystemError) in
                try lock.take(waitMilliseconds: waitMilliseconds)
            }
            guard isTaken else {
                throw LogFault(.locked(process: holder(path, on: fileSystem)), in: path)
            }
            // Removed since it was opened, it would keep nobody out: the next one makes another.
            guard try lock.isInPlace() else { continue }
            lock.leaveProcessNumber()
            return lock
        }
        throw LogFault(.replaced, in: path)
    }

    /// How often the lock file may be replaced under one that takes it; more is a broken folder.
    private static let mostReplacements = 8

    /// Whether the name of the lock still leads to the file that is held.
    borrowing func isInPlace() throws(LogFault) -> Bool {
        guard let file else { return true }
        do throws(SystemError) {
            return try fileSystem.leads(file.path, to: number)
        } catch {
            throw LogFault(error, while: .writing)
        }
    }

    /// Throws when the lock file was removed or replaced while it was held: another writer may be
    /// at work then.
    borrowing func requireInPlace() throws(LogFault) {
        guard try isInPlace() else { throw LogFault(.replaced, in: file?.path ?? "") }
    }

    /// The lock shared with other readers, or nil when a writer holds it.
    ///
    /// Where no lock can be opened there is no writer either, so the result is then a lock of
    /// nothing.
    static func probe(_ path: String, on fileSystem: any FileSystem) -> LogLock? {
        guard let file = try? fileSystem.open(path, for: .readingInside) else {
            return LogLock(nil, on: fileSystem)
        }
        let lock = LogLock(file, on: fileSystem)
        let isFree = (try? fileSystem.tryLock(file, .shared)) ?? true
        guard isFree else { return nil }
        return lock
    }

    /// Tries until the time is over, ever more seldom.
    private borrowing func take(waitMilliseconds: Int) throws(SystemError) -> Bool {
        guard let file else { return false }
        // A reader that asks whether there is a writer holds the lock for an instant: always
        // outlast that.
        var left = max(waitMilliseconds, 2)
        var pause = 1
        while try !fileSystem.tryLock(file, .exclusive) {
            guard left > 0 else { return false }
            fileSystem.pause(milliseconds: min(pause, left))
            left -= pause
            pause = min(pause * 2, 50)
        }
        return true
    }

    /// Tells those who wait whom they wait for.
    ///
    /// A hint only: a failure to write it is none.
    private borrowing func leaveProcessNumber() {
        guard let file else { return }
        // Of one width, so that it covers the number before it.
        let digits = String(fileSystem.processNumber)
        let text = String(repeating: " ", count: max(0, 10 - digits.count)) + digits + "\n"
        _ = try? fileSystem.write(Array(text.utf8)[...], to: file, at: 0)
    }

    /// The process number in the lock file, if there is one.
    private static func holder(_ path: String, on fileSystem: any FileSystem) -> Int32? {
        guard let file = try? fileSystem.open(path, for: .readingInside) else { return nil }
        defer { fileSystem.close(file) }
        let bytes = (try? fileSystem.read(file, at: 0, count: 16, after: [])) ?? []
        return Int32(String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self))
    }
}
