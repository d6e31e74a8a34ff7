/// A JSON value about to be written.
indirect enum WireValue: Equatable {
    case text(String)
    case whole(Int64)
    case flag(Bool)
    case list([WireValue])
    case object([(name: String, value: WireValue)])

    static func == (left: WireValue, right: WireValue) -> Bool {
        var first = JSONWriter()
        first.value(left)
        var second = JSONWriter()
        second.value(right)
        return first.bytes == second.bytes
    }
}

extension JSONWriter {
    mutating func value(_ value: WireValue) {
        switch value {
        case .text(let text): string(text)
        case .whole(let whole): integer(whole)
        case .flag(let flag): bool(flag)
        case .list(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                name(member.name)
                self.value(member.value)
            }
            endObject()
        }
    }
}
