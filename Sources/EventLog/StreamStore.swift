/// One plain file of lines, or the standard input: read once from its beginning, never written.
package struct StreamStore: EventSource {
    /// The path of the file; nil is the standard input.
    package let path: String?
    /// Where the file is.
    package let fileSystem: any FileSystem
    /// How many bytes one read asks for.
    package let blockBytes: Int

    /// Names a file, which may be a pipe, or the standard input (nil); nothing is opened yet.
    package init(
        path: String?, fileSystem: any FileSystem = PosixFileSystem(),
        blockBytes: Int = LogLimits.blockBytes
    ) {
        precondition(blockBytes > 0, "sizes of a store are at least 1")
        self.path = path
        self.fileSystem = fileSystem
        self.blockBytes = blockBytes
    }

    /// Delivers the lines from a sequence (at least 1) on; those before it are read and counted.
    ///
    /// An empty file has head 0. Throws `tornInput` when the last line does not end, after all
    /// others are delivered.
    @discardableResult
    package func read(
        from sequence: Int64, body: (LogChunk) throws -> ReadStep
    ) throws -> ReadEnd {
        precondition(sequence >= 1, "sequences count from 1")
        let file = try openFile()
        let start = LogPosition(sequence: 1, lineInFile: 1, byteOffset: 0)
        var reader = LineReader(
            file, on: fileSystem, blockBytes: blockBytes, isStream: true,
            assembler: LineAssembler(file: file.path, at: start, lowest: sequence))
        while let chunk = try reader.next() {
            if try body(chunk) == .stop {
                return ReadEnd(lastSequence: chunk.lastSequence, isStopped: true)
            }
        }
        guard reader.pendingBytes == 0 else {
            throw LogFault(
                .tornInput(bytes: reader.pendingBytes), in: file.path,
                line: reader.location.line, byteOffset: reader.location.byteOffset)
        }
        return ReadEnd(lastSequence: reader.lastSequence)
    }

    private func openFile() throws(LogFault) -> OpenFile {
        guard let path else { return .standardInput }
        return try attempt(.reading) { () throws(SystemError) in
            try fileSystem.open(path, for: .reading)
        }
    }
}
