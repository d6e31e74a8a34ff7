import ClaimsCodec
import ClaimsDomain
import EventLog

/// Holds scanned chunks against the order of the log and looks their documents up, one chunk after
/// the other, on whichever thread has just scanned the one that was missing.
///
/// A chunk is done when all before it are: who receives chunks in their order finds each ready.
/// It takes that work from the thread that folds, which has the most to do.
final class OrderStage: Sendable {
    private let state: Guarded<State>

    private struct State {
        var order: LogOrder
        var chunks = ChunkOrder()
        var documents = ChunkDocuments()
        var documentNames = DocumentNames()
        var room: RoomToCome
        /// Takes the leaf hashes.
        var recorder: TreeRecorder?
        /// The sequence that the next chunk begins with.
        var next: Int64 = 1
        /// Chunks that were scanned before one ahead of them, by their first sequence.
        var waiting: [Int64: ScanJob] = [:]
        /// Whether a chunk ended before its last line: what follows is not of the log asked about.
        var isOver = false
    }

    private let knows: (@Sendable (Fact) -> Bool)?

    /// What came of the chunks that were taken.
    struct Outcome: Sendable {
        let order: LogOrder
        let documentNames: DocumentNames
        let record: TreeRecorder?
    }

    /// Begins with the first line of a log.
    ///
    /// `knows` says of each event whether it was known, nil that all were; `recorder` is wanted
    /// where lines are hashed.
    init(
        _ order: LogOrder, _ room: RoomToCome, _ recorder: TreeRecorder? = nil,
        knows: (@Sendable (Fact) -> Bool)? = nil
    ) {
        self.knows = knows
        state = Guarded(State(order: order, room: room, recorder: recorder))
    }

    /// What came of all taken so far.
    var outcome: Outcome {
        state.withLock { state in
            Outcome(
                order: state.order, documentNames: state.documentNames, record: state.recorder)
        }
    }

    /// Hands over the names of documents; no chunk is taken in the meantime.
    func withDocumentNames(_ body: (NameTable) -> Void) {
        state.withLock { body($0.documentNames.table) }
    }

    /// Takes a chunk that was scanned.
    func take(_ job: ScanJob) {
        state.withLock { state in
            if state.isOver { return }
            state.waiting[job.scanned.chunk.firstSequence] = job
            while let job = state.waiting.removeValue(forKey: state.next) {
                if let factor = state.room.factor(after: job.scanned.chunk.bytes.count) {
                    state.order.reserve(times: factor)
                    state.documentNames.reserve(times: factor)
                }
                state.chunks.accept(&job.scanned, order: &state.order, knows: knows)
                state.documents.take(&job.scanned, names: &state.documentNames)
                state.recorder?.take(job)
                state.next = job.scanned.chunk.lastSequence + 1
                if job.scanned.ending != nil {
                    state.isOver = true
                    state.waiting = [:]
                }
            }
        }
    }
}

extension TreeRecorder {
    /// Takes the leaves of the next chunk, and the root before each closing of a period, which
    /// names it.
    fileprivate mutating func take(_ job: ScanJob) {
        let first = UInt64(job.scanned.chunk.firstSequence)
        for (line, event) in job.scanned.events.enumerated()
        where event.fact.kind == .periodClosed {
            want(first + UInt64(line) - 1)
        }
        take(job.leaves)
    }
}

/// When it is time to make room for the whole of a long log, and how much.
struct RoomToCome: Sendable {
    private var bytesRead = 0
    /// The byte of the log at which room is made for the rest of it.
    private var reserveAt = Int.max

    /// A log that it is worth making room for, and the part of it that shows how much.
    private static let longLog = 16 << 20
    private static let firstPart = 16

    /// `byteCount`: how long the log is, if that is known.
    init(of byteCount: Int?) {
        if let byteCount, byteCount >= Self.longLog { reserveAt = byteCount / Self.firstPart }
    }

    /// How many times as much as now there will be, told once, before the bytes that show it.
    mutating func factor(after count: Int) -> Int? {
        bytesRead += count
        guard bytesRead >= reserveAt else { return nil }
        reserveAt = .max
        return Self.firstPart
    }
}
