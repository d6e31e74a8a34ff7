import Dispatch
import Synchronization

/// Work that one thread does at a time, handed from thread to thread by a pipeline.
package protocol PipelineJob: AnyObject, SendableMetatype {
    /// Does the work; called once for each time the job is submitted, on any thread.
    func run()
}

/// Does jobs on several threads and gives them back in the order they were submitted.
///
/// The thread that submits helps: it never waits for a job that nobody has begun. So one thread is
/// enough for all to be done, and with more the order of the results is the same.
package final class OrderedPipeline<Job: PipelineJob>: @unchecked Sendable {
    // A job is touched by one thread at a time: it is handed over under the lock. That is what
    // makes it safe to share jobs that are not Sendable themselves.
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)
    private let helpers: Int
    private let queue = DispatchQueue(label: "claims.pipeline", attributes: .concurrent)
    private let group = DispatchGroup()

    private struct State: ~Copyable {
        /// All jobs under way, the oldest first.
        var jobs: [Entry] = []
        var isEnding = false
        var hasHelpers = false
    }

    private struct Entry: @unchecked Sendable {
        let job: Job
        var step = Step.waiting
    }

    private enum Step { case waiting, running, done }

    /// `threads`: how many work at once, the submitting one among them; at least 1.
    package init(threads: Int) { helpers = max(1, threads) - 1 }

    /// How many jobs are under way.
    package var count: Int { state.withLock { $0.jobs.count } }

    /// Adds a job behind those under way; threads are started with the second one.
    package func submit(_ job: Job) {
        let entry = Entry(job: job)
        let startsHelpers = state.withLock { state in
            state.jobs.append(entry)
            guard state.jobs.count > 1, !state.hasHelpers else { return false }
            state.hasHelpers = true
            return true
        }
        if startsHelpers { for _ in 0..<helpers { queue.async(group: group) { self.help() } } }
        work.signal()
    }

    /// The oldest job when it is done, after helping until it is; nil when none is under way.
    package func next() -> Job? {
        while true {
            switch state.withLock({ Self.step(&$0) }) {
            case .nothing: return nil
            case .finished(let entry): return entry.job
            case .open(let entry): run(entry)
            case .underWay: done.wait()
            }
        }
    }

    /// Ends the threads; jobs that nobody began are dropped.
    package func end() {
        state.withLock { $0.isEnding = true }
        for _ in 0..<helpers { work.signal() }
        group.wait()
    }

    private enum Next {
        case nothing, underWay
        case finished(Entry)
        case open(Entry)
    }

    private static func step(_ state: inout State) -> Next {
        guard let oldest = state.jobs.first else { return .nothing }
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
        done.signal()
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
