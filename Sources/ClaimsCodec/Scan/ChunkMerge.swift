package import ClaimsDomain

/// Brings scanned chunks, in the order of the log, to the names of the whole log, and holds them
/// against the order that a log has to have.
///
/// Each name of a chunk is looked up once, whatever the number of lines it stands on. Facts stay
/// where they were scanned.
package struct ChunkMerge: Sendable {
    private var nameKeys: [NameKey] = []
    private(set) var sourceTexts: [NameKey] = []
    private var sources = SourceKeys()
    private var sourceKeys: [SourceKeys.Keys?] = []
    /// What was looked at ahead; of no meaning.
    private var touched: UInt64 = 0

    package init() {}

    /// Takes up the next chunk: its facts have the keys of the log afterwards, up to its ending.
    ///
    /// `knows` says of each event whether it was known; nil when all were. The order is then that
    /// of the last line that counts.
    package mutating func merge(
        _ chunk: inout ScannedChunk, names: inout NameTable, order: inout LogOrder,
        knows: ((Fact) -> Bool)? = nil
    ) {
        begin(chunk, names: &names, order: &order)
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
            if line % Self.groupSize == 0 { touch(line, chunk.events, order) }
            let source = Int(chunk.events[line].fact.program.index)
            guard let keys = sourceKeys[source], take(keys, &chunk.events[line].fact) else {
                chunk.ending = .problem(problem(line, chunk), line: line)
                return
            }
            if let knows, !knows(chunk.events[line].fact) {
                chunk.ending = .unknown(line: line)
                return
            }
            if let breach = order.accept(
                chunk.events[line].identity, source: sourceTexts[source],
                sequence: chunk.events[line].fact.sequence,
                recordedAt: chunk.events[line].fact.recordedAt, chunk.tables)
            {
                chunk.ending = .problem(problem(breach, line, chunk, order), line: line)
                return
            }
        }
        if case .problem(let problem, let line)? = odd.first {
            chunk.ending = .problem(problem, line: line)
        }
    }

    /// Looks up the names of a chunk whose lines are taken up one by one, by `fact` and
    /// `acceptNew`.
    package mutating func begin(
        _ chunk: ScannedChunk, names: inout NameTable, order: inout LogOrder
    ) {
        chunk.tables.names.keys(in: &names, into: &nameKeys)
        order.sources(of: chunk.tables, into: &sourceTexts)
        sourceKeys.removeAll(keepingCapacity: true)
        for text in sourceTexts {
            sourceKeys.append(sources.keys(text, texts: order.sourceTexts, &names))
        }
    }

    /// The fact of a line in the keys of the log; nil when its source does not fit its type.
    package func fact(line: Int, of chunk: ScannedChunk) -> Fact? {
        var fact = chunk.events[line].fact
        guard let source = sourceKeys[Int(fact.program.index)], take(source, &fact) else {
            return nil
        }
        return fact
    }

    /// Few enough lines that what was touched is still in the cache when it is needed.
    private static let groupSize = 32

    private mutating func touch(_ first: Int, _ events: [ScannedEvent], _ order: LogOrder) {
        for line in first..<min(first + Self.groupSize, events.count) {
            touched ^= order.touch(events[line].identity)
        }
    }

    /// Puts a fact into the keys of the log; false when its source does not fit its type.
    @inline(__always)
    private func take(_ source: SourceKeys.Keys, _ fact: inout Fact) -> Bool {
        guard source.fit(fact, subject: nameKeys[Int(fact.subject.index)]) else { return false }
        fact.take(source, nameKeys)
        return true
    }

    /// What is wrong with a line whose source does not fit.
    private func problem(_ line: Int, _ chunk: ScannedChunk) -> LineProblem {
        var reader = GeneralReader(toleratesUnknown: false)
        return chunk.withBytes(of: chunk.events[line]) { reader.problem(of: $0) }
    }

    /// A breach of the order in words.
    private func problem(
        _ breach: LogOrder.Breach, _ line: Int, _ chunk: ScannedChunk, _ order: LogOrder
    ) -> LineProblem {
        let event = chunk.events[line]
        return chunk.withBytes(of: event) { order.problem(breach, of: event.fact, $0) }
    }
}
