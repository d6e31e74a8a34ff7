#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The file system of the machine, by POSIX calls.
package struct PosixFileSystem: FileSystem {
    /// Makes one; it holds nothing.
    package init() {}

    package func open(_ path: String, for use: FileUse) throws(SystemError) -> OpenFile {
        // New files are readable by all and writable by their owner, as the umask allows.
        let flags: Int32 =
            switch use {
            case .reading: O_RDONLY
            // Opening a pipe waits for whoever writes to it, unless told not to.
            case .readingInside: O_RDONLY | O_NOFOLLOW | O_NONBLOCK
            case .appending: O_RDWR | O_APPEND | O_NOFOLLOW
            case .creating: O_RDWR | O_APPEND | O_CREAT | O_EXCL
            case .locking: O_RDWR | O_CREAT | O_NOFOLLOW
            }
        let descriptor = try repeated("open", path) {
            Int(openFile(path, flags | O_CLOEXEC, 0o644))
        }
        let file = OpenFile(descriptor: Int32(descriptor), path: path)
        guard use == .readingInside else { return file }
        do throws(SystemError) {
            guard try status(of: file).kind == .other else { return file }
            throw SystemError(call: "open", path: path, reason: .isNoFile)
        } catch {
            close(file)
            throw error
        }
    }

    package func close(_ file: OpenFile) {
        // Nothing is left unsynced at this point, so a failure here loses nothing.
        _ = closeFile(file.descriptor)
    }

    package func syncData(_ file: OpenFile) throws(SystemError) {
        #if canImport(Darwin)
            // There `fsync` stops at the drive's own memory.
            try repeated("fcntl", file.path) { Int(fcntl(file.descriptor, F_FULLFSYNC)) }
        #else
            try repeated("fdatasync", file.path) { Int(fdatasync(file.descriptor)) }
        #endif
    }

    package func syncFolder(_ path: String) throws(SystemError) {
        let folder = try open(path, for: .reading)
        defer { close(folder) }
        try repeated("fsync", path) { Int(fsync(folder.descriptor)) }
    }

    package func truncate(_ file: OpenFile, to byteCount: Int) throws(SystemError) {
        try repeated("ftruncate", file.path) { Int(ftruncate(file.descriptor, off_t(byteCount))) }
    }

    package func makeFolder(_ path: String) throws(SystemError) {
        try repeated("mkdir", path) { unsafe Int(mkdir(path, 0o755)) }
    }

    package func rename(_ path: String, to newPath: String) throws(SystemError) {
        try repeated("rename", path) { Int(renameFile(path, newPath)) }
    }

    package func remove(_ path: String) throws(SystemError) {
        try repeated("unlink", path) { unsafe Int(unlink(path)) }
    }

    package func tryLock(_ file: OpenFile, _ kind: LockKind) throws(SystemError) -> Bool {
        let operation =
            switch kind {
            case .exclusive: LOCK_EX | LOCK_NB
            case .shared: LOCK_SH | LOCK_NB
            }
        do {
            try repeated("flock", file.path) { Int(flock(file.descriptor, operation)) }
            return true
        } catch {
            if error.reason == .other(EWOULDBLOCK) { return false }
            throw error
        }
    }

    package func pause(milliseconds: Int) {
        // A signal may end the sleep early; each caller looks again and sleeps again.
        var time = timespec(
            tv_sec: milliseconds / 1_000, tv_nsec: (milliseconds % 1_000) * 1_000_000)
        unsafe nanosleep(&time, nil)
    }

    package var processNumber: Int32 { getpid() }

    /// The processors of this machine that are at work, at least 1.
    package static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// Makes a call until no signal interrupts it; turns -1 into an error.
@discardableResult
func repeated(
    _ call: String, _ path: String, _ body: () -> Int
) throws(SystemError) -> Int {
    while true {
        let result = body()
        if result >= 0 { return result }
        let number = errno
        if number == EINTR { continue }
        throw SystemError(call: call, path: path, reason: .init(errno: number))
    }
}

// Inside the type the methods hide the calls of the same name, hence these aliases.

private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    unsafe open(path, flags, mode)
}

private func closeFile(_ descriptor: Int32) -> Int32 { close(descriptor) }

private func renameFile(_ path: String, _ newPath: String) -> Int32 {
    unsafe rename(path, newPath)
}
