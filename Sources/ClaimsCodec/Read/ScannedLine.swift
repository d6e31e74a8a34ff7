/// A line's envelope and data members as slices: scanned once, read by whoever needs what.
package struct ScannedLine: Sendable {
    /// One member of an object, by the slices of its name and value.
    package struct Member: Sendable {
        package let name: JSONSlice
        package let value: JSONSlice
    }

    private var attributes = [JSONSlice?](repeating: nil, count: Attribute.allCases.count)
    /// Attributes that are not ours, in the order they stand.
    package private(set) var extensions: [Member] = []
    /// Members of `data`, in the order they stand.
    package private(set) var data: [Member] = []

    package init() {}

    /// The slice of an attribute; nil when the line has none.
    package subscript(attribute: Attribute) -> JSONSlice? { attributes[attribute.ordinal] }

    /// Scans a line: the whole of it is checked to be JSON without duplicates, nothing is decoded.
    ///
    /// Buffers are reused, so scanning line after line allocates nothing. O(bytes).
    package mutating func scan(_ bytes: Span<UInt8>) throws(LineProblem) {
        for index in attributes.indices { attributes[index] = nil }
        extensions.removeAll(keepingCapacity: true)
        data.removeAll(keepingCapacity: true)
        guard !bytes.isEmpty else { throw LineProblem(.emptyLine, at: 0) }
        do throws(JSONProblem) {
            var scanner = JSONScanner()
            try scanner.members(bytes) { (scanner, name) throws(JSONProblem) in
                try member(name, bytes, &scanner)
            }
            try scanner.end(bytes)
        } catch {
            throw LineProblem(error)
        }
    }

    private mutating func member(
        _ name: JSONSlice, _ bytes: Span<UInt8>, _ scanner: inout JSONScanner
    ) throws(JSONProblem) {
        guard let attribute = Self.attribute(name, bytes) else {
            guard !extensions.contains(where: { $0.name.isSameText(as: name, in: bytes) }) else {
                throw Self.duplicate(name, bytes)
            }
            let value = try scanner.value(bytes, depth: 1)
            extensions.append(Member(name: name, value: value))
            return
        }
        guard attributes[attribute.ordinal] == nil else { throw Self.duplicate(name, bytes) }
        let first = try scanner.peek(bytes, expecting: "a value")
        guard attribute == .data, first == UInt8(ascii: "{") else {
            attributes[attribute.ordinal] = try scanner.value(bytes, depth: 1)
            return
        }
        let start = scanner.position
        try scanner.members(bytes) { (scanner, name) throws(JSONProblem) in
            guard !data.contains(where: { $0.name.isSameText(as: name, in: bytes) }) else {
                throw Self.duplicate(name, bytes)
            }
            let value = try scanner.value(bytes, depth: 2)
            data.append(Member(name: name, value: value))
        }
        attributes[attribute.ordinal] = JSONSlice(
            form: .object, start: start, end: scanner.position)
    }

    private static func duplicate(_ name: JSONSlice, _ bytes: Span<UInt8>) -> JSONProblem {
        JSONProblem(.duplicateMember(name.string(in: bytes)), at: name.start - 1)
    }

    private static let names = Attribute.allCases.map { ($0, Array($0.rawValue.utf8)) }

    private static func attribute(_ name: JSONSlice, _ bytes: Span<UInt8>) -> Attribute? {
        names.first { name.isText($1, in: bytes) }?.0
    }
}

extension JSONSlice {
    /// Whether two string slices say the same, escapes resolved.
    func isSameText(as other: JSONSlice, in bytes: Span<UInt8>) -> Bool {
        guard form == .plainString, other.form == .plainString else {
            return text(in: bytes) == other.text(in: bytes)
        }
        guard end - start == other.end - other.start else { return false }
        for index in 0..<(end - start)
        where bytes[start + index] != bytes[other.start + index] {
            return false
        }
        return true
    }

    /// Whether a string slice says exactly `text`.
    func isText(_ text: [UInt8], in bytes: Span<UInt8>) -> Bool {
        guard form == .plainString else { return self.text(in: bytes) == text }
        guard end - start == text.count else { return false }
        for index in text.indices where bytes[start + index] != text[index] { return false }
        return true
    }

    /// The value in words for an error, cut when long.
    func shown(in bytes: Span<UInt8>) -> String {
        switch form {
        case .plainString, .escapedString:
            let text = string(in: bytes)
            return text.unicodeScalars.count > 60
                ? "a string of \(end - start) bytes" : "'\(text)'"
        case .number: return "the number \(String(decoding: bytes, start..<min(end, start + 40)))"
        case .object, .array, .yes, .no, .null: return formName
        }
    }
}
