import ClaimsDomain

/// Reads lines in the layout this ledger writes, each byte once, without building anything.
///
/// It accepts only what the general reader accepts, with the same fact; at the first byte that is
/// not as expected it gives up, and the general reader looks at the line from its beginning. So
/// there is one place that words errors, and any valid JSON is read.
///
/// Positions are offsets into the bytes; `nothing` stands for giving up.
struct CanonicalReader {
    static let nothing = -1

    let plans = FieldPlans.shared
    let text = EnvelopeText.shared
    let types = EventTypeTable.shared
    let evidenceKinds = LiteralTable.evidenceKinds
    var days = DayCache()
    var currencies = CurrencyCache()
    /// The item of a request for documents that is being read.
    var item = RequestFact.Item(kind: .other)
    /// What the association that is being read says of itself.
    var association = AssociationFact()

    /// What stands between the values of an envelope.
    ///
    /// A class, since a scanner that holds a kilobyte of words itself copies them for every line.
    final class EnvelopeText: Sendable {
        static let shared = EnvelopeText()

        let id = Literal(#"{"specversion":"1.0","id":""#)
        let source = Literal(#"","source":""#)
        let type = Literal(#"","type":""#)
        let subject = Literal(#"","subject":""#)
        let time = Literal(#"","time":""#)
        let recordedTime = Literal(#"","recordedtime":""#)
        let sequence = Literal(#"","sequence":""#)
        let authType = Literal(#"","authtype":""#)
        let authID = Literal(#"","authid":""#)
        let correlation = Literal(#"","correlationid":""#)
        let causation = Literal(#"","causationid":""#)
        let data = Literal(#"","data":{"#)
        let actorKinds = LiteralTable.actorKinds
    }

    /// Reads the line that begins at `start`: the offset of its line feed, or `nothing`.
    ///
    /// `event.fact.program` is then the key of the source's text in `tables.sources`, and `partner`
    /// none. O(bytes).
    mutating func read(
        _ bytes: ScanBytes, from start: Int, into event: inout ScannedEvent,
        _ tables: inout LineTables
    ) -> Int {
        var at = start
        guard text.id.stands(in: bytes, at: at) else { return Self.nothing }
        at = identity(bytes, at &+ text.id.count, into: &event, &tables.ids)
        guard at >= 0, text.source.stands(in: bytes, at: at) else { return Self.nothing }
        at = name(bytes, at &+ text.source.count, into: &event.fact.program, &tables.sources)
        guard at >= 0, text.type.stands(in: bytes, at: at) else { return Self.nothing }
        at &+= text.type.count
        guard let type = types.kind(bytes, at) else { return Self.nothing }
        event.fact.kind = type.kind
        at &+= type.byteCount
        guard text.subject.stands(in: bytes, at: at) else { return Self.nothing }
        at = name(bytes, at &+ text.subject.count, into: &event.fact.subject, &tables.names)
        guard at >= 0, text.time.stands(in: bytes, at: at) else { return Self.nothing }
        at = instant(bytes, at &+ text.time.count, into: &event.fact.occurredAt)
        guard at >= 0, text.recordedTime.stands(in: bytes, at: at) else { return Self.nothing }
        at = instant(bytes, at &+ text.recordedTime.count, into: &event.fact.recordedAt)
        guard at >= 0, event.fact.recordedAt >= event.fact.occurredAt,
            text.sequence.stands(in: bytes, at: at)
        else { return Self.nothing }
        at = sequence(bytes, at &+ text.sequence.count, into: &event.fact.sequence)
        guard at >= 0, text.authType.stands(in: bytes, at: at) else { return Self.nothing }
        at = actor(bytes, at &+ text.authType.count, into: &event.fact.actor, &tables.names)
        guard at >= 0 else { return Self.nothing }
        at = related(bytes, at)
        guard at >= 0, text.data.stands(in: bytes, at: at) else { return Self.nothing }
        at = data(bytes, at &+ text.data.count, into: &event.fact, &tables)
        guard at >= 0, bytes.byte(at) == UInt8(ascii: "}"), bytes.byte(at &+ 1) == 0x0A else {
            return Self.nothing
        }
        return at &+ 1
    }

    @inline(__always)
    private func identity(
        _ bytes: ScanBytes, _ start: Int, into event: inout ScannedEvent, _ ids: inout ChunkNames
    ) -> Int {
        let quote = UInt8(ascii: "\"")
        if bytes.byte(start &+ EventIdentity.byteCount) == quote,
            let uuid = EventIdentity(uuid: bytes, at: start)
        {
            event.identity = uuid
            return start &+ EventIdentity.byteCount
        }
        let end = identifierEnd(bytes, start)
        if end >= 0 {
            event.identity = EventIdentity(
                text: ids.intern(bytes, at: start, count: end &- start))
        }
        return end
    }

    @inline(__always)
    private func sequence(
        _ bytes: ScanBytes, _ start: Int, into sequence: inout Int64
    ) -> Int {
        let high = bytes.word(start) ^ Words.all(0x30)
        let low = UInt64(bytes.half(start &+ 8)) ^ 0x3030_3030
        guard Words.aboveNine(high) | Words.aboveNine(low) == 0 else { return Self.nothing }
        // The four digits stand last of eight, behind zeros.
        sequence = Int64(Words.number(high) &* 10_000 &+ Words.number(low &<< 32))
        return sequence > 0 ? start &+ Attribute.sequenceDigits : Self.nothing
    }

    @inline(__always)
    private func actor(
        _ bytes: ScanBytes, _ start: Int, into actor: inout NameKey, _ names: inout ChunkNames
    ) -> Int {
        guard let kind = text.actorKinds.place(in: bytes, at: start),
            text.authID.stands(in: bytes, at: start &+ kind.byteCount)
        else { return Self.nothing }
        return name(
            bytes, start &+ kind.byteCount &+ text.authID.count, into: &actor, &names)
    }

    /// The two attributes that an event need not have.
    @inline(__always)
    private func related(_ bytes: ScanBytes, _ start: Int) -> Int {
        var at = start
        if text.correlation.stands(in: bytes, at: at) {
            at = identifierEnd(bytes, at &+ text.correlation.count)
            guard at >= 0 else { return at }
        }
        if text.causation.stands(in: bytes, at: at) {
            at = identifierEnd(bytes, at &+ text.causation.count)
        }
        return at
    }
}
