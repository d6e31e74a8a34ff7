/// On what kind of file system a path is: whether other machines may write to it too.
///
/// One writer at a time is kept by `flock`, which machines of their own do not always share.
package enum FileSystemMedium: Equatable, Sendable {
    /// A disk of this machine, as far as its system tells.
    case local
    /// Files of another machine, by the type of the file system.
    case network(String)

    /// The kind of a file system by the name of its type, such as `ext4` or `nfs4`.
    ///
    /// What is passed through to a guest or a container (overlays, plain FUSE) is as local as what
    /// is behind it, which cannot be told.
    package init(type: String) {
        self = Self.networks.contains(type) ? .network(type) : .local
    }

    private static let networks: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "afpfs", "ceph", "coda", "ncpfs", "lustre",
        "gpfs", "ocfs2", "gfs2", "webdav", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.ceph",
        "fuse.davfs", "fuse.rclone",
    ]

    /// The kind of the file system with a device number, by the mounts of a process.
    ///
    /// `mounts` is the text of `/proc/self/mountinfo`; a device that is in none of its lines is
    /// taken for local. Source: `proc_pid_mountinfo(5)`.
    package init(device: UInt64, mounts: String) {
        let major = (device >> 8 & 0xFFF) | (device >> 32 & ~0xFFF)
        let minor = (device & 0xFF) | (device >> 12 & ~0xFF)
        let name = "\(major):\(minor)"
        for line in mounts.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2, words[2] == name,
                let mark = words.firstIndex(of: "-"), mark + 1 < words.count
            else { continue }
            self.init(type: String(words[mark + 1]))
            return
        }
        self = .local
    }
}
