import ClaimsCodec
import EventLog

/// A chunk to be scanned, with the memory that takes its facts.
final class ScanJob: PipelineJob {
    var scanned = ScannedChunk()
    private var chunk: LogChunk?
    private var reader: ChunkReader
    /// What is done with the scanned chunk on the same thread.
    private let then: (@Sendable (ScannedChunk) -> Void)?

    init(toleratingUnknown: Bool, then: (@Sendable (ScannedChunk) -> Void)?) {
        reader = ChunkReader(toleratesUnknown: toleratingUnknown)
        self.then = then
    }

    func prepare(_ chunk: LogChunk) { self.chunk = chunk }

    func run() {
        guard let chunk else { return }
        self.chunk = nil
        reader.read(chunk, into: &scanned)
        then?(scanned)
    }
}

extension EventSource {
    /// Reads the log from its beginning and delivers each chunk scanned, in order, on the calling
    /// thread; another one reads it, and up to `threads` in all scan at once.
    ///
    /// `then` is given each scanned chunk on the thread that scanned it. Holds at most three chunks
    /// a thread.
    func read(
        scanningOn threads: Int, toleratingUnknown: Bool,
        then: (@Sendable (ScannedChunk) -> Void)? = nil,
        body: (inout ScannedChunk) throws -> ReadStep
    ) throws -> ReadEnd {
        guard threads > 1 else {
            let job = ScanJob(toleratingUnknown: toleratingUnknown, then: then)
            return try read(from: 1) { chunk in
                job.prepare(chunk)
                job.run()
                return try body(&job.scanned)
            }
        }
        let pipeline = OrderedPipeline<ScanJob>(threads: threads, capacity: 3 * threads)
        // A reader that waits for a pipe is left to itself.
        defer { pipeline.end() }
        let outcome = ReadOutcome()
        pipeline.start {
            outcome.set(
                Result {
                    try self.read(from: 1) { chunk in
                        let job =
                            pipeline.recycled()
                            ?? ScanJob(toleratingUnknown: toleratingUnknown, then: then)
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
