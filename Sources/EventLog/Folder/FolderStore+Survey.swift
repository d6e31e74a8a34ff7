extension FolderStore {
    /// Delivers every whole line there is, in order, also behind what would stop a read: a missing
    /// or odd segment, a line over the limit, bytes without a line feed inside the log.
    ///
    /// Each such fault is handed over where it stands. For a check that lists all faults; whoever
    /// acts on the log reads it with `read`. O(bytes).
    package func survey(
        onFault: (LogFault) -> Void, body: (LogChunk) -> Void
    ) throws(LogFault) -> TornTail? {
        let segments = try segmentsAsFound(onFault)
        var expected: Int64 = 1
        for (place, segment) in segments.enumerated() {
            if segment != expected {
                onFault(
                    LogFault(
                        .segmentOrder(found: segment, expected: expected),
                        in: path(ofSegment: segment)))
            }
            let isLast = place == segments.count - 1
            let end = try survey(segment, isLast: isLast, onFault: onFault, body: body)
            if let tail = end.tail { return tail }
            expected = end.lastSequence + 1
        }
        return nil
    }

    /// The first sequences that the names in the folder stand for, ascending; odd names are faults.
    private func segmentsAsFound(_ onFault: (LogFault) -> Void) throws(LogFault) -> [Int64] {
        let names: [String]
        do {
            names = try fileSystem.names(in: folder)
        } catch {
            throw folderFault(error, while: .reading)
        }
        var sequences: [Int64] = []
        for name in names.sorted() {
            do throws(LogFault) {
                if let sequence = try firstSequence(ofFile: name, in: folder) {
                    sequences.append(sequence)
                }
            } catch {
                onFault(error)
            }
        }
        return sequences.sorted()
    }

    private func survey(
        _ segment: Int64, isLast: Bool, onFault: (LogFault) -> Void,
        body: (LogChunk) -> Void
    ) throws(LogFault) -> (lastSequence: Int64, tail: TornTail?) {
        if isLast, let tail = try unwrittenTail(segment) { onFault(tail.fault) }
        var start: LogPosition?
        while true {
            var reader = try reader(of: segment, from: start, lowest: 1)
            do throws(LogFault) {
                while true {
                    while let chunk = try reader.next() { body(chunk) }
                    guard reader.pendingBytes > 0 else { return (reader.lastSequence, nil) }
                    guard isLast else { break }
                    if let tail = try tail(of: reader) { return (reader.lastSequence, tail) }
                }
                let place = reader.location
                onFault(
                    LogFault(
                        .tornInside(bytes: reader.pendingBytes), in: place.file, line: place.line,
                        byteOffset: place.byteOffset))
                return (reader.lastSequence, nil)
            } catch {
                guard case .lineOverLimit(let bytes) = error.problem, let line = error.line,
                    let byteOffset = error.byteOffset
                else { throw error }
                onFault(error)
                start = LogPosition(
                    sequence: segment + Int64(line), lineInFile: line + 1,
                    byteOffset: byteOffset + bytes + 1)
            }
        }
    }
}
