package import ClaimsDomain

/// What one line of a log is to a replay.
package enum ReadLine: Sendable {
    /// An event, with the whole rule set when it is a `program.published`.
    case fact(Fact, rules: Program?)
    /// An event of a type this version does not know, passed over on request.
    case unknown(type: String)
}

/// Reads lines into facts: scans each once, checks envelope and data against the schema table, and
/// takes what a fold needs.
///
/// Buffers and tables are reused from line to line.
package struct FactReader: Sendable {
    package private(set) var line = ScannedLine()
    private let toleratesUnknown: Bool
    private var types = TypeTable()
    private var sources = SourceTable()

    /// `toleratesUnknown`: an unknown type is told, not a fault.
    package init(toleratesUnknown: Bool = false) { self.toleratesUnknown = toleratesUnknown }

    /// Reads one line without its LF.
    ///
    /// O(bytes).
    package mutating func read(
        _ bytes: Span<UInt8>, names: inout NameTable
    ) throws(LineProblem) -> ReadLine {
        try line.scan(bytes)
        try checkEnvelope(bytes)
        let typeSlice = try string(.type, bytes)
        guard let kind = types.kind(typeSlice, bytes) else {
            let type = typeSlice.string(in: bytes)
            if toleratesUnknown { return .unknown(type: type) }
            let known = EventKind.allCases.map(\.rawValue)
            throw LineProblem(
                .unknownType(
                    type, nearest: NearestName.suggestion(for: type, among: known)),
                at: typeSlice.rawRange.lowerBound)
        }
        var fact = Fact(kind: kind)
        try readEnvelope(into: &fact, bytes, &names)
        try readData(into: &fact, bytes, &names)
        return .fact(fact, rules: try rules(of: fact, bytes))
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

extension FactReader {
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
        into fact: inout Fact, _ bytes: Span<UInt8>, _ names: inout NameTable
    ) throws(LineProblem) {
        fact.occurredAt = try instant(.time, bytes)
        fact.recordedAt = try instant(.recordedtime, bytes)
        fact.sequence = try sequence(bytes)
        guard fact.recordedAt >= fact.occurredAt else {
            throw LineProblem(
                .recordedBeforeOccurred(recorded: fact.recordedAt, occurred: fact.occurredAt),
                at: line[.recordedtime]?.rawRange.lowerBound ?? 0)
        }
        fact.subject = Self.intern(try string(.subject, bytes), bytes, &names)
        fact.actor = Self.intern(try string(.authid, bytes), bytes, &names)
        let slice = try string(.source, bytes)
        guard let source = sources.keys(slice, bytes, &names),
            !fact.kind.sourceNamesPartner || source.partner != .none
        else {
            let expected =
                fact.kind.sourceNamesPartner
                ? "'/programs/PROGRAM/partners/PARTNER'" : "'/programs/PROGRAM'"
            throw bad(.source, expected, bytes)
        }
        fact.program = source.program
        fact.partner = source.partner
        try checkSubject(of: fact, bytes)
    }

    /// A programme's or partner's event is about what its source names.
    private func checkSubject(of fact: Fact, _ bytes: Span<UInt8>) throws(LineProblem) {
        switch fact.kind.subjectKind {
        case .program where fact.subject != fact.program:
            throw bad(.subject, "the program its source names", bytes)
        case .partner where fact.subject != fact.partner:
            throw bad(.subject, "the partner its source names", bytes)
        case .program, .partner, .period, .claim, .association: return
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
        _ slice: JSONSlice, _ bytes: Span<UInt8>, _ names: inout NameTable
    ) -> NameKey {
        if slice.form == .plainString {
            return names.intern(bytes.extracting(slice.start..<slice.end))
        }
        let text = slice.text(in: bytes)
        return names.intern(text.span)
    }
}

// MARK: - Data

extension FactReader {
    private func readData(
        into fact: inout Fact, _ bytes: Span<UInt8>, _ names: inout NameTable
    ) throws(LineProblem) {
        let fields = EventSchema.fields(of: fact.kind)
        let start = line[.data]?.start ?? 0
        try FieldCheck.members(
            line.data, fields, of: "'data' of \(fact.kind.rawValue)", at: start, bytes)
        for member in line.data {
            guard let field = fields.first(where: { member.name.isText($0.nameBytes, in: bytes) })
            else { continue }
            take(member.value, as: field.role, into: &fact, bytes, &names)
        }
        if fact.kind == .claimAmended { try checkPair(fact, fields, start, bytes) }
    }

    private func take(
        _ value: JSONSlice, as role: FactRole, into fact: inout Fact, _ bytes: Span<UInt8>,
        _ names: inout NameTable
    ) {
        switch role {
        case .none: break
        case .amount: fact.amount = value.wholeNumber(in: bytes) ?? 0
        case .currency: fact.currency = value.currency(in: bytes)
        case .period: fact.period = Self.intern(value, bytes, &names)
        case .activity: fact.activity = Self.intern(value, bytes, &names)
        case .reference: fact.reference = Self.intern(value, bytes, &names)
        case .day: fact.day = value.day(in: bytes)
        case .inHouseWork: fact.inHouseWork = value.form == .yes
        case .thirdPartyVendor: fact.thirdPartyVendor = value.form == .yes
        case .documentKind, .file, .note, .invoice, .metric:
            guard fact.kind == .claimEvidenceAttached else { break }
            var document = fact.document ?? DocumentFact()
            DocumentFields.take(value, as: role, into: &document, bytes, &names)
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

/// Finds an event type by the bytes of its name.
private struct TypeTable: Sendable {
    private static let names = EventKind.allCases.map { ($0, Array($0.rawValue.utf8)) }

    func kind(_ slice: JSONSlice, _ bytes: Span<UInt8>) -> EventKind? {
        Self.names.first { slice.isText($1, in: bytes) }?.0
    }
}

/// Parses each distinct source once.
private struct SourceTable: Sendable {
    private var texts = NameTable()
    private var keysByText: [(program: NameKey, partner: NameKey)?] = [nil]

    /// The interned programme and partner of a source; nil when it names none.
    mutating func keys(
        _ slice: JSONSlice, _ bytes: Span<UInt8>, _ names: inout NameTable
    ) -> (program: NameKey, partner: NameKey)? {
        let key: NameKey
        if slice.form == .plainString {
            key = texts.intern(bytes.extracting(slice.start..<slice.end))
        } else {
            let text = slice.text(in: bytes)
            key = texts.intern(text.span)
        }
        if Int(key.index) < keysByText.count { return keysByText[Int(key.index)] }
        let source = SourceText.source(texts.text(key))
        keysByText.append(
            source.map { source in
                let program = names.intern(source.program.text)
                return (program, source.partner.map { names.intern($0.text) } ?? .none)
            })
        return keysByText[Int(key.index)]
    }
}
