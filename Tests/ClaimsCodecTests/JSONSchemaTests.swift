import ClaimsDomain
import Foundation
import Testing

@testable import ClaimsCodec

/// The published schemas and the catalogue are what the schema table says, and the lines fit them.
@Suite struct JSONSchemaTests {
    private static let folder = Golden.events.appending(path: "schema")

    @Test("the published schema is the table's", arguments: EventKind.allCases)
    func published(kind: EventKind) throws {
        try Golden.check(
            JSONSchema.text(for: kind), Self.folder.appending(path: "\(kind.rawValue).json"))
    }

    @Test("there is a schema for each type and none besides")
    func files() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(names.sorted() == EventKind.allCases.map { "\($0.rawValue).json" }.sorted())
    }

    @Test("the catalogue is the table's")
    func catalogue() throws {
        try Golden.check(EventCatalogue.markdown, Golden.events.appending(path: "README.md"))
    }

    @Test("each sample of the catalogue is an event of its type", arguments: EventKind.allCases)
    func sample(kind: EventKind) throws {
        let event = EventCatalogue.sample(kind)
        #expect(event.kind == kind)
        #expect(try read(line(event)) == event)
        #expect(EventCatalogue.markdown.contains("```json\n\(line(event))\n```"))
    }

    @Test("types, attributes and fields have their words", arguments: EventKind.allCases)
    func words(kind: EventKind) {
        #expect(kind.sentence.hasSuffix("."))
        #expect(Attribute.allCases.allSatisfy { !$0.summary.isEmpty })
        #expect(Set(EventKind.allCases.map(\.sentence)).count == EventKind.allCases.count)
        #expect(EventSchema.fields(of: kind).allSatisfy { !$0.summary.isEmpty })
    }

    @Test("every frozen line has what its schema requires", arguments: EventKind.allCases)
    func frozen(kind: EventKind) throws {
        let schema = try Self.tree(JSONSchema.text(for: kind))
        for text in try FrozenLineTests.lines(kind) {
            #expect(Self.breaches(of: schema, by: try Self.tree(text), in: schema) == [])
        }
    }

    @Test("a line that lacks something, or has another type, breaks its schema")
    func broken() throws {
        let schema = try Self.tree(JSONSchema.text(for: .claimSubmitted))
        let cases = [
            ("\"id\":\"e-1\",", "", "id is missing"), ("\"1.0\"", "\"1.1\"", "specversion"),
            ("claim.submitted", "claim.approved", "type"),
            ("\"amountMinor\":600000,", "", "data.amountMinor is missing"),
            ("600000", "-1", "data.amountMinor"),
            ("600000", "9007199254740992", "data.amountMinor"),
            ("600000", "\"1\"", "data.amountMinor"), ("\"USD\"", "\"USX\"", "data.currency"),
            ("\"user\"", "\"person\"", "authtype"),
            ("\"000000000001\"", "\"1\"", "sequence"),
            ("\"000000000001\"", "\"000000000000\"", "sequence"),
            ("09:15:00Z", "09:15:00", "time"), ("/partners/q", "", "source"),
            ("\"C-1\"", "\"\"", "subject"),
        ]
        for (from, to, breach) in cases {
            let line = try Self.tree(plainLine.replacing(from, by: to))
            #expect(Self.breaches(of: schema, by: line, in: schema) == [breach])
        }
        #expect(Self.breaches(of: schema, by: try Self.tree(plainLine), in: schema) == [])
    }

    private static func tree(_ text: String) throws -> JSONNode {
        let bytes = [UInt8](text)
        return try JSONNode(parsing: bytes.span)
    }

    /// The paths at which a value breaks a schema, by the keywords these schemas use.
    private static func breaches(
        of schema: JSONNode, by node: JSONNode, in root: JSONNode, at path: String = ""
    ) -> [String] {
        if let reference = try? schema.text("$ref"),
            let defined = root["$defs"]?[
                String(reference.dropFirst("#/$defs/".count))]
        {
            return breaches(of: defined, by: node, in: root, at: path)
        }
        guard fits(node, schema) else { return [path] }
        let owner = path.isEmpty ? "" : path + "."
        let required = (try? schema.elements("required")) ?? []
        var found = required.compactMap { try? $0.asText() }.filter { node[$0] == nil }
            .map { "\(owner)\($0) is missing" }
        if case .object(let properties)? = schema["properties"]?.value {
            for property in properties {
                guard let value = node[property.name] else { continue }
                found += breaches(of: property.node, by: value, in: root, at: owner + property.name)
            }
        }
        if let items = schema["items"], case .array(let elements) = node.value {
            found += elements.flatMap { breaches(of: items, by: $0, in: root, at: path + "[]") }
        }
        return found
    }

    private static func fits(_ node: JSONNode, _ schema: JSONNode) -> Bool {
        if let constant = schema["const"], constant.value != node.value { return false }
        if case .array(let words)? = schema["enum"]?.value,
            !words.contains(where: { $0.value == node.value })
        {
            return false
        }
        switch (try? schema.text("type"), node.value) {
        case ("string", .string(let text)):
            let pattern = (try? schema.text("pattern")) ?? ""
            guard let expression = try? Regex(pattern) else { return false }
            return text.contains(expression)
                && text.count >= ((try? schema.whole("minLength")) ?? 0)
        case ("integer", .number(let text)):
            guard let value = Int64(text), let least = try? schema.whole("minimum"),
                let most = try? schema.whole("maximum")
            else { return false }
            return (least...most).contains(value)
        case ("array", .array(let elements)):
            return elements.count >= ((try? schema.whole("minItems")) ?? 0)
        case ("boolean", .bool), ("object", .object), (nil, _): return true
        default: return false
        }
    }
}
