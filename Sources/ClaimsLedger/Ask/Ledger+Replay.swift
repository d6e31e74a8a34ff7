package import ClaimsCodec
package import ClaimsDomain
import ClaimsIndex
package import ClaimsProjections
package import EventLog
import TransparencyLog

/// A finished replay with what a writer or a follower needs beside the state.
package struct ReplayedLog: Sendable {
    package var replay: Replay
    package var order: LogOrder
    /// Bytes behind the last whole line, unless a writer was at work on them.
    package var tornTail: TornTail?
}

extension Ledger {
    /// Replays the log from zero as seen from a viewpoint.
    ///
    /// `isPart`: the lines are a part of a log, in its order; there may be none.
    package func replay(
        _ viewpoint: Viewpoint = Viewpoint(), toleratingUnknown: Bool = false,
        isPart: Bool = false
    ) throws(LedgerError) -> ReplayedLog {
        var run = ReplayRun(viewpoint, of: byteCount, isPart: isPart)
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
        var run = ReplayRun(viewpoint, of: byteCount, isStateRead: true)
        run.isVisited = { _ in true }
        return try replay(&run, toleratingUnknown: toleratingUnknown) { state, fact, chunk, line in
            try chunk.withBytes(of: chunk.events[line]) { try visit(state, fact, $0) }
        }
    }

    /// Replays the whole log and has each event noted for an index.
    func replay(into builder: inout IndexBuilder) throws(LedgerError) -> ReplayedLog {
        var run = ReplayRun(Viewpoint(), of: byteCount)
        if let stage = run.orderStage {
            builder.withDocumentNames = { stage.withDocumentNames($0) }
        }
        run.isVisited = { _ in true }
        return try replay(&run, toleratingUnknown: false) { state, fact, chunk, line in
            let bytes = chunk.bytes(ofLine: line)
            let place = LinePlace(
                line: chunk.chunk.firstLineInFile + line,
                byteOffset: chunk.chunk.byteOffsetInFile + bytes.lowerBound, byteCount: bytes.count)
            try builder.note(fact, in: state, identity: chunk.idHash(ofLine: line), at: place)
        }
    }

