/// One row of a table: its fields without quotes and the line it begins at.
package struct TableRecord: Sendable {
    /// The fields one after another.
    var bytes: [UInt8] = []
    /// Where each field ends in `bytes`.
    var ends: [Int] = []
    /// The line of the file at which the row begins, from 1.
    package internal(set) var line: Int64 = 1
    /// The byte of the file at which it begins, from 0.
    var byteOffset: Int64 = 0

    /// The number of fields.
    package var count: Int { ends.count }

    /// Whether it is an empty line.
    var isBlank: Bool { count == 1 && bytes.isEmpty }

    /// The range of a field in `bytes`, without the blanks around its text.
    ///
    /// Quoted blanks are not the text's own either: no id, amount or date begins with one.
    func trimmed(_ column: Int) -> Range<Int> {
        var (start, end) = (column == 0 ? 0 : ends[column - 1], ends[column])
        while start < end, Self.isBlank(bytes[start]) { start += 1 }
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// A field as it stands.
    package func raw(_ column: Int) -> String {
        String(decoding: bytes[(column == 0 ? 0 : ends[column - 1])..<ends[column]], as: UTF8.self)
    }

    /// A field without the blanks around it; empty where the table has no such column, or the row
    /// no such field.
    package func text(_ column: Int?) -> String {
        guard let column, column < count else { return "" }
        return String(decoding: bytes[trimmed(column)], as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Takes the apostrophe off each field that a rejects file of ours put one before.
    mutating func takeOffGuards() {
        var kept: [UInt8] = []
        var start = 0
        for (column, end) in ends.enumerated() {
            let field = bytes[start..<end]
            kept.append(contentsOf: FormulaGuard.isGuarded(field) ? field.dropFirst() : field)
            ends[column] = kept.count
            start = end
        }
        bytes = kept
    }
}
