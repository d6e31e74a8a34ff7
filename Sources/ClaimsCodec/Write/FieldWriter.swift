import ClaimsDomain

/// Writes the members of an object in the order of its schema.
///
/// Each value takes the next field of the table: names and their order stand there only. What is
/// nil is left out.
///
/// No copy of it can be made: two values over one buffer would copy the buffer at every line.
struct FieldWriter: ~Copyable {
    /// What stands around the fields.
    var json: JSONWriter
    private var fields: [Field] = []
    private var next = 0

    /// Writes behind what is in `bytes`, which come back with `finish`.
    init(behind bytes: consuming [UInt8]) { json = JSONWriter(behind: bytes) }

    /// Gives the buffer back.
    consuming func finish() -> [UInt8] { json.finish() }

    /// Begins with the first field of a table.
    mutating func begin(_ fields: [Field]) {
        self.fields = fields
        next = 0
    }

    /// Ends the fields: each must have been given a value or nil.
    func end() {
        assert(next == fields.count, "\(fields.count - next) fields were not written")
    }

    mutating func text(_ text: String?) {
        guard name(text != nil), let text else { return }
        json.string(text)
    }

    mutating func flag(_ flag: Bool?) {
        guard name(flag != nil), let flag else { return }
        json.bool(flag)
    }

    mutating func whole(_ whole: Int64?) {
        guard name(whole != nil), let whole else { return }
        json.integer(whole)
    }

    mutating func day(_ day: Day?) {
        guard name(day != nil), let day else { return }
        json.plainString { day.append(to: &$0) }
    }

    mutating func instant(_ instant: Instant?) {
        guard name(instant != nil), let instant else { return }
        json.plainString { instant.append(to: &$0) }
    }

    /// Takes two fields: the minor units and the currency.
    mutating func money(_ money: Money?) {
        whole(money?.minorUnits)
        text(money?.currency.code)
    }

    mutating func texts(_ texts: [String]?) {
        guard name(texts != nil), let texts else { return }
        json.beginArray()
        for text in texts { json.string(text) }
        json.endArray()
    }

    /// An object whose fields the schema lists.
    mutating func object<Value>(_ value: Value?, _ body: (Value, inout FieldWriter) -> Void) {
        guard let value else { return skip() }
        guard case .object(let members) = fields[next].type else { return missing("an object") }
        _ = name(true)
        nested(members, value, body)
    }

    /// A list of objects whose fields the schema lists.
    mutating func objects<Value>(_ values: [Value]?, _ body: (Value, inout FieldWriter) -> Void) {
        guard let values else { return skip() }
        guard case .list(.object(let members), _) = fields[next].type else {
            return missing("a list of objects")
        }
        _ = name(true)
        json.beginArray()
        for value in values { nested(members, value, body) }
        json.endArray()
    }

    /// Leaves the next field out.
    mutating func skip() { next += 1 }

    private mutating func nested<Value>(
        _ members: [Field], _ value: Value, _ body: (Value, inout FieldWriter) -> Void
    ) {
        let (outer, place) = (fields, next)
        (fields, next) = (members, 0)
        json.beginObject()
        body(value, &self)
        json.endObject()
        end()
        (fields, next) = (outer, place)
    }

    /// Writes the next field's name if there is a value for it.
    private mutating func name(_ isPresent: Bool) -> Bool {
        if isPresent { json.preparedName(fields[next].prepared) }
        next += 1
        return isPresent
    }

    private func missing(_ form: String) {
        preconditionFailure("the schema has no \(form) in place of '\(fields[next].name)'")
    }
}
