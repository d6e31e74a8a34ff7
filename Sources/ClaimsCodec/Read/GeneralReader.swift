import ClaimsDomain

/// Reads any line: scans it once as JSON in whatever layout, checks envelope and data against the
/// schema table, and takes what a fold needs.
///
/// The one place that words what is wrong with a line.
struct GeneralReader: Sendable {
    private(set) var line = ScannedLine()
    private let toleratesUnknown: Bool

    init(toleratesUnknown: Bool) { self.toleratesUnknown = toleratesUnknown }

    /// Reads one line without its LF.
    ///
    /// O(bytes).
    mutating func read(
        _ bytes: Span<UInt8>, into event: inout ScannedEvent, _ tables: inout LineTables
    ) throws(LineProblem) -> ScannedLineKind {
        try line.scan(bytes)
        try checkEnvelope(bytes)
        let typeSlice = try string(.type, bytes)
        guard let kind = kind(typeSlice, bytes) else {
            let type = typeSlice.string(in: bytes)
            if toleratesUnknown { return .unknown(type: type) }
            let known = EventKind.allCases.map(\.rawValue)
            throw LineProblem(
                .unknownType(
                    type, nearest: NearestName.suggestion(for: type, among: known)),
                at: typeSlice.rawRange.lowerBound)
        }
        var fact = Fact(kind: kind)
        try readEnvelope(into: &fact, bytes, &tables)
        try readData(into: &fact, bytes, &tables)
        event.fact = fact
        let id = try string(.id, bytes)
        event.identity =
            id.form == .plainString
            ? EventIdentity(bytes.extracting(id.start..<id.end), texts: &tables.ids)
            : EventIdentity(id.text(in: bytes).span, texts: &tables.ids)
        return try rules(of: fact, bytes).map { .rules($0) } ?? .event
    }

    /// What is wrong with a line whose source does not fit its type, which only this reader sees.
    mutating func problem(of bytes: Span<UInt8>) -> LineProblem {
        var event = ScannedEvent()
        var tables = LineTables()
        do throws(LineProblem) {
            _ = try read(bytes, into: &event, &tables)
        } catch {
            return error
        }
        return bad(.source, "a source that fits the type", bytes)
    }

    private static let kinds = EventKind.allCases.map { ($0, Array($0.rawValue.utf8)) }

    private func kind(_ slice: JSONSlice, _ bytes: Span<UInt8>) -> EventKind? {
        Self.kinds.first { slice.isText($1, in: bytes) }?.0
    }

    private func rules(of fact: Fact, _ bytes: Span<UInt8>) throws(LineProblem) -> Program? {
        guard fact.kind == .programPublished, let data = line[.data] else { return nil }
        do throws(JSONProblem) {
            let node = try JSONNode(data, in: bytes)
            let program = try ProgramReader(resolving: .asWritten).program(node)
            let id = try node.required("id")
            guard line[.subject]?.isText(Array(program.id.text.utf8), in: bytes) == true else {
                throw id.problem("the event's subject")
            }
            return program
        } catch {
            throw LineProblem(error)
        }
    }
}

// MARK: - Envelope

extension GeneralReader {
    private func checkEnvelope(_ bytes: Span<UInt8>) throws(LineProblem) {
        for attribute in Attribute.allCases
        where attribute.isRequired && line[attribute] == nil {
            throw LineProblem(.missing(member: attribute.rawValue, of: "the event"), at: 0)
        }
        let version = try string(.specversion, bytes)
        guard version.isText(Self.specVersion, in: bytes) else {
            throw bad(.specversion, "'\(Attribute.specVersion)'", bytes)
        }
        for attribute in Self.idAttributes {
            guard let slice = line[attribute] else { continue }
            guard FieldCheck.isIdentifier(slice, bytes) else {
                throw bad(attribute, FieldType.identifier.expectation, bytes)
            }
        }
        let authType = try string(.authtype, bytes)
        guard Self.actorKinds.contains(where: { authType.isText($0, in: bytes) }) else {
            let words = Actor.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw bad(.authtype, "one of \(words)", bytes)
        }
        guard line[.data]?.form == .object else { throw bad(.data, "an object", bytes) }
    }

