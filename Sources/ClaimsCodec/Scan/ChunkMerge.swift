package import ClaimsDomain

/// Brings scanned chunks, in the order of the log, to the names of the whole log.
///
/// Each name of a chunk is looked up once, whatever the number of lines it stands on.
package struct ChunkMerge: Sendable {
    private var nameKeys: [NameKey] = []
    private(set) var sourceTexts: [NameKey] = []
    private var sources = SourceKeys()
    private var sourceKeys: [SourceKeys.Keys?] = []
    /// What was looked at ahead; of no meaning.
    private var touched: [UInt64] = []

    package init() {}

    /// Takes up the next chunk; `fact` and `accept` are then about its lines.
    package mutating func begin(
        _ chunk: ScannedChunk, names: inout NameTable, order: inout LogOrder
    ) {
        chunk.tables.names.keys(in: &names, into: &nameKeys, touching: &touched)
        sourceTexts.removeAll(keepingCapacity: true)
        sourceKeys.removeAll(keepingCapacity: true)
        for index in 0..<chunk.tables.sources.count {
            let text = order.source(NameKey(index: UInt32(index)), of: chunk.tables)
            sourceTexts.append(text)
            sourceKeys.append(sources.keys(text, texts: order.sourceTexts, &names))
        }
    }

    /// The fact of a line in the keys of the log; nil when its source does not fit its type.
    package func fact(line: Int, of chunk: ScannedChunk) -> Fact? {
        var fact = chunk.events[line].fact
        guard let source = sourceKeys[Int(fact.program.index)],
            source.fit(fact, subject: nameKeys[Int(fact.subject.index)])
        else { return nil }
        fact.take(source, nameKeys)
        return fact
    }

    /// What is wrong with a line that has no fact.
    package func problem(line: Int, of chunk: ScannedChunk) -> LineProblem {
        var reader = GeneralReader(toleratesUnknown: false)
        return chunk.withBytes(of: chunk.events[line]) { reader.problem(of: $0) }
    }

    /// Accepts a line as the next one of the log.
    package func accept(
        line: Int, of chunk: ScannedChunk, order: inout LogOrder
    ) throws(LineProblem) {
        let source = sourceTexts[Int(chunk.events[line].fact.program.index)]
        guard let breach = order.accept(chunk.events[line], source: source, chunk.tables) else {
            return
        }
        let event = chunk.events[line]
        throw chunk.withBytes(of: event) { order.problem(breach, of: event.fact, $0) }
    }
}
