import EventLog

/// A file read piece by piece: it may be larger than what fits in memory.
enum FilePieces {
    /// Hands over the bytes of an open file in order, those of an empty one as an empty piece.
    ///
    /// Throws `SystemError` where it cannot be read, and whatever `body` throws. O(bytes).
    static func read(
        _ file: OpenFile, on fileSystem: any FileSystem, body: ([UInt8]) throws -> Void
    ) throws {
        var offset = 0
        while true {
            let piece = try fileSystem.read(
                file, at: offset, count: LogLimits.blockBytes, after: [])
            if piece.isEmpty, offset > 0 { return }
            try body(piece)
            if piece.isEmpty { return }
            offset += piece.count
        }
    }

    /// The same for a file by its path.
    static func read(
        _ path: String, on fileSystem: any FileSystem, body: ([UInt8]) throws -> Void
    ) throws {
        let file = try fileSystem.open(path, for: .reading)
        defer { fileSystem.close(file) }
        try read(file, on: fileSystem, body: body)
    }
}
