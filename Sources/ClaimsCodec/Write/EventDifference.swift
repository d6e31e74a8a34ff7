package import ClaimsDomain

/// One field in which two events of the same id differ.
package struct EventDifference: Equatable, Sendable {
    /// An attribute, or `data.` and a field.
    package let field: String
    /// As JSON text; nil where the event has no such member.
    package let recorded: String?
    package let proposed: String?

    /// The difference of two types of event.
    package init(typeOf recorded: EventKind, _ proposed: EventKind) {
        field = Attribute.type.rawValue
        self.recorded = "\"\(recorded.rawValue)\""
        self.proposed = "\"\(proposed.rawValue)\""
    }

    private init(field: String, recorded: String?, proposed: String?) {
        self.field = field
        self.recorded = recorded
        self.proposed = proposed
    }

    /// The differing fields of a recorded event and one proposed under the same id, in the order
    /// written.
    ///
    /// Empty when the content is the same: where and when it was recorded does not count.
    package static func between(
        _ recorded: ProposedEvent, _ proposed: ProposedEvent
    ) -> [EventDifference] {
        let left = members(of: recorded)
        let right = members(of: proposed)
        let names =
            left.map(\.name)
            + right.map(\.name).filter { name in
                !left.contains { $0.name == name }
            }
        return names.compactMap { name in
            let first = left.first { $0.name == name }?.text
            let second = right.first { $0.name == name }?.text
            // By bytes: equal to the eye is not the same content.
            return first.map { Array($0.utf8) } == second.map { Array($0.utf8) }
                ? nil : EventDifference(field: name, recorded: first, proposed: second)
        }
    }

    /// The members of an event's canonical form, `data` taken apart.
    private static func members(of content: ProposedEvent) -> [(name: String, text: String)] {
        let event = Event(content: content, recordedAt: content.occurredAt, sequence: 1)
        let line = EventWriter.line(event)
        guard let node = try? JSONNode(parsing: line.span),
            case .object(let attributes) = node.value
        else { return [] }
        let placing = [Attribute.recordedtime.rawValue, Attribute.sequence.rawValue]
        return attributes.filter { !placing.contains($0.name) }.flatMap { attribute in
            guard attribute.name == Attribute.data.rawValue,
                case .object(let fields) = attribute.node.value
            else { return [(attribute.name, text(attribute.node))] }
            return fields.map { ("data.\($0.name)", text($0.node)) }
        }
    }

    private static func text(_ node: JSONNode) -> String {
        var writer = JSONWriter()
        writer.node(node)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension EventDifference: CustomStringConvertible {
    /// The field with both values.
    package var description: String {
        "\(field): recorded \(recorded ?? "nothing"), given \(proposed ?? "nothing")"
    }
}
