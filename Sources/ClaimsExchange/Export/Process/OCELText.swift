import ClaimsCodec
import ClaimsDomain

/// The names of OCEL 2.0: the types of objects and events with their attributes, and ids.
///
/// Source: "OCEL (Object-Centric Event Log) 2.0 Specification", JSON format.
enum OCELText {
    /// The types of objects, with the attributes each may have.
    enum ObjectType: String, CaseIterable {
        case program, partner, fund, claim, association, evidence, payment

        /// Names with their types, in order.
        var attributes: [(name: String, type: String)] {
            switch self {
            case .program: [("name", "string"), ("version", "string"), ("currency", "string")]
            case .partner: [("name", "string")]
            case .fund:
                [("period", "string"), ("currency", "string")]
                    + [
                        "earned", "adjusted", "rolledIn", "rolledOut", "converted", "reserved",
                        "approved", "paid", "due", "expired", "available", "claimed",
                    ].map { ($0, "float") } + [("deadline", "string")]
            case .claim:
                [
                    ("status", "string"), ("payment", "string"), ("period", "string"),
                    ("activity", "string"), ("activityDate", "string"), ("currency", "string"),
                    ("amount", "float"), ("approved", "float"), ("paid", "float"),
                ]
            case .association: [("status", "string"), ("activity", "string")]
            case .evidence:
                [
                    ("kind", "string"), ("filename", "string"), ("mediaType", "string"),
                    ("size", "integer"), ("sha256", "string"),
                ]
            case .payment:
                [("paymentReference", "string"), ("paidOn", "string"), ("payer", "string")]
            }
        }
    }

    /// The attributes of every type of event, in order.
    static let eventAttributes: [(name: String, type: String)] = [
        ("id", "string"), ("recordedtime", "time"), ("actor", "string"), ("role", "string"),
        ("amount", "float"), ("currency", "string"),
    ]

    static func id(program: String) -> String {
        SourceText.text(Source(program: ProgramID(program)))
    }

    static func id(program: String, partner: String) -> String {
        SourceText.text(Source(program: ProgramID(program), partner: PartnerID(partner)))
    }

    static func id(_ fund: FundAccount) -> String {
        id(program: fund.program.text, partner: fund.partner.text)
            + "/funds/\(part(fund.period.text))/\(fund.currency.code)"
    }

    static func id(_ kind: EventKind.SubjectKind, _ subject: String) -> String {
        "/\(kind.rawValue)s/\(part(subject))"
    }

    static func id(evidence: String, of owner: String) -> String {
        "\(owner)/evidence/\(part(evidence))"
    }

    static func id(payment: String, of partner: String) -> String {
        "\(partner)/payments/\(part(payment))"
    }

    /// An object with its attributes and relations.
    static func object(
        _ object: String, _ type: ObjectType, related: [(object: String, qualifier: String)],
        attributes: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("id")
        json.string(object)
        json.name("type")
        json.string(type.rawValue)
        json.name("attributes")
        json.beginArray()
        attributes(&json)
        json.endArray()
        json.name("relationships")
        json.beginArray()
        for (object, qualifier) in related { json.relation(object, qualifier) }
        json.endArray()
        json.endObject()
        return json.finish()
    }

    /// A segment of an id, as in a URI.
    private static func part(_ text: String) -> String {
        percentEncoded(text) { isLetterOrDigit($0) || "-._~:@+".utf8.contains($0) }
    }
}

extension JSONWriter {
    /// A string with its controls visible: JSON would let some of them through.
    mutating func visibleString(_ text: String) {
        string(visible(text, except: ["\t", "\n", "\r"]))
    }

    /// An attribute of an event.
    mutating func attribute(_ name: String, _ value: (inout JSONWriter) -> Void) {
        beginObject()
        self.name("name")
        string(name)
        self.name("value")
        value(&self)
        endObject()
    }

    /// An attribute of an object from a moment on.
    mutating func attribute(
        _ name: String, from time: Instant, _ value: (inout JSONWriter) -> Void
    ) {
        beginObject()
        self.name("name")
        string(name)
        self.name("time")
        string(time.description)
        self.name("value")
        value(&self)
        endObject()
    }

    /// A text attribute of an object; nothing without one.
    mutating func attribute(_ name: String, from time: Instant, text: String?) {
        guard let text else { return }
        attribute(name, from: time) { $0.visibleString(text) }
    }

    /// An amount as an exact decimal number.
    mutating func decimal(_ amount: Money) { raw(Array(amount.decimal.utf8)) }

    /// A relation to an object.
    mutating func relation(_ object: String, _ qualifier: String) {
        beginObject()
        name("objectId")
        string(object)
        name("qualifier")
        string(qualifier)
        endObject()
    }

    /// Types with their attributes.
    mutating func types(_ types: [(name: String, attributes: [(name: String, type: String)])]) {
        beginArray()
        for type in types {
            beginObject()
            name("name")
            string(type.name)
            name("attributes")
            beginArray()
            for attribute in type.attributes {
                beginObject()
                name("name")
                string(attribute.name)
                name("type")
                string(attribute.type)
                endObject()
            }
            endArray()
            endObject()
        }
        endArray()
    }
}
