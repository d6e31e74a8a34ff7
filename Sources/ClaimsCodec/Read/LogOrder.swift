package import ClaimsDomain

/// What must hold from line to line of a log: sequence without gap or repeat, `recordedtime` never
/// decreasing, each id once a source.
package struct LogOrder: Sendable {
    /// The sequence of the last line accepted.
    package private(set) var head: Int64
    package private(set) var lastRecordedAt: Instant?
    private var identities = NameTable()
    /// The sequence each identity was first seen at, by its key.
    private var firstSequences: [Int64] = [0]

    /// `head`: the sequence before the first line to be read.
    package init(after head: Int64 = 0) { self.head = head }

    /// Accepts the next line or says what is out of order.
    ///
    /// O(bytes of the id).
    package mutating func accept(
        sequence: Int64, recordedAt: Instant, identity: Span<UInt8>, line: ScannedLine
    ) throws(LineProblem) {
        guard sequence == head + 1 else {
            throw LineProblem(
                .sequence(found: sequence, expected: head + 1), at: line.start(of: .sequence))
        }
        if let previous = lastRecordedAt, recordedAt < previous {
            throw LineProblem(
                .recordedWentBack(found: recordedAt, previous: previous),
                at: line.start(of: .recordedtime))
        }
        let known = identities.count
        let key = identities.intern(identity)
        guard Int(key.index) == known else {
            let (source, id) = Self.parts(identities.text(key))
            throw LineProblem(
                .duplicateID(id: id, source: source, first: firstSequences[Int(key.index)]),
                at: line.start(of: .id))
        }
        firstSequences.append(sequence)
        head = sequence
        lastRecordedAt = recordedAt
    }

    /// Goes on behind a faulty line, as if it had been in order.
    package mutating func resume(after sequence: Int64) { head = sequence }

    /// Passes over a line of unknown type, which still has its place.
    package mutating func skip() { head += 1 }

    /// The sequence at which an event id of a source stands; nil when it is free.
    package func sequence(id: EventID, source: Source) -> Int64? {
        let text = Self.identity(id: id.text, source: SourceText.text(source))
        return identities.key(of: text).map { firstSequences[Int($0.index)] }
    }

    /// What the uniqueness of an event is about.
    ///
    /// A line break cannot stand in either part.
    package static func identity(id: String, source: String) -> String { source + "\n" + id }

    private static func parts(_ identity: String) -> (source: String, id: String) {
        let parts = identity.split(separator: "\n", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.last ?? "")
    }
}

extension ScannedLine {
    /// The byte an attribute's value starts at.
    package func start(of attribute: Attribute) -> Int { self[attribute]?.rawRange.lowerBound ?? 0 }

    /// The bytes of the line's identity, see `LogOrder.identity`.
    package func identity(in bytes: Span<UInt8>) -> [UInt8] {
        guard let source = self[.source], let id = self[.id] else { return [] }
        return source.text(in: bytes) + [0x0A] + id.text(in: bytes)
    }
}
