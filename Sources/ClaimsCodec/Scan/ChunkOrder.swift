package import ClaimsDomain

/// Holds scanned chunks, one after the other, against the order that a log has to have.
///
/// It needs nothing of the names of the log, so that one thread can do it while another one brings
/// earlier chunks to them.
package struct ChunkOrder: Sendable {
    /// What was looked at ahead; of no meaning.
    private var touched: UInt64 = 0

    package init() {}

    /// Accepts the lines of the next chunk, whose facts are as they were scanned; the first one
    /// that was not known, or is out of order, becomes its ending.
    ///
    /// `knows` says of each event whether it was known; nil when all were. The order is then that
    /// of the last line that counts.
    package mutating func accept(
        _ chunk: inout ScannedChunk, order: inout LogOrder, knows: ((Fact) -> Bool)? = nil
    ) {
        chunk.numberSources(in: &order)
        var odd = chunk.oddities[...]
        var nextOdd = odd.first?.line ?? .max
        for line in chunk.events.indices {
            if line == nextOdd, let oddity = odd.popFirst() {
                nextOdd = odd.first?.line ?? .max
                if case .unknown = oddity {
                    order.skip()
                    continue
                }
            }
            if let knows, !knows(chunk.events[line].fact) {
                chunk.ending = .unknown(line: line)
                return
            }
            if line % Self.groupSize == 0 { touch(line, chunk.events, order) }
            if let breach = accept(line, of: chunk, &order) {
                chunk.ending = .problem(problem(breach, line, chunk, order), line: line)
                return
            }
        }
    }

    /// Accepts a line as the next one of the log, or gives the sequence at which its id stands
    /// already; the sources of the chunk have their numbers.
    package func acceptNew(
        line: Int, of chunk: ScannedChunk, order: inout LogOrder
    ) -> Int64? {
        switch accept(line, of: chunk, &order) {
        case nil: return nil
        case .duplicateID(let first): return first
        case .sequence, .recordedWentBack:
            preconditionFailure("whoever gives a line its place keeps the order")
        }
    }

    @inline(__always)
    private func accept(
        _ line: Int, of chunk: ScannedChunk, _ order: inout LogOrder
    ) -> LogOrder.Breach? {
        // By way of a span, since an array hands out copies.
        let events = chunk.events.span
        return order.accept(
            events[line].identity,
            source: chunk.sourceNumbers[Int(events[line].fact.program.index)],
            sequence: events[line].fact.sequence, recordedAt: events[line].fact.recordedAt,
            chunk.tables)
    }

    /// Few enough lines that what was touched is still in the cache when it is needed.
    private static let groupSize = 32

    private mutating func touch(_ first: Int, _ events: [ScannedEvent], _ order: LogOrder) {
        for line in first..<min(first + Self.groupSize, events.count) {
            touched ^= order.touch(events[line].identity)
        }
    }

    /// A breach of the order in words.
    private func problem(
        _ breach: LogOrder.Breach, _ line: Int, _ chunk: ScannedChunk, _ order: LogOrder
    ) -> LineProblem {
        let event = chunk.events[line]
        return chunk.withBytes(of: event) { order.problem(breach, of: event.fact, $0) }
    }
}

extension ScannedChunk {
    /// Gives its sources the numbers that their texts have in a log.
    mutating func numberSources(in order: inout LogOrder) {
        order.sources(of: tables, into: &sourceNumbers)
    }
}

extension ForeignLines {
    /// Gives the sources of the lines the numbers that their texts have in a log.
    package mutating func numberSources(in order: inout LogOrder) {
        scanned.numberSources(in: &order)
    }
}
