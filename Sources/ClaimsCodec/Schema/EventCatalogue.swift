import ClaimsDomain

/// The catalogue of events: what the page beside the sample ledger says.
///
/// Driven by `Attribute` and `EventSchema`, as the reader is; sample lines are those of `sample`.
package enum EventCatalogue {
    /// The whole page as Markdown, LF at the end, the same bytes each time.
    package static var markdown: String {
        let parts = [introduction, envelope, values, contents] + groups.map(section)
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static let groups: [(title: String, kinds: [EventKind])] = [
        ("Programs and partners", of([.program, .partner])),
        ("Funds", of([.period])), ("Claims", of([.claim])), ("Associations", of([.association])),
    ]

    private static func of(_ subjects: [EventKind.SubjectKind]) -> [EventKind] {
        EventKind.allCases.filter { subjects.contains($0.subjectKind) }
    }

    // MARK: - Tables

    private static var envelope: String {
        let rows = Attribute.allCases.map { attribute in
            [
                code(attribute.rawValue), form(of: attribute), yes(attribute.isRequired),
                attribute.summary,
            ]
        }
        return """
            ## Attributes

            \(table(["attribute", "value", "required", "meaning"], rows))

            \(attributeNotes)
            """
    }

    private static func form(of attribute: Attribute) -> String {
        switch attribute {
        case .specversion: code("\"\(Attribute.specVersion)\"")
        case .id, .subject, .authid, .correlationid, .causationid: FieldType.identifier.shortName
        case .source:
            code("/programs/PROGRAM") + " or " + code("/programs/PROGRAM/partners/PARTNER")
        case .type: "one of the types below"
        case .time, .recordedtime: FieldType.instant.shortName
        case .sequence: "\(Attribute.sequenceDigits) digits in a string"
        case .authtype: FieldType.choice(Actor.Kind.allCases.map(\.rawValue)).shortName
        case .data: "object"
        }
    }

    private static var values: String {
        let types: [FieldType] = [
            .identifier, .note, .amount, .signedAmount, .count, .currency, .day, .instant, .flag,
            .sha256, .decimal,
        ]
        return """
            ## Values

            \(table(["value", "written as"], types.map { [$0.shortName, $0.expectation] }))

            \(valueNotes)
            """
    }

    private static var contents: String {
        let lines = groups.map { group in
            let links = group.kinds.map { kind in
                let anchor = kind.rawValue.filter { $0 != "." }
                return "[\(kind.rawValue)](#\(anchor))"
            }
            return "- \(group.title): \(links.joined(separator: ", "))"
        }
        return "## Types\n\n" + lines.joined(separator: "\n")
    }

    private static func section(_ group: (title: String, kinds: [EventKind])) -> String {
        (["## \(group.title)"] + group.kinds.map(section)).joined(separator: "\n\n")
    }

    private static func section(of kind: EventKind) -> String {
        let rows = rows(of: EventSchema.fields(of: kind), inside: "")
        let line = String(decoding: EventWriter.line(sample(kind)), as: UTF8.self)
        return """
            ### \(kind.rawValue)

            \(kind.sentence) Its subject is the \(kind.subjectKind.rawValue), its source names the \
            program\(kind.sourceNamesPartner ? " and the partner" : ""). \
            [JSON Schema](schema/\(kind.rawValue).json)

            \(table(["field", "value", "required", "meaning"], rows))

            ```json
            \(line)
            ```
            """
    }

    /// A row a field, what is inside an object below it with the path as its name.
    private static func rows(of fields: [Field], inside owner: String) -> [[String]] {
        fields.flatMap { field in
            let name = owner + field.name
            let row = [code(name), field.type.shortName, yes(field.isRequired), field.summary]
            return [row] + rows(inside: field.type, name)
        }
    }

    private static func rows(inside type: FieldType, _ name: String) -> [[String]] {
        switch type {
        case .object(let fields): rows(of: fields, inside: name + ".")
        case .list(let element, _): rows(inside: element, name + "[]")
        case .text, .identifier, .amount, .signedAmount, .count, .upTo, .currency, .day, .instant,
            .flag, .sha256, .decimal, .choice:
            []
        }
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        let lines = [header, header.map { _ in "---" }] + rows
        return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    private static func code(_ text: String) -> String { "`\(text)`" }

    private static func yes(_ flag: Bool) -> String { flag ? "yes" : "no" }
}

extension FieldType {
    /// The name of the form of value in the catalogue; choices are spelled out.
    var shortName: String {
        switch self {
        case .text: "text"
        case .identifier: "id"
        case .amount: "amount"
        case .signedAmount: "signed amount"
        case .count: "count"
        case .upTo(let limit): "count up to \(limit)"
        case .currency: "currency"
        case .day: "date"
        case .instant: "time"
        case .flag: "flag"
        case .sha256: "hash"
        case .decimal: "decimal"
        case .choice(let words): words.map { "`\"\($0)\"`" }.joined(separator: ", ")
        case .object: "object"
        case .list(let element, let atLeast):
            "list of " + element.plural + (atLeast > 0 ? ", at least \(atLeast)" : "")
        }
    }

    private var plural: String {
        switch self {
        case .currency: "currencies"
        case .text: "texts"
        case .identifier, .amount, .signedAmount, .count, .day, .instant, .flag, .sha256, .decimal,
            .object, .list:
            shortName + "s"
        case .choice, .upTo: shortName
        }
    }
}
