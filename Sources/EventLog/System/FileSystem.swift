/// The system calls that a log needs; the one place where `EventLog` meets the machine.
///
/// Paths are as the user gave them. A call interrupted by a signal is repeated by the
/// implementation; short reads and writes are the caller's to continue. Calls may come from
/// several threads at once.
package protocol FileSystem: Sendable {
    /// Opens a file; the handle is not inherited by child processes.
    func open(_ path: String, for use: FileUse) throws(SystemError) -> OpenFile

    /// Closes a handle and so drops its lock.
    func close(_ file: OpenFile)

    /// Reads at most `count` bytes at an offset, or from where the last read of a stream ended
    /// (nil); returns `prefix` with these bytes after it.
    ///
    /// Nothing added means the end of the file.
    func read(
        _ file: OpenFile, at offset: Int?, count: Int, after prefix: [UInt8]
    ) throws(SystemError) -> [UInt8]

    /// Writes at the end of the file, or over what is at an offset; returns how many bytes it took.
    func write(
        _ bytes: ArraySlice<UInt8>, to file: OpenFile, at offset: Int?
    ) throws(SystemError) -> Int

    /// Returns when the bytes and the size of the file are on the disk.
    func syncData(_ file: OpenFile) throws(SystemError)

    /// Returns when the names in a folder are on the disk.
    func syncFolder(_ path: String) throws(SystemError)

    /// Shortens a file.
    ///
    /// Only setting aside a torn tail may do that.
    func truncate(_ file: OpenFile, to byteCount: Int) throws(SystemError)

    /// What a path is, and how large.
    func status(_ path: String) throws(SystemError) -> FileStatus

    /// What an open file is, and how large.
    func status(of file: OpenFile) throws(SystemError) -> FileStatus

    /// The names in a folder without `.` and `..`, in no order.
    func names(in folder: String) throws(SystemError) -> [String]

    /// Makes one folder; its parent must be there.
    func makeFolder(_ path: String) throws(SystemError)

    /// Gives a file another name in the same file system, replacing what had that name.
    func rename(_ path: String, to newPath: String) throws(SystemError)

    /// Removes the name of a file.
    func remove(_ path: String) throws(SystemError)

    /// Takes the advisory lock of an open file without waiting; false when another handle has it.
    func tryLock(_ file: OpenFile, _ kind: LockKind) throws(SystemError) -> Bool

    /// Sleeps; a simulation may return at once.
    func pause(milliseconds: Int)

    /// On what kind of file system a path is.
    func medium(of path: String) throws(SystemError) -> FileSystemMedium

    /// The number of this process, told to others who wait for its lock.
    var processNumber: Int32 { get }
}

/// A handle of an open file; whoever opened it closes it once.
package struct OpenFile: Hashable, Sendable {
    /// The number that the system, or a simulation of it, knows the file by.
    package let descriptor: Int32
    /// The path it was opened by, for messages.
    package let path: String

    /// Makes a handle; for implementations of `FileSystem`.
    package init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// The standard input of the process; open from the start and never closed.
    package static let standardInput = OpenFile(descriptor: 0, path: "<stdin>")
}

/// What a file is opened for.
package enum FileUse: Hashable, Sendable {
    /// Reading a file that must exist, or a folder to sync it.
    case reading
    /// Reading a file of the ledger itself: a regular one, not what a symbolic link leads to, and
    /// never a pipe that would be waited for.
    case readingInside
    /// Reading and writing a file that must exist and is no symbolic link; writes without an
    /// offset go to its end.
    case appending
    /// The same for a file that must not exist yet; readable by all, writable by its owner.
    case creating
    /// Reading and overwriting the lock file, made when absent; no symbolic link.
    case locking
}

/// What a path is, and how large.
package struct FileStatus: Equatable, Sendable {
    /// The kinds that a log tells apart.
    package enum Kind: Sendable {
        /// A regular file.
        case file
        /// A folder.
        case folder
        /// A pipe, a device, a socket.
        case other
    }

    /// What it is.
    package let kind: Kind
    /// Its size in bytes; of use for regular files only.
    package let byteCount: Int
    /// Which file it is and when it was last written to.
    package let stamp: FileStamp

    /// Makes a status; for implementations of `FileSystem`.
    package init(kind: Kind, byteCount: Int, stamp: FileStamp = FileStamp()) {
        self.kind = kind
        self.byteCount = byteCount
        self.stamp = stamp
    }
}

/// What tells that a file is still the same one with the same bytes, without reading it.
///
/// No proof: who can set the clock of the machine can make two stamps equal.
package struct FileStamp: Equatable, Sendable {
    /// Its number in the file system.
    package var number: UInt64 = 0
    /// When its bytes were last written, in nanoseconds since 1970.
    package var modifiedNanoseconds: Int64 = 0
    /// When its bytes, its name or its permissions were last changed, likewise.
    package var changedNanoseconds: Int64 = 0

    /// The stamp of a file that has none.
    package init() {}
}

/// How a lock is held.
package enum LockKind: Sendable {
    /// By one writer, and no reader that asks whether there is one.
    case exclusive
    /// By any number of readers that ask.
    case shared
}

extension FileSystem {
    /// Whether a path still leads to the file of a number: nobody removed it, or put another one in
    /// its place.
    package func leads(_ path: String, to number: UInt64) throws(SystemError) -> Bool {
        do throws(SystemError) {
            return try status(path).stamp.number == number
        } catch {
            guard error.reason == .notFound else { throw error }
            return false
        }
    }
}
