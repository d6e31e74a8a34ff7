package import ClaimsDomain

/// Reads an event of another producer: CloudEvents JSON that need not have a place in a log yet.
///
/// `sequence` and `recordedtime` are dropped, since this ledger gives its own; whatever else it
/// does not know is kept byte for byte.
package struct ForeignEventReader: Sendable {
    private var line = ScannedLine()
    private var reader = EventReader()
    /// Who did it where the event does not say.
    private let defaultActor: Actor?

    package init(defaultActor: Actor?) { self.defaultActor = defaultActor }

    /// The event's content; throws what is wrong with it and where in these bytes.
    package mutating func read(_ bytes: Span<UInt8>) throws(LineProblem) -> ProposedEvent {
        try line.scan(bytes)
        let complete = completed(bytes)
        let content: ProposedEvent
        do throws(LineProblem) {
            content = try reader.read(complete.span).content
        } catch {
            // The offset is one of the completed line; the member is named in the text.
            throw LineProblem(error.kind, at: 0)
        }
        do throws(JSONProblem) {
            try checkNested(content.payload.kind, bytes)
        } catch {
            throw LineProblem(error)
        }
        return content
    }

    /// Throws for an unknown member inside a known one: those of the envelope and of `data` are
    /// kept, this one would be lost when the event is written.
    private func checkNested(
        _ kind: EventKind, _ bytes: Span<UInt8>
    ) throws(JSONProblem) {
        let fields = EventSchema.fields(of: kind)
        for member in line.data {
            guard let field = fields.first(where: { member.name.isText($0.nameBytes, in: bytes) })
            else { continue }
            switch field.type {
            case .object, .list:
                try Self.check(
                    try JSONNode(member.value, in: bytes), field.type, name: field.name)
            default: continue
            }
        }
    }

    private static func check(
        _ node: JSONNode, _ type: FieldType, name: String
    ) throws(JSONProblem) {
        switch (type, node.value) {
        case (.object(let fields), .object(let members)):
            for member in members {
                guard let field = fields.first(where: { $0.name == member.name }) else {
                    throw JSONProblem(
                        .described(
                            "'\(name)' has a member '\(member.name)' that would be lost; what "
                                + "another producer adds is kept in 'data' and beside it"),
                        at: member.node.offset)
                }
                try check(member.node, field.type, name: field.name)
            }
        case (.list(let element, _), .array(let nodes)):
            for node in nodes { try check(node, element, name: name) }
        default: break
        }
    }

    /// The line with a place of its own, all other members as they stood.
    private func completed(_ bytes: Span<UInt8>) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for attribute in Attribute.allCases {
            switch attribute {
            case .sequence:
                writer.name(attribute.rawValue)
                writer.string(EventWriter.sequenceText(1))
            case .recordedtime:
                guard let time = line[.time] else { continue }
                writer.name(attribute.rawValue)
                writer.raw(time.rawRange.map { bytes[$0] })
            case .authtype, .authid:
                if let slice = line[attribute] {
                    writer.name(attribute.rawValue)
                    writer.raw(slice.rawRange.map { bytes[$0] })
                } else if line[.authtype] == nil, line[.authid] == nil, let defaultActor {
                    writer.name(attribute.rawValue)
                    writer.string(
                        attribute == .authtype ? defaultActor.kind.rawValue : defaultActor.id)
                }
            case .specversion, .id, .source, .type, .subject, .time, .correlationid,
                .causationid, .data:
                guard let slice = line[attribute] else { continue }
                writer.name(attribute.rawValue)
                writer.raw(slice.rawRange.map { bytes[$0] })
            }
        }
        for member in line.extensions {
            writer.name(member.name.string(in: bytes))
            writer.raw(member.value.rawRange.map { bytes[$0] })
        }
        writer.endObject()
        return writer.bytes
    }
}
