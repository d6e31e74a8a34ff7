import Dispatch
import EventLog
import Synchronization

// The rules with several threads.
extension StoreContract {
    /// How many lines each writer gets in.
    private static let linesEach = 25
    private static let writerCount = 4

    /// Each writer looks, appends behind what it saw, and looks again when it came too late.
    static func writers(_ store: any EventStore) throws -> [String] {
        let won = Guarded<[Int64: String]>([:])
        let problems = Guarded<[String]>([])
        DispatchQueue.concurrentPerform(iterations: writerCount) { number in
            do {
                for index in 1...linesEach {
                    let id = "w\(number)-\(index)"
                    let sequence = try appendAtTheHead(store, line(1, tag: id))
                    let other = won.withLock { $0.updateValue(id, forKey: sequence) }
                    if let other { problems.withLock { $0.append("\(id) and \(other)") } }
                }
            } catch {
                problems.withLock { $0.append("\(error)") }
            }
        }
        var found = problems.withLock { $0 }
        let total = Int64(writerCount * linesEach)
        let expected = won.withLock { won in
            won.sorted { $0.key < $1.key }.flatMap { line(1, tag: $0.value) }
        }
        let (bytes, sequences, _) = try content(store)
        if sequences != Array(1...total) { found.append("\(sequences.count) of \(total) lines") }
        if bytes != expected { found.append("a line is not where its writer was told") }
        return found
    }

    /// Appends one line wherever the log ends, as a writer of one command does; the sequence.
    static func appendAtTheHead(_ store: any EventStore, _ line: [UInt8]) throws(LogFault) -> Int64
    {
        while true {
            do throws(LogFault) {
                var writer = try store.openWriter(waitMilliseconds: 20_000)
                return try writer.append(line, expecting: writer.head)
            } catch {
                // On a simulated disk no time passes while one waits for a lock.
                guard error.category == .conflict || error.category == .locked else {
                    throw error
                }
            }
        }
    }

    static func reading(_ store: any EventStore) throws -> [String] {
        let last: Int64 = 120
        let isDone = Atomic<Bool>(false)
        let problems = Guarded<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { number in
            do {
                if number == 0 {
                    defer { isDone.store(true, ordering: .releasing) }
                    var writer = try store.openWriter(waitMilliseconds: 0)
                    for sequence in 1...last {
                        _ = try writer.append(line(sequence), expecting: sequence - 1)
                    }
                    return
                }
                var before: Int64 = 0
                while !isDone.load(ordering: .acquiring) {
                    let (bytes, _, end) = try content(store)
                    let head = end.lastSequence
                    if head < before { problems.withLock { $0.append("head went back") } }
                    if bytes != (head == 0 ? [] : lines(1...head)) {
                        problems.withLock { $0.append("no beginning of the log at \(head)") }
                    }
                    before = head
                }
            } catch {
                problems.withLock { $0.append("\(error)") }
            }
        }
        var found = problems.withLock { $0 }
        if try content(store).bytes != lines(1...last) { found.append("the log is another") }
        return found
    }

    static func following(_ store: any EventStore) throws -> [String] {
        let last: Int64 = 60
        let first: Int64 = 3
        let problems = Guarded<[String]>([])
        let seen = Guarded<(bytes: [UInt8], head: Int64)>(([], 0))
        let looks = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 2) { number in
            do {
                if number == 0 {
                    var writer = try store.openWriter(waitMilliseconds: 0)
                    for sequence in stride(from: Int64(1), through: last, by: 2) {
                        _ = try writer.append(
                            lines(sequence...sequence + 1), expecting: sequence - 1)
                    }
                    return
                }
                try store.follow(
                    from: first, pollMilliseconds: 1,
                    shouldStop: {
                        looks.wrappingAdd(1, ordering: .relaxed).newValue > 60_000
                    },
                    body: { chunk in
                        seen.withLock {
                            $0.bytes += chunk.bytes
                            $0.head = chunk.lastSequence
                        }
                        return chunk.lastSequence >= last ? .stop : .next
                    })
            } catch {
                problems.withLock { $0.append("\(error)") }
            }
        }
        var found = problems.withLock { $0 }
        if seen.withLock({ $0.bytes }) != lines(first...last) {
            found.append("followed to \(seen.withLock { $0.head }), expected \(last)")
        }
        return found
    }
}
