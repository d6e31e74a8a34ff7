package import EventLog
import TransparencyLog

/// The bytes of a file to import, which are read more than once: first to check all of them, then
/// to record what they say.
///
/// What can be read once only, the standard input or another pipe, is put aside first.
package struct ImportInput: ~Copyable {
    /// The file as it was named, `<stdin>` for the standard input.
    package let name: String
    /// How many bytes there are.
    package let byteCount: Int
    private let file: OpenFile
    /// Holds the file open where it is a copy.
    private let copy: StreamCopy?
    private let fileSystem: any FileSystem

    /// Opens a file; `-` is the standard input, which is read to its end.
    package init(
        _ path: String, on fileSystem: any FileSystem = PosixFileSystem()
    ) throws(SystemError) {
        self.fileSystem = fileSystem
        name = path == "-" ? OpenFile.standardInput.path : path
        guard path != "-" else {
            let copy = try StreamCopy(
                of: .standardInput, in: TemporaryFolder.path, on: fileSystem)
            (file, byteCount, self.copy) = (copy.file, copy.byteCount, copy)
            return
        }
        let opened = try fileSystem.open(path, for: .reading)
        do throws(SystemError) {
            let status = try fileSystem.status(of: opened)
            switch status.kind {
            case .file: (file, byteCount, copy) = (opened, status.byteCount, nil)
            case .folder: throw SystemError(call: "read", path: path, reason: .isAFolder)
            case .other:
                let copy = try StreamCopy(of: opened, in: TemporaryFolder.path, on: fileSystem)
                (file, byteCount, self.copy) = (copy.file, copy.byteCount, copy)
                fileSystem.close(opened)
            }
        } catch {
            fileSystem.close(opened)
            throw error
        }
    }

    deinit { if copy == nil { fileSystem.close(file) } }

    /// At most `count` bytes from an offset, after those of `prefix`; none added is the end.
    func read(
        at offset: Int, count: Int, after prefix: [UInt8]
    ) throws(SystemError) -> [UInt8] {
        try fileSystem.read(file, at: offset, count: count, after: prefix)
    }

    /// SHA-256 of all bytes, 64 lower-case hexadecimal digits.
    ///
    /// O(bytes).
    func sha256() throws(SystemError) -> String {
        var digest = FileDigest()
        var offset = 0
        while true {
            let piece = try read(at: offset, count: LogLimits.blockBytes, after: [])
            if piece.isEmpty { return digest.hexadecimal() }
            digest.update(piece)
            offset += piece.count
        }
    }
}
