package import EventLog

/// Small files read and written as a whole.
package enum WholeFile {
    /// More than any key, note, proof, program or settings file has.
    ///
    /// A device that never ends is told from one of those before the memory is full.
    package static let mostBytes = 1 << 28

    /// All bytes of a file; throws `tooLarge` when there are more than `most`.
    ///
    /// O(bytes).
    package static func read(
        _ path: String, as use: FileUse = .reading, most: Int = mostBytes,
        on fileSystem: any FileSystem = PosixFileSystem()
    ) throws(SystemError) -> [UInt8] {
        let file = try fileSystem.open(path, for: use)
        defer { fileSystem.close(file) }
        var bytes: [UInt8] = []
        while true {
            let before = bytes.count
            // Ever more at once: each read moves what was read before it.
            let count = max(LogLimits.blockBytes, min(before, most - before))
            bytes = try fileSystem.read(file, at: before, count: count, after: bytes)
            if bytes.count == before { return bytes }
            guard bytes.count <= most else {
                throw SystemError(call: "read", path: path, reason: .tooLarge)
            }
        }
    }

    /// Puts a file in place so that it is there whole or not at all: written aside, synced,
    /// renamed, the folder synced.
    package static func write(
        _ bytes: [UInt8], to path: String, on fileSystem: any FileSystem = PosixFileSystem()
    ) throws(SystemError) {
        let file = try AsideFile(path, on: fileSystem)
        do throws(SystemError) {
            try file.append(bytes)
        } catch {
            file.discard()
            throw error
        }
        try file.commit()
    }

    /// The path of a name in a folder; nil when there is no such file.
    package static func path(
        in folder: String, ifThereIs name: String, on fileSystem: any FileSystem = PosixFileSystem()
    ) -> String? {
        let path = "\(folder)/\(name)"
        return (try? fileSystem.status(path))?.kind == .file ? path : nil
    }

    /// The folder a path is in.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
