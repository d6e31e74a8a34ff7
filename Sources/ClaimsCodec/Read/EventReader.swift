package import ClaimsDomain

/// Reads lines into typed events, for what shows or compares single events.
///
/// A replay uses `FactReader`; both scan with the same scanner and check with the same table.
package struct EventReader: Sendable {
    private var facts = FactReader()
    private var names = NameTable()
    private var documents = DocumentNames()

    package init() {}

    /// Reads one line without its LF; nil is never returned for a line `FactReader` accepts.
    package mutating func read(_ bytes: Span<UInt8>) throws(LineProblem) -> Event {
        guard
            case .fact(let fact, let rules) = try facts.readKeepingLine(
                bytes, names: &names, documents: &documents)
        else {
            throw LineProblem(.emptyLine, at: 0)
        }
        do throws(JSONProblem) {
            return try event(fact, rules, bytes)
        } catch {
            throw LineProblem(error)
        }
    }

    /// Reads one line as the next one of a log; throws also when it may not follow the one before.
    package mutating func read(
        _ bytes: Span<UInt8>, next order: inout LogOrder
    ) throws(LineProblem) -> Event {
        let event = try read(bytes)
        try order.accept(facts, bytes)
        return event
    }

    private func event(
        _ fact: Fact, _ rules: Program?, _ bytes: Span<UInt8>
    ) throws(JSONProblem) -> Event {
        let line = facts.line
        func text(_ attribute: Attribute) -> String? { line[attribute]?.string(in: bytes) }
        guard let dataSlice = line[.data],
            let source = SourceText.source(text(.source) ?? ""),
            let actorKind = Actor.Kind(rawValue: text(.authtype) ?? "")
        else { throw JSONProblem(.endsInside(expected: "an event"), at: 0) }
        let data = try JSONNode(dataSlice, in: bytes)
        let payload =
            if let rules {
                EventPayload.programPublished(rules)
            } else {
                try PayloadReader(data: data).payload(fact.kind)
            }
        var content = ProposedEvent(
            id: EventID(text(.id) ?? ""), source: source, subject: text(.subject) ?? "",
            occurredAt: fact.occurredAt, actor: Actor(kind: actorKind, id: text(.authid) ?? ""),
            role: try data.optionalText("role"), correlationID: text(.correlationid),
            causationID: text(.causationid), payload: payload)
        content.extensions = line.extensions.map { foreign($0, bytes) }
        let known = EventSchema.fields(of: fact.kind)
        content.foreignData = line.data
            .filter { member in !known.contains { member.name.isText($0.nameBytes, in: bytes) } }
            .map { foreign($0, bytes) }
        return Event(content: content, recordedAt: fact.recordedAt, sequence: fact.sequence)
    }

    private func foreign(
        _ member: ScannedLine.Member, _ bytes: Span<UInt8>
    ) -> ForeignMember {
        ForeignMember(
            name: member.name.string(in: bytes),
            rawValue: member.value.rawRange.map { bytes[$0] })
    }
}
