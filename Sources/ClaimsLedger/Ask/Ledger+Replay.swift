package import ClaimsCodec
package import ClaimsDomain
package import ClaimsProjections
package import EventLog

/// A finished replay with what a writer or a follower needs beside the state.
package struct ReplayedLog: Sendable {
    package var replay: Replay
    package var order: LogOrder
    /// Bytes behind the last whole line, unless a writer was at work on them.
    package var tornTail: TornTail?
}

extension Ledger {
    /// Replays the log from zero as seen from a viewpoint.
    package func replay(
        _ viewpoint: Viewpoint = Viewpoint(), toleratingUnknown: Bool = false
    ) throws(LedgerError) -> ReplayedLog {
        var run = ReplayRun(viewpoint: viewpoint, isVisited: false)
        return try replay(&run, toleratingUnknown: toleratingUnknown) { _, _, _, _ in }
    }

    /// Replays the log from zero as seen from a viewpoint, and shows each event on the way.
    ///
    /// `visit` is called after each event that was known and had happened, with the state it led
    /// to, its fact and its line without LF, on the calling thread and in order. One pass over the
    /// log: chunks of it are scanned on as many threads as `scanThreads` says, and folded in order.
    /// O(events).
    package func replay(
        _ viewpoint: Viewpoint = Viewpoint(), toleratingUnknown: Bool = false,
        visit: (LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws(LedgerError) -> ReplayedLog {
        var run = ReplayRun(viewpoint: viewpoint, isVisited: true)
        return try replay(&run, toleratingUnknown: toleratingUnknown) { state, fact, chunk, line in
            try chunk.withBytes(of: chunk.events[line]) { try visit(state, fact, $0) }
        }
    }

    /// Replays the whole log, and shows each event with its chunk and the line it is there.
    func replayChunks(
        visit: (LedgerState, Fact, ScannedChunk, Int) throws -> Void
    ) throws(LedgerError) -> ReplayedLog {
        var run = ReplayRun(viewpoint: Viewpoint(), isVisited: true)
        return try replay(&run, toleratingUnknown: false, visit: visit)
    }

    private func replay(
        _ run: inout ReplayRun, toleratingUnknown: Bool,
        visit: (LedgerState, Fact, ScannedChunk, Int) throws -> Void
    ) throws(LedgerError) -> ReplayedLog {
        do {
            let end = try source.read(
                scanningOn: scanThreads, toleratingUnknown: toleratingUnknown
            ) { chunk in
                try run.take(chunk, visit: visit)
            }
            if end.lastSequence == 0, folder == nil { throw emptyInput }
            let tail = end.tornTail
            return ReplayedLog(
                replay: run.finished(), order: run.order,
                tornTail: tail?.isAppendInProgress == true ? nil : tail)
        } catch {
            throw LedgerError(unwrittenEnd() ?? error)
        }
    }

    /// The fault of a log whose last bytes never all reached the disk: the reason of whatever else
    /// is wrong there, and one that can be repaired.
    private func unwrittenEnd() -> LogFault? {
        guard let tail = try? folder?.tornTail(), tail.isUnwritten else { return nil }
        return tail.fault
    }

    /// Nobody pipes an empty file on purpose: something before it failed.
    private var emptyInput: LedgerError {
        let name = if case .file(let path) = location { path } else { "<stdin>" }
        return LedgerError(
            .fault(
                """
                \(name):1: error: the input is empty, expected events, one a line
                  at byte 0
                  fix: look at what was to write it
                """, .badData))
    }
}

/// The state of a replay under way.
private struct ReplayRun {
    var order = LogOrder()
    private var merge = ChunkMerge()
    private var bytesRead: Int64 = 0
    private var state = LedgerState()
    private var unknownTypes: [String: Int64] = [:]
    private let viewpoint: Viewpoint
    private let isVisited: Bool
    /// The next lines in the names of the log, and which of them have no fact.
    private var facts: [Fact] = []
    private var misfits: UInt64 = 0
    private var lookAhead = LookAhead()
    /// What was looked at ahead; of no meaning.
    private var touched: [UInt64] = []

    init(viewpoint: Viewpoint, isVisited: Bool) {
        self.viewpoint = viewpoint
        self.isVisited = isVisited
    }

    mutating func take(
        _ chunk: ScannedChunk, visit: (LedgerState, Fact, ScannedChunk, Int) throws -> Void
    ) throws -> ReadStep {
        bytesRead += Int64(chunk.chunk.bytes.count)
        merge.begin(chunk, names: &state.names, order: &order)
        // Taken out for the while, so that a fact is handed on where it stands.
        var facts: [Fact] = []
        swap(&facts, &self.facts)
        defer { swap(&facts, &self.facts) }
        var odd = chunk.oddities[...]
        for line in chunk.events.indices {
            let place = line % Self.groupSize
            if place == 0 { prepare(line, of: chunk, &facts) }
            var rules: Program?
            if let next = odd.first, next.line == line {
                odd.removeFirst()
                if case .unknown(let type, _) = next {
                    order.skip()
                    unknownTypes[type, default: 0] += 1
                    continue
                }
                if case .rules(let program, _) = next { rules = program }
            }
            do throws(LineProblem) {
                guard try fold(facts[place], line, of: chunk, rules) else { return .stop }
            } catch {
                throw chunk.fault(error, line: line)
            }
            guard isVisited, viewpoint.includes(facts[place]) else { continue }
            try visit(state, facts[place], chunk, line)
        }
        if case .problem(let problem, let line)? = odd.first {
            throw chunk.fault(problem, line: line)
        }
        return .next
    }

    /// Few enough lines that what was touched is still in the cache when it is needed.
    private static let groupSize = 32

    /// Brings the next lines to the log's names, and looks ahead at what they will need.
    private mutating func prepare(_ first: Int, of chunk: ScannedChunk, _ facts: inout [Fact]) {
        let lines = first..<min(first + Self.groupSize, chunk.events.count)
        order.touch(lines, of: chunk, &touched)
        facts.removeAll(keepingCapacity: true)
        misfits = 0
        for line in lines {
            let fact = merge.fact(line: line, of: chunk)
            if fact == nil { misfits |= 1 << UInt64(line - first) }
            facts.append(fact ?? Fact(kind: .programPublished))
        }
        lookAhead.load(facts, in: state)
    }

    /// Folds one line of the group; false where knowledge ends.
    @inline(__always)
    private mutating func fold(
        _ fact: Fact, _ line: Int, of chunk: ScannedChunk, _ rules: Program?
    ) throws(LineProblem) -> Bool {
        if misfits >> UInt64(line % Self.groupSize) & 1 == 1 {
            throw merge.problem(line: line, of: chunk)
        }
        guard viewpoint.knows(fact) else { return false }
        try merge.accept(line: line, of: chunk, order: &order)
        guard viewpoint.includes(fact) else { return true }
        try state.take(fact, rules: rules)
        return true
    }

    func finished() -> Replay {
        Replay(
            state: state, viewpoint: viewpoint,
            moment: viewpoint.moment(lastRecordedAt: order.lastRecordedAt),
            lastSequence: order.head, eventsKnown: order.head, bytesRead: bytesRead,
            unknownTypes: unknownTypes)
    }
}
