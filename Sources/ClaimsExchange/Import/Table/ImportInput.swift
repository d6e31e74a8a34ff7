package import EventLog
import Foundation
import TransparencyLog

/// The bytes of a file to import, which are read more than once: first to check all of them, then
/// to record what they say.
///
/// What can be read once only, the standard input or another pipe, is put aside first: into a file
/// that has no name any more when the first byte is written, so that nobody else can read it and
/// none is left behind.
package struct ImportInput: ~Copyable {
    /// The file as it was named, `<stdin>` for the standard input.
    package let name: String
    /// How many bytes there are.
    package let byteCount: Int
    private let file: OpenFile
    private let fileSystem: any FileSystem

    /// Opens a file; `-` is the standard input, which is read to its end.
    package init(
        _ path: String, on fileSystem: any FileSystem = PosixFileSystem()
    ) throws(SystemError) {
        self.fileSystem = fileSystem
        name = path == "-" ? OpenFile.standardInput.path : path
        guard path != "-" else {
            (file, byteCount) = try Self.setAside(.standardInput, on: fileSystem)
            return
        }
        let opened = try fileSystem.open(path, for: .reading)
        do throws(SystemError) {
            let status = try fileSystem.status(of: opened)
            switch status.kind {
            case .file: (file, byteCount) = (opened, status.byteCount)
            case .folder: throw SystemError(call: "read", path: path, reason: .isAFolder)
            case .other:
                (file, byteCount) = try Self.setAside(opened, on: fileSystem)
                fileSystem.close(opened)
            }
        } catch {
            fileSystem.close(opened)
            throw error
        }
    }

    deinit { fileSystem.close(file) }

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

    private static func setAside(
        _ stream: OpenFile, on fileSystem: any FileSystem
    ) throws(SystemError) -> (OpenFile, Int) {
        let folder = FileManager.default.temporaryDirectory.path
        let path = "\(folder)/claims-\(fileSystem.processNumber)-\(stream.descriptor).input"
        let file = try fileSystem.open(path, for: .creating)
        do throws(SystemError) {
            try fileSystem.remove(path)
            var byteCount = 0
            while true {
                let piece = try fileSystem.read(
                    stream, at: nil, count: LogLimits.blockBytes, after: [])
                if piece.isEmpty { return (file, byteCount) }
                var rest = piece[...]
                while !rest.isEmpty {
                    rest = rest.dropFirst(try fileSystem.write(rest, to: file, at: nil))
                }
                byteCount += piece.count
            }
        } catch {
            fileSystem.close(file)
            throw error
        }
    }
}
