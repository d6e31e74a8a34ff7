#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension PosixFileSystem {
    package func status(_ path: String) throws(SystemError) -> FileStatus {
        var found = stat()
        try repeated("stat", path) { unsafe Int(stat(path, &found)) }
        return FileStatus(found)
    }

    package func status(of file: OpenFile) throws(SystemError) -> FileStatus {
        var found = stat()
        try repeated("fstat", file.path) { unsafe Int(fstat(file.descriptor, &found)) }
        return FileStatus(found)
    }

    package func names(in folder: String) throws(SystemError) -> [String] {
        guard let stream = unsafe opendir(folder) else {
            throw SystemError(call: "opendir", path: folder, reason: .init(errno: errno))
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            // The end and an error look the same but for the number.
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else {
            throw SystemError(call: "readdir", path: folder, reason: .init(errno: errno))
        }
        return names
    }
}

extension FileStatus {
    fileprivate init(_ found: stat) {
        let kind: Kind =
            switch found.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            default: .other
            }
        var stamp = FileStamp()
        stamp.number = UInt64(found.st_ino)
        #if canImport(Darwin)
            stamp.modifiedNanoseconds = nanoseconds(found.st_mtimespec)
            stamp.changedNanoseconds = nanoseconds(found.st_ctimespec)
        #else
            stamp.modifiedNanoseconds = nanoseconds(found.st_mtim)
            stamp.changedNanoseconds = nanoseconds(found.st_ctim)
        #endif
        self.init(kind: kind, byteCount: Int(found.st_size), stamp: stamp)
    }
}

private func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
}

extension PosixFileSystem {
    package func medium(of path: String) throws(SystemError) -> FileSystemMedium {
        #if canImport(Darwin)
            var found = statfs()
            try repeated("statfs", path) { unsafe Int(statfs(path, &found)) }
            guard found.f_flags & UInt32(MNT_LOCAL) == 0 else { return .local }
            let type = unsafe withUnsafeBytes(of: &found.f_fstypename) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            return .network(type)
        #else
            var found = stat()
            try repeated("stat", path) { unsafe Int(stat(path, &found)) }
            let file = try open("/proc/self/mountinfo", for: .reading)
            defer { close(file) }
            var bytes: [UInt8] = []
            while true {
                let before = bytes.count
                bytes = try read(file, at: before, count: 1 << 16, after: bytes)
                if bytes.count == before { break }
            }
            return FileSystemMedium(
                device: UInt64(found.st_dev), mounts: String(decoding: bytes, as: UTF8.self))
        #endif
    }
}
