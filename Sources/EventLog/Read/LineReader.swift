/// Reads one open file block by block as chunks of whole lines; closes it at the end, unless it is
/// borrowed.
///
/// The file is read, never mapped: one that is cut short under a reader is just shorter.
struct LineReader: ~Copyable {
    private let fileSystem: any FileSystem
    private let file: OpenFile
    private let blockBytes: Int
    /// Whether the file can only be read on from where it is, as a pipe can.
    private let isStream: Bool
    private var assembler: LineAssembler
    /// Bytes of a stream that were read before.
    private var ahead: [UInt8]
    /// Whether somebody else closes the file.
    private let isBorrowed: Bool

    /// Takes over an open file, or borrows it; `ahead` is what was read of a stream already.
    init(
        _ file: OpenFile, on fileSystem: any FileSystem, blockBytes: Int, isStream: Bool,
        assembler: LineAssembler, ahead: [UInt8] = [], isBorrowed: Bool = false
    ) {
        self.ahead = ahead
        self.isBorrowed = isBorrowed
        self.file = file
        self.fileSystem = fileSystem
        self.blockBytes = blockBytes
        self.isStream = isStream
        self.assembler = assembler
    }

    deinit {
        if file != .standardInput, !isBorrowed { fileSystem.close(file) }
    }

    /// The next whole lines; nil at what is the end of the file now.
    ///
    /// May be asked again later.
    mutating func next() throws(LogFault) -> LogChunk? {
        // What follows the last line feed is read anew, not kept: since the last call it may have
        // been set aside as a torn tail, and other bytes may be in its place.
        if !isStream { assembler.restart() }
        while true {
            try assembler.throwHeldFault()
            if !ahead.isEmpty {
                var block: [UInt8] = []
                swap(&block, &ahead)
                if let chunk = try assembler.take(block) { return chunk }
                continue
            }
            // Blocks of one size, since each takes the memory of the one before it then.
            let carried = assembler.carry.count
            let block = try attempt(.reading) { () throws(SystemError) in
                try fileSystem.read(
                    file, at: isStream ? nil : assembler.nextByteOffset,
                    count: carried < blockBytes ? blockBytes - carried : blockBytes,
                    after: assembler.carry)
            }
            if block.count == assembler.carry.count { return nil }
            if let chunk = try assembler.take(block) { return chunk }
        }
    }

    /// The size of the file now.
    func byteCount() throws(LogFault) -> Int {
        try attempt(.reading) { () throws(SystemError) in
            try fileSystem.status(of: file).byteCount
        }
    }

    /// Returns when the bytes of the file are on the disk.
    func sync() throws(SystemError) { try fileSystem.syncData(file) }

    /// Where the line after the last whole one begins.
    var location: LineLocation { assembler.location }

    /// The bytes after the last whole line.
    var pendingBytes: Int { assembler.pendingBytes }

    /// The byte up to which the file has been read.
    var readByteCount: Int { assembler.nextByteOffset }

    /// The sequence of the last whole line; before the first, one less than it.
    var lastSequence: Int64 { assembler.sequence - 1 }
}
