extension FolderStore {
    /// Delivers the whole lines from a sequence (at least 1) on; the segments before it are passed
    /// over by name, the lines before it are counted.
    ///
    /// The segments are those that exist when it begins, the last one up to its last line feed at
    /// the moment it is reached. So what it sees is a beginning of the log, whatever is appended
    /// meanwhile.
    /// A record shows once it is whole in the file, an instant before its append returns.
    @discardableResult
    package func read(
        from sequence: Int64, body: (LogChunk) throws -> ReadStep
    ) throws -> ReadEnd {
        precondition(sequence >= 1, "sequences count from 1")
        let segments = try segmentSequences()
        guard let first = segments.lastIndex(where: { $0 <= sequence }) else {
            return ReadEnd(lastSequence: 0)
        }
        return try read(segments[first...], at: nil, lowest: sequence, body: body)
    }

    /// The same from a remembered position, with nothing to count.
    ///
    /// Throws `positionUnknown` when no line of this log begins there.
    @discardableResult
    package func read(
        at position: LogPosition, body: (LogChunk) throws -> ReadStep
    ) throws -> ReadEnd {
        let segments = try segmentSequences()
        let segment = position.segmentFirstSequence
        guard let first = segments.firstIndex(of: segment) else {
            throw LogFault(
                .positionUnknown, in: path(ofSegment: segment), byteOffset: position.byteOffset)
        }
        return try read(
            segments[first...], at: position, lowest: position.sequence, body: body)
    }

    /// Reads segment after segment, the last one until its end stands still.
    private func read(
        _ segments: ArraySlice<Int64>, at position: LogPosition?, lowest: Int64,
        body: (LogChunk) throws -> ReadStep
    ) throws -> ReadEnd {
        var lastSequence: Int64 = 0
        for index in segments.indices {
            let isFirst = index == segments.startIndex
            var reader = try reader(
                of: segments[index], from: isFirst ? position : nil, lowest: lowest)
            let isLast = index == segments.endIndex - 1
            while true {
                while let chunk = try reader.next() {
                    if try body(chunk) == .stop {
                        return ReadEnd(lastSequence: chunk.lastSequence, isStopped: true)
                    }
                }
                guard isLast, reader.pendingBytes > 0 else { break }
                if let tail = try tail(of: reader) {
                    return ReadEnd(lastSequence: reader.lastSequence, tornTail: tail)
                }
            }
            lastSequence = reader.lastSequence
            if !isLast { try requireSealed(reader, before: segments[index + 1]) }
        }
        return ReadEnd(lastSequence: lastSequence)
    }

    /// What follows the last whole line of the last segment, or nil when more has come and is to
    /// be read first.
    ///
    /// While this asks for the lock and gets it, no writer can be at work: then an unchanged size
    /// proves that nobody is about to end the line.
    func tail(of reader: borrowing LineReader) throws(LogFault) -> TornTail? {
        let tail = { [location = reader.location, byteCount = reader.pendingBytes] isInProgress in
            TornTail(
                location: location, byteCount: byteCount, isAppendInProgress: isInProgress)
        }
        guard let lock = LogLock.probe(lockPath, on: fileSystem) else { return tail(true) }
        let byteCount = try reader.byteCount()
        lock.release()
        return byteCount == reader.readByteCount ? tail(false) : nil
    }

    /// Throws unless a segment that was read to its end is whole and is followed by `next`.
    func requireSealed(
        _ reader: borrowing LineReader, before next: Int64
    ) throws(LogFault) {
        guard reader.pendingBytes == 0 else {
            let place = reader.location
            throw LogFault(
                .tornInside(bytes: reader.pendingBytes), in: place.file, line: place.line,
                byteOffset: place.byteOffset)
        }
        try requireOrder(found: next, expected: reader.lastSequence + 1)
    }
}
