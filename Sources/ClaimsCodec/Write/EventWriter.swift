package import ClaimsDomain

/// Writes events in the canonical form: attributes and fields in the order of the tables, no spare
/// white space, members of foreign producers byte for byte behind our own.
package enum EventWriter {
    /// One line without its LF.
    ///
    /// O(bytes).
    package static func line(_ event: Event) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for attribute in Attribute.allCases where attribute != .data {
            guard let text = text(of: attribute, event) else { continue }
            writer.name(attribute.rawValue)
            writer.string(text)
        }
        for member in event.content.extensions {
            writer.name(member.name)
            writer.raw(member.rawValue)
        }
        writer.name(Attribute.data.rawValue)
        data(event.content, &writer)
        writer.endObject()
        return writer.bytes
    }

    /// The text of a sequence: twelve digits, so that it also sorts as text.
    package static func sequenceText(_ sequence: Int64) -> String {
        let digits = String(sequence)
        let zeros = max(0, Attribute.sequenceDigits - digits.utf8.count)
        return String(repeating: "0", count: zeros) + digits
    }

    private static func text(of attribute: Attribute, _ event: Event) -> String? {
        let content = event.content
        switch attribute {
        case .specversion: return Attribute.specVersion
        case .id: return content.id.text
        case .source: return SourceText.text(content.source)
        case .type: return event.kind.rawValue
        case .subject: return content.subject
        case .time: return content.occurredAt.description
        case .recordedtime: return event.recordedAt.description
        case .sequence: return sequenceText(event.sequence)
        case .authtype: return content.actor.kind.rawValue
        case .authid: return content.actor.id
        case .correlationid: return content.correlationID
        case .causationid: return content.causationID
        case .data: return nil
        }
    }

    private static func data(_ content: ProposedEvent, _ writer: inout JSONWriter) {
        var values = PayloadValues(content.payload)
        values.text("role", content.role)
        writer.beginObject()
        for field in EventSchema.fields(of: content.payload.kind) {
            guard let value = values[field.name] else { continue }
            writer.name(field.name)
            writer.value(value)
        }
        for member in content.foreignData {
            writer.name(member.name)
            writer.raw(member.rawValue)
        }
        writer.endObject()
    }
}

/// A value about to be written.
indirect enum WireValue: Equatable {
    case text(String)
    case whole(Int64)
    case flag(Bool)
    case list([WireValue])
    case object([(name: String, value: WireValue)])

    static func == (left: WireValue, right: WireValue) -> Bool {
        var (first, second) = (JSONWriter(), JSONWriter())
        first.value(left)
        second.value(right)
        return first.bytes == second.bytes
    }
}

extension JSONWriter {
    mutating func value(_ value: WireValue) {
        switch value {
        case .text(let text): string(text)
        case .whole(let whole): integer(whole)
        case .flag(let flag): bool(flag)
        case .list(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                name(member.name)
                self.value(member.value)
            }
            endObject()
        }
    }
}
