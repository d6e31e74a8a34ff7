/// Reads a folder's lines from a sequence on, and is asked again and again for what came since.
///
/// Keeps the place it has reached, so that a look for more costs one read and one list of the
/// folder, however long the log is.
package struct LogFollower: ~Copyable {
    private let store: FolderStore
    private let lowest: Int64
    /// The segment being read; nil until there is one.
    private var reader: LineReader?
    private var segment: Int64 = 0
    /// The segment after it, once there is one: what is in `segment` is then durable.
    private var successor: Int64?

    /// Names where to begin, from 1; nothing is opened.
    package init(_ store: FolderStore, from sequence: Int64) {
        precondition(sequence >= 1, "sequences count from 1")
        self.store = store
        lowest = sequence
    }

    /// The next whole lines, durable; nil when there are none now.
    ///
    /// A line shows in the file an instant before its writer has synced it. Whoever acts on a line
    /// has to be able to rely on it, so it is synced here before it is handed over.
    package mutating func next() throws(LogFault) -> LogChunk? {
        if reader == nil {
            let segments = try store.segmentSequences()
            guard let first = segments.last(where: { $0 <= lowest }) ?? segments.first else {
                return nil
            }
            try open(first, successor: segments.first { $0 > first })
        }
        while true {
            if let chunk = try reader?.next() {
                if successor == nil { try reader?.makeDurable() }
                return chunk
            }
            if let successor {
                try requireSealed(before: successor)
                try open(successor, successor: nil)
                continue
            }
            successor = try store.segmentSequences().first { [segment] in $0 > segment }
            // With a successor it may have got its last lines meanwhile: once more.
            guard successor == nil else { continue }
            try requireNotShorter()
            return nil
        }
    }

    private mutating func open(_ first: Int64, successor: Int64?) throws(LogFault) {
        reader = try store.reader(of: first, lowest: lowest)
        segment = first
        self.successor = successor
    }

    private func requireSealed(before successor: Int64) throws(LogFault) {
        switch reader {
        case .some(let reader): try store.requireSealed(reader, before: successor)
        case nil: break
        }
    }

    private func requireNotShorter() throws(LogFault) {
        switch reader {
        case .some(let reader):
            let (place, found) = (reader.location, try reader.byteCount())
            guard found < place.byteOffset else { return }
            throw LogFault(.segmentSize(found: found, expected: place.byteOffset), in: place.file)
        case nil: break
        }
    }
}

extension LineReader {
    /// Returns when what was read is on the disk.
    ///
    /// On a medium that cannot be written to, nothing waits to be.
    func makeDurable() throws(LogFault) {
        do {
            try sync()
        } catch {
            guard error.reason == .readOnly else { throw LogFault(error, while: .reading) }
        }
    }
}
