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

    @Test("the order is that of submission", arguments: [1, 2, 3, 8])
    func order(threads: Int) {
        let pipeline = OrderedPipeline<Sum>(threads: threads)
        var done: [Int] = []
        for number in 0..<200 {
            pipeline.submit(Sum(number))
            while pipeline.count > 2 * threads, let job = pipeline.next() {
                #expect(job.runs == 1)
                done.append(job.number)
            }
        }
        while let job = pipeline.next() {
            #expect(job.runs == 1)
            done.append(job.number)
        }
        pipeline.end()
        #expect(done == Array(0..<200))
    }

    @Test("one that ends early drops what nobody began", arguments: [1, 4])
    func early(threads: Int) {
        let pipeline = OrderedPipeline<Sum>(threads: threads)
        for number in 0..<20 { pipeline.submit(Sum(number)) }
        #expect(pipeline.next()?.number == 0)
        pipeline.end()
        // All threads are gone: ending again, or asking, would wait for ever otherwise.
        #expect(pipeline.count < 20)
    }

    @Test("nothing under way is told at once")
    func empty() {
        let pipeline = OrderedPipeline<Sum>(threads: 2)
        #expect(pipeline.next() == nil)
        pipeline.end()
    }
}
