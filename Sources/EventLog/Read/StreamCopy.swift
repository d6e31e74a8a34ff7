/// The bytes of what can be read once only, a pipe or the standard input, put aside to be read
/// more than once: into a file that has no name any more when the first byte is written, so that
/// nobody else can read it and none is left behind.
package final class StreamCopy: Sendable {
    /// The copy, open for reading.
    package let file: OpenFile
    /// How many bytes there are.
    package let byteCount: Int
    private let fileSystem: any FileSystem

    /// Reads a stream to its end; the copy is in `folder`.
    package init(
        of stream: OpenFile, in folder: String, on fileSystem: any FileSystem
    ) throws(SystemError) {
        let path = "\(folder)/claims-\(fileSystem.processNumber)-\(stream.descriptor).input"
        let file = try fileSystem.open(path, for: .creating)
        do throws(SystemError) {
            try fileSystem.remove(path)
            var count = 0
            while true {
                let piece = try fileSystem.read(
                    stream, at: nil, count: LogLimits.blockBytes, after: [])
                if piece.isEmpty { break }
                try fileSystem.writeAll(piece[...], to: file)
                count += piece.count
            }
            byteCount = count
        } catch {
            fileSystem.close(file)
            throw error
        }
        // Called in messages what it is a copy of.
        self.file = OpenFile(descriptor: file.descriptor, path: stream.path)
        self.fileSystem = fileSystem
    }

    deinit { fileSystem.close(file) }
}
