import Dispatch
package import EventLog

/// A log that many append to, in memory: what is asked of a server, without one.
package final class MemorySharedStore: SharedStore {
    private struct State {
        var lines: [[UInt8]] = []
        var settings: [UInt8]?
        var checkpoints: [StoredCheckpoint] = []
        var documents: [String: [UInt8]] = [:]
        var appendCount = 0
        var firstRead = Int64.max
        var readCount = 0
    }

    private let state = Guarded(State())

    private let appendMilliseconds: Int

    /// A store without a ledger and without lines; an append to it takes so long.
    package init(appendMilliseconds: Int = 0) { self.appendMilliseconds = appendMilliseconds }

    /// How often lines were appended.
    package var appendCount: Int { state.withLock { $0.appendCount } }

    /// The lowest sequence that was read from since this was set.
    package var firstRead: Int64 {
        get { state.withLock { $0.firstRead } }
        set { state.withLock { $0.firstRead = newValue } }
    }

    /// How often lines were read since this was set.
    package var readCount: Int {
        get { state.withLock { $0.readCount } }
        set { state.withLock { $0.readCount = newValue } }
    }

    package var name: String { "memory" }

    package func settings() -> [UInt8]? { state.withLock { $0.settings } }

    package func create(settings: [UInt8]) throws(LogFault) -> [String] {
        let isNew = state.withLock { state in
            if state.settings != nil { return false }
            state.settings = settings
            return true
        }
        guard isNew else { throw LogFault(.logExists, in: name) }
        return []
    }

    package func checkpoints() -> [StoredCheckpoint] {
        let kept = state.withLock { $0.checkpoints.map(\.self) }
        let latest = Dictionary(kept.map { ($0.size, $0) }) { $0.version > $1.version ? $0 : $1 }
        return latest.values.sorted { $0.size < $1.size }
    }

    package func keep(_ checkpoint: StoredCheckpoint) -> Bool {
        state.withLock { state in
            let isThere = state.checkpoints.contains {
                $0.size == checkpoint.size && $0.version == checkpoint.version
            }
            if !isThere { state.checkpoints.append(checkpoint) }
            return !isThere
        }
    }

    package func documents() -> [String] { state.withLock { $0.documents.keys.sorted() } }

    package func readDocument(_ sha256: String, body: ([UInt8]) throws -> Void) throws {
        guard let content = state.withLock({ $0.documents[sha256]?.map(\.self) }) else { return }
        try body(content)
    }

    package func keepDocument(
        _ sha256: String, pieces: (([UInt8]) throws -> Void) throws -> Void
    ) throws -> Bool {
        var content: [UInt8] = []
        try pieces { content += $0 }
        return state.withLock { [content] state in
            if state.documents[sha256] != nil { return false }
            state.documents[sha256] = content
            return true
        }
    }

    package func examine(nowMilliseconds: Int64) -> [StoreCheck] {
        [StoreCheck("server", true, "memory")]
    }

    package func head() -> Int64 { state.withLock { Int64($0.lines.count) } }

    package func read(
        from sequence: Int64, body: (LogChunk) throws -> ReadStep
    ) throws -> ReadEnd {
        let lines = state.withLock { state in
            state.firstRead = min(state.firstRead, sequence)
            state.readCount += 1
            // An array of its own: one that is shared outside of the lock is handed back by its
            // count of references, which the thread sanitizer cannot see.
            return state.lines.map(\.self)
        }
        var next = Int(sequence - 1)
        while next < lines.count {
            let page = lines[next..<min(lines.count, next + 100)]
            let chunk = LogChunk(
                bytes: Array(page.joined()), firstSequence: Int64(next + 1), lineCount: page.count,
                file: name, firstLineInFile: next + 1,
                byteOffsetInFile: lines[..<next].reduce(0) { $0 + $1.count })
            if try body(chunk) == .stop {
                return ReadEnd(lastSequence: chunk.lastSequence, isStopped: true)
            }
            next += page.count
        }
        return ReadEnd(lastSequence: Int64(lines.count))
    }

    package func follow(
        from sequence: Int64, pollMilliseconds: Int, shouldStop: () -> Bool,
        body: (LogChunk) throws -> ReadStep
    ) throws {
        var next = sequence
        while !shouldStop() {
            var isOver = false
            _ = try read(from: next) { chunk in
                isOver = try shouldStop() || body(chunk) == .stop
                if !isOver { next = chunk.lastSequence + 1 }
                return isOver ? .stop : .next
            }
            if isOver { return }
            // Told of appends as it were, and stopped soon, however long it is to wait.
            Self.pause(milliseconds: min(pollMilliseconds, 20))
        }
    }

    private static func pause(milliseconds: Int) {
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(milliseconds))
    }

    package func openSharedWriter(
        waitMilliseconds: Int, remark: @escaping @Sendable (String) -> Void
    ) -> any SharedWriter {
        Writer(self)
    }

    /// Appends lines behind `expected`, all or none.
    private func append(_ lines: [[UInt8]], expecting expected: Int64) throws(LogFault) -> Int64 {
        if appendMilliseconds > 0 { Self.pause(milliseconds: appendMilliseconds) }
        let (before, after) = state.withLock { state in
            let before = Int64(state.lines.count)
            if before == expected {
                state.lines += lines
                state.appendCount += 1
            }
            return (before, Int64(state.lines.count))
        }
        guard before == expected else {
            throw LogFault(.headMoved(expected: expected, head: before), in: name)
        }
        return after
    }

    private final class Writer: SharedWriter {
        private let store: MemorySharedStore
        private let seen: Guarded<Int64>

        init(_ store: MemorySharedStore) {
            self.store = store
            seen = Guarded(store.head())
        }

        var head: Int64 { seen.withLock { $0 } }

        func append(
            expecting expected: Int64,
            blocks: (([UInt8]) throws(LogFault) -> Void) throws(LogFault) -> Void
        ) throws(LogFault) -> Int64 {
            var lines: [[UInt8]] = []
            try blocks { (block) throws(LogFault) in
                var rest = block[...]
                while let end = rest.firstIndex(of: LineFeeds.byte) {
                    let line = rest[...end]
                    if line.count == 1 { throw LogFault(.lineEmpty, in: store.name) }
                    if line.count - 1 > LogLimits.lineBytes {
                        throw LogFault(.lineOverLimit(bytes: line.count - 1), in: store.name)
                    }
                    lines.append(Array(line))
                    rest = rest[(end + 1)...]
                }
                if !rest.isEmpty { throw LogFault(.lineFeedMissing, in: store.name) }
            }
            let head = try store.append(lines, expecting: expected)
            seen.withLock { $0 = head }
            return head
        }
    }
}
