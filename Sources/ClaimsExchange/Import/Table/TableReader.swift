import ClaimsCodec
import EventLog

/// Reads the rows of a CSV or TSV file one by one, as RFC 4180 has them.
///
/// Quotes, quotes inside quotes, line breaks inside quotes, LF and CR LF, a byte order mark. What
/// the format does not allow is a fault with its place: a report that was cut in the middle of a
/// row must not pass for a whole one. Our own, since no CSV package that can be had for this
/// toolchain is strict: SwiftCSV 0.10 takes a quote that never closes for closed, drops an empty
/// last field and blanks at the start of one, knows no line numbers, and holds the whole file.
///
/// One block of the file is in memory at a time. O(bytes).
struct TableReader: ~Copyable {
    /// The longest row in bytes: what memory is bounded by when a quote does not close.
    static let largestRecord = 1 << 20
    /// The reports have some forty columns.
    static let mostColumns = 1_000

    /// What stands between two fields; known once the header is read.
    private(set) var separator = UInt8(ascii: ",")
    private let input: ImportInput
    /// The piece of the file that is in memory, from byte `offset` of it on.
    private var buffer: [UInt8] = []
    private var offset = 0
    /// Where the next row begins in `buffer`.
    private var position = 0
    private var line: Int64 = 1
    /// Whether the file ends with `buffer`.
    private var isAtEnd = false

    /// A reader at the beginning of a file.
    init(_ input: consuming ImportInput) { self.input = input }

    /// The file as it was named.
    var file: String { input.name }
    /// How many bytes the file has, and how many of them were read as rows.
    var byteCount: Int { input.byteCount }
    var bytesRead: Int { offset + position }

    /// Goes back to the beginning and reads the header row.
    mutating func readHeader(into record: inout TableRecord) throws(TableFault) {
        (buffer, offset, position, line, isAtEnd) = ([], 0, 0, 1, false)
        try fill()
        try checkKind()
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        separator = try guessedSeparator()
        repeat {
            guard try next(&record) else {
                throw TableFault(file: file, .empty)
            }
        } while record.isBlank
        guard record.count <= Self.mostColumns else {
            throw fault(
                .tooManyColumns(record.count, limit: Self.mostColumns), line: record.line,
                at: Int(record.byteOffset) - offset)
        }
    }

    /// Reads the next row; false at the end of the file.
    mutating func next(_ record: inout TableRecord) throws(TableFault) -> Bool {
        while true {
            let start = (position, line)
            record.removeAll()
            record.line = line
            record.byteOffset = Int64(offset + position)
            if try scan(into: &record) { return try checked(record) }
            (position, line) = start
            if isAtEnd { return false }
            guard buffer.count - position <= Self.largestRecord else {
                throw fault(.recordTooLong(limit: Self.largestRecord), line: line, at: position)
            }
            try fill()
        }
    }

    private func checked(_ record: borrowing TableRecord) throws(TableFault) -> Bool {
        guard record.bytes.contains(where: { $0 >= 0x80 }),
            String(validating: record.bytes, as: UTF8.self) == nil
        else { return true }
        var parser = Unicode.UTF8.ForwardParser()
        var rest = record.bytes.makeIterator()
        var place = 0
        while case .valid(let scalar) = parser.parseScalar(from: &rest) { place += scalar.count }
        throw TableFault(
            file: file, line: record.line, byteOffset: record.byteOffset, .invalidUTF8,
            excerpt: Excerpt(of: record.bytes.span, around: place))
    }
}

// MARK: - Rows

extension TableReader {
    /// Where the scan stands in a field.
    private enum Place { case start, plain, quoted, closed }