    private static let specVersion = Array(Attribute.specVersion.utf8)
    private static let idAttributes: [Attribute] = [
        .id, .subject, .authid, .correlationid, .causationid,
    ]
    private static let actorKinds = Actor.Kind.allCases.map { Array($0.rawValue.utf8) }

    private mutating func readEnvelope(
        into fact: inout Fact, _ bytes: Span<UInt8>, _ tables: inout LineTables
    ) throws(LineProblem) {
        fact.occurredAt = try instant(.time, bytes)
        fact.recordedAt = try instant(.recordedtime, bytes)
        fact.sequence = try sequence(bytes)
        guard fact.recordedAt >= fact.occurredAt else {
            throw LineProblem(
                .recordedBeforeOccurred(recorded: fact.recordedAt, occurred: fact.occurredAt),
                at: line[.recordedtime]?.rawRange.lowerBound ?? 0)
        }
        fact.subject = Self.intern(try string(.subject, bytes), bytes, &tables.names)
        fact.actor = Self.intern(try string(.authid, bytes), bytes, &tables.names)
        let slice = try string(.source, bytes)
        guard let source = SourceText.source(slice.string(in: bytes)),
            !fact.kind.sourceNamesPartner || source.partner != nil
        else {
            let expected =
                fact.kind.sourceNamesPartner
                ? "'/programs/PROGRAM/partners/PARTNER'" : "'/programs/PROGRAM'"
            throw bad(.source, expected, bytes)
        }
        fact.program = Self.intern(slice, bytes, &tables.sources)
        try checkSubject(of: fact, source, bytes)
    }

    /// A programme's or partner's event is about what its source names.
    private func checkSubject(
        of fact: Fact, _ source: Source, _ bytes: Span<UInt8>
    ) throws(LineProblem) {
        let subjectKind = fact.kind.subjectKind
        guard subjectKind == .program || subjectKind == .partner, let slice = line[.subject] else {
            return
        }
        let subject = slice.string(in: bytes)
        if subjectKind == .program, !subject.utf8.elementsEqual(source.program.text.utf8) {
            throw bad(.subject, "the program its source names", bytes)
        }
        if subjectKind == .partner, !subject.utf8.elementsEqual((source.partner?.text ?? "").utf8) {
            throw bad(.subject, "the partner its source names", bytes)
        }
    }

    private func string(
        _ attribute: Attribute, _ bytes: Span<UInt8>
    ) throws(LineProblem) -> JSONSlice {
        guard let slice = line[attribute], slice.isString else {
            throw bad(attribute, "a string", bytes)
        }
        return slice
    }

    private func instant(
        _ attribute: Attribute, _ bytes: Span<UInt8>
    ) throws(LineProblem) -> Instant {
        guard let slice = line[attribute], slice.form == .plainString,
            let instant = slice.instant(in: bytes)
        else { throw bad(attribute, FieldType.instant.expectation, bytes) }
        return instant
    }

    private func sequence(_ bytes: Span<UInt8>) throws(LineProblem) -> Int64 {
        let slice = try string(.sequence, bytes)
        var value: Int64 = 0
        let length = slice.end - slice.start
        for index in slice.start..<min(slice.end, slice.start + 18) {
            let digit = bytes[index] &- 48
            guard digit <= 9 else { throw badSequence(bytes) }
            value = value * 10 + Int64(digit)
        }
        // Twelve digits, and no leading zero beyond them: a number has one text only.
        let digits = Attribute.sequenceDigits
        guard value > 0, length >= digits, length <= 18,
            length == digits || bytes[slice.start] != UInt8(ascii: "0")
        else { throw badSequence(bytes) }
        return value
    }

    private func badSequence(_ bytes: Span<UInt8>) -> LineProblem {
        bad(.sequence, "\(Attribute.sequenceDigits) digits such as '000000000001'", bytes)
    }

