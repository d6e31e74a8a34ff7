import ClaimsCodec
package import ClaimsDomain

extension XESMapping {
    /// Reads a mapping from its JSON text.
    ///
    /// `zone` gives the start of a day in a named zone, for the programs inside; `file` names the
    /// mapping in errors.
    ///
    /// Throws at the first value that does not fit; a member that nobody reads is one.
    package init(
        _ text: [UInt8], file: String, zone: @escaping (Day, String) -> Instant?
    ) throws(XESFault) {
        self = try XESMappingReader(text: text, file: file).mapping(zone: zone)
    }
}

/// Reads the parts of a mapping, each with its place for errors.
struct XESMappingReader {
    private let text: [UInt8]
    private let file: String

    /// A reader of a text.
    init(text: [UInt8], file: String) {
        self.text = text
        self.file = file
    }

    /// The whole mapping.
    func mapping(zone: @escaping (Day, String) -> Instant?) throws(XESFault) -> XESMapping {
        let root: JSONNode
        do throws(JSONProblem) {
            root = try JSONNode(parsing: text.span)
        } catch {
            throw fault(.mapping(error), at: error.offset)
        }
        try check(
            root, owner: "the mapping", required: ["claim", "event", "activities"],
            optional: ["note", "globalDefaults", "programs", "otherwise"])
        var programs: [Program] = []
        for node in try elements(root["programs"], name: "programs") {
            programs.append(try program(node, zone: zone))
        }
        var outcomes: [String: XESMapping.Outcome] = [:]
        for member in try members(try required("activities", of: root)) {
            outcomes[member.name] = try outcome(member.node, activity: member.name)
        }
        var otherwise: String?
        if let node = root["otherwise"] { otherwise = try ignored(node, owner: "'otherwise'") }
        return XESMapping(
            usesGlobalDefaults: try root["globalDefaults"].map(flag) ?? true, programs: programs,
            claim: try claim(try required("claim", of: root)),
            event: try event(try required("event", of: root)), activities: outcomes,
            otherwise: otherwise)
    }

    private func program(
        _ node: JSONNode, zone: @escaping (Day, String) -> Instant?
    ) throws(XESFault) -> Program {
        var scanner = JSONScanner(at: node.offset)
        do throws(LineProblem) {
            let range: Range<Int>
            do throws(JSONProblem) {
                range = try scanner.value(text.span).rawRange
            } catch {
                throw LineProblem(.json(error.kind), at: error.offset - node.offset)
            }
            return try ProgramText.program(text.span.extracting(range), zone: zone)
        } catch {
            throw fault(
                .mapping(JSONProblem(.described(error.what), at: error.offset)),
                at: node.offset + error.offset)
        }
    }

    private func claim(_ node: JSONNode) throws(XESFault) -> XESMapping.ClaimFields {
        try check(
            node, owner: "'claim'",
            required: ["id", "program", "partner", "activity", "amount", "currency"],
            optional: ["rounding", "period", "activityDate", "title", "location"])
        var rounding = Rounding.halfUp
        if let name = node["rounding"] {
            guard case .string(let word) = name.value, let known = Rounding(rawValue: word) else {
                throw unexpected(name, "rounding", FieldType.choice(Self.roundings).expectation)
            }
            rounding = known
        }
        let currency = try template("currency", of: node)
        if let code = currency.constant, Currency(code: code) == nil, let node = node["currency"] {
            throw unexpected(node, "currency", FieldType.currency.expectation)
        }
        return XESMapping.ClaimFields(
            id: try template("id", of: node), program: try template("program", of: node),
            partner: try template("partner", of: node),
            period: try optional("period", of: node),
            activity: try template("activity", of: node),
            amount: try template("amount", of: node), currency: currency, rounding: rounding,
            activityDate: try optional("activityDate", of: node),
            title: try optional("title", of: node), location: try optional("location", of: node))
    }

    private static let roundings = Rounding.allCases.map(\.rawValue)

    private func event(_ node: JSONNode) throws(XESFault) -> XESMapping.EventFields {
        try check(
            node, owner: "'event'", required: ["actor"],
            optional: ["activity", "time", "actorKind", "role"])
        return XESMapping.EventFields(
            activity: try optional("activity", of: node)
                ?? XESTemplate(parts: [.reference(.event, key: "concept:name")]),
            time: try optional("time", of: node)
                ?? XESTemplate(parts: [.reference(.event, key: "time:timestamp")]),
            actor: try template("actor", of: node),
            actorKind: try optional("actorKind", of: node)
                ?? XESTemplate(parts: [.literal(Actor.Kind.user.rawValue)]),
            role: try optional("role", of: node))
    }

