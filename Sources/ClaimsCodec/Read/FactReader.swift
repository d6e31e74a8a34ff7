package import ClaimsDomain

/// What one line of a log is to a replay.
package enum ReadLine: Sendable {
    /// An event, with the whole rule set when it is a `program.published`.
    case fact(Fact, rules: Program?)
    /// An event of a type this version does not know, passed over on request.
    case unknown(type: String)
}

/// Reads single lines into facts with the keys of a log's names.
///
/// Whole chunks are read by `ChunkReader`, with the same readers. Buffers and tables are reused
/// from line to line.
package struct FactReader: Sendable {
    private var reader: LineReading
    private var sources = SourceKeys()
    private var sourceTexts = NameTable()
    private var nameKeys: [NameKey] = []
    private var documentKeys = ChunkDocuments()
    /// The line read last as it was scanned, and the names it was scanned with.
    private(set) var event = ScannedEvent()
    private(set) var tables = LineTables()

    /// `toleratesUnknown`: an unknown type is told, not a fault.
    package init(toleratesUnknown: Bool = false) {
        reader = LineReading(toleratesUnknown: toleratesUnknown)
    }

    /// Reads one line without its LF.
    ///
    /// O(bytes).
    package mutating func read(
        _ bytes: Span<UInt8>, names: inout NameTable, documents: inout DocumentNames
    ) throws(LineProblem) -> ReadLine {
        try read(bytes, names: &names, documents: &documents, keepingLine: false)
    }

    /// The same with the names of a state.
    package mutating func read(
        _ bytes: Span<UInt8>, into state: inout LedgerState
    ) throws(LineProblem) -> ReadLine {
        try read(bytes, names: &state.names, documents: &state.documentNames)
    }

    /// The same, after which `line` has the slices of the line.
    mutating func readKeepingLine(
        _ bytes: Span<UInt8>, names: inout NameTable, documents: inout DocumentNames
    ) throws(LineProblem) -> ReadLine {
        try read(bytes, names: &names, documents: &documents, keepingLine: true)
    }

    /// The slices of the line that `readKeepingLine` read last.
    var line: ScannedLine { reader.general.line }

    private mutating func read(
        _ bytes: Span<UInt8>, names: inout NameTable, documents: inout DocumentNames,
        keepingLine: Bool
    ) throws(LineProblem) -> ReadLine {
        event = ScannedEvent()
        tables.removeAll()
        let kind =
            keepingLine
            ? try reader.general.read(bytes, into: &event, &tables)
            : try reader.read(bytes, into: &event, &tables)
        if case .unknown(let type) = kind { return .unknown(type: type) }
        tables.names.keys(in: &names, into: &nameKeys)
        var fact = event.fact
        let number = tables.sources.key(of: fact.program, in: &sourceTexts)
        let keys = sources.keys(number, &names) { [sourceTexts] in sourceTexts.text(number) }
        guard let source = keys, source.fit(fact, subject: nameKeys[Int(fact.subject.index)])
        else {
            throw reader.general.problem(of: bytes)
        }
        fact.take(source, nameKeys)
        documentKeys.begin(tables, names: &documents)
        documentKeys.take(&fact)
        if case .rules(let program) = kind { return .fact(fact, rules: program) }
        return .fact(fact, rules: nil)
    }
}
