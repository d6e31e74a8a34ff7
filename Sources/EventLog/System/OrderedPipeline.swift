import Dispatch

/// Work that one thread does at a time, handed from thread to thread by a pipeline.
package protocol PipelineJob: AnyObject, SendableMetatype {
    /// Does the work; called once for each time the job is submitted, on any thread.
    func run()
}

/// Does jobs on several threads and gives them back in the order they were submitted.
///
/// One thread submits, one receives, and both help: neither waits for a job that nobody has begun.
/// However many threads there are, the order of the results is the same.
package final class OrderedPipeline<Job: PipelineJob>: @unchecked Sendable {
    // A job is touched by one thread at a time: it is handed over under the lock. That is what
    // makes it safe to share jobs that are not Sendable themselves.
    private let state = Guarded(State())
    /// Places for jobs under way.
    private let room = DispatchSemaphore(value: 0)
    /// Jobs for helpers.
    private let work = DispatchSemaphore(value: 0)
    /// What the receiving thread may wait for: a job came or is done, or no more will come.
    private let news = DispatchSemaphore(value: 0)
    private let helpers: Int
    private let group = DispatchGroup()

    private struct State: ~Copyable {
        /// All jobs under way, the oldest first.
        var jobs: [Entry] = []
        /// Jobs given back, to be used again.
        var free: [Entry] = []
        /// No job will be submitted any more, or be received.
        var isClosed = false
        var isEnding = false
    }

    private struct Entry: @unchecked Sendable {
        let job: Job
        var step = Step.waiting
    }

    private enum Step { case waiting, running, done }

    /// `threads`: how many work at once, at least the submitting and the receiving one; `capacity`:
    /// how many jobs may be under way, at least 1.
    package init(threads: Int, capacity: Int) {
        helpers = max(0, threads - 2)
        for _ in 0..<max(1, capacity) { room.signal() }
        let queue = DispatchQueue(label: "claims.pipeline", attributes: .concurrent)
        for _ in 0..<helpers { queue.async(group: group) { self.help() } }
    }

    /// Adds a job behind those under way, after helping until there is room; false when nobody
    /// receives any more.
    package func submit(_ job: Job) -> Bool {
        while room.wait(timeout: .now()) != .success {
            guard let entry = state.withLock({ Self.begin(&$0) }) else {
                room.wait()
                break
            }
            run(entry)
        }
        let entry = Entry(job: job)
        let isWanted = state.withLock { state in
            if !state.isEnding { state.jobs.append(entry) }
            return !state.isEnding
        }
        guard isWanted else {
            // Whoever submits next must not wait either.
            room.signal()
            return false
        }
        work.signal()
        news.signal()
        return true
    }

    /// Begins the thread that submits; when `submitting` returns no more jobs will come.
    package func start(_ submitting: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "claims.submitting").async {
            submitting()
            self.state.withLock { $0.isClosed = true }
            self.news.signal()
        }
    }

    /// The oldest job when it is done, after helping until it is; nil when no more will come.
    package func next() -> Job? {
        while true {
            switch state.withLock({ Self.step(&$0) }) {
            case .nothing: return nil
            case .finished(let entry):
                room.signal()
                return entry.job
            case .open(let entry): run(entry)
            case .underWay: news.wait()
            }
        }
    }

    /// Takes back a job that was received, for `recycled`.
    package func recycle(_ job: Job) {
        let entry = Entry(job: job)
        state.withLock { $0.free.append(entry) }
    }

    /// A job taken back, if there is one.
    package func recycled() -> Job? { state.withLock { $0.free.popLast() }?.job }

    /// Ends the helpers and lets the submitting thread know; jobs that nobody began are dropped.
    package func end() {
        state.withLock { $0.isEnding = true }
        room.signal()
        for _ in 0..<helpers { work.signal() }
        group.wait()
    }

    private enum Next {
        case nothing, underWay
        case finished(Entry)
        case open(Entry)
    }

    private static func step(_ state: inout State) -> Next {
        guard let oldest = state.jobs.first else { return state.isClosed ? .nothing : .underWay }
        if oldest.step == .done { return .finished(state.jobs.removeFirst()) }
        return begin(&state).map { .open($0) } ?? .underWay
    }

    /// The oldest job that nobody has begun.
    private static func begin(_ state: inout State) -> Entry? {
        guard let place = state.jobs.firstIndex(where: { $0.step == .waiting }) else { return nil }
        state.jobs[place].step = .running
        return state.jobs[place]
    }

    private func run(_ entry: Entry) {
        entry.job.run()
        state.withLock { state in
            guard let place = state.jobs.firstIndex(where: { $0.job === entry.job }) else { return }
            state.jobs[place].step = .done
        }
        news.signal()
    }

    private func help() {
        while true {
            work.wait()
            let (isEnding, entry) = state.withLock { state in
                (state.isEnding, state.isEnding ? nil : Self.begin(&state))
            }
            if isEnding { return }
            if let entry { run(entry) }
        }
    }
}
