/// Names, types and literals that SQLite, PostgreSQL and DuckDB read alike.
enum SQLText {
    /// The name of a column; an amount's says that it is in minor units.
    static func name(_ column: LedgerTable.Column) -> String {
        snakeCase(column.name) + (column.type == .amount ? "_minor" : "")
    }

    /// A camelCase name in lower case: unquoted names lose their capitals.
    static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { result, character in
            if character.isUppercase { result += "_" }
            result += character.lowercased()
        }
    }

    /// The type of a column.
    static func type(_ type: LedgerTable.ColumnType) -> String {
        switch type {
        case .text, .json: "TEXT"
        case .integer, .amount: "BIGINT"
        case .day: "DATE"
        case .moment: "TIMESTAMP"
        case .flag: "BOOLEAN"
        }
    }

    /// Appends a value as a literal.
    static func append(
        _ value: TableValue, as type: LedgerTable.ColumnType, to bytes: inout [UInt8]
    ) {
        switch value {
        case .missing: bytes.append(contentsOf: "NULL".utf8)
        case .integer(let value), .amount(let value, _):
            bytes.append(contentsOf: String(value).utf8)
        case .flag(let value): bytes.append(contentsOf: (value ? "TRUE" : "FALSE").utf8)
        case .json(let json): appendQuoted(json, to: &bytes)
        case .text(let text):
            let text = type == .moment ? timestamp(text) : visible(text, except: ["\t", "\n"])
            appendQuoted(text.utf8, to: &bytes)
        }
    }

    /// An RFC 3339 time in UTC as a timestamp without zone.
    static func timestamp(_ text: String) -> String {
        var bytes = Array(text.utf8)
        if bytes.count > 10 { bytes[10] = UInt8(ascii: " ") }
        if bytes.last == UInt8(ascii: "Z") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The standard's string: only the quote is special, and doubled.
    private static func appendQuoted(
        _ text: some Sequence<UInt8>, to bytes: inout [UInt8]
    ) {
        let quote = UInt8(ascii: "'")
        bytes.append(quote)
        for byte in text {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }
}
