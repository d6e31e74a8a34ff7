import ClaimsCodec
import ClaimsDomain
import EventLog

/// Reads stretches of another producer's records on several threads; they come out in their order.
final class ForeignPipeline {
    /// A stretch of input.
    enum Input {
        /// Records on a line each.
        case lines(LogChunk)
        /// Records at these places of a text, numbered from `first`.
        case elements([UInt8], ArraySlice<Range<Int>>, first: Int)
    }

    private let pipeline: OrderedPipeline<ForeignJob>
    private let recordedAt: Instant
    private let defaultActor: Actor?
    private var free: [ForeignJob] = []
    /// Stretches under way before one is waited for: enough that no thread waits for the other.
    let mostUnderWay: Int

    /// `recordedAt`: the time of recording of all events.
    init(recordedAt: Instant, defaultActor: Actor?, threads: Int) {
        mostUnderWay = 2 * threads
        // One thread submits and receives, so that a place is free whenever it submits.
        pipeline = OrderedPipeline(threads: threads + 1, capacity: mostUnderWay + 2)
        self.recordedAt = recordedAt
        self.defaultActor = defaultActor
    }

    /// How many stretches are under way.
    private(set) var count = 0

    /// Begins with the next stretch.
    func submit(_ input: Input) {
        let job =
            free.popLast()
            ?? ForeignJob(
                ForeignChunkReader(recordedAt: recordedAt, defaultActor: defaultActor))
        job.input = input
        if pipeline.submit(job) { count += 1 }
    }

    /// The oldest stretch when it is read; nil when none is under way.
    func next() -> ForeignJob? {
        guard count > 0 else { return nil }
        count -= 1
        return pipeline.next()
    }

    /// Gives a stretch's memory back for another one.
    func giveBack(_ job: ForeignJob) { free.append(job) }

    /// Ends the threads; what nobody began is dropped.
    func end() { pipeline.end() }
}

/// A stretch of records to be read, with the memory that takes their lines.
final class ForeignJob: PipelineJob {
    var lines = ForeignLines()
    fileprivate var input: ForeignPipeline.Input?
    private var reader: ForeignChunkReader

    init(_ reader: ForeignChunkReader) { self.reader = reader }

    func run() {
        switch input {
        case .lines(let chunk): reader.read(chunk, into: &lines)
        case .elements(let text, let ranges, let first):
            reader.read(text, at: ranges, first: first, into: &lines)
        case nil: break
        }
        input = nil
    }
}
