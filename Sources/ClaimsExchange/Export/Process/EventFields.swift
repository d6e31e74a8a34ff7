import ClaimsCodec
import ClaimsDomain

/// What an event's data says, member by member, as process-mining tools take it.
///
/// A member of an object or list is called by its path, `invoice/number` or `items[1]/kind`; an
/// amount is a decimal under its name without `Minor`. Those are the names that a mapping for
/// `import xes` has too. Members of foreign producers are left to the log.
struct EventFields {
    /// One value by its path.
    struct Entry {
        let key: String
        let type: XESType
        let text: String
    }

    private(set) var entries: [Entry] = []
    private let claimCurrency: Currency?

    /// The members of `data` that the schema of an event type knows; `claimCurrency` is that of
    /// amounts which name none.
    init(
        _ line: ScannedLine, of kind: EventKind, in bytes: Span<UInt8>, claimCurrency: Currency?
    ) throws(JSONProblem) {
        self.claimCurrency = claimCurrency
        guard let slice = line[.data] else { return }
        let data = try JSONNode(slice, in: bytes)
        add(data, EventSchema.fields(of: kind).filter { $0.name != "role" }, prefix: "")
    }

    private mutating func add(_ node: JSONNode, _ fields: [Field], prefix: String) {
        var currency = claimCurrency
        if case .string(let code)? = node["currency"]?.value {
            currency = Currency(code: code) ?? currency
        }
        for field in fields {
            guard let member = node[field.name] else { continue }
            add(member, field.type, key: prefix + field.mappingName, name: field.name, currency)
        }
    }

    private mutating func add(
        _ node: JSONNode, _ type: FieldType, key: String, name: String, _ currency: Currency?
    ) {
        switch (type, node.value) {
        case (.object(let fields), _): add(node, fields, prefix: "\(key)/")
        case (.list(let element, _), .array(let nodes)):
            for (index, node) in nodes.enumerated() {
                add(node, element, key: "\(key)[\(index + 1)]", name: name, currency)
            }
        case (.amount, .number(let digits)), (.signedAmount, .number(let digits)):
            guard let currency, let units = Int64(digits) else { return }
            let amount = Money(minorUnits: units, currency: currency).decimal
            entries.append(Entry(key: key, type: .float, text: amount))
        case (_, .number(let digits)):
            entries.append(Entry(key: key, type: .int, text: digits))
        case (_, .bool(let flag)):
            entries.append(Entry(key: key, type: .boolean, text: "\(flag)"))
        case (_, .string(let text)):
            entries.append(Entry(key: key, type: .string, text: text))
        case (_, .null), (_, .object), (_, .array): break
        }
    }
}
