package import ClaimsDomain

/// Writes events in the canonical form: attributes and fields in the order of the tables, no spare
/// white space, members of foreign producers byte for byte behind our own.
package enum EventWriter {
    /// One line without its LF.
    ///
    /// O(bytes).
    package static func line(_ event: Event) -> [UInt8] {
        var bytes: [UInt8] = []
        append(event, to: &bytes)
        return bytes
    }

    /// Writes one line without its LF behind what is in `bytes`.
    ///
    /// O(bytes), without an allocation of its own as long as the buffer has room.
    package static func append(_ event: Event, to bytes: inout [UInt8]) {
        var buffer: [UInt8] = []
        swap(&buffer, &bytes)
        var writer = FieldWriter(behind: consume buffer)
        writer.json.beginObject()
        for attribute in order {
            self.attribute(attribute, event, &writer.json)
        }
        foreign(event.content.extensions, &writer.json)
        writer.json.preparedName(Attribute.data.prepared)
        writer.json.beginObject()
        writer.begin(EventSchema.fields(of: event.content.payload.kind))
        writer.payload(event.content.payload)
        writer.text(event.content.role)
        writer.end()
        foreign(event.content.foreignData, &writer.json)
        writer.json.endObject()
        writer.json.endObject()
        bytes = writer.finish()
    }

    /// The text of a sequence: twelve digits, so that it also sorts as text.
    package static func sequenceText(_ sequence: Int64) -> String {
        var bytes: [UInt8] = []
        Digits.append(sequence, width: Attribute.sequenceDigits, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Every attribute but `data`, which comes behind those of foreign producers.
    private static let order = Attribute.allCases.filter { $0 != .data }

    private static func attribute(
        _ attribute: Attribute, _ event: borrowing Event, _ writer: inout JSONWriter
    ) {
        switch attribute {
        case .specversion: text(Attribute.specVersion, attribute, &writer)
        case .id: text(event.content.id.text, attribute, &writer)
        case .source: source(event.content.source, &writer)
        case .type: text(event.content.payload.kind.rawValue, attribute, &writer)
        case .subject: text(event.content.subject, attribute, &writer)
        case .time: instant(event.content.occurredAt, attribute, &writer)
        case .recordedtime: instant(event.recordedAt, attribute, &writer)
        case .sequence:
            let sequence = event.sequence
            plain(attribute, &writer) {
                Digits.append(sequence, width: Attribute.sequenceDigits, to: &$0)
            }
        case .authtype: text(event.content.actor.kind.rawValue, attribute, &writer)
        case .authid: text(event.content.actor.id, attribute, &writer)
        case .correlationid: text(event.content.correlationID, attribute, &writer)
        case .causationid: text(event.content.causationID, attribute, &writer)
        case .data: break
        }
    }

    private static func text(
        _ text: String?, _ attribute: Attribute, _ writer: inout JSONWriter
    ) {
        guard let text else { return }
        writer.preparedName(attribute.prepared)
        writer.string(text)
    }

    private static func instant(
        _ instant: Instant, _ attribute: Attribute, _ writer: inout JSONWriter
    ) {
        plain(attribute, &writer) { instant.append(to: &$0) }
    }

    private static func plain(
        _ attribute: Attribute, _ writer: inout JSONWriter, _ body: (inout [UInt8]) -> Void
    ) {
        writer.preparedName(attribute.prepared)
        writer.plainString(body)
    }

    private static func source(_ source: Source, _ writer: inout JSONWriter) {
        if source.prefix.isEmpty {
            plain(.source, &writer) { SourceText.append(source, to: &$0) }
        } else {
            // A foreign producer's prefix may hold what JSON escapes.
            text(SourceText.text(source), .source, &writer)
        }
    }

    private static func foreign(_ members: [ForeignMember], _ writer: inout JSONWriter) {
        for member in members {
            writer.name(member.name)
            writer.raw(member.rawValue)
        }
    }
}
