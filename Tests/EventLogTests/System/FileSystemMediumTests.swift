import EventLog
import Testing

@Suite("what kind of file system a ledger is on")
struct FileSystemMediumTests {
    static let mounts = """
        22 1 253:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
        23 22 0:21 / /proc rw,nosuid - proc proc rw
        40 22 0:51 / /mnt/team rw shared:9 master:2 - nfs4 server:/export rw,vers=4.2
        41 22 0:52 / /mnt/with\\040space rw - cifs //server/share rw
        42 22 0:53 / /mnt/fuse rw - fuse.sshfs me@host: rw
        43 22 259:300 / /big rw - xfs /dev/nvme0n1p300 rw
        odd line
        44 22 0:54 / /cut rw -
        """

    static let devices: [(device: UInt64, medium: FileSystemMedium)] = [
        (253 << 8, .local), (21, .local), (51, .network("nfs4")), (52, .network("cifs")),
        (53, .network("fuse.sshfs")), (54, .local), (99, .local),
        // Minor 300 lies in two parts of the number.
        (259 << 8 | 44 | 1 << 20, .local),
    ]

    @Test("a network's is told from a disk's by the mounts of the machine", arguments: devices)
    func device(device: UInt64, medium: FileSystemMedium) {
        #expect(FileSystemMedium(device: device, mounts: Self.mounts) == medium)
        let moved = Self.mounts.replacing("xfs", with: "smb3")
        let isBig = device == 259 << 8 | 44 | 1 << 20
        #expect(
            FileSystemMedium(device: device, mounts: moved) == (isBig ? .network("smb3") : medium))
    }

    @Test("the machine answers for a folder that is there, and fails for one that is not")
    func machine() throws {
        let folder = try TempFolder()
        #expect(try PosixFileSystem().medium(of: folder.path) == .local)
        #expect(throws: SystemError(call: "stat", path: folder.path("no"), reason: .notFound)) {
            try PosixFileSystem().medium(of: folder.path("no"))
        }
    }

    @Test("a lock that keeps a second writer out is told from one that does not")
    func lock() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        let store = folder.store(fileSystem: fileSystem)
        try store.create()
        #expect(try store.isLockKept())
        // Free again.
        let writer = try store.openLogWriter()
        #expect(fault { _ = try store.isLockKept() }?.category == .locked)
        #expect(writer.head == 0)
    }

    @Test("a file system that knows no locks says so")
    func noLocks() throws {
        let folder = try TempFolder()
        let fileSystem = FaultyFileSystem()
        let store = folder.store(fileSystem: fileSystem)
        try store.create()
        fileSystem.change("lock-exclusive lock", .fail(.other(95)))
        let error = SystemError(
            call: "lock-exclusive", path: folder.path("lock"), reason: .other(95))
        #expect(fault { _ = try store.isLockKept() } == LogFault(error, while: .writing))
    }
}