    private func bad(
        _ attribute: Attribute, _ expected: String, _ bytes: Span<UInt8>
    ) -> LineProblem {
        let slice = line[attribute]
        return LineProblem(
            .bad(
                member: attribute.rawValue, found: slice?.shown(in: bytes) ?? "missing",
                expected: expected),
            at: slice?.rawRange.lowerBound ?? 0)
    }

    static func intern(
        _ slice: JSONSlice, _ bytes: Span<UInt8>, _ names: inout ChunkNames
    ) -> NameKey {
        if slice.form == .plainString {
            return names.intern(bytes.extracting(slice.start..<slice.end))
        }
        let text = slice.text(in: bytes)
        return names.intern(text.span)
    }
}

// MARK: - Data

extension GeneralReader {
    private func readData(
        into fact: inout Fact, _ bytes: Span<UInt8>, _ tables: inout LineTables
    ) throws(LineProblem) {
        let fields = EventSchema.fields(of: fact.kind)
        let start = line[.data]?.start ?? 0
        try FieldCheck.members(
            line.data, fields, of: "'data' of \(fact.kind.rawValue)", at: start, bytes)
        for member in line.data {
            guard let field = fields.first(where: { member.name.isText($0.nameBytes, in: bytes) })
            else { continue }
            take(member.value, as: field.role, into: &fact, bytes, &tables)
        }
        switch fact.kind {
        case .claimAmended: try checkPair(fact, fields, start, bytes)
        case .associationCreated, .associationSubmitted:
            fact.association = AssociationMembers.fact(line.data, bytes, &tables.names)
        default: break
        }
    }

    private func take(
        _ value: JSONSlice, as role: FactRole, into fact: inout Fact, _ bytes: Span<UInt8>,
        _ tables: inout LineTables
    ) {
        switch role {
        case .none: break
        case .amount: fact.amount = value.wholeNumber(in: bytes) ?? 0
        case .currency: fact.currency = value.currency(in: bytes)
        case .period: fact.period = Self.intern(value, bytes, &tables.names)
        case .activity: fact.activity = Self.intern(value, bytes, &tables.names)
        case .reference: fact.reference = Self.intern(value, bytes, &tables.names)
        case .evidence:
            fact.evidence = DocumentKey(Self.intern(value, bytes, &tables.documents))
        case .day: fact.day = value.day(in: bytes)
        case .inHouseWork: fact.inHouseWork = value.form == .yes
        case .thirdPartyVendor: fact.thirdPartyVendor = value.form == .yes
        case .invoiceNumber, .invoiceVendor, .invoiceAmount, .invoiceCurrency, .metricName,
            .metricValue, .itemEvidence, .tenant, .solutionArea, .products, .subscription,
            .severalSubscriptions, .transactionOn:
            break
        case .eligible: fact.eligible = value.wholeNumber(in: bytes)
        case .expenses: fact.expenses = ListFields.expenses(value, bytes, &tables.names)
        case .items, .originals:
            guard fact.kind == .claimDocumentsRequested else { break }
            var request = fact.request ?? RequestFact()
            if role == .originals { request.originals = value.form == .yes }
            if role == .items { request.items = ListFields.items(value, bytes, &tables.documents) }
            fact.request = request
        case .documentKind, .file, .note, .invoice, .metric, .original:
            guard
                fact.kind == .claimEvidenceAttached || fact.kind == .associationEvidenceAttached
            else { break }
            var document = fact.document ?? DocumentFact()
            DocumentFields.take(value, as: role, into: &document, bytes, &tables)
            fact.document = document
        }
    }

    /// An amendment names amount and currency together or neither.
    private func checkPair(
        _ fact: Fact, _ fields: [Field], _ start: Int, _ bytes: Span<UInt8>
    ) throws(LineProblem) {
        let hasAmount = line.data.contains { $0.name.isText(Array("amountMinor".utf8), in: bytes) }
        guard hasAmount != (fact.currency != nil) else { return }
        throw LineProblem(
            .missing(
                member: hasAmount ? "currency" : "amountMinor",
                of: "'data' of \(fact.kind.rawValue)"), at: start)
    }
}
