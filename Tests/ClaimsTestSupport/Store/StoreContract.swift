package import EventLog
import Synchronization

/// What every store of a log has to hold to, whatever it is made of.
///
/// Each rule takes an empty store and returns what it found wrong, in words; nothing when all is
/// well. The lines are canonical events, since a store may look at their ids.
package struct StoreContract: Sendable, CustomStringConvertible {
    /// The rule, as a sentence.
    package let description: String
    /// Holds a store that is empty to it.
    package let violations: @Sendable (any EventStore) throws -> [String]

    private init(
        _ description: String, _ violations: @escaping @Sendable (any EventStore) throws -> [String]
    ) {
        self.description = description
        self.violations = violations
    }

    /// All rules.
    package static let all: [StoreContract] = [
        StoreContract("an empty store has head 0 and nothing to read", empty),
        StoreContract("lines come back byte for byte, in order, without a gap", order),
        StoreContract("a read begins at any sequence and stops on demand", anywhere),
        StoreContract(
            "an append behind another head is refused and changes nothing", conflict),
        StoreContract(
            "lines that are empty, too long or not ended change nothing", odd),
        StoreContract(
            "of several writers at once each sequence has one winner", writers),
        StoreContract(
            "who reads while others append sees a beginning of the log", reading),
        StoreContract("who follows sees each line once, as it comes", following),
    ]

    /// Line `number` of the contract's log, with its line feed.
    package static func line(_ number: Int64, tag: String = "a") -> [UInt8] {
        let text =
            #"{"specversion":"1.0","id":"\#(tag)-\#(number)","source":"/contract","#
            + #""type":"x","subject":"\#(String(repeating: "s", count: Int(number % 7)))"}"#
        return Array(text.utf8) + [0x0A]
    }

    /// Several lines as one buffer.
    package static func lines(_ numbers: ClosedRange<Int64>, tag: String = "a") -> [UInt8] {
        numbers.flatMap { line($0, tag: tag) }
    }

    /// All bytes from a sequence on, and the sequences that they were said to have.
    static func content(
        _ store: any EventStore, from sequence: Int64 = 1
    ) throws -> (bytes: [UInt8], sequences: [Int64], end: ReadEnd) {
        var bytes: [UInt8] = []
        var sequences: [Int64] = []
        let end = try store.read(from: sequence) { chunk in
            bytes += chunk.bytes
            sequences += chunk.firstSequence...chunk.lastSequence
            return .next
        }
        return (bytes, sequences, end)
    }

    private static func empty(_ store: any EventStore) throws -> [String] {
        var found: [String] = []
        if try store.head() != 0 { found.append("head is not 0") }
        let (bytes, _, end) = try content(store)
        if !bytes.isEmpty || end != ReadEnd(lastSequence: 0) { found.append("something is read") }
        var writer = try store.openWriter(waitMilliseconds: 0)
        if try writer.append([], expecting: 0) != 0 { found.append("no lines are some") }
        return found
    }

    private static func order(_ store: any EventStore) throws -> [String] {
        var writer = try store.openWriter(waitMilliseconds: 0)
        var head: Int64 = 0
        for count in [1, 2, 30, 1, 500, 5_000] as [Int64] {
            let end = try writer.append(lines(head + 1...head + count), expecting: head)
            guard end == head + count, writer.head == end else {
                return ["head is \(end), expected \(head + count)"]
            }
            head = end
        }
        try writer.makeDurable()
        let (bytes, sequences, end) = try content(store)
        var found: [String] = []
        if bytes != lines(1...head) { found.append("the bytes are others") }
        if sequences != Array(1...head) { found.append("the sequences are others") }
        if end.lastSequence != head || end.isStopped { found.append("the end is \(end)") }
        if try store.head() != head { found.append("head is \(try store.head())") }
        return found
    }

    private static func anywhere(_ store: any EventStore) throws -> [String] {
        var writer = try store.openWriter(waitMilliseconds: 0)
        _ = try writer.append(lines(1...100), expecting: 0)
        var found: [String] = []
        for first in [1, 2, 50, 100, 101, 5_000] as [Int64] {
            let (bytes, sequences, end) = try content(store, from: first)
            let expected = first <= 100 ? Array(first...100) : []
            if sequences != expected { found.append("from \(first): \(sequences.count) lines") }
            if bytes != expected.flatMap({ line($0) }) { found.append("from \(first): bytes") }
            if end.lastSequence != 100 { found.append("from \(first): \(end)") }
        }
        let end = try store.read(from: 1) { _ in .stop }
        if !end.isStopped { found.append("it does not stop") }
        return found
    }

    private static func conflict(_ store: any EventStore) throws -> [String] {
        var writer = try store.openWriter(waitMilliseconds: 0)
        _ = try writer.append(lines(1...3), expecting: 0)
        var found: [String] = []
        for expected in [0, 2, 4, 1_000] as [Int64] {
            do {
                _ = try writer.append(line(4, tag: "b"), expecting: expected)
                found.append("expecting \(expected) is taken")
            } catch {
                let problem = LogFault.Problem.headMoved(expected: expected, head: 3)
                if error.problem != problem { found.append("\(error.problem)") }
                if error.category != .conflict { found.append("it is no conflict") }
            }
        }
        if try content(store).bytes != lines(1...3) { found.append("the log has changed") }
        // The writer goes on after a conflict.
        if try writer.append(line(4), expecting: 3) != 4 { found.append("it does not go on") }
        return found
    }

    private static func odd(_ store: any EventStore) throws -> [String] {
        var writer = try store.openWriter(waitMilliseconds: 0)
        _ = try writer.append(line(1), expecting: 0)
        let long = [UInt8](repeating: 0x61, count: LogLimits.lineBytes + 1)
        let odd: [([UInt8], LogFault.Problem)] = [
            ([0x0A], .lineEmpty), (line(2) + [0x0A], .lineEmpty),
            (Array(line(2).dropLast()), .lineFeedMissing),
            (line(2) + long + [0x0A], .lineOverLimit(bytes: long.count)),
        ]
        var found: [String] = []
        for (lines, problem) in odd {
            do {
                _ = try writer.append(lines, expecting: 1)
                found.append("\(problem) is taken")
            } catch {
                if error.problem != problem { found.append("\(error.problem) for \(problem)") }
            }
        }
        if try content(store).bytes != line(1) { found.append("the log has changed") }
        return found
    }
}
