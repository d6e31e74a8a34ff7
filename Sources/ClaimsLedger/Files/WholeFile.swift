package import EventLog

/// Small files read and written as a whole.
package enum WholeFile {
    /// All bytes of a file.
    ///
    /// O(bytes).
    package static func read(
        _ path: String, on fileSystem: any FileSystem = PosixFileSystem()
    ) throws(SystemError) -> [UInt8] {
        let file = try fileSystem.open(path, for: .reading)
        defer { fileSystem.close(file) }
        var bytes: [UInt8] = []
        while true {
            let before = bytes.count
            bytes = try fileSystem.read(
                file, at: before, count: LogLimits.blockBytes, after: bytes)
            if bytes.count == before { return bytes }
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
