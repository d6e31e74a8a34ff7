/// One plain file of lines, or the standard input: read once from its beginning, never written.
package struct StreamStore: EventSource {
    /// The path of the file; nil is the standard input.
    package let path: String?
    /// Where the file is.
    package let fileSystem: any FileSystem
    /// How many bytes one read asks for.
    package let blockBytes: Int
    /// A stream that somebody opened, and what was read of it already.
    private var opened: (file: OpenFile, ahead: [UInt8])?
    /// What is read in place of a stream.
    private var copy: StreamCopy?

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

    /// Takes over an open file of which the beginning, `ahead`, was read already.
    package init(
        reading file: OpenFile, after ahead: [UInt8], on fileSystem: any FileSystem
    ) {
        self.init(path: file.path, fileSystem: fileSystem)
        opened = (file, ahead)
    }

    /// Reads the standard input to its end and keeps a copy of it in a folder, so that it can be
    /// read more than once.
    package init(
        copyingStandardInputTo folder: String, on fileSystem: any FileSystem = PosixFileSystem()
    ) throws(SystemError) {
        self.init(path: nil, fileSystem: fileSystem)
        copy = try StreamCopy(of: .standardInput, in: folder, on: fileSystem)
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
            file, on: fileSystem, blockBytes: blockBytes, isStream: copy == nil,
            assembler: LineAssembler(file: file.path, at: start, lowest: sequence),
            ahead: opened?.ahead ?? [], isBorrowed: copy != nil)
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
        if let copy { return copy.file }
        if let opened { return opened.file }
        guard let path else { return .standardInput }
        return try attempt(.reading) { () throws(SystemError) in
            try fileSystem.open(path, for: .reading)
        }
    }
}
