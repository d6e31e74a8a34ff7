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
        let aside = "\(path).\(fileSystem.processNumber).new"
        // Left by a process of the same number that ended in the middle of this.
        try? fileSystem.remove(aside)
        let file = try fileSystem.open(aside, for: .creating)
        do throws(SystemError) {
            var rest = bytes[...]
            while !rest.isEmpty {
                rest = rest.dropFirst(try fileSystem.write(rest, to: file, at: nil))
            }
            try fileSystem.syncData(file)
            fileSystem.close(file)
            try fileSystem.rename(aside, to: path)
            try fileSystem.syncFolder(folder(of: path))
        } catch {
            fileSystem.close(file)
            // What is half written must not be taken for something.
            try? fileSystem.remove(aside)
            throw error
        }
    }

    /// The folder a path is in.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
