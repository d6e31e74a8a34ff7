package import ClaimsDomain

/// The JSON Schema (2020-12) of an event type: of the whole line, as any JSON tool reads it.
///
/// Driven by `Attribute` and `EventSchema`. It says what JSON Schema can say; the reader checks
/// more (limits in bytes, calendar dates, the order of the two times and of lines). Unknown
/// extension attributes and unknown members of `data` are allowed, as the reader allows them.
package enum JSONSchema {
    static let dialect = "https://json-schema.org/draft/2020-12/schema"

    /// The schema as text: two spaces a level, LF at the end, the same bytes each time.
    package static func text(for kind: EventKind) -> String { schema(of: kind).pretty + "\n" }

    static func schema(of kind: EventKind) -> WireValue {
        let attributes = Attribute.allCases
        return .object([
            ("$schema", .text(dialect)), ("title", .text(kind.rawValue)),
            ("description", .text(kind.sentence)), ("type", .text("object")),
            ("required", names(attributes.filter(\.isRequired).map(\.rawValue))),
            (
                "properties",
                .object(attributes.map { ($0.rawValue, property(of: $0, kind)) })
            ),
            ("$defs", definitions(of: kind)),
        ])
    }

    private static func names(_ names: [String]) -> WireValue { .list(names.map(WireValue.text)) }

    // MARK: - Attributes

    private static func property(of attribute: Attribute, _ kind: EventKind) -> WireValue {
        let form: [(name: String, value: WireValue)]
        switch attribute {
        case .specversion: form = [("const", .text(Attribute.specVersion))]
        case .type: form = [("const", .text(kind.rawValue))]
        case .source: form = string(pattern: sourcePattern(of: kind))
        case .time, .recordedtime: form = reference(to: .instant)
        case .sequence: form = string(pattern: sequencePattern)
        case .authtype: form = [("enum", names(Actor.Kind.allCases.map(\.rawValue)))]
        case .id, .subject, .authid, .correlationid, .causationid:
            form = reference(to: .identifier)
        case .data: form = data(of: kind)
        }
        return .object([("description", .text(attribute.summary))] + form)
    }

    /// One or more characters of a URI path segment, each escape whole.
    private static let segment = "([^/%]|%[0-9A-Fa-f]{2})+"

    private static func sourcePattern(of kind: EventKind) -> String {
        let partner = "/partners/" + segment
        return "/programs/" + segment + (kind.sourceNamesPartner ? partner : "(\(partner))?") + "$"
    }

    /// Twelve digits, more only where twelve do not suffice; not zero.
    private static let sequencePattern =
        "^(?!0+$)([0-9]{\(Attribute.sequenceDigits)}"
        + "|[1-9][0-9]{\(Attribute.sequenceDigits),17})$"

    private static func data(of kind: EventKind) -> [(name: String, value: WireValue)] {
        let form = object(EventSchema.fields(of: kind))
        guard kind == .claimAmended else { return form }
        return form + [
            (
                "dependentRequired",
                .object([
                    ("amountMinor", names(["currency"])), ("currency", names(["amountMinor"])),
                ])
            )
        ]
    }

    // MARK: - Fields

    private static func object(_ fields: [Field]) -> [(name: String, value: WireValue)] {
        let required = fields.filter(\.isRequired).map(\.name)
        let properties = fields.map { field in
            (
                field.name,
                WireValue.object([("description", .text(field.summary))] + form(of: field.type))
            )
        }
        return [("type", .text("object"))]
            + (required.isEmpty ? [] : [("required", names(required))])
            + [("properties", .object(properties))]
    }

    private static func form(of type: FieldType) -> [(name: String, value: WireValue)] {
        switch type {
        case .flag: [("type", .text("boolean"))]
        case .upTo(let limit): Definition.integer(from: 0, to: limit)
        case .choice(let words): [("enum", names(words))]
        case .object(let fields): object(fields)
        case .list(let element, let atLeast):
            [("type", .text("array"))]
                + (atLeast > 0 ? [("minItems", .whole(Int64(atLeast)))] : [])
                + [("items", .object(form(of: element)))]
        case .text, .identifier, .amount, .signedAmount, .count, .currency, .day, .instant, .sha256,
            .decimal:
            Definition(type).map(reference) ?? []
        }
    }

    private static func reference(
        to definition: Definition
    ) -> [(name: String, value: WireValue)] {
        [("$ref", .text("#/$defs/\(definition.rawValue)"))]
    }

    static func string(pattern: String) -> [(name: String, value: WireValue)] {
        [("type", .text("string")), ("pattern", .text(pattern))]
    }

    // MARK: - Definitions

    /// The definitions a type uses, in their order.
    private static func definitions(of kind: EventKind) -> WireValue {
        let used =
            [.identifier, .instant]
            + EventSchema.fields(of: kind).flatMap { Definition.used(by: $0.type) }
        return .object(
            Definition.allCases.filter(used.contains).map {
                ($0.rawValue, WireValue.object($0.form))
            })
    }
}
