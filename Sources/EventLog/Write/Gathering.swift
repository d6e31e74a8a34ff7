import Dispatch

/// Work that is done for many at once: whoever comes while it is under way goes into the next round
/// with all others who do.
///
/// What makes one sync of a log, or one transaction of a server, serve many appends ("group
/// commit").
package final class Gathering<Item: Sendable, Answer: Sendable>: Sendable {
    private struct Waiting: Sendable {
        let item: Item
        let answer: @Sendable (Answer) -> Void
    }

    private struct State: ~Copyable {
        var waiting: [Waiting] = []
        /// Whether a round is under way or about to begin.
        var isCalled = false
    }

    private let state = Guarded(State())
    private let queue = DispatchQueue(label: "claims.gathering")
    private let round: @Sendable ([Item]) -> [Answer]

    /// `round` does the work for items in the order in which they came, and answers each at its
    /// place; it is called on one thread at a time.
    package init(_ round: @escaping @Sendable ([Item]) -> [Answer]) { self.round = round }

    /// Hands an item in, and returns its answer once its round is over.
    package func hand(_ item: Item) async -> Answer {
        await withCheckedContinuation { continuation in
            add(Waiting(item: item) { continuation.resume(returning: $0) })
        }
    }

    /// The same for a thread, which waits.
    package func handAndWait(_ item: Item) -> Answer {
        let place = AnswerPlace<Answer>()
        add(Waiting(item: item) { place.put($0) })
        return place.taken()
    }

    private func add(_ waiting: Waiting) {
        let calls = state.withLock { state in
            state.waiting.append(waiting)
            defer { state.isCalled = true }
            return !state.isCalled
        }
        if calls { queue.async { self.work() } }
    }

    /// Round after round, until nobody waits.
    private func work() {
        while true {
            let all = state.withLock { state in
                let all = state.waiting
                state.waiting = []
                state.isCalled = !all.isEmpty
                return all
            }
            guard !all.isEmpty else { return }
            let answers = round(all.map(\.item))
            precondition(answers.count == all.count, "each item has its answer")
            for (waiting, answer) in zip(all, answers) { waiting.answer(answer) }
        }
    }
}

/// Where a thread waits for its answer.
private final class AnswerPlace<Answer: Sendable>: Sendable {
    private let answer = Guarded<Answer?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func put(_ answer: Answer) {
        self.answer.withLock { $0 = answer }
        isThere.signal()
    }

    func taken() -> Answer {
        isThere.wait()
        guard let answer = answer.withLock({ $0 }) else {
            preconditionFailure("an answer was told of and is not there")
        }
        return answer
    }
}
