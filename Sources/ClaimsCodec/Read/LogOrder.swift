package import ClaimsDomain

/// What must hold from line to line of a log: sequence without gap or repeat, `recordedtime` never
/// decreasing, each id once a source.
package struct LogOrder: Sendable {
    /// The sequence of the last line accepted.
    package private(set) var head: Int64
    package private(set) var lastRecordedAt: Instant?
    private var identities = IdentityTable()
    /// The texts of all sources, and of the ids that are no UUIDs.
    private(set) var sourceTexts = NameTable()
    private var idTexts = NameTable()

    /// Whether lines may be left out between two that follow each other.
    private let acceptsGaps: Bool

    /// `head`: the sequence before the first line to be read; `acceptsGaps`: the lines are a part
    /// of a log, in its order.
    package init(after head: Int64 = 0, acceptsGaps: Bool = false) {
        self.head = head
        self.acceptsGaps = acceptsGaps
    }

    /// Why a line cannot follow the one before it.
    enum Breach: Equatable {
        case sequence
        case recordedWentBack
        case duplicateID(first: Int64)
    }

    /// The numbers of the texts of sources, which `accept` asks for.
    mutating func sources(of tables: LineTables, into keys: inout [NameKey]) {
        tables.sources.keys(in: &sourceTexts, into: &keys)
    }

    /// Makes room for a log so many times as long as what was accepted so far.
    package mutating func reserve(times factor: Int) { identities.reserve(times: factor) }

    /// Looks at the place that an id will need, so that the waits for several overlap.
    @inline(__always)
    func touch(_ identity: EventIdentity) -> UInt64 { identities.touch(identity) }

    /// Accepts the next line, or says why not and changes nothing that counts.
    @inline(__always)
    mutating func accept(
        _ identity: EventIdentity, source: NameKey, sequence: Int64, recordedAt: Instant,
        _ tables: LineTables
    ) -> Breach? {
        guard sequence == head &+ 1 || (acceptsGaps && sequence > head) else { return .sequence }
        if let lastRecordedAt, recordedAt < lastRecordedAt { return .recordedWentBack }
        let identity = identity.isText ? known(identity, tables) : identity
        if let first = identities.insert(identity, source: source.index, sequence: sequence) {
            return .duplicateID(first: first)
        }
        head = sequence
        lastRecordedAt = recordedAt
        return nil
    }

    /// The identity of a text by its key in this log.
    private mutating func known(
        _ identity: EventIdentity, _ tables: LineTables
    ) -> EventIdentity {
        EventIdentity(
            text: tables.ids.key(of: NameKey(index: UInt32(identity.low)), in: &idTexts))
    }

    /// Accepts the line that a reader has just read as the next one of the log, or says what is
    /// out of order.
    ///
    /// O(bytes of id and source).
    package mutating func accept(
        _ reader: FactReader, _ bytes: Span<UInt8>
    ) throws(LineProblem) {
        let event = reader.event
        let source = reader.tables.sources.key(of: event.fact.program, in: &sourceTexts)
        if let breach = accept(
            event.identity, source: source, sequence: event.fact.sequence,
            recordedAt: event.fact.recordedAt, reader.tables)
        {
            throw problem(breach, of: event.fact, bytes)
        }
    }

    /// A breach in words, at its byte of the line.
    func problem(_ breach: Breach, of fact: Fact, _ bytes: Span<UInt8>) -> LineProblem {
        var line = ScannedLine()
        do throws(LineProblem) { try line.scan(bytes) } catch { return error }
        func start(_ attribute: Attribute) -> Int { line[attribute]?.rawRange.lowerBound ?? 0 }
        func text(_ attribute: Attribute) -> String { line[attribute]?.string(in: bytes) ?? "" }
        switch breach {
        case .sequence:
            return LineProblem(
                acceptsGaps
                    ? .sequenceNotHigher(found: fact.sequence, previous: head)
                    : .sequence(found: fact.sequence, expected: head + 1), at: start(.sequence))
        case .recordedWentBack:
            return LineProblem(
                .recordedWentBack(
                    found: fact.recordedAt, previous: lastRecordedAt ?? fact.recordedAt),
                at: start(.recordedtime))
        case .duplicateID(let first):
            return LineProblem(
                .duplicateID(id: text(.id), source: text(.source), first: first), at: start(.id))
        }
    }

    /// Goes on behind a faulty line, as if it had been in order.
    package mutating func resume(after sequence: Int64, recordedAt: Instant? = nil) {
        head = sequence
        if let recordedAt { lastRecordedAt = recordedAt }
    }

    /// Passes over a line of unknown type, which still has its place.
    package mutating func skip() { head += 1 }

    /// The sequence at which an event id of a source stands; nil when it is free.
    package func sequence(id: EventID, source: Source) -> Int64? {
        let id = Array(id.text.utf8)
        guard let source = sourceTexts.key(of: SourceText.text(source)),
            let identity = EventIdentity(known: id.span, texts: idTexts)
        else { return nil }
        return identities.sequence(of: identity, source: source.index)
    }
}
