package import EventLog

/// A file system in memory that keeps a journal of what changed it, and fails calls on order.
///
/// For the program it behaves like the machine's; what a power cut would leave of it is told by
/// `CrashStates` from the journal. Safe to use from several threads.
package final class SimulatedFileSystem: FileSystem {
    /// What a call may look at and change.
    struct State {
        var disk: SimulatedDisk
        var journal: [DiskOperation] = []
        var handles: [Int32: Handle] = [:]
        var nextHandle: Int32 = 3
        var calls = 0
        var fault: (@Sendable (Call) -> Fault?)?
        var medium = FileSystemMedium.local
        var grantsEveryLock = false
    }

    /// An open file or folder.
    struct Handle {
        /// nil for a folder.
        let file: Int?
        var lock: LockKind?
        var streamOffset = 0
    }

    /// A call that a fault may be ordered for.
    package struct Call: Sendable {
        /// Its number, from 1, over the life of the file system.
        package let number: Int
        /// The name of the method, such as `syncData`.
        package let name: String
        package let path: String
    }

    /// What happens instead of a call.
    package enum Fault: Sendable {
        /// Nothing is done.
        case fail(SystemError.Reason)
        /// A write takes so many bytes, and the caller is told.
        case takeOnly(Int)
        /// A write takes so many bytes and fails.
        case takeAndFail(Int, SystemError.Reason)

        /// Why a call that takes nothing in part fails.
        var reason: SystemError.Reason {
            switch self {
            case .fail(let reason), .takeAndFail(_, let reason): reason
            case .takeOnly: .device
            }
        }
    }

    /// What the disk was like when it began.
    package let beginning: DiskImage
    package let processNumber: Int32
    let state: Guarded<State>

    /// A file system over what is on a disk.
    package init(_ image: DiskImage = DiskImage(), processNumber: Int32 = 4_711) {
        beginning = image
        self.processNumber = processNumber
        state = Guarded(State(disk: SimulatedDisk(image)))
    }

    /// What a program sees on it now.
    package var image: DiskImage { state.withLock { $0.disk.image } }

    /// What changed the disk so far.
    package var journal: [DiskOperation] { state.withLock { $0.journal } }

    /// How many calls there were so far.
    package var callCount: Int { state.withLock { $0.calls } }

    /// Orders what becomes of calls from now on; nil lets them all work.
    package func onCall(_ fault: (@Sendable (Call) -> Fault?)?) {
        state.withLock { $0.fault = fault }
    }

    /// Makes it a file system of another kind, such as one that locks nothing.
    package func become(_ medium: FileSystemMedium, grantingEveryLock grantsEveryLock: Bool) {
        state.withLock { state in
            state.medium = medium
            state.grantsEveryLock = grantsEveryLock
        }
    }

    /// Notes that somebody was told something.
    package func acknowledge(_ value: Int) {
        state.withLock { $0.journal.append(.acknowledge(value)) }
    }

    /// The states that a power cut at any moment since the beginning leaves.
    package func crashStates(cutsEverywhere: Bool = true) -> CrashStates {
        CrashStates(from: beginning, journal: journal, cutsEverywhere: cutsEverywhere)
    }

    package func open(_ path: String, for use: FileUse) throws(SystemError) -> OpenFile {
        try call("open", path) { state throws(SystemError) in
            let known = state.disk.names[path]
            let isFolder = state.disk.folders.contains(path)
            let file: Int?
            switch (use, known) {
            case (.creating, .some): throw SystemError(call: "open", path: path, reason: .exists)
            case (_, .some(let number)): file = number
            case (.reading, nil) where isFolder, (.readingInside, nil) where isFolder: file = nil
            case (.creating, nil), (.locking, nil):
                guard !isFolder else {
                    throw SystemError(call: "open", path: path, reason: .isAFolder)
                }
                try state.requireParent(of: path, "open")
                let number = state.disk.nextNumber
                state.change(.create(file: number, path: path))
                file = number
            case (.reading, nil), (.readingInside, nil), (.appending, nil):
                throw SystemError(call: "open", path: path, reason: .notFound)
            }
            let descriptor = state.nextHandle
            state.nextHandle += 1
            state.handles[descriptor] = Handle(file: file)
            return OpenFile(descriptor: descriptor, path: path)
        }
    }

    package func close(_ file: OpenFile) {
        state.withLock { $0.handles[file.descriptor] = nil }
    }

    package func read(
        _ file: OpenFile, at offset: Int?, count: Int, after prefix: [UInt8]
    ) throws(SystemError) -> [UInt8] {
        try call("read", file.path) { state throws(SystemError) in
            let bytes = state.disk.bytes(of: try state.file(file, "read"))
            let start = offset ?? state.handles[file.descriptor]?.streamOffset ?? 0
            let piece = bytes.dropFirst(start).prefix(count)
            if offset == nil {
                state.handles[file.descriptor]?.streamOffset = start + piece.count
            }
            return prefix + piece
        }
    }

    package func write(
        _ bytes: ArraySlice<UInt8>, to file: OpenFile, at offset: Int?
    ) throws(SystemError) -> Int {
        var limit = Int.max
        var failure: SystemError.Reason?
        return try call(
            "write", file.path,
            instead: { fault in
                switch fault {
                case .fail(let reason): (limit, failure) = (0, reason)
                case .takeOnly(let count): limit = count
                case .takeAndFail(let count, let reason): (limit, failure) = (count, reason)
                }
            },
            { state throws(SystemError) in
                let number = try state.file(file, "write")
                let taken = Array(bytes.prefix(limit))
                if !taken.isEmpty {
                    let start = offset ?? state.disk.bytes(of: number).count
                    state.change(.write(file: number, offset: start, bytes: taken))
                }
                if let failure {
                    throw SystemError(call: "write", path: file.path, reason: failure)
                }
                return taken.count
            })
    }

    package func syncData(_ file: OpenFile) throws(SystemError) {
        var failure: SystemError.Reason?
        try call(
            "syncData", file.path, instead: { failure = $0.reason },
            { state throws(SystemError) in
                let number = try state.file(file, "fdatasync")
                guard let failure else { return state.change(.syncData(file: number)) }
                state.change(.syncFailed(file: number))
                throw SystemError(call: "fdatasync", path: file.path, reason: failure)
            })
    }

    package func syncFolder(_ path: String) throws(SystemError) {
        try call("syncFolder", path) { state throws(SystemError) in
            try state.requireFolder(path, "fsync")
            state.change(.syncFolder(path))
        }
    }

    package func truncate(_ file: OpenFile, to byteCount: Int) throws(SystemError) {
        try call("truncate", file.path) { state throws(SystemError) in
            let number = try state.file(file, "ftruncate")
            state.change(.truncate(file: number, byteCount: byteCount))
        }
    }
}
