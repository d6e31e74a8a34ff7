import ClaimsCodec
import EventLog

/// A chunk to be scanned, with the memory that takes its facts.
final class ScanJob: PipelineJob {
    private(set) var scanned = ScannedChunk()
    private var chunk: LogChunk?
    private var reader: ChunkReader

    init(toleratingUnknown: Bool) { reader = ChunkReader(toleratesUnknown: toleratingUnknown) }

    func prepare(_ chunk: LogChunk) { self.chunk = chunk }

    func run() {
        guard let chunk else { return }
        self.chunk = nil
        reader.read(chunk, into: &scanned)
    }
}

extension EventSource {
    /// Reads the log from its beginning and delivers each chunk scanned, in order, on the calling
    /// thread; up to `threads` of them scan at once.
    ///
    /// Holds at most two chunks a thread beside the one that `body` has.
    func read(
        scanningOn threads: Int, toleratingUnknown: Bool,
        body: (ScannedChunk) throws -> ReadStep
    ) throws -> ReadEnd {
        let pipeline = OrderedPipeline<ScanJob>(threads: threads)
        defer { pipeline.end() }
        var free: [ScanJob] = []
        var isStopped = false
        func deliver(_ job: ScanJob) throws -> ReadStep {
            let step = try body(job.scanned)
            free.append(job)
            isStopped = step == .stop
            return step
        }
        let end: ReadEnd
        do {
            end = try read(from: 1) { chunk in
                let job = free.popLast() ?? ScanJob(toleratingUnknown: toleratingUnknown)
                job.prepare(chunk)
                pipeline.submit(job)
                while pipeline.count > 2 * threads, let done = pipeline.next() {
                    if try deliver(done) == .stop { return .stop }
                }
                return .next
            }
        } catch {
            // What was read before a fault of the file comes first, and may hold a fault itself.
            while !isStopped, let done = pipeline.next() {
                if try deliver(done) == .stop { return ReadEnd(lastSequence: 0, isStopped: true) }
            }
            throw error
        }
        while !isStopped, let done = pipeline.next() { _ = try deliver(done) }
        return isStopped ? ReadEnd(lastSequence: end.lastSequence, isStopped: true) : end
    }
}
