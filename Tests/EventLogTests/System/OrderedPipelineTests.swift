import Dispatch
import Testing

@testable import EventLog

/// Jobs on several threads come back in the order they were given.
@Suite struct OrderedPipelineTests {
    private final class Sum: PipelineJob {
        let number: Int
        private(set) var total = 0
        private(set) var runs = 0

        init(_ number: Int) { self.number = number }

        func run() {
            runs += 1
            // Jobs of very different length, so that later ones are done before earlier ones.
            for step in 0..<(number % 7 * 3_000) { total &+= step }
        }
    }

    /// Submits jobs until all are there or nobody receives them any more; the semaphore tells when
    /// that thread is done.
    private func submitting(_ count: Int, to pipeline: OrderedPipeline<Sum>) -> DispatchSemaphore {
        let isDone = DispatchSemaphore(value: 0)
        pipeline.start {
            for number in 0..<count {
                guard pipeline.submit(Sum(number)) else { break }
            }
            isDone.signal()
        }
        return isDone
    }

    @Test("the order is that of submission", arguments: [2, 3, 8], [1, 2, 7, 500])
    func order(threads: Int, capacity: Int) {
        let pipeline = OrderedPipeline<Sum>(threads: threads, capacity: capacity)
        let submitted = submitting(200, to: pipeline)
        var done: [Int] = []
        while let job = pipeline.next() {
            #expect(job.runs == 1)
            done.append(job.number)
        }
        pipeline.end()
        submitted.wait()
        #expect(done == Array(0..<200))
    }

    @Test("one that ends early lets the submitting thread go", arguments: [2, 4], [1, 3])
    func early(threads: Int, capacity: Int) {
        let pipeline = OrderedPipeline<Sum>(threads: threads, capacity: capacity)
        let submitted = submitting(10_000, to: pipeline)
        #expect(pipeline.next()?.number == 0)
        pipeline.end()
        submitted.wait()
        #expect(!pipeline.submit(Sum(0)))
        #expect(!pipeline.submit(Sum(1)))
    }

    @Test("no job at all is told once that is sure")
    func empty() {
        let pipeline = OrderedPipeline<Sum>(threads: 2, capacity: 2)
        pipeline.start {}
        #expect(pipeline.next() == nil)
        pipeline.end()
    }

    @Test("a job taken back is given out again, and only once")
    func recycling() {
        let pipeline = OrderedPipeline<Sum>(threads: 2, capacity: 2)
        #expect(pipeline.recycled() == nil)
        pipeline.recycle(Sum(5))
        #expect(pipeline.recycled()?.number == 5)
        #expect(pipeline.recycled() == nil)
        pipeline.end()
    }
}
