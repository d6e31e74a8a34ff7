/// The table as a JSON array of objects, keys in column order; title and notes are not data.
func jsonText(_ table: Table) -> String {
    var writer = JSONWriter()
    let keys = table.columns.map(\.key)
    writer.writeSequence("[", table.rows, "]", depth: 0) { writer, row in
        writer.writeSequence("{", zip(keys, row), "}", depth: 1) { writer, member in
            writer.writeMember(member.0, member.1, depth: 2)
        }
    }
    return writer.text + "\n"
}

/// The record as one JSON object, keys in field order.
func jsonText(_ details: Details) -> String {
    var writer = JSONWriter()
    writer.writeSequence("{", details.fields, "}", depth: 0) { writer, field in
        writer.writeMember(field.key, field.value, depth: 1)
    }
    return writer.text + "\n"
}

/// Writes RFC 8259 text: two spaces a level, one member a line, `[]` and `{}` for nothing.
///
/// Amounts are strings of exact decimals, since readers turn JSON numbers into floating point.
/// Characters that could drive a terminal or hide in it are escaped, so data stays exact and shown.
private struct JSONWriter {
    private(set) var text = ""

    /// An opening and a closing mark with elements between them, each on its own line.
    mutating func writeSequence<Elements: Sequence>(
        _ open: String, _ elements: Elements, _ close: String, depth: Int,
        write: (inout JSONWriter, Elements.Element) -> Void
    ) {
        text += open
        var isEmpty = true
        for element in elements {
            text += isEmpty ? "\n" : ",\n"
            isEmpty = false
            indent(depth + 1)
            write(&self, element)
        }
        if !isEmpty {
            text += "\n"
            indent(depth)
        }
        text += close
    }

    mutating func writeMember(_ key: String, _ value: Cell, depth: Int) {
        writeString(key)
        text += ": "
        write(value, depth: depth)
    }

    private mutating func write(_ cell: Cell, depth: Int) {
        switch cell {
        case .text(let string): writeString(string)
        case .phrase: writeString(cell.flatText(for: .programs))
        case .integer(let value): text += String(value)
        case .money(let minorUnits, let fractionDigits):
            text += "\"\(decimalText(minorUnits: minorUnits, fractionDigits: fractionDigits))\""
        case .flag(let value): text += value ? "true" : "false"
        case .missing: text += "null"
        case .list(let cells):
            writeSequence("[", cells, "]", depth: depth) { $0.write($1, depth: depth + 1) }
        case .object(let members):
            writeSequence("{", members, "}", depth: depth) { writer, member in
                writer.writeMember(member.key, member.value, depth: depth + 1)
            }
        }
    }

    private mutating func indent(_ depth: Int) {
        for _ in 0..<depth {
            text += "  "
        }
    }

    private mutating func writeString(_ string: String) {
        text += "\""
        if string.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }) {
            text += string
        } else {
            for scalar in string.unicodeScalars {
                write(scalar)
            }
        }
        text += "\""
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\u{8}": text += "\\b"
        case "\u{C}": text += "\\f"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case _ where isHidden(scalar):
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                let hex = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
            }
        default: text.unicodeScalars.append(scalar)
        }
    }
}
