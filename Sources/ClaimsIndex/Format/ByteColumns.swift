/// Writes the numbers of a file: little-endian, nothing between them.
struct ColumnWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    /// A whole column at once.
    mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(column: [Number]) {
        let stored = Number(littleEndian: 1) == 1 ? column : column.map(\.littleEndian)
        unsafe stored.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// A text of at most 65,535 bytes behind its length.
    mutating func put(text: Span<UInt8>) {
        put(UInt16(text.count))
        unsafe text.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func put(_ text: String) {
        let utf8 = Array(text.utf8)
        put(text: utf8.span)
    }

    mutating func put(raw: [UInt8]) { bytes += raw }

    /// Bytes that are put in any order, in the place of all there are: what `fill` leaves out is
    /// zero.
    mutating func fill(_ count: Int, _ fill: (inout MutableRawSpan) -> Void) {
        bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        var raw = unsafe span.mutableBytes
        fill(&raw)
    }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }
}

/// Numbers of a file in memory.
///
/// The file's pages are checked before; a place outside is damage that no checksum can tell.
struct ColumnBytes {
    let bytes: [UInt8]
    /// Named in a problem.
    let file: String

    var count: Int { bytes.count }

    func number<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as type: Number.Type = Number.self
    ) throws(IndexProblem) -> Number {
        guard offset >= 0, offset <= bytes.count - MemoryLayout<Number>.size else {
            throw .damaged(file: file)
        }
        let stored = unsafe bytes.span.bytes.unsafeLoadUnaligned(
            fromByteOffset: offset, as: Number.self)
        return Number(littleEndian: stored)
    }

    /// A text behind its length, and the offset after it.
    func text(at offset: Int) throws(IndexProblem) -> (bytes: Range<Int>, next: Int) {
        let length = Int(try number(at: offset, as: UInt16.self))
        let start = offset + 2
        guard start + length <= bytes.count else { throw .damaged(file: file) }
        return (start..<(start + length), start + length)
    }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
