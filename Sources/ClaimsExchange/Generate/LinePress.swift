import ClaimsCodec
import ClaimsDomain
import EventLog
import TransparencyLog

/// Makes the lines of generated events and their tree on a second thread, while the first one goes
/// on simulating; the lines come out in the order of the events.
final class LinePress {
    /// Finished lines not yet taken away, each with its LF.
    private(set) var lines: [UInt8] = []
    private var tree = TreeBuilder()
    /// Events not yet handed over.
    private var events: [Event] = []
    private var free: [PressJob] = []
    /// One thread submits and receives, so that a place is free whenever it submits.
    private let pipeline = OrderedPipeline<PressJob>(threads: 3, capacity: mostUnderWay + 2)
    /// Batches under way.
    private var count = 0

    /// Enough that handing over costs nothing, few enough that they stay in the cache.
    private static let batchEvents = 1024
    /// Batches under way before the first thread waits for one.
    private static let mostUnderWay = 4

    deinit { pipeline.end() }

    /// Takes the next event.
    func add(_ event: consuming Event) {
        events.append(event)
        guard events.count >= Self.batchEvents else { return }
        submit()
        while count > Self.mostUnderWay { collect() }
    }

    /// Waits until the lines of all events are there.
    func finish() {
        if !events.isEmpty { submit() }
        while count > 0 { collect() }
    }

    /// Begins a new stretch of lines; the buffer keeps its room.
    func forgetLines() { lines.removeAll(keepingCapacity: true) }

    /// The RFC 6962 root over all lines so far; waits for them.
    var root: TreeHash {
        finish()
        return tree.root
    }

    private func submit() {
        let job = free.popLast() ?? PressJob()
        swap(&job.events, &events)
        if pipeline.submit(job) { count += 1 }
    }

    private func collect() {
        guard count > 0, let job = pipeline.next() else { return }
        count -= 1
        for leaf in job.leaves { tree.append(leaf) }
        lines.append(contentsOf: job.lines)
        free.append(job)
    }
}

/// Some events, and the lines and leaf hashes that come of them.
private final class PressJob: PipelineJob {
    var events: [Event] = []
    private(set) var lines: [UInt8] = []
    private(set) var leaves: [TreeHash] = []

    func run() {
        lines.removeAll(keepingCapacity: true)
        leaves.removeAll(keepingCapacity: true)
        for event in events {
            let start = lines.count
            EventWriter.append(event, to: &lines)
            leaves.append(TreeHash(leaf: lines.span.extracting(start..<lines.count)))
            lines.append(LineFeeds.byte)
        }
        events.removeAll(keepingCapacity: true)
    }
}
