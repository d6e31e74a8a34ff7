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
        do throws(LineProblem) {
            return try reader.read(complete.span).content
        } catch {
            // The offset is one of the completed line; the member is named in the text.
            throw LineProblem(error.kind, at: 0)
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
