import ClaimsCodec
import ClaimsDomain

// Templates and the fields of events: checked against the schema table when the mapping is read,
// so that a slip in it is told once and not for every event of a log.
extension XESMappingReader {
    /// A template: a text, or an object with `value` and `table`, `otherwise` or both.
    func template(_ node: JSONNode, _ name: String) throws(XESFault) -> XESTemplate {
        var value = node
        var table: [String: String]?
        var otherwise: String?
        if case .object = node.value {
            try check(
                node, owner: "'\(name)'", required: ["value"], optional: ["table", "otherwise"])
            value = node["value"] ?? node
            if let rows = node["table"] {
                var entries: [String: String] = [:]
                for row in try members(rows) { entries[row.name] = try word(row.node, row.name) }
                table = entries
            }
            if let rest = node["otherwise"] { otherwise = try word(rest, "otherwise") }
        }
        guard let parts = XESTemplate.parts(of: try word(value, name)) else {
            throw unexpected(value, name, "each '${' closed as in '${concept:name}'")
        }
        return XESTemplate(parts: parts, table: table, otherwise: otherwise)
    }

    /// The fields of an event as the mapping gives them; those it needs must be given or follow
    /// from the claim.
    func fields(
        _ node: JSONNode?, of kind: EventKind, at offset: Int
    ) throws(XESFault) -> [FieldTemplate.Member] {
        let schema = EventSchema.fields(of: kind).filter { $0.name != "role" }
        var given: [FieldTemplate.Member] = []
        if let node {
            given = try members(node, schema, owner: "the data of '\(kind.rawValue)'")
        }
        let followed = XESDefaults.names(of: kind)
        for field in schema
        where field.isRequired && !followed.contains(field.name)
            && !given.contains(where: { $0.name == field.name })
        {
            throw fault(
                .mappingNeeds(field.mappingName, owner: "the data of '\(kind.rawValue)'"),
                at: node?.offset ?? offset)
        }
        return given
    }

    private func members(
        _ node: JSONNode, _ schema: [Field], owner: String
    ) throws(XESFault) -> [FieldTemplate.Member] {
        try check(node, owner: owner, required: [], optional: schema.map(\.mappingName))
        var found: [FieldTemplate.Member] = []
        for field in schema {
            guard let value = node[field.mappingName] else { continue }
            found.append(
                FieldTemplate.Member(
                    name: field.name, isRequired: field.isRequired,
                    value: try fieldValue(value, field.type, name: field.mappingName)))
        }
        return found
    }

    private func fieldValue(
        _ node: JSONNode, _ type: FieldType, name: String
    ) throws(XESFault) -> FieldTemplate {
        switch type {
        case .object(let schema):
            let given = try members(node, schema, owner: "'\(name)'")
            for field in schema
            where field.isRequired && field.name != "currency"
                && !given.contains(where: { $0.name == field.name })
            {
                throw fault(
                    .mappingNeeds(field.mappingName, owner: "'\(name)'"), at: node.offset)
            }
            return .object(given)
        case .list(let element, let atLeast):
            let nodes = try elements(node, name: name)
            guard nodes.count >= atLeast else {
                throw fault(
                    .mappingValue(name, found: "an empty array", expected: type.expectation),
                    at: node.offset)
            }
            var values: [FieldTemplate] = []
            for node in nodes { values.append(try fieldValue(node, element, name: name)) }
            return .list(values)
        case .flag: return .value(try constantOrTemplate(node, type, name), .flag)
        case .count, .upTo: return .value(try constantOrTemplate(node, type, name), .whole)
        case .day: return .value(try constantOrTemplate(node, type, name), .day)
        case .amount, .signedAmount: return .value(try template(node, name), .amount)
        case .text, .identifier, .currency, .instant, .sha256, .decimal, .choice:
            return .value(try constantOrTemplate(node, type, name), .text)
        }
    }

    /// A template; one without references has to be a value of the type itself.
    private func constantOrTemplate(
        _ node: JSONNode, _ type: FieldType, _ name: String
    ) throws(XESFault) -> XESTemplate {
        switch (node.value, type) {
        case (.bool(let flag), .flag): return XESTemplate(parts: [.literal("\(flag)")])
        case (.number(let digits), .count) where Int64(digits) != nil:
            return XESTemplate(parts: [.literal(digits)])
        default: break
        }
        let template = try template(node, name)
        guard let text = template.constant else { return template }
        let fits =
            switch type {
            case .choice(let words): words.contains(text)
            case .currency: Currency(code: text) != nil
            case .day: Day(text) != nil
            case .flag: text == "true" || text == "false"
            case .count: Int64(text) != nil
            case .identifier: !text.isEmpty
            default: true
            }
        guard fits else { throw unexpected(node, name, type.expectation) }
        return template
    }
}

extension XESTemplate {
    /// The text when there is no reference in it and no table behind it.
    var constant: String? {
        guard table == nil, parts.count == 1, case .literal(let text) = parts[0] else { return nil }
        return text
    }
}

extension Field {
    /// The name in a mapping: amounts are decimals there, so `amountMinor` is called `amount`.
    var mappingName: String {
        switch type {
        case .amount, .signedAmount:
            name.hasSuffix("Minor") ? String(name.dropLast("Minor".count)) : name
        default: name
        }
    }
}

/// The fields of `data` that follow from the claim where the mapping does not give them.
enum XESDefaults {
    /// By their names on the wire.
    static func names(of kind: EventKind) -> [String] {
        EventSchema.fields(of: kind).filter(\.isRequired).map(\.name).filter {
            switch $0 {
            case "amountMinor", "currency", "activityDate", "paidOn", "earnedOn": true
            case "period", "activity": kind == .claimCreated
            default: false
            }
        }
    }
}
