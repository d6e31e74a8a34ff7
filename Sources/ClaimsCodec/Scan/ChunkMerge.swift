package import ClaimsDomain

/// Brings scanned chunks, in the order of the log, to the names of the whole log.
///
/// Each name of a chunk is looked up once, whatever the number of lines it stands on. Facts stay
/// where they were scanned.
package struct ChunkMerge: Sendable {
    private var nameKeys: [NameKey] = []
    private var sources = SourceKeys()
    private var sourceKeys: [SourceKeys.Keys?] = []

    package init() {}

    /// Takes up the next chunk, which was held against the order of the log: its facts have the
    /// keys of the log afterwards, up to its ending.
    package mutating func merge(_ chunk: inout ScannedChunk, names: inout NameTable) {
        begin(chunk, names: &names)
        // A line that breaks the order ends the chunk, unless one before it is none of the log.
        let end = chunk.ending?.line ?? chunk.events.count
        var odd = chunk.oddities[...]
        var nextOdd = odd.first?.line ?? .max
        for line in 0..<end {
            if line == nextOdd, let oddity = odd.popFirst() {
                nextOdd = odd.first?.line ?? .max
                if case .unknown = oddity { continue }
            }
            let source = Int(chunk.events[line].fact.program.index)
            guard let keys = sourceKeys[source], take(keys, &chunk.events[line].fact) else {
                chunk.ending = .problem(problem(line, chunk), line: line)
                return
            }
        }
        if chunk.ending == nil, case .problem(let problem, let line)? = odd.first {
            chunk.ending = .problem(problem, line: line)
        }
    }

    /// Looks up the names of a chunk whose lines are taken up one by one, by `fact`; its sources
    /// have their numbers.
    package mutating func begin(_ chunk: ScannedChunk, names: inout NameTable) {
        chunk.tables.names.keys(in: &names, into: &nameKeys)
        sourceKeys.removeAll(keepingCapacity: true)
        for (own, number) in chunk.sourceNumbers.enumerated() {
            sourceKeys.append(
                sources.keys(number, &names) {
                    chunk.tables.sources.text(NameKey(index: UInt32(own)))
                })
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
}
