import ClaimsCodec
import ClaimsDomain

/// An export under way: which objects were touched, and what was said of each.
final class OCELRun {
    /// A name within another.
    struct Pair: Hashable {
        let outer: NameKey
        let inner: NameKey
    }

    /// A document or payment of a claim or association, by its number.
    private struct Owned: Hashable {
        let number: Int
        let name: NameKey
    }

    private struct Payment: Hashable {
        let partner: Pair
        let reference: NameKey
    }

    let output: ExportOutput
    private var separator = "\n"
    private var line = ScannedLine()
    private var reader = PayloadsOfLines()
    // Claims and associations by number, in the order they came.
    private(set) var subjects: [(kind: EventKind.SubjectKind, name: NameKey)] = []
    private var numbers: [Pair: Int] = [:]
    private var statuses: [String] = []
    private var spill = SubjectSpill()
    // Evidence and payments, which are told when they are first seen.
    private let told = BucketSpill()
    private var toldBytes = 0
    private var documents: Set<Owned> = []
    private var payments: Set<Payment> = []
    private var paidBy: Set<Owned> = []
    // What else was touched.
    private(set) var programs: Set<NameKey> = []
    private(set) var partners: Set<Pair> = []
    private(set) var funds: Set<AccountKey> = []

    init(_ output: ExportOutput) { self.output = output }

    /// Writes an event, and gathers what it says of objects.
    func take(_ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>) throws {
        let names = state.names
        var relations: [(object: String, qualifier: String)] = []
        let program = names.text(fact.program)
        programs.insert(fact.program)
        relations.append((OCELText.id(program: program), "program"))
        if fact.partner != .none {
            partners.insert(Pair(outer: fact.program, inner: fact.partner))
            relations.append(
                (OCELText.id(program: program, partner: names.text(fact.partner)), "partner"))
        }
        for account in Set(state.lastPostings.map(\.account)).sorted(by: { $0.index < $1.index }) {
            funds.insert(account)
            relations.append((OCELText.id(state.account(account)), "fund"))
        }
        let kind = fact.kind.subjectKind
        if kind == .claim || kind == .association {
            relations.append((OCELText.id(kind, names.text(fact.subject)), "subject"))
            relations += try subject(state, fact, bytes)
        }
        try output.write(separator)
        separator = ",\n"
        try output.write(try event(state, fact, bytes, relations))
    }

    private func event(
        _ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>,
        _ relations: [(object: String, qualifier: String)]
    ) throws -> [UInt8] {
        try line.scan(bytes)
        func text(_ slice: JSONSlice?) -> String? { slice?.string(in: bytes) }
        var json = JSONWriter()
        json.beginObject()
        json.name("id")
        json.string(EventWriter.sequenceText(fact.sequence))
        json.name("type")
        json.string(fact.kind.rawValue)
        json.name("time")
        json.string(fact.occurredAt.description)
        json.name("attributes")
        json.beginArray()
        json.attribute("id") { $0.visibleString(text(line[.id]) ?? "") }
        json.attribute("recordedtime") { $0.string(fact.recordedAt.description) }
        json.attribute("actor") { $0.visibleString(text(line[.authid]) ?? "") }
        if let role = text(line.data.first { text($0.name) == "role" }?.value) {
            json.attribute("role") { $0.visibleString(role) }
        }
        if let currency = fact.currency {
            let amount = Money(minorUnits: fact.amount, currency: currency)
            json.attribute("amount") { $0.decimal(amount) }
            json.attribute("currency") { $0.string(currency.code) }
        }
        json.endArray()
        json.name("relationships")
        json.beginArray()
        for (object, qualifier) in relations { json.relation(object, qualifier) }
        json.endArray()
        json.endObject()
        return json.finish()
    }

    // MARK: - What an event says of its claim or association

    /// Gathers it; answers with the further objects that the event touches.
    private func subject(
        _ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>
    ) throws -> [(object: String, qualifier: String)] {
        let kind = fact.kind.subjectKind
        let name = state.names.text(fact.subject)
        let number = number(of: fact.subject, kind)
        let status =
            kind == .claim
            ? state.claim(ClaimID(name))?.status.rawValue
            : state.association(AssociationID(name))?.status.rawValue
        if let status, status != statuses[number] {
            statuses[number] = status
            var json = JSONWriter()
            json.attribute("status", from: fact.occurredAt, text: status)
            try spill.append([Self.attributeMark] + json.finish(), to: number)
        }
        switch fact.kind {
        case .claimEvidenceAttached, .associationEvidenceAttached, .claimEvidenceWithdrawn:
            return [(try document(state, fact, bytes, number), "evidence")]
        case .claimReimbursed, .claimReimbursementReversed:
            return [(try payment(state, fact, bytes, number), "payment")]
        default: return []
        }
    }