    /// Takes a row from `position` on; false when the bytes in memory end before it does.
    private mutating func scan(into record: inout TableRecord) throws(TableFault) -> Bool {
        var place = Place.start
        var index = position
        var opened = (index: index, line: line)
        while index < buffer.count {
            let byte = buffer[index]
            if byte == 0 { throw fault(.nul, line: line, at: index) }
            switch place {
            case .quoted:
                if byte == UInt8(ascii: "\"") {
                    place = .closed
                } else {
                    if byte == UInt8(ascii: "\n") { line += 1 }
                    record.bytes.append(byte)
                }
            case .closed where byte == UInt8(ascii: "\""):
                record.bytes.append(byte)
                place = .quoted
            case .start where byte == UInt8(ascii: "\""):
                place = .quoted
                opened = (index, line)
            case .start, .plain, .closed:
                if byte == separator {
                    record.ends.append(record.bytes.count)
                    place = .start
                } else if byte == UInt8(ascii: "\n") {
                    return end(&record, before: index + 1)
                } else if byte == UInt8(ascii: "\r") {
                    guard index + 1 < buffer.count || isAtEnd else { return false }
                    if index + 1 < buffer.count, buffer[index + 1] == UInt8(ascii: "\n") {
                        return end(&record, before: index + 2)
                    }
                    throw fault(.loneReturn, line: line, at: index)
                } else if place == .closed {
                    throw fault(.afterQuote(found: Self.shown(byte)), line: line, at: index)
                } else if byte == UInt8(ascii: "\"") {
                    throw fault(.quoteInField, line: line, at: index)
                } else {
                    record.bytes.append(byte)
                    place = .plain
                }
            }
            index += 1
        }
        guard isAtEnd else { return false }
        guard place != .quoted else {
            throw fault(.unclosedQuote, line: opened.line, at: opened.index)
        }
        guard index > position else { return false }
        return end(&record, before: index)
    }

    private mutating func end(_ record: inout TableRecord, before next: Int) -> Bool {
        record.ends.append(record.bytes.count)
        position = next
        line += 1
        return true
    }

    private static func shown(_ byte: UInt8) -> String {
        (0x20..<0x7F).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    }

    /// A problem at an index of what is in memory.
    private func fault(
        _ problem: TableFault.Problem, line: Int64, at index: Int
    ) -> TableFault {
        let isLineEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") }
        let start = (buffer[..<index].lastIndex(where: isLineEnd) ?? -1) + 1
        let end = buffer[index...].firstIndex(where: isLineEnd) ?? buffer.count
        return TableFault(
            file: file, line: line, byteOffset: Int64(offset + index), problem,
            excerpt: Excerpt(of: buffer.span.extracting(start..<end), around: index - start))
    }
}

// MARK: - Blocks and kinds of file

extension TableReader {
    /// Reads on behind what is not taken yet.
    private mutating func fill() throws(TableFault) {
        let rest = Array(buffer[position...])
        do throws(SystemError) {
            offset += position
            position = 0
            let count = max(LogLimits.blockBytes, rest.count)
            buffer = try input.read(at: offset + rest.count, count: count, after: rest)
        } catch {
            throw TableFault(
                file: file, line: line, byteOffset: Int64(offset),
                .unreadable(reason: error.reason.text))
        }
        isAtEnd = buffer.count == rest.count
    }

    /// Tells what is no table in UTF-8 by its first bytes.
    private func checkKind() throws(TableFault) {
        let known: [(start: [UInt8], problem: TableFault.Problem)] = [
            ([0x1F, 0x8B], .compressed), (Array("PK\u{3}\u{4}".utf8), .workbook),
            ([0xFF, 0xFE, 0, 0], .encoding("UTF-32LE")),
            ([0, 0, 0xFE, 0xFF], .encoding("UTF-32BE")),
            ([0xFF, 0xFE], .encoding("UTF-16LE")), ([0xFE, 0xFF], .encoding("UTF-16BE")),
        ]
        for (start, problem) in known where buffer.starts(with: start) {
            throw TableFault(file: file, problem)
        }
        // Without a mark: the letters of a header are ASCII, so every other byte is zero.
        guard buffer.count >= 4 else { return }
        if buffer[0] != 0, buffer[1] == 0, buffer[2] != 0, buffer[3] == 0 {
            throw TableFault(file: file, .encoding("UTF-16LE"))
        }
        if buffer[0] == 0, buffer[1] != 0, buffer[2] == 0, buffer[3] != 0 {
            throw TableFault(file: file, .encoding("UTF-16BE"))
        }
    }

    /// What separates the header's columns: tabs where there is one outside quotes, else commas.
    private func guessedSeparator() throws(TableFault) -> UInt8 {
        var isQuoted = false
        var semicolons = false
        for byte in buffer[position...] {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: break
            case UInt8(ascii: "\t"), UInt8(ascii: ","): return byte
            case UInt8(ascii: ";"): semicolons = true
            case UInt8(ascii: "\n"):
                guard semicolons else { return UInt8(ascii: ",") }
                throw TableFault(file: file, .separator("semicolons"))
            default: break
            }
        }
        if semicolons { throw TableFault(file: file, .separator("semicolons")) }
        return UInt8(ascii: ",")
    }
}
