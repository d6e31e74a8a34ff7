/// A JSON value as a tree, for what is rare and nested: program files, mappings, items.
package struct JSONNode: Equatable, Sendable {
    /// The value; members keep their order, numbers their text.
    package indirect enum Value: Equatable, Sendable {
        case object([Member])
        case array([JSONNode])
        case string(String)
        case number(String)
        case bool(Bool)
        case null
    }

    /// One member of an object.
    package struct Member: Equatable, Sendable {
        package let name: String
        package let node: JSONNode
    }

    package let value: Value
    /// The byte of the text at which the value starts, from 0.
    package let offset: Int

    /// Parses a whole text.
    ///
    /// O(bytes).
    package init(parsing bytes: Span<UInt8>) throws(JSONProblem) {
        var scanner = JSONScanner()
        let slice = try scanner.value(bytes)
        try scanner.end(bytes)
        self = try JSONNode(slice, in: bytes)
    }

    /// Builds the tree of a slice the scanner has already found to be valid.
    package init(_ slice: JSONSlice, in bytes: Span<UInt8>) throws(JSONProblem) {
        offset = slice.rawRange.lowerBound
        switch slice.form {
        case .plainString, .escapedString: value = .string(slice.string(in: bytes))
        case .number: value = .number(String(decoding: bytes, slice.start..<slice.end))
        case .yes: value = .bool(true)
        case .no: value = .bool(false)
        case .null: value = .null
        case .array:
            var scanner = JSONScanner(at: slice.start + 1)
            var elements: [JSONNode] = []
            while try scanner.peek(bytes, expecting: "']'") != UInt8(ascii: "]") {
                elements.append(try JSONNode(try scanner.value(bytes), in: bytes))
                _ = try scanner.takeIf(UInt8(ascii: ","), bytes)
            }
            value = .array(elements)
        case .object:
            var scanner = JSONScanner(at: slice.start)
            var members: [Member] = []
            try scanner.members(bytes) { (scanner, name) throws(JSONProblem) in
                let slice = try scanner.value(bytes)
                members.append(
                    Member(
                        name: name.string(in: bytes), node: try JSONNode(slice, in: bytes)))
            }
            value = .object(members)
        }
    }

    /// The member of a name; nil when this is no object or has none.
    package subscript(name: String) -> JSONNode? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.name == name }?.node
    }

    /// What it is, in words, with the value where it is short.
    package var formName: String {
        switch value {
        case .object: "an object"
        case .array: "an array"
        case .string(let text): "'\(text)'"
        case .number(let text): "the number \(text)"
        case .bool(let flag): flag ? "true" : "false"
        case .null: "null"
        }
    }
}

extension String {
    /// The text of a range of UTF-8 bytes.
    init(decoding bytes: Span<UInt8>, _ range: Range<Int>) {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for index in range { copy.append(bytes[index]) }
        self.init(decoding: copy, as: UTF8.self)
    }
}