    private func outcome(
        _ node: JSONNode, activity: String
    ) throws(XESFault) -> XESMapping.Outcome {
        guard case .array(let elements) = node.value else {
            return .ignored(reason: try ignored(node, owner: "activity '\(activity)'"))
        }
        guard !elements.isEmpty else {
            throw fault(
                .mappingValue(
                    activity, found: "an empty array",
                    expected: "at least one event, or {\"ignore\": \"why\"}"), at: node.offset)
        }
        var steps: [XESMapping.Step] = []
        for element in elements { steps.append(try step(element)) }
        return .steps(steps)
    }

    private func ignored(_ node: JSONNode, owner: String) throws(XESFault) -> String {
        guard case .object = node.value else {
            throw fault(
                .mapping(node.problem("an array of events, or {\"ignore\": \"why\"}")),
                at: node.offset)
        }
        try check(node, owner: owner, required: ["ignore"], optional: [])
        return try word(try required("ignore", of: node), "ignore")
    }

    private func step(_ node: JSONNode) throws(XESFault) -> XESMapping.Step {
        try check(node, owner: "an event", required: ["type"], optional: ["when", "fields"])
        let type = try required("type", of: node)
        let name = try word(type, "type")
        guard let kind = EventKind(rawValue: name), Self.kinds.contains(name) else {
            let nearest = NearestName.suggestion(for: name, among: Self.kinds)
            throw unexpected(
                type, "type",
                "an event type that an import may write"
                    + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
        }
        var condition = XESMapping.Condition.always
        if let when = node["when"] {
            guard let known = XESMapping.Condition(rawValue: try word(when, "when")) else {
                let words = XESMapping.Condition.allCases.map(\.rawValue)
                throw unexpected(when, "when", FieldType.choice(words).expectation)
            }
            condition = known
        }
        return XESMapping.Step(
            kind: kind, condition: condition,
            fields: try fields(node["fields"], of: kind, at: node.offset))
    }

    /// A log publishes no rules and closes no books: only what happened is imported.
    private static let kinds = EventKind.allCases
        .filter { $0 != .programPublished && $0 != .periodClosed }.map(\.rawValue)
}

// MARK: - Values with their place

extension XESMappingReader {
    /// A problem at a byte of the mapping.
    func fault(_ problem: XESFault.Problem, at offset: Int) -> XESFault {
        XESFault(file: file, problem: problem, at: offset, of: text)
    }

    /// A value instead of what was expected of a member.
    func unexpected(_ node: JSONNode, _ name: String, _ expected: String) -> XESFault {
        fault(.mappingValue(name, found: node.formName, expected: expected), at: node.offset)
    }

    /// Whether an object has what it must and nothing that nobody reads.
    func check(
        _ node: JSONNode, owner: String, required: [String], optional: [String]
    ) throws(XESFault) {
        let known = required + optional
        for member in try members(node) where !known.contains(member.name) {
            let nearest = NearestName.suggestion(for: member.name, among: known)
            throw fault(
                .mappingMember(member.name, owner: owner, nearest: nearest), at: member.node.offset)
        }
        for name in required where node[name] == nil {
            throw fault(.mappingNeeds(name, owner: owner), at: node.offset)
        }
    }

    /// The members of what has to be an object.
    func members(_ node: JSONNode) throws(XESFault) -> [JSONNode.Member] {
        guard case .object(let members) = node.value else {
            throw fault(.mapping(node.problem("an object")), at: node.offset)
        }
        return members
    }

    /// The elements of what has to be an array; none where there is no such member.
    func elements(_ node: JSONNode?, name: String) throws(XESFault) -> [JSONNode] {
        guard let node else { return [] }
        guard case .array(let elements) = node.value else {
            throw unexpected(node, name, "an array")
        }
        return elements
    }

    /// The text of what has to be a string.
    func word(_ node: JSONNode, _ name: String) throws(XESFault) -> String {
        guard case .string(let text) = node.value else { throw unexpected(node, name, "a string") }
        return text
    }

    private func flag(_ node: JSONNode) throws(XESFault) -> Bool {
        guard case .bool(let flag) = node.value else {
            throw unexpected(node, "globalDefaults", FieldType.flag.expectation)
        }
        return flag
    }

    private func required(_ name: String, of node: JSONNode) throws(XESFault) -> JSONNode {
        guard let member = node[name] else {
            throw fault(.mappingNeeds(name, owner: "the mapping"), at: node.offset)
        }
        return member
    }

    private func template(_ name: String, of node: JSONNode) throws(XESFault) -> XESTemplate {
        try template(try required(name, of: node), name)
    }

    private func optional(_ name: String, of node: JSONNode) throws(XESFault) -> XESTemplate? {
        guard let member = node[name] else { return nil }
        return try template(member, name)
    }
}