    /// What a gathered piece begins with.
    static let attributeMark = UInt8(ascii: "a")
    static let relationMark = UInt8(ascii: "r")

    private func number(of name: NameKey, _ kind: EventKind.SubjectKind) -> Int {
        // A claim and an association may have one name: no name is the empty one's.
        let key = Pair(outer: kind == .claim ? .none : name, inner: name)
        if let known = numbers[key] { return known }
        let number = spill.add()
        numbers[key] = number
        subjects.append((kind, name))
        statuses.append("")
        return number
    }

    private func relate(_ number: Int, to object: String, _ qualifier: String) throws {
        var json = JSONWriter()
        json.relation(object, qualifier)
        try spill.append([Self.relationMark] + json.finish(), to: number)
    }

    private func document(
        _ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>, _ number: Int
    ) throws -> String {
        let owner = OCELText.id(fact.kind.subjectKind, state.names.text(fact.subject))
        let object = OCELText.id(evidence: state.documentNames.text(fact.evidence), of: owner)
        guard documents.insert(Owned(number: number, name: fact.evidence.name)).inserted else {
            return object
        }
        try relate(number, to: object, "evidence")
        var attached: EvidenceAttached?
        switch try reader.payload(bytes) {
        case .claimEvidenceAttached(let document), .associationEvidenceAttached(let document):
            attached = document
        default: break
        }
        let time = fact.occurredAt
        try tell(object, .evidence, related: [(owner, "belongs to")]) { json in
            json.attribute("kind", from: time, text: attached?.kind.rawValue)
            json.attribute("filename", from: time, text: attached?.filename)
            json.attribute("mediaType", from: time, text: attached?.mediaType)
            if let size = attached?.size { json.attribute("size", from: time) { $0.integer(size) } }
            json.attribute("sha256", from: time, text: attached?.sha256)
        }
        return object
    }

    private func payment(
        _ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>, _ number: Int
    ) throws -> String {
        let names = state.names
        let partner = OCELText.id(
            program: names.text(fact.program), partner: names.text(fact.partner))
        let reference = names.text(fact.reference)
        let object = OCELText.id(payment: reference, of: partner)
        if paidBy.insert(Owned(number: number, name: fact.reference)).inserted {
            try relate(number, to: object, "payment")
        }
        let key = Payment(
            partner: Pair(outer: fact.program, inner: fact.partner), reference: fact.reference)
        guard payments.insert(key).inserted else { return object }
        var payer: String?
        if case .claimReimbursed(let payment) = try reader.payload(bytes) {
            payer = payment.payer
        }
        try tell(object, .payment, related: [(partner, "pays")]) { json in
            json.attribute("paymentReference", from: fact.occurredAt, text: reference)
            json.attribute("paidOn", from: fact.occurredAt, text: fact.day?.description)
            json.attribute("payer", from: fact.occurredAt, text: payer)
        }
        return object
    }

    /// What is read back of them at once.
    private static let toldBucketBytes = 1 << 22

    /// Keeps an object that is known whole.
    private func tell(
        _ object: String, _ type: OCELText.ObjectType,
        related: [(object: String, qualifier: String)],
        attributes: (inout JSONWriter) -> Void
    ) throws {
        let json = OCELText.object(object, type, related: related, attributes: attributes)
        try told.append(Array(",\n".utf8) + json, to: toldBytes / Self.toldBucketBytes)
        toldBytes += json.count
    }

    /// Takes note of a fund that a claim stands in.
    func touch(_ fund: AccountKey) { funds.insert(fund) }

    /// The pieces gathered of each claim and association.
    func forEachSubject(_ body: (Int, [ArraySlice<UInt8>]) throws -> Void) throws {
        try spill.eachSubject(body)
    }

    /// Writes the evidence and the payments, each with a comma before it.
    func writeTold() throws {
        for bucket in 0..<told.count { try output.write(try told.read(bucket)) }
    }
}
