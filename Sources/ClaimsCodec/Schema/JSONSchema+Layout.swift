extension WireValue {
    /// The value as text over several lines, two spaces a level: an object has a member a line, a
    /// list of words is filled up to the line's width.
    var pretty: String { pretty(indent: 0, column: 0) }

    private static let width = 100

    private func pretty(indent: Int, column: Int) -> String {
        let inner = String(repeating: " ", count: indent + 2)
        let outer = "\n" + String(repeating: " ", count: indent)
        switch self {
        case .text, .whole, .flag: return compact
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            let lines = members.map { member in
                let name = WireValue.text(member.name).compact + ": "
                let column = indent + 2 + name.count
                return inner + name + member.value.pretty(indent: indent + 2, column: column)
            }
            return "{\n" + lines.joined(separator: ",\n") + outer + "}"
        case .list(let elements):
            guard !elements.isEmpty else { return "[]" }
            guard elements.allSatisfy(\.isWord) else {
                let lines = elements.map { inner + $0.pretty(indent: indent + 2, column: 0) }
                return "[\n" + lines.joined(separator: ",\n") + outer + "]"
            }
            let words = elements.map(\.compact)
            let flat = "[" + words.joined(separator: ", ") + "]"
            // One more for a comma behind it.
            if column + flat.count + 1 <= Self.width { return flat }
            return "[\n" + Self.filled(words, inner) + outer + "]"
        }
    }

    private static func filled(_ words: [String], _ indent: String) -> String {
        var lines: [String] = []
        var line = indent
        for (index, word) in words.enumerated() {
            let piece = index + 1 < words.count ? word + "," : word
            if line.count + 1 + piece.count > width {
                lines.append(line)
                line = indent
            }
            line += line.count == indent.count ? piece : " " + piece
        }
        return (lines + [line]).joined(separator: "\n")
    }

    private var isWord: Bool {
        switch self {
        case .text, .whole, .flag: true
        case .list, .object: false
        }
    }

    private var compact: String {
        var writer = JSONWriter()
        writer.value(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
