import ClaimsCodec
import EventLog
import TransparencyLog

/// A chunk to be scanned, with the memory that takes its facts.
///
/// One thread at a time has it: it is handed on under the lock of a pipeline or of `OrderStage`.
final class ScanJob: PipelineJob, @unchecked Sendable {
    var scanned = ScannedChunk()
    /// The hash of each line, where the tree is wanted.
    private(set) var leaves: [TreeHash] = []
    private var chunk: LogChunk?
    private var reader: ChunkReader
    private let steps: ScanSteps

    init(_ steps: ScanSteps) {
        reader = ChunkReader(toleratesUnknown: steps.toleratesUnknown)
        self.steps = steps
    }

    func prepare(_ chunk: LogChunk) { self.chunk = chunk }

    func run() {
        guard let chunk else { return }
        self.chunk = nil
        reader.read(chunk, into: &scanned)
        steps.then?(scanned)
        if steps.isHashed { scanned.hashLeaves(into: &leaves) }
        steps.order?.take(self)
    }
}

/// What is done with each chunk before it is delivered.
struct ScanSteps: Sendable {
    /// An unknown type is told, not a fault.
    var toleratesUnknown = false
    /// Given each scanned chunk on the thread that scanned it.
    var then: (@Sendable (ScannedChunk) -> Void)?
    /// Holds the chunks against the order of the log; nil leaves that to who receives them.
    var order: OrderStage?
    /// Whether `order` takes the leaf hash of each line.
    var isHashed = false
}

extension ScannedChunk {
    /// The leaf hashes of the lines that could be read.
    fileprivate func hashLeaves(into leaves: inout [TreeHash]) {
        leaves.removeAll(keepingCapacity: true)
        for event in events { leaves.append(withBytes(of: event) { TreeHash(leaf: $0) }) }
    }
}

extension EventSource {
    /// Reads the log from its beginning and delivers each chunk scanned, in order, on the calling
    /// thread; another one reads it, and up to `threads` in all scan at once.
    ///
    /// Holds at most two chunks a thread.
    func read(
        scanningOn threads: Int, _ steps: ScanSteps = ScanSteps(),
        body: (inout ScannedChunk) throws -> ReadStep
    ) throws -> ReadEnd {
        guard threads > 1 else {
            let job = ScanJob(steps)
            return try read(from: 1) { chunk in
                job.prepare(chunk)
                job.run()
                return try body(&job.scanned)
            }
        }
        let pipeline = OrderedPipeline<ScanJob>(threads: threads, capacity: 2 * threads)
        // A reader that waits for a pipe is left to itself.
        defer { pipeline.end() }
        let outcome = ReadOutcome()
        pipeline.start {
            outcome.set(
                Result {
                    try self.read(from: 1) { chunk in
                        let job = pipeline.recycled() ?? ScanJob(steps)
                        job.prepare(chunk)
                        return pipeline.submit(job) ? .next : .stop
                    }
                })
        }
        // What was read before a fault of the file comes first, and may hold a fault itself.
        while let job = pipeline.next() {
            if try body(&job.scanned) == .stop {
                return ReadEnd(lastSequence: job.scanned.chunk.lastSequence, isStopped: true)
            }
            pipeline.recycle(job)
        }
        return try outcome.get()
    }
}

/// How a reading on another thread ended.
private final class ReadOutcome: Sendable {
    private let result = Guarded<Result<ReadEnd, any Error>>(.success(ReadEnd(lastSequence: 0)))

    func set(_ new: Result<ReadEnd, any Error>) { result.withLock { $0 = new } }

    /// Throws what ended it.
    func get() throws -> ReadEnd { try result.withLock { $0 }.get() }
}
