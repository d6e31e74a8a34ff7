#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A system call that failed: which one, on what path, and why.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The name of the system call, such as `fdatasync`.
    package let call: String
    /// The path the call was about, as the caller gave it.
    package let path: String
    /// Why it failed.
    package let reason: Reason

    /// Makes the error of one failed call.
    package init(call: String, path: String, reason: Reason) {
        self.call = call
        self.path = path
        self.reason = reason
    }

    /// The number that the system gave (`errno`).
    package var errno: Int32 { reason.errno }

    /// One line: path, reason and call.
    package var description: String { "'\(path)': \(reason.text) ('\(call)')" }
}

extension SystemError {
    /// Why a call failed: the reasons that callers act on or users meet, and the rest by number.
    package enum Reason: Equatable, Sendable {
        /// No such file or folder.
        case notFound
        /// The user may not do this.
        case permission
        /// The file system is mounted read-only.
        case readOnly
        /// The name is taken.
        case exists
        /// A part of the path is not a folder.
        case notAFolder
        /// The path is a folder where a file was expected.
        case isAFolder
        /// The path is a symbolic link where the file itself was expected.
        case isALink
        /// The path is a pipe, a device or a socket where a file was expected.
        case isNoFile
        /// The file is, or would be, larger than the user, the file system or we allow.
        case tooLarge
        /// The disk is full.
        case noSpace
        /// The user's share of the disk is used up.
        case quota
        /// The disk could not read or write.
        case device
        /// The process, or the machine, has too many files open.
        case tooManyFiles
        /// Any other number.
        case other(Int32)
    }
}

extension SystemError.Reason {
    /// Each reason with its number and its words, in one table.
    private static var table: [(reason: Self, errno: Int32, text: String)] {
        [
            (.notFound, ENOENT, "no such file or folder"),
            (.permission, EACCES, "permission denied"),
            (.permission, EPERM, "permission denied"),
            (.readOnly, EROFS, "the file system is read-only"),
            (.exists, EEXIST, "the name is taken"),
            (.notAFolder, ENOTDIR, "not a folder"),
            (.isAFolder, EISDIR, "is a folder"),
            (.isALink, ELOOP, "is a symbolic link"),
            (.isNoFile, ENXIO, "is no regular file"),
            (.tooLarge, EFBIG, "the file is too large"),
            (.noSpace, ENOSPC, "no space left on the disk"),
            (.quota, EDQUOT, "the disk quota is used up"),
            (.device, EIO, "the disk reported an error"),
            (.tooManyFiles, EMFILE, "too many files are open"),
            (.tooManyFiles, ENFILE, "too many files are open"),
        ]
    }

    /// The reason for an error number; a number without a name is kept.
    package init(errno: Int32) {
        self = Self.table.first { $0.errno == errno }?.reason ?? .other(errno)
    }

    /// The number of this reason; the first one where several mean the same.
    package var errno: Int32 {
        if case .other(let number) = self { return number }
        return Self.table.first { $0.reason == self }?.errno ?? 0
    }

    /// The reason in words, lower case; the same on each machine and in each locale.
    package var text: String {
        if case .other(let number) = self { return "system error '\(number)'" }
        return Self.table.first { $0.reason == self }?.text ?? "unknown reason"
    }
}