    /// Replays the whole log and shows events of some kinds with the state they led to, which has
    /// no names of documents yet; each line is hashed on the thread that scanned it.
    ///
    /// `isVerified`: the funds have to add up after each event. The record has the root before each
    /// closing of a period, too.
    func replayHashing(
        _ recorder: TreeRecorder, isVerified: Bool = false,
        showing isVisited: @escaping (EventKind) -> Bool = { _ in true },
        visit: (LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws(LedgerError) -> (log: ReplayedLog, record: TreeRecorder) {
        var run = ReplayRun(Viewpoint(), of: byteCount, recorder: recorder)
        run.isVerified = isVerified
        run.isVisited = isVisited
        let log = try replay(&run, toleratingUnknown: false) { state, fact, chunk, line in
            try chunk.withBytes(of: chunk.events[line]) { try visit(state, fact, $0) }
        }
        return (log, run.orderStage?.outcome.record ?? recorder)
    }

    /// Replays the log as seen from a viewpoint, and hands over each event of some kinds, typed.
    func replay(
        _ viewpoint: Viewpoint, decoding kinds: Set<EventKind>, apply: (Event) -> Void
    ) throws(LedgerError) -> ReplayedLog {
        let decoded = DecodedChunks(of: kinds, at: viewpoint)
        var run = ReplayRun(viewpoint, of: byteCount)
        run.isVisited = { decoded.wants($0) }
        var events: ArraySlice<Event> = []
        var current: Int64 = 0
        var reader = EventReader()
        let decode = { @Sendable (chunk: ScannedChunk) in decoded.decode(chunk) }
        return try replay(&run, toleratingUnknown: false, then: decode) { _, fact, chunk, line in
            if chunk.chunk.firstSequence != current {
                current = chunk.chunk.firstSequence
                events = decoded.take(chunk)[...]
            }
            if let event = events.popFirst(), event.sequence == fact.sequence {
                apply(event)
            } else {
                // Left out by who decoded, so it cannot be: this says why.
                try apply(chunk.withBytes(of: chunk.events[line]) { try reader.read($0) })
            }
        }
    }

    private func replay(
        _ run: inout ReplayRun, toleratingUnknown: Bool,
        then: (@Sendable (ScannedChunk) -> Void)? = nil,
        visit: (LedgerState, Fact, ScannedChunk, Int) throws -> Void
    ) throws(LedgerError) -> ReplayedLog {
        do {
            let stage = run.orderStage
            let steps = ScanSteps(
                toleratesUnknown: toleratingUnknown, then: then, order: stage,
                isHashed: run.isHashed)
            let end = try source.read(scanningOn: scanThreads, steps) { chunk in
                try run.take(&chunk, visit: visit)
            }
            if end.lastSequence == 0, folder == nil, shared == nil, !run.isPart {
                throw emptyInput
            }
            let tail = end.tornTail
            if let stage { run.take(stage.outcome) }
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

    /// How many bytes the log has, where that can be known before it is read.
    fileprivate var byteCount: Int? {
        switch location {
        case .folder: try? folder?.extent().byteCount
        case .file(let path): (try? PosixFileSystem().status(path))?.byteCount
        case .standardInput, .shared: nil
        }
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
    var order: LogOrder
    /// Whether lines of the log may be left out.
    let isPart: Bool
    private var merge = ChunkMerge()
    private var chunkOrder = ChunkOrder()
    private var documents = ChunkDocuments()
    private var bytesRead: Int64 = 0
    private var eventsKnown: Int64 = 0
    private var state = LedgerState()
    private var unknownTypes: [String: Int64] = [:]
    private let viewpoint: Viewpoint
    /// Whether events of a kind are shown; nil shows none.
    var isVisited: ((EventKind) -> Bool)?
    /// Whether the funds have to add up after each event.
    var isVerified = false
    private var lookAhead = LookAhead()

    private var room: RoomToCome
    /// Whether an event was known; nil when all were.
    private let knows: (@Sendable (Fact) -> Bool)?
    /// Where chunks are held against the order of the log and their documents looked up before they
    /// come here; nil where somebody reads those names on the way.
    let orderStage: OrderStage?
    /// Whether lines are hashed on the way there.
    let isHashed: Bool

    /// `byteCount`: how long the log is, if that is known; `isStateRead`: somebody looks at the
    /// state on the way.
    init(
        _ viewpoint: Viewpoint, of byteCount: Int?, isPart: Bool = false,
        isStateRead: Bool = false, recorder: TreeRecorder? = nil
    ) {
        self.viewpoint = viewpoint
        self.isPart = isPart
        order = LogOrder(acceptsGaps: isPart)
        room = RoomToCome(of: byteCount)
        if viewpoint.knownAt == nil { knows = nil } else { knows = { viewpoint.knows($0) } }
        orderStage = isStateRead ? nil : OrderStage(order, room, recorder, knows: knows)
        isHashed = !isStateRead && recorder != nil
    }

    /// Takes over what came of the chunks before they came here.
    mutating func take(_ outcome: OrderStage.Outcome) {
        order = outcome.order
        state.documentNames = outcome.documentNames
    }

    mutating func take(
        _ chunk: inout ScannedChunk,
        visit: (LedgerState, Fact, ScannedChunk, Int) throws -> Void
    ) throws -> ReadStep {
        bytesRead += Int64(chunk.chunk.bytes.count)
        if let factor = room.factor(after: chunk.chunk.bytes.count) {
            state.reserve(times: factor)
            if orderStage == nil { order.reserve(times: factor) }
        }
        if orderStage == nil {
            chunkOrder.accept(&chunk, order: &order, knows: knows)
            documents.take(&chunk, names: &state.documentNames)
        }
        merge.merge(&chunk, names: &state.names)
        var odd = chunk.oddities[...]
        var start = 0
        let end = chunk.ending?.line ?? chunk.events.count
        eventsKnown += Int64(end)
        while start < end {
            let oddity = odd.popFirst()
            let next = min(oddity?.line ?? end, end)
            try fold(start..<next, of: chunk, visit)
            start = next
            guard let oddity, next < end else { continue }
            switch oddity {
            case .unknown(let type, _): unknownTypes[type, default: 0] += 1
            case .rules(let rules, _): try fold(next, of: chunk, rules, visit)
            case .problem: break
            }
            start += 1
        }
        switch chunk.ending {
        case .problem(let problem, let line):
            throw chunk.fault(problem, line: line, isPart: isPart)
        case .unknown: return .stop
        case nil: return .next
        }
    }

    /// Few enough lines that what was touched is still in the cache when it is needed.
    private static let groupSize = 32

    /// Folds lines that are events and nothing more.
    private mutating func fold(
        _ lines: Range<Int>, of chunk: ScannedChunk,
        _ visit: (LedgerState, Fact, ScannedChunk, Int) throws -> Void
    ) throws {
        let events = chunk.events.span
        var start = lines.lowerBound
        while start < lines.upperBound {
            let end = min(start + Self.groupSize, lines.upperBound)
            for line in start..<end {
                lookAhead.note(events[line].fact.subject, events[line].fact.document, in: state)
            }
            lookAhead.load(in: state)
            for line in start..<end { try fold(line, of: chunk, nil, visit) }
            start = end
        }
    }

    @inline(__always)
    private mutating func fold(
        _ line: Int, of chunk: ScannedChunk, _ rules: Program?,
        _ visit: (LedgerState, Fact, ScannedChunk, Int) throws -> Void
    ) throws {
        // One copy for all that look at it, by way of a span: an array would copy all beside it.
        let events = chunk.events.span
        let fact = events[line].fact
        guard viewpoint.includes(fact.occurredAt) else { return }
        do throws(LineProblem) {
            try state.take(fact, rules: rules)
        } catch {
            throw chunk.fault(error, line: line, isPart: isPart)
        }
        if isVerified { state.checkIdentity() }
        if let isVisited, isVisited(fact.kind) { try visit(state, fact, chunk, line) }
    }

    func finished() -> Replay {
        Replay(
            state: state, viewpoint: viewpoint,
            moment: viewpoint.moment(lastRecordedAt: order.lastRecordedAt),
            lastSequence: order.head, eventsKnown: eventsKnown, bytesRead: bytesRead,
            unknownTypes: unknownTypes)
    }
}
